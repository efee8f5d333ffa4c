"""Which submissions are alike: an index from each mark to who has it, so that no two texts are ever compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import nlargest
from itertools import combinations
from math import log2

from grader.likeness.model import Mark, Pair, Work

#: Of an exercise, so many pairs are shown.
MOST_PAIRS = 30
#: So many rare fingerprints, some three lines, two sources share at least if nothing but these is shared.
_LEAST_SOURCE = 3


def most_owners(count: int) -> int:
    """A mark is rare if at most so many of `count` submissions have it."""
    return min(20, max(4, count // 20), max(2, count // 2))


def pairs_of(works: Sequence[Work], most_pairs: int = MOST_PAIRS) -> tuple[tuple[Pair, ...], int]:
    """The pairs of one exercise with the most and the rarest marks first, and how many are left out.

    A mark that n of N submissions have weighs log2(N / n). The weight makes an order and nothing else.
    """
    owners: dict[Mark, list[int]] = defaultdict(list)
    for place, work in enumerate(works):
        for mark in work.marks:
            owners[mark].append(place)
    rare = {mark: own for mark, own in owners.items() if 2 <= len(own) <= most_owners(len(works))}
    weights = _weights(rare, len(works))
    first = nlargest(most_pairs, weights, key=lambda pair: (weights[pair], -pair[0], -pair[1]))
    return tuple(_pair(works[one], works[other], rare) for one, other in first), len(weights) - len(first)


def _weights(rare: Mapping[Mark, Sequence[int]], count: int) -> dict[tuple[int, int], float]:
    weights: dict[tuple[int, int], float] = defaultdict(float)
    pieces: dict[tuple[int, int], int] = defaultdict(int)
    for mark, own in rare.items():
        weight = log2(count / len(own))
        for pair in combinations(own, 2):
            weights[pair] += weight
            pieces[pair] += 1 if isinstance(mark, int) else _LEAST_SOURCE
    return {pair: weight for pair, weight in weights.items() if pieces[pair] >= _LEAST_SOURCE}


def _pair(one: Work, other: Work, rare: Mapping[Mark, Sequence[int]]) -> Pair:
    return Pair(one, other, {mark: len(rare[mark]) for mark in one.marks & other.marks if mark in rare})
