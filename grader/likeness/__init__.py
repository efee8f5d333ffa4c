"""Likeness of submissions, as evidence and never as a verdict: what two of a class share that few others have."""
