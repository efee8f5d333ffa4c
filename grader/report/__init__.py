"""Results as people and programs read them: a terminal, JSON, JUnit. Pure functions over `grader.result.Result`."""
