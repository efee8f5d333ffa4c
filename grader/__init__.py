"""Grades deep-learning exercises: outputs and gradients against PyTorch references, each submission confined."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # typing's own would cost every warm run its import
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext grader` in a notebook: defines `%grade`."""
    import_module("grader.jupyter.magic").load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext grader`."""
    import_module("grader.jupyter.magic").unload(shell)
