"""`grade serve`: grades what another program sends, one request after another, with the scorers of `grade score`."""
