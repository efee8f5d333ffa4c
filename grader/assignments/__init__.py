"""What learners get: stubs, notebooks and nbgrader course folders, made from the course."""
