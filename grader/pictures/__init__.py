"""Pictures of what a submission makes, for the learner's page. An exercise's pictures.py imports `picture` from here.

They are made after grading, if a page is asked for, and no verdict depends on them.
"""

from grader.pictures.draw import Draw, picture

__all__ = ["Draw", "picture"]
