"""The course as pages, for `grade open` and `grade generate --as site`: what both show, and how it looks."""
