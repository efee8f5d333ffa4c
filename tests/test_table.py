"""Tables: whatever a reader takes for a separator, a quotation mark or a line's end, no cell is a formula."""

from __future__ import annotations

import csv
import html
import io
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.table import cell, from_table, html_cell, to_table, uncell
from tests.report import readers

#: What hostile names are made of, besides any character at all.
_PIECES = st.sampled_from(
    [
        *"=+-@＝＋－＠−⁼",
        *",;|:\t",
        *"'\"’\\`",
        "\n",
        "\r",
        "\r\n",
        " ",
        "\u00a0",
        "\u3000",
        "\0",
        "\u200b",
        "\ufeff",
        "\u2028",
        "\x85",
        "1+1",
        "x",
        "-12",
        "cmd|' /C calc'!A0",
        "HYPERLINK(",
        "&#61;",
    ]
)
TEXTS = st.lists(_PIECES | st.characters(exclude_categories=["Cs"]), max_size=12).map("".join)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=3), min_size=1, max_size=3))
@example([["x;=1+1;y", "ada"]])
@example([["a\\", '",=1'], ["'", ";'=1"]])
@example([["a\n=1", "b\r-1+1"], ["\t@x", ";\t=1"]])
@example([["", ",'"], ["=", ""]])
def test_no_reader_sees_a_formula(rows: list[list[str]]) -> None:
    data = to_table(rows)
    assert readers.spreadsheet_runs(data) == []
    read = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    assert [[uncell(text) for text in row] for row in read] == rows
    whole = [row for row in rows if len(row) == 2]
    assert [[*row.values()] for row in from_table(to_table([("a", "b"), *whole]))] == whole


def test_a_table_that_is_damaged() -> None:
    assert list(from_table(b"a,b\n1\n2,3,4\n")) == [{"a": "1"}, {"a": "2", "b": "3"}]
    for broken in (b'a,b\n"x', b"a\n\xff"):
        with pytest.raises(ValueError):
            list(from_table(broken))


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_what_a_cell_was_can_be_told(text: str) -> None:
    assert uncell(cell(text)) == text


@pytest.mark.parametrize("text", ["'\n", "''\n", "\n", "'=x", "''=x", "’=x", "'’=x", '\\’"', "'", ""])
def test_guards_that_are_part_of_a_text_come_back(text: str) -> None:
    assert uncell(cell(text)) == text


def test_every_text_is_quoted_and_numbers_are_not() -> None:
    assert to_table([["ada", "", 'say "x"', "0042", "-1.5", "1e+06", "+49", "true"]]) == (
        b'"ada","","say ""x""",0042,-1.5,1e+06,"+49","true"\n'
    )


def test_every_sign_that_unicode_takes_for_one_of_a_formula_is_disarmed() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    signs = [char for char in every if unicodedata.normalize("NFKC", char)[:1] in ("=", "+", "-", "@")]
    assert len(signs) > 12
    for sign in signs:
        assert cell(sign + "x") == "'" + sign + "x"
        assert cell(f"a; {sign}") == f"a; ’{sign}"


def test_html_shows_what_it_showed() -> None:
    shown = "<pre>got [-1, -2]; =1\n- one +2 \t|= 's(1+s)'\n&lt;=x</pre>"
    made = html_cell(shown)
    assert made == cell(made) and html.unescape(made) == html.unescape(shown) and "s(1+s)" in made


@pytest.mark.parametrize("text", ["Anna-Maria", "O'Hara, Siân", "müller+test@x.org", "a/b.py", "x = 1", "3 - 4", "张"])
def test_names_and_plain_texts_stay(text: str) -> None:
    assert cell(text) == text
