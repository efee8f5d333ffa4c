"""The submission: read and examined without running it."""
