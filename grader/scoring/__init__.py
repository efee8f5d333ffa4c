"""A class: finding what was handed in, having it graded, writing the tables."""
