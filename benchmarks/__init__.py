"""What grading costs, beside what others take for the same. Run by hand: `python -m benchmarks --help`."""
