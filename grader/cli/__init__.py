"""The `grade` command. Nothing here imports torch, pytest or rich until a verb needs it."""
