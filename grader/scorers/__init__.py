"""The processes that grade a class: one scorer, several at once, several machines."""
