"""Compiles the catalogues for the wheel: it gets .mo files, which load faster, in place of the .po that people edit."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_CATALOGUES = "grader/text/locale/*/LC_MESSAGES/grader.po"


class Catalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled files to a wheel. An editable installation reads the clone's .po files and gets none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """hatchling calls this before it builds."""
        if version == "editable":
            return
        root, catalogue = Path(self.root), _catalogue(Path(self.root))
        # Not beside the .po: a clone would keep it.
        self._made = tempfile.TemporaryDirectory()
        for number, po in enumerate(sorted(root.glob(_CATALOGUES))):
            strings = json.loads(catalogue.po_to_json(po.read_bytes()))
            mo = Path(self._made.name, f"{number}.mo")
            mo.write_bytes(catalogue.to_mo(dict(zip(strings[::2], strings[1::2], strict=True))))
            build_data["force_include"][str(mo)] = str(po.relative_to(root).with_suffix(".mo"))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """hatchling calls this when the wheel is there."""
        if version != "editable":
            self._made.cleanup()


def _catalogue(root: Path) -> ModuleType:
    """grader/text/catalogue.py by itself: what the package imports is not installed where a wheel is built."""
    spec = importlib.util.spec_from_file_location("catalogue", root / "grader/text/catalogue.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
