"""Fingerprints of a text by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document
Fingerprinting", SIGMOD 2003): of every few k-grams that follow each other, the one with the least hash."""

from __future__ import annotations

from collections.abc import Container, Sequence
from zlib import crc32

from grader.likeness.tokens import Token

#: Tokens in a k-gram, about a line; k-grams in a window. Whatever two texts share of K + WINDOW - 1 tokens or more has
#: a fingerprint in both, and no two neighbouring fingerprints leave a gap between them.
K, WINDOW = 12, 5
_MODULUS, _BASE = (1 << 61) - 1, 1_000_003
_OLDEST = pow(_BASE, K, _MODULUS)

#: The first and the last line that a fingerprint covers.
Span = tuple[int, int]


def grams(found: Sequence[Token]) -> list[int]:
    """The hash of each k-gram, by a rolling hash that is the same in every process."""
    codes = [crc32(token.text.encode("utf-8", "replace")) + 1 for token in found]
    value, hashes = 0, []
    for place, code in enumerate(codes):
        oldest = codes[place - K] if place >= K else 0
        value = (value * _BASE + code - oldest * _OLDEST) % _MODULUS
        if place >= K - 1:
            hashes.append(value)
    return hashes


def fingerprints(found: Sequence[Token], common: Container[int] = frozenset()) -> dict[int, tuple[Span, ...]]:
    """Fingerprint → the lines where it is. common: k-grams that everybody was given, which are passed over."""
    hashes = grams(found)
    chosen: dict[int, int] = {}  # place → hash
    for start in range(max(1, len(hashes) - WINDOW + 1)):
        window = [
            (hashes[at], -at) for at in range(start, min(start + WINDOW, len(hashes))) if hashes[at] not in common
        ]
        if window:
            value, at = min(window)
            chosen[-at] = value
    spans: dict[int, tuple[Span, ...]] = {}
    for at, value in chosen.items():
        spans[value] = (*spans.get(value, ()), (found[at].line, found[at + K - 1].line))
    return spans
