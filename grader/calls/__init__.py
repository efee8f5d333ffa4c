"""One call of one function, the same on both sides of the boundary: a submission's, the reference's, a mistake's."""
