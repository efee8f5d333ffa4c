"""Practice: a right answer of the course with one bug in it, for the learner to find and to fix."""
