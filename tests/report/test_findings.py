"""What the results of a class say together."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from grader.report.classpage.charts import steps_of, strip
from grader.report.classpage.entry import Entry
from grader.report.classpage.findings import Findings, findings, has_its_lines
from grader.report.jsonfile import to_json
from grader.result import Result, read_result
from tests.report.classes import CHECKS, LINES, a_check, a_result, a_wrong_check, stopped


def found_in(*results: Result) -> Findings:
    """Of students a, b, c, ..., read as `grade report` reads them."""
    seen = [read_result(to_json(result)) for result in results]
    return findings("exercise03", [Entry(chr(ord("a") + place), one) for place, one in enumerate(seen)])


def test_scores() -> None:
    wrong = [a_wrong_check(number, 0.5) for number in range(1, 8)]
    scores = found_in(a_result(), a_result(), a_result(*wrong), a_result(*wrong[:1]), stopped("error", "x")).scores
    assert (scores.count, scores.most, scores.quarters) == (5, CHECKS, (7, 13, 14))
    assert scores.bars == (1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 2)


@pytest.mark.parametrize("score", [0.1 + 0.2, 0.3, 0.7999999999999999])
def test_a_sum_that_misses_its_tenth_by_a_rounding(score: float) -> None:
    bars = found_in(a_result(score=score, max_score=1.0)).scores.bars
    assert bars.index(1) == round(score * 10)


def test_checks_of_the_best_first() -> None:
    found = found_in(a_result(a_wrong_check(2, 0.5)), a_result(), a_result(submission_sha256=""))
    assert [entry.student for entry in found.order] == ["b", "a"]
    assert [row.verdicts for row in found.checks[:2]] == [("passed", "passed"), ("passed", "failed")]


def test_a_strip_tells_verdicts_apart_by_shape() -> None:
    drawn = strip(steps_of(["passed", "failed", "failed", "error", "not_implemented", None]))
    assert 'class="failed-bar" stroke-width="12" d="M0 6m1 0h2m1 0m1 0m1 0"' in drawn
    assert 'class="broken-bar" stroke-width="4" d="M0 2m1 0m2 0h1m1 0m1 0M0 10m1 0m2 0h1m1 0m1 0"' in drawn
    assert 'class="unwritten-bar" stroke-width="4" d="M0 10m1 0m2 0m1 0h1m1 0"' in drawn


def test_in_a_large_class_a_step_is_what_most_of_its_students_have() -> None:
    steps = steps_of([*["passed"] * 499, *["failed"] * 2, *["passed"] * 3, *["failed"] * 496])
    assert len(steps) <= 250 and steps.count(None) == 126 and steps[126:] == ["failed"] * 124


def test_the_example_of_a_mistake_is_the_best_works_that_has_lines() -> None:
    bare = a_wrong_check(1, 0.5, "wrong_axis")
    bare = msgspec.structs.replace(bare, detail=None)
    worse = a_result(a_wrong_check(1, 0.25, "wrong_axis"), a_wrong_check(2, 0.5))
    (mistake,) = found_in(worse, a_result(bare)).mistakes
    assert mistake.students == ("a", "b") and mistake.example.detail and mistake.example.detail.lines == LINES


def test_lines_of_a_check_that_names_two_mistakes_are_no_example_of_either() -> None:
    both = a_wrong_check(1, 0.5, "wrong_axis")
    both = msgspec.structs.replace(
        both,
        mistakes=("wrong_axis", "other"),
        mistake_texts=(both.mistake_texts[0], {"en": "another", "zh-CN": "另一个"}),
    )
    found = {mistake.name: mistake for mistake in found_in(a_result(both)).mistakes}
    assert not any(has_its_lines(mistake.example) for mistake in found.values())
    alone = a_result(a_wrong_check(2, 0.2, "wrong_axis"))
    (clear,) = [mistake for mistake in found_in(a_result(both), alone).mistakes if mistake.name == "wrong_axis"]
    assert has_its_lines(clear.example) and clear.example.id != both.id


def test_a_mistake_counts_once_for_each_student() -> None:
    twice = a_result(a_wrong_check(1, 0.5, "wrong_axis"), a_wrong_check(2, 0.5, "wrong_axis"))
    other = a_result(a_wrong_check(1, 0.2, "not_divided_by_n"))
    again = a_result(a_wrong_check(1, 0.5, "wrong_axis"), a_wrong_check(3, 0.2, "not_divided_by_n"))
    third = a_result(a_wrong_check(3, 0.2, "not_divided_by_n"))
    made = [(one.name, one.students) for one in found_in(twice, other, again, third).mistakes]
    assert made == [("not_divided_by_n", ("b", "c", "d")), ("wrong_axis", ("a", "c"))]


ODD = (a_wrong_check(1, 0.25), a_wrong_check(4, 0.75))


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (a_result(*ODD), True),
        (a_result(*ODD, a_wrong_check(7, 0.5, "wrong_axis")), True),  # what a mistake explains is told of the mistake
        (a_result(*ODD, a_wrong_check(7, 0.5)), False),  # one value more
        (a_result(*ODD[:1]), False),
        (a_result(*ODD, seed=8), False),  # other inputs: the numbers mean something else
        (a_result(a_wrong_check(1, 0.25, "wrong_axis"), a_wrong_check(4, 0.75, "wrong_axis")), False),
        (a_result(a_wrong_check(1, 0.25), a_wrong_check(4, 0.7500001)), False),
        (a_result(), False),
    ],
)
def test_the_same_wrong_numbers(other: Result, is_same: bool) -> None:
    found = found_in(a_result(*ODD), other, a_result(a_wrong_check(1, 0.1)))
    assert [one.students for one in found.same_numbers] == ([("a", "b")] if is_same else [])
    assert found.same_files == ()


def test_the_same_file_is_told_once_and_the_stub_never() -> None:
    same: dict[str, Any] = {"submission_sha256": "5" * 64}
    stub = a_result(*[a_check(number, "not_implemented") for number in range(1, CHECKS + 1)], submission_sha256="6")
    found = found_in(a_result(*ODD, **same), a_result(*ODD, **same), stub, stub)
    assert found.same_files == (("a", "b"),) and found.same_numbers == ()


def test_values_that_are_not_finite_are_nobodys_in_particular() -> None:
    nan = msgspec.structs.replace(ODD[0], worst=msgspec.structs.replace(ODD[0].worst, got="nan"))
    assert found_in(a_result(nan), a_result(nan)).same_numbers == ()


def test_errors_and_limits_with_who_met_them() -> None:
    loop = a_check(3, "limit", message={"en": "took too long"})
    found = found_in(
        stopped("error", "not Python"),
        a_result(loop),
        stopped("error", "not Python"),
        a_result(loop, msgspec.structs.replace(loop, id="check_4", title={"en": "check 4"})),
    )
    told = [
        (one.verdict, one.message["en"], one.students, [title["en"] for title in one.checks]) for one in found.troubles
    ]
    assert told == [
        ("error", "not Python", ("a", "c"), []),
        ("limit", "took too long", ("b", "d"), ["check 3", "check 4"]),
    ]


def test_time() -> None:
    time = found_in(a_result(seconds=1.0), a_result(seconds=9.0), a_result(seconds=2.0)).time
    assert time is not None
    assert (time.total, time.middle, time.longest, time.student) == (12.0, 2.0, 9.0, "b")
    assert found_in(a_result(submission_sha256="")).time is None
