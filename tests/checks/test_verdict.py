"""Verdicts: from what a check's test raised to its result, and from all results to the mistakes that are certain."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from grader.boundary.limit_reached import LimitKind, LimitReached
from grader.checks.exercise import NamedMistake
from grader.checks.explanation import Explanation
from grader.checks.failure import CallFailed, CheckFailed
from grader.checks.findings.call import (
    MissingFunction,
    ModuleAbsent,
    NoGraph,
    NotWritten,
    OutOfMemory,
    RaisedError,
    RaisedNothing,
    WrongSignature,
)
from grader.checks.findings.finding import Called, Finding
from grader.checks.findings.value import InResult, NoGradient, WrongShape, WrongValue
from grader.checks.marks import fail
from grader.checks.verdict import Judged, conclude, verdict_on
from grader.course.model import CheckInfo

INFO = CheckInfo("values", {"en": "the values", "zh-CN": "数值"}, 2.0, True)


VALUES = WrongValue(InResult(), "1", "2")


def failed(finding: Finding = VALUES) -> CallFailed:
    return CallFailed(Called("f", "f(x)"), finding)


def test_check_that_ends_well_has_its_points_and_the_marks_of_its_check() -> None:
    result = verdict_on(INFO, None).result
    assert (result.verdict, result.passed, result.points, result.max_points) == ("passed", True, 2.0, 2.0)
    assert (result.id, result.title, result.hidden, result.message) == ("values", INFO.title, True, None)


@pytest.mark.parametrize(
    ("finding", "verdict"),
    [
        (VALUES, "failed"),
        (WrongShape(InResult(), (1,), (2,)), "failed"),
        (NoGradient("x", "1"), "failed"),
        (NoGraph("1", "RuntimeError"), "failed"),
        (RaisedNothing("ValueError", "1"), "failed"),
        (NotWritten("1", "NotImplementedError"), "not_implemented"),
        (RaisedError("1", "ValueError"), "error"),
        (WrongSignature("1", "(): takes 0"), "error"),
        (ModuleAbsent("1", "ModuleNotFoundError: m", module="m"), "error"),
        (MissingFunction("f"), "error"),
        (OutOfMemory("1", "MemoryError"), "limit"),
    ],
)
def test_failure_gives_a_verdict_and_a_reason_and_no_points(finding: Finding, verdict: str) -> None:
    result = verdict_on(INFO, failed(finding)).result
    assert (result.verdict, result.passed, result.points) == (verdict, False, 0.0)
    assert result.message and set(result.message) == {"en", "zh-CN"} and all(result.message.values())


def test_failure_of_a_comparison_keeps_the_call_and_both_values() -> None:
    detail = verdict_on(INFO, failed()).result.detail
    assert detail is not None
    assert (detail.called, detail.expected, detail.got) == ("f(x)", "1", "2")


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("time", "limit"),
        ("total_time", "limit"),
        ("output", "limit"),
        ("threads", "limit"),
        ("disk", "limit"),
        ("memory", "limit"),
        ("not_run", "limit"),
        ("crash", "error"),
        ("exit", "error"),
        ("protocol", "error"),
        ("lost", "grader_error"),
    ],
)
def test_every_limit_has_a_verdict_and_a_sentence(kind: LimitKind, verdict: str) -> None:
    result = verdict_on(INFO, LimitReached(kind, amount=3, signal="SIGSEGV")).result
    assert (result.verdict, result.points) == (verdict, 0.0)
    assert result.message and result.message["en"] != result.message["zh-CN"]


def test_authors_own_words_stand_in_both_languages(tmp_path: Path) -> None:
    exercise = tmp_path / "solutions" / "exercise01"
    exercise.mkdir(parents=True)
    (tmp_path / "course.toml").write_text('languages = ["en", "zh-CN"]\ntitle = "Tiny"\n', "utf-8")
    texts = '[reasons]\n"Row {row} must add up to 1." = "第 {row} 行之和应为 1。"\n'
    (exercise / "texts.zh-CN.toml").write_text(texts, "utf-8")
    check = compile('fail("Row {row} must add up to 1.", row=3)', exercise / "checks.py", "exec")
    with pytest.raises(CheckFailed) as raised:
        exec(check, {"fail": fail})
    message = verdict_on(INFO, raised.value).result.message
    assert message == {"en": "Row 3 must add up to 1.", "zh-CN": "第 3 行之和应为 1。"}


def test_an_assertion_of_the_check_fails_it_and_anybody_elses_is_the_graders_fault() -> None:
    try:
        raise AssertionError("rows {differ}")
    except AssertionError as error:
        result = verdict_on(INFO, error, checks=Path(__file__)).result
        other = verdict_on(INFO, error, checks=Path(__file__).with_name("checks.py")).result
    assert (result.verdict, result.message) == ("failed", {"en": "rows {differ}", "zh-CN": "rows {differ}"})
    assert other.verdict == "grader_error"


def test_skip_gives_no_points_and_its_reason() -> None:
    result = verdict_on(INFO, pytest.skip.Exception("needs a GPU")).result
    assert (result.verdict, result.passed, result.points) == ("skipped", False, 0.0)
    assert result.message and result.message["en"] == "needs a GPU"


@pytest.mark.parametrize("error", [KeyError("x"), RuntimeError("{0}"), RecursionError(), AttributeError("y" * 5000)])
def test_anything_else_is_the_graders_own_fault(error: Exception) -> None:
    result = verdict_on(INFO, error, [Explanation("f", ("slip",))]).result
    assert (result.verdict, result.points) == ("grader_error", 0.0)
    assert result.message and type(error).__name__ in result.message["en"]
    assert len(result.message["en"]) < 1200


# --- conclude

MISTAKES = {
    "f_sign": NamedMistake("f", {"en": "f's sign", "zh-CN": "f 的符号"}),
    "f_half": NamedMistake("f", {"en": "half", "zh-CN": "一半"}),
    "g_sign": NamedMistake("g", {"en": "g's sign", "zh-CN": "g 的符号"}),
}


def judged(id: str, *explanations: tuple[str, list[str]]) -> Judged:
    info = CheckInfo(id, {"en": id, "zh-CN": id}, 1.0, False)
    found = [Explanation(function, tuple(names)) for function, names in explanations]
    return verdict_on(info, failed() if explanations else None, found)


def named(*all_judged: Judged) -> dict[str, tuple[str, ...]]:
    return {result.id: result.mistakes for result in conclude(all_judged, MISTAKES)}


def test_mistakes_are_named_with_their_explanations() -> None:
    (result,) = conclude([judged("a", ("f", ["f_sign", "f_half"]))], MISTAKES)
    assert result.mistakes == ("f_sign", "f_half")
    assert result.mistake_texts == (MISTAKES["f_sign"].text, MISTAKES["f_half"].text)


def test_a_mistake_of_another_function_than_the_reports_says_where_it_is() -> None:
    check = judged("a", ("f", ["f_sign"]), ("g", ["g_sign"]))
    check = structs.replace(check, result=structs.replace(check.result, function="f"))
    (result,) = conclude([check], MISTAKES)
    assert result.mistake_texts == (MISTAKES["f_sign"].text, {"en": "in g, g's sign", "zh-CN": "在 g 中，g 的符号"})


def test_a_hidden_checks_mistake_always_says_where_it_is() -> None:
    info = CheckInfo("h", INFO.title, 1.0, True)
    (result,) = conclude([verdict_on(info, failed(), [Explanation("f", ("f_sign",))])], MISTAKES)
    assert result.mistake_texts[0] is not None and result.mistake_texts[0]["en"] == "in f, f's sign"


def test_each_check_has_its_own_names() -> None:
    run = [judged("a", ("f", ["f_sign"])), judged("b", ("f", [])), judged("c", ("f", ["f_half"])), judged("d")]
    assert named(*run) == {"a": ("f_sign",), "b": (), "c": ("f_half",), "d": ()}


def test_names_of_a_second_function_stand_only_beside_those_of_the_first() -> None:
    """The report is about the first."""
    run = [judged("a", ("f", ["f_sign"]), ("g", ["g_sign"])), judged("b", ("f", []), ("g", ["g_sign"]))]
    assert named(*run) == {"a": ("f_sign", "g_sign"), "b": ()}


def test_mistake_of_a_function_that_this_one_calls_is_named_only_if_that_one_bears_it_out() -> None:
    assert named(judged("a", ("f", ["g_sign"]))) == {"a": ()}
    assert named(judged("a", ("f", ["g_sign"])), judged("b", ("g", ["g_sign"]))) == {"a": ("g_sign",), "b": ("g_sign",)}
    assert named(judged("a", ("f", ["g_sign"])), judged("b", ("g", []))) == {"a": (), "b": ()}


def test_scenario_with_no_mistakes_of_its_own_takes_any_functions_mistake() -> None:
    assert named(judged("a", ("training", ["g_sign"]))) == {"a": ("g_sign",)}


@pytest.mark.parametrize(
    ("about", "names", "function"),
    [
        ("f, g", ["g_sign"], "g"),
        ("f, g", ["f_sign", "f_half"], "f"),
        ("f, g", ["f_sign", "g_sign"], "f, g"),
        ("h, k", ["g_sign"], "h, k"),
        ("f, g", [], "f, g"),
    ],
)
def test_a_check_about_several_functions_points_to_the_one_that_is_wrong(
    about: str, names: list[str], function: str
) -> None:
    check = judged("a", (about, names))
    (result,) = conclude([structs.replace(check, result=structs.replace(check.result, function=about))], MISTAKES)
    assert result.function == function
    if function == "g":
        assert result.mistake_texts == (MISTAKES["g_sign"].text,)


def test_nothing_is_named_where_nothing_failed_or_no_call_was_compared() -> None:
    limit = verdict_on(CheckInfo("l", INFO.title, 1.0, False), LimitReached("time", amount=5))
    assert named(judged("a"), limit) == {"a": (), "l": ()}


def test_order_and_results_are_kept() -> None:
    run = [judged("b", ("f", ["f_sign"])), judged("a"), judged("c", ("g", []))]
    results = conclude(run, MISTAKES)
    assert [result.id for result in results] == ["b", "a", "c"]
    assert [result.points for result in results] == [0.0, 1.0, 0.0]
    assert [result.message for result in results] == [one.result.message for one in run]
