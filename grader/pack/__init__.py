"""Takes the grader and some exercises to a platform that grades each submission by itself: Gradescope, GitHub."""
