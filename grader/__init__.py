"""Grades deep-learning exercises: outputs and gradients against PyTorch references, each submission confined."""

__version__ = "0.1.0"
