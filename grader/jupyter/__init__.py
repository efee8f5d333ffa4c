"""In a notebook: `%load_ext grader`, then `%grade exercise03` grades the functions that its cells define."""
