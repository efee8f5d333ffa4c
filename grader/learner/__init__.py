"""A learner's folder over time: what was tried, what is complete, what comes next."""
