"""Proof that an exercise's checks tell right from wrong: its own right and wrong answers, graded as submissions."""
