"""The course: read, found, checked for faults, and turned into what a learner gets."""
