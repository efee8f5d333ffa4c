"""The trusted side of the boundary: starts workers, speaks to them within limits, reads them as hostile."""
