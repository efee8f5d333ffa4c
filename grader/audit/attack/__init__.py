"""Wrong answers that are the reference but for some inputs or for what is left behind: attacks on the checks."""
