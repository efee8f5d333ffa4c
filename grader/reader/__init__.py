"""The confined reader: a process that looks into submissions' bytes, so that the one which makes the verdict never
parses what somebody else wrote.

It imports no PyTorch, may open no file and no socket, and is kept from one submission to the next. What it answers
is data, read as hostile; what it costs is the submission's own budget.
"""
