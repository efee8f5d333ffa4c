"""Attacks on the grader, run on the user's own machine by `grade score --selftest`."""
