"""`grade generate`: files, notebooks and nbgrader's course folder, by the real commands."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest

from grader.assignments.cells import named_cells, split_definitions
from grader.assignments.generate import generate
from grader.course.find import find_course, find_exercise
from grader.course.handout import handed_out
from grader.installing import extra_command
from grader.text import LANGUAGES, render
from tests.forked import NBGRADER, run_forked
from tests.nbgrader.gradebooks import COURSE, RIGHT, SLUG, environment, grade, nbgrader

EXERCISES = [one.id for one in find_course(COURSE).exercises]
NOTEBOOK = f"exercise03/{SLUG}.ipynb"


def made(folder: Path, form: str, *, lang: str = "en") -> Path:
    """The folder that `grade generate` wrote exercise03 into."""
    grade("generate", "exercise03", "--out", folder, "--as", form, lang=lang)
    return folder


def copied(folder: Path, form: str, *, lang: str = "en") -> Path:
    """A copy of what `grade generate` wrote once for all these tests."""
    return Path(shutil.copytree(Path(_once(form, lang).name, "course"), folder, dirs_exist_ok=True))


@cache
def _once(form: str, lang: str) -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="grade-tests-generated-")
    made(Path(folder.name, "course"), form, lang=lang)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Relative path → content of every file."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cells(path: Path) -> list[dict[str, Any]]:
    found = json.loads(path.read_text("utf-8"))["cells"]
    assert isinstance(found, list)
    return found


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_cells_are_the_stub(name: str, language: str) -> None:
    exercise = find_exercise(find_course(COURSE), name)
    solutions = named_cells(exercise, language).solutions
    stub = handed_out(exercise, (language,))
    assert "".join("".join(cell.source.split()) for cell in solutions) == "".join(stub.split())
    assert [cell.name for cell in solutions[:2]] == [f"{name}-solution", f"{name}-solution-2"]
    solved = named_cells(exercise, language, solved=True).solutions
    assert len(solved) == len(solutions) and sum("BEGIN SOLUTION" in cell.source for cell in solved)


def test_definitions_keep_their_comments_and_decorators() -> None:
    pieces = ("import torch\nA = 1", "# why\n@torch.no_grad()\ndef f():\n    pass", "class B:\n    x = 1\nC = B")
    assert split_definitions("\n\n\n".join(pieces) + "\n") == pieces
    assert split_definitions("def f(): ...\n") == ("def f(): ...",)
    assert split_definitions("x = 1\n") == ("x = 1",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_python_files_are_what_a_learner_gets_from_init(tmp_path: Path, language: str) -> None:
    folder = copied(tmp_path / "out", "py", lang=language)
    grade("init", tmp_path / "init", lang=language)
    made, of_init = folder / "exercise03", tmp_path / "init/exercise03"
    assert (made / f"{SLUG}.py").read_bytes() == (of_init / f"{SLUG}.py").read_bytes()
    # The other exercises may not be handed out with it, so nothing links to them.
    linked = (of_init / "README.md").read_text("utf-8")
    assert "[09](../exercise09/README.md)" in linked
    assert (made / "README.md").read_text("utf-8") == re.sub(r"\[(\d\d)\]\(\.\./[^)]*\)", r"\1", linked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notebook_is_valid_and_survives_the_round_trip(tmp_path: Path, language: str) -> None:
    path = copied(tmp_path, "ipynb", lang=language) / NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.grade == {
        "course": "deep-learning-by-exercise",
        "exercise": "exercise03",
        "language": language,
    }
    assert notebook.metadata.kernelspec.name == "python3"
    assert [cell.id for cell in notebook.cells][:2] == ["exercise03-statement", "exercise03-solution"]
    assert notebook.cells[-1].source.split("\n")[1:] == [
        "%reload_ext grader",
        "%grade exercise03" + {"en": "", "zh-CN": " --lang zh-CN"}[language],
    ]
    assert ("运行" in notebook.cells[-1].source) is (language == "zh-CN")
    again = jupytext.reads(jupytext.writes(notebook, fmt="py:percent"), fmt="py:percent")
    assert [(cell.cell_type, cell.source, cell.metadata) for cell in again.cells] == [
        (cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells
    ]
    assert again.metadata.grade == notebook.metadata.grade
    assert again.metadata.kernelspec == notebook.metadata.kernelspec
    assert nbformat.writes(nbformat.reads(path.read_text("utf-8"), as_version=4)) + "\n" == path.read_text("utf-8")


@pytest.mark.slow
def test_a_notebook_gets_the_same_as_a_file(tmp_path: Path) -> None:
    path = copied(tmp_path, "ipynb") / NOTEBOOK
    whole = json.loads(path.read_text("utf-8"))
    for cell, text in zip(whole["cells"][1:-1], split_definitions(RIGHT), strict=True):
        cell["source"] = text
    right = tmp_path / "right.ipynb"
    right.write_text(json.dumps(whole), "utf-8")
    for submission, file, status in (
        (path, COURSE / f"exercises/exercise03/{SLUG}.py", 1),
        (right, COURSE / "solutions/exercise03/reference.py", 0),
    ):
        of_notebook, of_file = (
            json.loads(grade("exercise03", one, "--json", "-", "--seed", "1", status=status).stdout)
            for one in (submission, file)
        )
        verdicts = [
            [(check["id"], check["verdict"], check["points"]) for check in result["checks"]]
            for result in (of_notebook, of_file)
        ]
        assert verdicts[0] == verdicts[1] and of_notebook["score"] == of_file["score"]
        assert of_notebook.get("notes") == of_file.get("notes")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_nbgraders_release_is_ours_byte_for_byte(tmp_path: Path, language: str) -> None:
    course = copied(tmp_path / "course", "nbgrader", lang=language)
    ours = (course / "release" / NOTEBOOK).read_bytes()
    assert "ERROR" not in nbgrader(course, "generate_assignment", "exercise03")
    assert (course / "release" / NOTEBOOK).read_bytes() == ours
    assert (course / "gradebook.db").is_file()
    stub = named_cells(find_exercise(find_course(COURSE), "exercise03"), language)
    assert [source(cell) for cell in cells(course / "release" / NOTEBOOK)] == [cell.source for cell in stub.all]
    assert "BEGIN SOLUTION" in (course / "source" / NOTEBOOK).read_text("utf-8")
    grade("generate", "exercise03", "--out", course, "--as", "nbgrader", lang=language)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("### BEGIN SOLUTION", "# BEGIN SOLUTION please", "END SOLUTION without BEGIN SOLUTION"),
        (" SOLUTION", " OF IT", "no cell has ### BEGIN SOLUTION"),
        ("### END SOLUTION", "# END SOLUTION", "BEGIN SOLUTION without END SOLUTION"),
    ],
)
def test_a_solution_is_never_released(tmp_path: Path, old: str, new: str, said: str) -> None:
    course = copied(tmp_path / "course", "nbgrader")
    path = course / "source" / NOTEBOOK
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    done = run_forked(
        "nbgrader", "generate_assignment", "exercise03", cwd=course, env=environment(course), imported=NBGRADER
    )
    assert done.returncode and said in done.stderr
    assert not (course / "release" / NOTEBOOK).exists()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["py", "ipynb", "nbgrader"])
def test_the_same_bytes_every_time(tmp_path: Path, form: str) -> None:
    one, two = copied(tmp_path / "a/course", form), made(tmp_path / "b/course", form)
    assert tree(one) == tree(two)
    assert "files written: 0" in grade("generate", "3", "--out", one, "--as", form).stdout
    assert tree(one) == tree(two)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "name"), [("py", f"exercise03/{SLUG}.py"), ("ipynb", NOTEBOOK), ("nbgrader", f"source/{NOTEBOOK}")]
)
def test_edited_files_are_named_and_nothing_is_written(tmp_path: Path, form: str, name: str) -> None:
    folder = copied(tmp_path, form)
    (folder / name).write_text("mine", "utf-8")
    before = tree(folder)
    done = grade("generate", "exercise03", "--out", folder, "--as", form, lang="zh-CN", status=2)
    assert name in done.stderr and "什么都没有写入" in done.stderr
    assert tree(folder) == before
    (folder / name).unlink()
    made(folder, form)
    assert (folder / name).read_text("utf-8") != "mine"


def test_an_unedited_file_changes_language(tmp_path: Path) -> None:
    made(copied(tmp_path, "py"), "py", lang="zh-CN")
    assert (tmp_path / "exercise03/README.md").read_text("utf-8").startswith("# 练习 03")


@pytest.mark.slow
def test_a_configuration_that_was_edited_is_kept(tmp_path: Path) -> None:
    config = copied(tmp_path, "nbgrader") / "nbgrader_config.py"
    config.write_text("c = get_config()\n", "utf-8")
    (tmp_path / "source" / NOTEBOOK).unlink()
    assert "nbgrader_config.py" in grade("generate", "3", "--out", tmp_path, "--as", "nbgrader").stdout
    assert config.read_text("utf-8") == "c = get_config()\n"
    assert (tmp_path / "source" / NOTEBOOK).is_file()


def older_notebook(folder: Path, schema: int | None) -> Path:
    path = folder / "source/ps1/p.ipynb"
    path.parent.mkdir(parents=True)
    metadata = {"grade_id": "x"} | ({"schema_version": schema} if schema else {})
    cell = {"cell_type": "code", "source": "", "metadata": {"nbgrader": metadata}}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("schema", [1, 2, None])
def test_an_older_nbgraders_notebook_is_told(tmp_path: Path, schema: int | None) -> None:
    path = older_notebook(tmp_path, schema)
    os.mkfifo(path.with_name("a pipe.ipynb"))  # opened, it would never answer
    path.with_name("deep.ipynb").write_text('{"cells": [{"metadata": ' + "[" * 50_000)
    course = find_course(COURSE)
    found = generate(course, [find_exercise(course, "exercise03")], tmp_path, "nbgrader", "en")
    assert found.older is not None and str(path) in (said := render(found.older, "en"))
    assert "older nbgrader" in said and f"schema {schema or 0}," in said


@pytest.mark.slow
def test_an_older_nbgraders_notebook_and_all_else_is_done(tmp_path: Path) -> None:
    path = older_notebook(tmp_path, 1)
    done = grade("generate", "exercise03", "--out", tmp_path, "--as", "nbgrader", status=2)
    assert "older nbgrader" in done.stderr and "nbgrader update" in done.stderr and str(path) in done.stderr
    assert "files written: 3" in done.stdout and (tmp_path / "source" / NOTEBOOK).is_file()


@pytest.mark.slow
def test_a_gradebook_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").write_bytes(b"no database" * 100)
    done = grade("generate", "exercise03", "--out", tmp_path, "--as", "nbgrader", status=2)
    assert "gradebook.db" in done.stderr and "files written: 3" in done.stdout
    assert (tmp_path / "gradebook.db").read_bytes() == b"no database" * 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("exercise03",), "Which folder"),
        (
            ("exercise03", "--out", "x", "--as", "pdf"),
            "--as is one of py, ipynb, nbgrader, practice, site, bundle, not pdf",
        ),
        (("exercise99", "--out", "x"), "exercise99"),
        (("exercise03", "--out", "/dev/null/x"), "can't be made"),
    ],
)
def test_wrong_use(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    assert said in grade("generate", *words, status=2, cwd=tmp_path).stderr
    assert not tree(tmp_path)


def test_python_files_need_neither_jupytext_nor_nbgrader(tmp_path: Path) -> None:
    words = ["generate", "exercise03", "--out", str(tmp_path), "--course", str(COURSE), "--lang", "en"]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "grader", *words], capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0 and "files written: 2" in done.stdout, done.stdout
    loaded = {line.split("|")[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "grader" in loaded and not loaded & {"jupytext", "nbgrader", "nbformat", "torch", "pytest"}


@pytest.mark.parametrize(("form", "missing"), [("ipynb", "jupytext"), ("nbgrader", "nbgrader")])
def test_without_the_instructors_extra(tmp_path: Path, form: str, missing: str) -> None:
    program = (
        "import importlib.util as util\nreal = util.find_spec\n"
        f"util.find_spec = lambda name, *rest: None if name == {missing!r} else real(name, *rest)\n"
        "from grader.cli.main import main\nmain()\n"
    )
    words = ["generate", "exercise03", "--out", str(tmp_path), "--as", form, "--course", str(COURSE), "--lang", "en"]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, timeout=100)
    assert done.returncode == 2 and f"needs {missing}, " in done.stderr
    assert f"(the extra instructor): {extra_command('instructor')}\n" in done.stderr and not tree(tmp_path)


def test_what_would_read_differently_in_a_notebook_is_refused(tmp_path: Path) -> None:
    shutil.copytree(COURSE / "solutions/exercise03", tmp_path / "solutions/exercise03")
    shutil.copy(COURSE / "course.toml", tmp_path / "course.toml")
    shutil.copy(COURSE / "texts.zh-CN.toml", tmp_path / "texts.zh-CN.toml")
    path = tmp_path / "solutions/exercise03/reference.py"
    path.write_text(RIGHT.replace("import torch\n", "import torch\n\n# %% the functions\nA = 1\n"), "utf-8")
    course = find_course(tmp_path)
    with pytest.raises(Exception, match="exercise03-solution can't be put into a notebook"):
        generate(course, course.exercises, tmp_path / "out", "ipynb", "en")
    assert not (tmp_path / "out").exists()
