"""Assignments in every form that instructors hand out, each made from the one source in solutions/."""
