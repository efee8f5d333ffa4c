"""The folder of a submission as a package, so that `from .utils import f` finds the file beside it."""

from __future__ import annotations

import sys
import types

#: The package's name. Nobody imports it by name; what is not found in it is told (checks/advice/imports.py).
PACKAGE = "your_folder"


def put_in_package(module: types.ModuleType, names: tuple[str, ...], folder: str) -> None:
    """Make the module one of the package whose files are in `folder`, under these names."""
    package = types.ModuleType(PACKAGE)
    package.__path__ = [folder]
    module.__package__ = PACKAGE
    sys.modules[PACKAGE] = package
    for name in names:
        sys.modules[f"{PACKAGE}.{name}"] = module
