"""One module per verb; each has a `command`. grader/cli/table.py lists them."""
