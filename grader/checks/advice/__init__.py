"""What an exception means, in a sentence for a beginner that stands beside the exception's own text.

Nothing is imported here: most submissions raise nothing, and the tables need not be made for them.
"""
