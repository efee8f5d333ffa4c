"""A student as pages and letters speak of them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Student(msgspec.Struct, frozen=True):
    """id: under which results are filed. name: as the roster or the platform has it. language: the tag of the one that
    they are written to in. ids: how platforms know them, kind → value. Any but the id may be empty."""

    id: str
    name: str = ""
    language: str = ""
    ids: Mapping[str, str] = {}

    @property
    def called(self) -> str:
        """The name, else the id."""
        return self.name or self.id
