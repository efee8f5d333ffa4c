"""Columns and line breaks, Chinese included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from grader.report.layout import cells, unbroken, visible, wrap

TEXT = st.text(alphabet="ab .,(（）。，导数`—“”\n", max_size=60)


@given(TEXT, st.integers(4, 30))
def test_wrap_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(cells(line) <= width for line in lines)


def test_wrap_breaks_between_chinese_characters_but_not_before_a_mark() -> None:
    assert wrap("导数应为正。", 10) == ["导数应为", "正。"]
    assert wrap("见（导数）", 5) == ["见", "（导", "数）"]


def test_wrap_breaks_english_at_spaces_and_keeps_commands_whole() -> None:
    assert wrap("the cause: grade doctor", 20) == ["the cause: grade", "doctor"]
    assert wrap("the cause: `grade doctor`", 20) == ["the cause:", "`grade doctor`"]
    assert wrap(f"the cause: {unbroken('grade doctor')}", 20) == ["the cause:", "grade doctor"]


def test_a_very_long_word_is_wrapped_in_no_time() -> None:
    assert len(wrap("x" * 1_000_000, 80)) == 12_500


@pytest.mark.parametrize("text", ["sigmoid 的导数，（x）", "naïve é", "✓ passed"])
def test_cells_agrees_with_rich(text: str) -> None:
    assert cells(text) == cell_len(text)


def test_visible_spells_out_what_could_steer_a_terminal() -> None:
    assert visible("a\tb\r\nc\rd\x1b\u202e\U000e0001") == "a   b\nc\\x0dd\\x1b\\u202e\\U000e0001"
