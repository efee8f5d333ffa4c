"""A learner's file, graded again and again as it is saved: what `grade watch` and `grade open` have in common."""
