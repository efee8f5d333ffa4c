"""docs/glossary.md: one Chinese term for one thing, wherever Chinese is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Where Chinese is read: the course's texts, the grader's sentences, the documents, what a new exercise begins with.
PLACES = (
    "solutions/*/*.zh-CN.*",
    "grader/text/locale/zh_CN/LC_MESSAGES/*.po",
    "grader/course/template/*zh-CN*",
    "docs/*.zh-CN.md",
    "*.zh-CN.*",
)


def _rows() -> Iterator[list[str]]:
    for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "English":
            yield cells


def _avoided() -> list[str]:
    return [term for _, _, avoided in _rows() for term in re.split("[、；]", avoided) if term]


def _files() -> list[Path]:
    return sorted(path for place in PLACES for path in ROOT.glob(place))


def test_every_row_has_both_terms_and_every_place_a_file() -> None:
    assert [row for row in _rows() if len(row) != 3 or not row[0] or not row[1]] == []
    assert all([*ROOT.glob(place)] for place in PLACES)
    assert len(_avoided()) > 9


@pytest.mark.parametrize("term", _avoided())
def test_no_chinese_text_has_an_avoided_term(term: str) -> None:
    found = []
    for path in _files():
        lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
        # What translators no longer use stays in a catalogue as a comment.
        found += [f"{path.relative_to(ROOT)}:{n}" for n, line in lines if term in line and not line.startswith("#~")]
    assert found == []
