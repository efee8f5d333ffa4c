"""From a submission's file to its result: the path between the command line and the checks."""
