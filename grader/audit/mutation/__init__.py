"""Mutants of a reference: each is the reference with one small change that a learner, or a slip, could make."""
