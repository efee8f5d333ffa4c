"""Notebooks through every real command: graded where they can be, and else told why, in the same words."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.forked import NBGRADER, run_forked
from tests.nbgrader.courses import autograde, comments, grades, hand_in, make_course, named, released, text_of
from tests.nbgrader.gradebooks import COURSE, RIGHT, SLUG, command, grade, nbgrader
from tests.nbgrader.notebooks import CASES, Case, book, cell

pytestmark = pytest.mark.slow
LANGUAGES = ("en", "zh-CN")


def commanded(path: Path, *words: str) -> tuple[int, Any]:
    """`grade exercise03 PATH`: its exit status and its result."""
    words = ("exercise03", path, "--json", "-", *words, "--course", COURSE)
    done = run_forked("grader", *words, imported=NBGRADER)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


def expect(result: Any, case: Case) -> None:
    assert result["score"] == case.score
    assert result["status"] == ("error" if case.exit == 3 else "graded")
    texts = [result["message"]] if case.exit == 3 else result["notes"]
    for language, told in zip(LANGUAGES, case.told, strict=True):
        assert not told or any(told in text[language] for text in texts), texts
    if case.exit == 0 and not case.told[0]:
        assert [note for note in texts if "IPython" not in note["en"]] == []


#: The others differ in what is read, and `test_a_class` reads them all.
FEW = ("in_order", "outputs", "error_in_a_cell", "kernel_r", "broken_off", "gbk", "empty", "wrong")


@pytest.mark.parametrize("name", FEW)
def test_one_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{SLUG}.ipynb"
    path.write_bytes(CASES[name].content)
    status, result = commanded(path)
    expect(result, CASES[name])
    assert status == CASES[name].exit


def test_a_class(tmp_path: Path) -> None:
    for name, case in CASES.items():
        place = tmp_path / "submitted" / name / "exercise03" / f"{SLUG}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_bytes(case.content)
    grade("score", tmp_path / "submitted", "--out", tmp_path / "out")
    for name, case in CASES.items():
        expect(json.loads((tmp_path / f"out/results/{name}/exercise03.json").read_text("utf-8")), case)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nbgraders_autograde_and_feedback(language: str, tmp_path: Path) -> None:
    """The configuration says in which language; nothing that was handed in stops the others."""
    course = make_course(tmp_path / "course", "exercise03", lang=language)
    cases = CASES if language == "en" else {name: CASES[name] for name in FEW}
    for name, case in cases.items():
        hand_in(course, name, case.content)
    log = autograde(course, "exercise03")
    nbgrader(course, "generate_feedback", "exercise03")
    said, found = comments(course), grades(course)
    assert found == {name: (case.score, False) for name, case in cases.items()}, log
    for name, case in cases.items():
        told = case.told[LANGUAGES.index(language)]
        comment = said[name]
        assert "".join(told.split()) in "".join(comment.split()), (name, comment)
        assert ("得分" in comment) == (language == "zh-CN") and ("Score" in comment) == (language == "en"), comment
        page = (course / f"feedback/{name}/exercise03/{SLUG}.html").read_text("utf-8")
        assert f"(Score: {float(case.score)} / 10.0)" in page
        assert {"en": "Score: ", "zh-CN": "得分："}[language] in page
    assert "得分：6 / 10" in said["wrong"] or language == "en"
    statement = "".join(named(released(course), "exercise03-statement")["source"])
    assert ("导数" in statement) == (language == "zh-CN")


# -- size --------------------------------------------------------------------------------------------------------------


def large(path: Path, megabytes: int) -> Path:
    """A right answer with so much output, half of it one text and half of it a plot's numbers."""
    text = {"output_type": "stream", "name": "stdout", "text": "导" + "x" * (megabytes << 19)}
    numbers = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"application/vnd.plotly.v1+json": {"y": [[0.5, 1.25]] * ((megabytes << 19) // 13)}},
    }
    path.write_text(text_of([cell(RIGHT, outputs=[text, numbers])]), "utf-8")
    return path


def test_outputs_of_100_mb_are_skipped_in_bounded_memory(tmp_path: Path) -> None:
    """The file is in memory once; a second copy, or its outputs as objects, would be over."""
    path = large(tmp_path / f"{SLUG}.ipynb", 100)
    assert path.stat().st_size > 95 << 20
    words = command("exercise03", path, "--json", "-")
    done = subprocess.run(
        ["/bin/sh", "-c", 'ulimit -v 8388608; exec "$@"', "sh", *words], capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, json.loads(done.stdout)["score"]) == (0, 10), done.stderr
    reader = (
        "import sys, resource; from pathlib import Path; from grader.submission.read import read_submission; from "
        "grader.reader.client import Reader; reader = Reader(); reader.prepare(); before = "
        "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; read_submission(Path(sys.argv[1]), slug='s', "
        "parser=reader); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    kilobytes = int(
        subprocess.run(
            [command()[0], "-c", reader, path], check=True, capture_output=True, text=True, cwd=COURSE, timeout=60
        ).stdout
    )
    assert kilobytes < 1.2 * path.stat().st_size / 1024


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (300 << 20, "300.0 MiB, most of it outputs; at most 256 MiB are read"),
        (b'{"nbformat": 4, "cells": [' + b'{"cell_type": "code"},' * 2_100_000 + b"{}]}", "too large to be read"),
    ],
)
def test_what_is_too_large_is_refused_with_what_to_do(tmp_path: Path, content: int | bytes, told: str) -> None:
    path = tmp_path / f"{SLUG}.ipynb"
    with path.open("wb") as file:
        file.truncate(content) if isinstance(content, int) else file.write(content)
    status, result = commanded(path)
    assert status == 3 and told in result["message"]["en"]
    assert "Clear Outputs of All Cells" in result["message"]["en"] and "清除" in result["message"]["zh-CN"]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2 << 20


# -- a file of the other kind ------------------------------------------------------------------------------------------


def test_a_notebook_that_is_called_py_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / f"{SLUG}.py"
    path.write_bytes(book(cell(RIGHT)))
    status, result = commanded(path)
    assert status == 3
    assert f"{path.name} is a notebook and no Python file; rename it to {SLUG}.ipynb" in result["message"]["en"]
    assert f"改名为 {SLUG}.ipynb" in result["message"]["zh-CN"]
    os.rename(path, path.with_suffix(".ipynb"))
    assert commanded(path.with_suffix(".ipynb"))[0] == 0
    path.write_text('{"nbformat": 1}\n' + RIGHT.replace("from __future__ import annotations", ""), "utf-8")
    assert commanded(path)[0] == 0
