"""Makes sealed bundles: what learners can run without the solutions."""
