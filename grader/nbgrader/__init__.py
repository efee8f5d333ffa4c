"""nbgrader's side: its autograde step and its gradebook, filled from this grader's results."""
