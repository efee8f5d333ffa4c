"""The table of attacks: attacks.toml, and the submissions in attacks/."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from grader.text import Text

FOLDER = Path(__file__).parent
COURSE = FOLDER / "course"
EXERCISE = "exercise01"
SLUG = "powers"

#: What must be there for an attack to fail. "wire": nothing, for the trusted side withstands it alone.
Holds = Literal["wire", "landlock", "seccomp", "either"]


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    en: str
    zh: str
    holds: Holds = "wire"
    status: str | list[str] = "graded"
    cube: str | list[str] = "error"
    score: float = 1.0
    needs: str = ""


class Attack(msgspec.Struct, frozen=True):
    """One attack and what must come of it.

    status, cube: what the whole and the check of `cube` may come to. score: the most points it may get.
    needs: what this machine must offer for the attack to be tried: "root", "preload", or nothing.
    source: the submission, with @NAMES@ still to be filled in; None where places.py makes it.
    """

    name: str
    title: Text
    holds: Holds
    status: tuple[str, ...]
    cube: tuple[str, ...]
    score: float
    needs: str
    source: str | None


def read_attacks() -> list[Attack]:
    """Every attack, in the table's order."""
    rows = msgspec.convert(tomllib.loads((FOLDER / "attacks.toml").read_text("utf-8")), dict[str, _Row])
    return [_attack(name, row) for name, row in rows.items()]


def _attack(name: str, row: _Row) -> Attack:
    path = FOLDER / "attacks" / f"{name}.py"
    status, cube = ((allowed,) if isinstance(allowed, str) else tuple(allowed) for allowed in (row.status, row.cube))
    source = path.read_text("utf-8") if path.exists() else None
    return Attack(name, {"en": row.en, "zh-CN": row.zh}, row.holds, status, cube, row.score, row.needs, source)
