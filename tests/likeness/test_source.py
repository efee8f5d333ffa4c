"""Tokens and fingerprints of whatever was handed in."""

from __future__ import annotations

import random

import pytest

from grader.likeness.fingerprints import WINDOW, K, fingerprints, grams
from grader.likeness.tokens import MOST_TOKENS, Token, tokens

CODE = '''
def norm(x, eps=1e-5):
    """Its length."""
    # squared, summed
    total = (x * x).sum() + eps
    return total ** 0.5 if total > eps else f"{total}"
'''
RENAMED = """
def length(values, small = 1e-5):
    \'\'\'Another
    docstring\'\'\'
    s = (values*values) . sum() \\
        + small
    return s**0.5 if s > small else 'text'   # the end
"""


def texts(source: str) -> list[str]:
    return [token.text for token in tokens(source)]


def test_names_comments_docstrings_and_layout_make_no_difference() -> None:
    assert texts(CODE) == texts(RENAMED)
    assert texts("return x + 1") != texts("return x - 1") != texts("return x - 2") != texts("yield x - 2")


def test_tokens_know_their_lines() -> None:
    assert [token.line for token in tokens('x = (\n"""a\nb""" + 1)')] == [1, 1, 1, 3, 3, 3]


@pytest.mark.parametrize(
    "source",
    ['"""' * 66_000 + "\\", "(" * 200_000, "ab'" * 70_000, "\\" * 200_000, '"""' + '""x' * 60_000, "\0é\ud800" * 9_000],
    ids=["unclosed", "nested", "prefixes", "backslashes", "quotes", "no text"],
)
def test_what_is_no_python_has_a_bounded_number_of_tokens(source: str) -> None:
    found = tokens(source)
    assert len(found) <= MOST_TOKENS
    assert len(grams(found)) == max(0, len(found) - K + 1)


def made(length: int, rng: random.Random) -> list[Token]:
    return [Token(rng.choice("+-*/@%()"), line) for line in range(length)]


def test_what_two_texts_share_has_a_fingerprint_in_both_wherever_it_stands() -> None:
    rng = random.Random(7)
    for _ in range(50):
        shared = made(K + WINDOW - 1, rng)
        one, other = (made(rng.randrange(40), rng) + shared + made(rng.randrange(40), rng) for _ in range(2))
        assert fingerprints(one).keys() & fingerprints(other).keys()


def test_what_everybody_was_given_is_passed_over() -> None:
    rng = random.Random(7)
    given, own = made(60, rng), made(30, rng)
    common = frozenset(grams(given))
    assert not fingerprints(given, common)
    found = fingerprints(given + own, common)
    assert found.keys() & fingerprints(own).keys()
    assert not found.keys() & common
