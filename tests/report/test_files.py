"""JSON, its schema, JUnit XML, views and exit statuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args
from xml.etree import ElementTree as ET

import jsonschema
import msgspec
import pytest

from grader.report import schema
from grader.report.jsonfile import to_json
from grader.report.junit import to_junit
from grader.report.schema import SCHEMA
from grader.report.views import exit_status, learner_view
from grader.result import (
    CheckResult,
    Detail,
    ErrorMap,
    FunctionPlot,
    Picture,
    PointsPlot,
    Result,
    SeriesPlot,
    Worst,
    read_result,
)
from grader.source_line import SourceLine
from grader.text import Message

Check = Callable[..., CheckResult]
Make = Callable[..., Result]


@pytest.fixture
def full(make_check: Check, make_result: Make) -> Result:
    """Every field filled, with what files can't carry."""
    nan = float("nan")
    failed = make_check(
        "values",
        "failed",
        message={"en": "wrong \x00 \ud800", "zh-CN": "不对"},
        mistakes=("plus",),
        mistake_texts=({"en": "s(1+s)", "zh-CN": "s(1+s)"},),
        function="f",
        worst=Worst((0, 3), nan, float("-inf"), float("inf"), 0.5),
        detail=Detail("f(x)", "1", "2", (SourceLine(3, "return x", "f"),)),
    )
    return make_result(
        make_check("zero", "passed"),
        failed,
        make_check("batch", "not_implemented"),
        make_check("loop", "limit"),
        make_check("skip", "skipped"),
        make_check(
            "extreme", "error", hidden=True, message={"en": "SECRET"}, message_data=Message("{a}", {"a": "SECRET"})
        ),
        stdout="a\x1b[31m\ud800\n",
        notes=({"en": "note", "zh-CN": "注意"},),
        message={"en": "m", "zh-CN": "消息"},
    )


def test_json_keeps_every_field_in_order_and_spells_out_what_it_can_not_carry(full: Result) -> None:
    document = json.loads(to_json(full), parse_constant=pytest.fail)
    assert list(document) == [field.name for field in msgspec.structs.fields(Result)]
    worst = document["checks"][1]["worst"]
    assert worst == {"index": [0, 3], "expected": "NaN", "got": "-Infinity", "abs_error": "Infinity", "rel_error": 0.5}
    assert document["stdout"] == "a\x1b[31m\\ud800\n"
    assert to_json(full).endswith(b"}\n")


def test_json_reads_back_as_the_result(make_check: Check, make_result: Make) -> None:
    result = make_result(make_check("zero", "failed", worst=Worst((1,), 0.5, 0.25, 0.25, 0.5)))
    assert msgspec.json.decode(to_json(result), type=Result) == result


def with_picture(result: Result, picture: dict[str, Any]) -> bytes:
    document = json.loads(to_json(result))
    document["checks"][1]["detail"] = {"called": "f(x)", "expected": "1", "got": "2", "lines": [], "picture": picture}
    return json.dumps(document).encode()


#: What graders have written, with what is read of it today: an earlier form stays here when it changes.
PICTURES = [
    ({"kind": "function", "x": [0.5], "expected": [1], "got": [None], "got_x": [], "worst": 0}, FunctionPlot),
    ({"kind": "series", "x": [0.0], "expected": [1], "got": [2], "got_x": [], "worst": 0}, type(None)),
    ({"kind": "points", "x": [1], "expected": [2], "got": [3], "got_x": [4], "worst": 0}, type(None)),
    ({"kind": "map", "x": [1, 1], "expected": [2], "got": [1], "got_x": [], "worst": 0}, type(None)),
    ({"kind": "series", "x": [0], "expected": [1], "got": [2], "worst": 0}, SeriesPlot),
    ({"kind": "points", "expected_x": [1], "expected_y": [2], "got_x": [3], "got_y": [4], "worst": 0}, PointsPlot),
    ({"kind": "map", "rows": 1, "columns": 1, "errors": [[0.5]], "worst": [0, 0]}, ErrorMap),
    ({"kind": "cake", "worst": "all"}, type(None)),
]


@pytest.mark.parametrize(("picture", "kind"), PICTURES)
def test_an_earlier_result_loses_no_more_than_its_picture(picture: Any, kind: type, full: Result) -> None:
    result = read_result(with_picture(full, picture))
    detail = result.checks[1].detail
    assert detail is not None and (detail.called, detail.expected, detail.got) == ("f(x)", "1", "2")
    assert type(detail.picture) is kind and read_result(to_json(result)) == result
    assert result.checks[0] == read_result(to_json(full)).checks[0]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"checks": 3}', b'"picture"', b"\xff"])
def test_what_is_no_result_is_not_read(content: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_result(content)


def test_schema_file_is_in_step_with_the_structs() -> None:
    assert schema.schema_bytes() == SCHEMA.read_bytes(), "python -m grader.report.schema"


def test_schema_describes_every_field() -> None:
    definitions = json.loads(SCHEMA.read_bytes())["$defs"]
    fields = [field for definition in definitions.values() for field in definition["properties"].values()]
    assert definitions.keys() >= {kind.__name__ for kind in (Result, CheckResult, Detail, *get_args(Picture))}
    assert all(field["description"] for field in fields)


def test_results_are_valid_and_a_result_that_lacks_a_field_is_not(full: Result) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    document = json.loads(to_json(full))
    assert not list(validator.iter_errors(document))
    assert not list(validator.iter_errors(json.loads(to_json(learner_view(full)))))
    document["checks"][0]["verdict"] = "splendid"
    del document["seed"]
    assert len(list(validator.iter_errors(document))) == 2


def test_learner_view_reduces_hidden_checks_only(full: Result) -> None:
    seen = learner_view(full)
    assert seen.checks[:5] == full.checks[:5]
    hidden = full.checks[5]
    assert seen.checks[5] == msgspec.structs.replace(hidden, message=None, message_data=None)
    assert b"SECRET" not in to_json(seen)


def test_junit_tells_each_verdict_in_its_own_element(full: Result) -> None:
    root = ET.fromstring(to_junit([full], "zh-CN"))
    (suite,) = root
    assert {key: suite.get(key) for key in ("name", "tests", "failures", "errors", "skipped", "time")} == {
        "name": "exercise03",
        "tests": "6",
        "failures": "2",
        "errors": "2",
        "skipped": "1",
        "time": "1.230",
    }
    cases = suite.findall("testcase")
    found = [[child.tag for child in case if child.tag != "properties"] for case in cases]
    assert found == [[], ["failure"], ["failure"], ["error"], ["skipped"], ["error"]]
    assert cases[1].get("name") == "values 的标题"
    properties = {item.get("name"): item.get("value") for item in cases[1].iter("property")}
    assert properties == {"id": "values", "points": "0.0", "max_points": "2.0", "verdict": "failed", "mistake": "plus"}
    assert suite.findtext("system-out") == "a\ufffd[31m\ufffd\n"


def test_junit_replaces_what_xml_can_not_carry(full: Result) -> None:
    root = ET.fromstring(to_junit([full], "en"))
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message") == failure.text == "wrong \ufffd \ufffd"


def test_junit_has_an_error_for_a_submission_that_could_not_be_graded(make_result: Make) -> None:
    reason = {"en": "It is not Python.", "zh-CN": "不是 Python。"}
    root = ET.fromstring(to_junit([make_result(status="error", message=reason, passed=False)], "en"))
    error = root.find("./testsuite/testcase/error")
    assert error is not None
    assert error.text == "It is not Python."
    assert root[0].get("errors") == "1"


@pytest.mark.parametrize(
    ("status", "verdict", "exit_code"),
    [
        ("graded", "passed", 0),
        ("graded", "failed", 1),
        ("graded", "error", 1),
        ("error", "error", 3),
        ("limit", "limit", 3),
        ("grader_error", "grader_error", 4),
        ("graded", "grader_error", 4),
    ],
)
def test_exit_status(status: str, verdict: str, exit_code: int, make_check: Check, make_result: Make) -> None:
    assert exit_status(make_result(make_check("zero", verdict), status=status)) == exit_code
