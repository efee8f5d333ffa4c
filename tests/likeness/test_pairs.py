"""The index of rare marks finds the pairs that a comparison of all with all finds."""

from __future__ import annotations

import random
from itertools import combinations

from grader.likeness.marks import mistakes_of, numbers_of
from grader.likeness.model import Mistakes, Work
from grader.likeness.pairs import most_owners, pairs_of
from tests.report.classes import a_result, a_wrong_check

RESULT = a_result()


def work(student: str, *fingerprints: int) -> Work:
    return Work(student, RESULT, "", dict.fromkeys(fingerprints, ((1, 1),)), frozenset(), frozenset())


def names(*works: Work) -> list[tuple[str, str]]:
    return [(pair.one.student, pair.other.student) for pair in pairs_of(works)[0]]


def test_pairs_are_those_of_a_comparison_of_all_with_all() -> None:
    rng = random.Random(3)
    works = [work(str(number), *rng.sample(range(900), 60)) for number in range(60)]
    owners = {mark: sum(mark in one.source for one in works) for mark in range(900)}
    expected = {}
    for one, other in combinations(works, 2):
        shared = {mark: owners[mark] for mark in one.source if mark in other.source}
        shared = {mark: count for mark, count in shared.items() if count <= most_owners(60)}
        if len(shared) >= 3:
            expected[one.student, other.student] = shared
    pairs, left = pairs_of(works, most_pairs=10_000)
    assert left == 0
    assert expected
    assert {(pair.one.student, pair.other.student): pair.shared for pair in pairs} == expected


def test_what_many_share_is_no_evidence() -> None:
    many = [work(f"m{number}", 1, 2, 3, 4) for number in range(30)]
    assert names(work("ada", 1, 2, 3, 7, 8, 9), work("bob", 4, 7, 8, 9), *many) == [("ada", "bob")]


def test_the_rarest_come_first_and_the_rest_is_counted() -> None:
    others = [work(f"o{number}", 100 + number) for number in range(40)]
    three = [work(name, 11, 12, 13) for name in ("x", "y", "z")]
    works = [*three, work("ada", 1, 2, 3), work("bob", 1, 2, 3), *others]
    assert names(*works)[0] == ("ada", "bob")
    pairs, left = pairs_of(works, most_pairs=1)
    assert (len(pairs), left) == (1, 3)


def test_a_class_of_two_can_be_compared() -> None:
    assert names(work("ada", 1, 2, 3), work("bob", 1, 2, 3)) == [("ada", "bob")]
    assert pairs_of(()) == ((), 0)


def test_numbers_that_a_mistake_explains_or_that_say_nothing_are_no_evidence() -> None:
    result = a_result(
        a_wrong_check(1, 0.123456789),
        a_wrong_check(2, 0.5),
        a_wrong_check(3, float("1e-300")),
        a_wrong_check(4, 0.987654, "wrong_axis"),
        a_wrong_check(5, 0.987654, "not_divided_by_n"),
    )
    assert [(number.check, number.got) for number in numbers_of(result)] == [("check_1", "0.123457")]
    assert mistakes_of(result) == {Mistakes("not_divided_by_n", "wrong_axis")}


def test_numbers_of_other_inputs_are_others() -> None:
    wrong = a_wrong_check(1, 0.123456)
    assert numbers_of(a_result(wrong)) == numbers_of(a_result(wrong))
    assert not numbers_of(a_result(wrong)) & numbers_of(a_result(wrong, seed=8))
