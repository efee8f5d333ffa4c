"""A course's deadlines, extensions and penalties: deadlines.toml, and what it takes from a late submission."""
