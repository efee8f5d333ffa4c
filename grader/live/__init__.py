"""`grade open`: the course as pages on this machine, with the verdict of every save."""
