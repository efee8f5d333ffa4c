"""The warm server from the outside: whether it may be used, where it is, whether it fits, and how to ask it.

Imported before anything else by every graded run, so it imports only what costs next to nothing.
"""
