"""Reading back what `grade score` wrote: whole, unfinished, damaged, and what is something else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.errors import UsageError
from grader.report.scores import Row
from grader.scoring.outcome import read_outcome, read_run
from grader.text import render, say
from tests.report.classes import a_result, a_wrong_check, write_class


@pytest.fixture
def out(tmp_path: Path) -> Path:
    wrong = a_result(a_wrong_check(2, 0.5, "wrong_axis"))
    return write_class(tmp_path / "out", [("ada", a_result()), ("emmy", wrong), ("sofja", a_result())])


def told(reason: Any) -> str:
    return reason if isinstance(reason, str) else render(reason, "en")


def test_results_in_the_tables_order(out: Path) -> None:
    found = read_outcome(out)
    assert [(one.student, one.standing) for one in found.entries] == [
        ("ada", "complete"),
        ("emmy", "graded"),
        ("sofja", "complete"),
    ]
    assert list(found.entries[1].mistakes) == ["wrong_axis"] and found.unjudged == found.problems == ()


def test_what_no_page_of_a_class_shows_is_left_out_and_what_is_alike_is_kept_once(tmp_path: Path) -> None:
    """Of tens of thousands of results."""
    wrong = a_result(a_wrong_check(2, 0.5, "wrong_axis"), a_wrong_check(3, 0.25), stdout="x" * 9)
    ada, emmy = read_outcome(write_class(tmp_path / "out", [("ada", a_result()), ("emmy", wrong)])).entries
    assert emmy.result.stdout == "" and emmy.result.score == 12.0
    assert emmy.result.checks[0] is ada.result.checks[0]
    named, other = emmy.result.checks[1:3]
    assert named.detail and named.detail.lines and named.worst and named.mistake_texts
    assert other.detail and (other.detail.got, other.detail.lines, other.message) == ("0.25", (), None)


@pytest.mark.parametrize("name", ["=SUM(A1)", "-x", "'quoted", 'a, "b"\nc', "张伟", "\udcff", " "])
def test_names_that_the_table_guards_quotes_or_spells(tmp_path: Path, name: str) -> None:
    found = read_outcome(write_class(tmp_path / "out", [(name, a_result())]))
    assert [one.student for one in found.entries] == [name.replace("\udcff", "\\udcff")] and found.problems == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "its result is missing"),
        (b"", "it is no result"),
        (b"\xff\xfe", "it is no result"),
        (b'{"schema": 1', "it is no result"),
        (b"[1, 2]", "it is no result"),
        (b"[" * 100_000, "it is no result"),
        (b'{"name": "package.json"}', "it is no result"),
        (b'{"schema": 0}', "it is no result"),
        (b'{"schema": 3, "all": "is new"}', "a newer grade wrote it (schema 3); update this one"),
        ({"score": "ten"}, "it is no result"),
        ({"score": 1e308}, "it is no result"),
        ({"seconds": 1e308}, "it is no result"),
        ({"schema": 3}, "a newer grade wrote it (schema 3); update this one"),
        ({"exercise": "exercise05"}, "it is a result of exercise05"),
    ],
)
def test_one_that_cannot_be_read_is_told_and_the_rest_is_there(
    out: Path, content: bytes | dict[str, Any] | None, reason: str
) -> None:
    path = out / "results/emmy/exercise03.json"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(
            content if isinstance(content, bytes) else json.dumps({**json.loads(path.read_bytes()), **content}).encode()
        )
    found = read_outcome(out)
    assert [one.student for one in found.entries] == ["ada", "sofja"]
    (problem,) = found.problems
    assert problem.student == "emmy" and told(problem.reason).startswith(reason)


def test_what_is_no_plain_file(out: Path, tmp_path: Path) -> None:
    path = out / "results/emmy/exercise03.json"
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    (out / "results/sofja/exercise03.json").unlink()
    (out / "results/sofja/exercise03.json").mkdir()
    found = read_outcome(out)
    assert [one.student for one in found.entries] == ["ada"]
    assert [one.student for one in found.problems] == ["emmy", "sofja"]


def test_a_result_that_the_table_does_not_list(out: Path) -> None:
    (out / "results/zoe").mkdir()
    (out / "results/ada/exercise03.json").rename(out / "results/zoe/exercise03.json")
    problems = [(one.student, told(one.reason)) for one in read_outcome(out).problems]
    assert problems == [("ada", "its result is missing"), ("zoe", "scores.csv does not list this result")]


def test_lines_that_never_had_a_result(tmp_path: Path) -> None:
    more = [
        Row.missing(
            "zoe",
            "essay",
            say(
                "{folder} is no exercise, and holds no results of grade score: there is no run.json in it.",
                folder="essay",
            ),
        )
    ]
    found = read_outcome(write_class(tmp_path / "out", [("ada", a_result())], more))
    assert [(one.student, one.exercise) for one in found.unjudged] == [("zoe", "essay")] and found.problems == ()


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("scores.csv", None, "is not finished: there is no scores.csv. Finish it with grade score --resume"),
        ("scores.csv", b"", None),
        ("scores.csv", b"student,mark\nada,1\n", "scores.csv can't be read"),
        ("scores.csv", b"student,exercise,sha256,note\nada\n", "scores.csv can't be read"),
        ("scores.csv", b"\xff", "scores.csv can't be read"),
        ("run.json", None, "there is no run.json in it"),
        ("run.json", b"{}", "run.json was not written by this version of grade: Object missing required field"),
    ],
)
def test_a_run_that_is_not_whole(out: Path, file: str, content: bytes | None, reason: str | None) -> None:
    (out / file).unlink()
    if content is not None:
        (out / file).write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_outcome(out)
    assert (reason or "None of the results") in render(caught.value.message, "en")


def test_what_is_no_run_at_all(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    (tmp_path / "odd/run.json").mkdir(parents=True)
    for name, reason in (
        ("nowhere", "there is no file or folder {path}; check the spelling"),
        ("notes.txt", "{path}/run.json can't be read: Not a directory"),
        ("odd", "{path}/run.json can't be read: Is a directory"),
    ):
        with pytest.raises(UsageError) as caught:
            read_run(tmp_path / name)
        assert render(caught.value.message, "en") == reason.format(path=tmp_path / name)


def test_none_that_can_be_shown(out: Path) -> None:
    for path in out.glob("results/*/*.json"):
        path.write_bytes(b"{}")
    with pytest.raises(UsageError) as caught:
        read_outcome(out)
    message = render(caught.value.message, "en")
    assert "None of the results in" in message and "ada/exercise03: it is no result" in message
