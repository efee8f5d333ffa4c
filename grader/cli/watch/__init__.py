"""`grade watch`: grades at every save."""
