"""The page of a class: what `grade report RESULTS` writes, from results alone."""
