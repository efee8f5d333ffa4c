"""Pictures of submissions: what pictures.py draws with, and what comes of it after grading."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from msgspec import structs

from grader.audit.pictures import picture_faults
from grader.course.find import find_course, find_exercise
from grader.course.model import Exercise
from grader.course.texts import AuthoredTexts
from grader.grading.grader import Grader
from grader.pictures import Draw
from grader.result import Result
from grader.scene import Chart, Line
from grader.text import render
from tests.forked import run_forked
from tests.tiny import COURSE, DOUBLING, exercise_toml, tiny_course

CHECKS = """
from grader.checks import check


@check(points=2, title="double")
def test_double(compare, sample):
    compare("double", sample(3))
"""
PICTURES = """
import torch

from grader.pictures import picture


@picture("What double makes")
def doubled(draw, student):
    x = torch.linspace(0.0, 1.0, 5, dtype=torch.float64)
    y = student.double(x)
    chart = draw.chart(draw.line("double", x, y), x="x", y="2x")
    return draw.frame(chart, "At 1 it is {last}.", last=float(y[-1]))


@picture("What half makes")
def halved(draw, student):
    y = student.half(torch.ones(3, dtype=torch.float64))
    return draw.frame(draw.heat_map(y[None]), "Halves.")
"""
TEXTS = """
title = "加倍"
[checks]
double = "加倍"
[pictures]
"What double makes" = "double 的结果"
"What half makes" = "half 的结果"
"double" = "加倍"
"x" = "x"
"2x" = "2x"
"At 1 it is {last}." = "在 1 处是 {last}。"
"Halves." = "一半。"
"""
OWN_COURSE = find_course(Path(__file__).parents[2])
DRAW = Draw(AuthoredTexts(Path("."), ("en",)))


def course_of(folder: Path, pictures: str = PICTURES, texts: str = TEXTS) -> Path:
    own = {
        "exercise.toml": exercise_toml("doubling", 2),
        "reference.py": DOUBLING,
        "checks.py": CHECKS,
        "pictures.py": pictures,
        "texts.zh-CN.toml": texts,
        "statement.zh-CN.md": "# 加倍\n",
    }
    languages = 'languages = ["en", "zh-CN"]\n'
    top = {"course.toml": languages + COURSE, "texts.zh-CN.toml": 'title = "小"\n[units]\n1 = "一"\n'}
    return tiny_course(folder, {"exercise04": own}, top)


def faults(folder: Path) -> list[str]:
    exercise = find_exercise(find_course(folder), "exercise04")
    return [render(fault, "en") for fault in picture_faults(exercise)]


def test_numbers_are_short_and_what_is_not_finite_is_left_out() -> None:
    line = DRAW.line("a", torch.tensor([0.0, 1.0, 2.0]), torch.tensor([1 / 3, float("nan"), 1e38]))
    assert line == Line({"en": "a"}, (0.0, 1.0, 2.0), (0.33333, None, None))


@pytest.mark.parametrize(
    "too_much",
    [
        lambda: DRAW.dots("a", torch.zeros(401), torch.zeros(401)),
        lambda: DRAW.path("a", torch.zeros(3), torch.zeros(4)),
        lambda: DRAW.line("a", torch.zeros(2, 2), torch.zeros(2, 2)),
        lambda: DRAW.heat_map(torch.zeros(61, 2)),
        lambda: DRAW.heat_map(torch.zeros(0, 2)),
        lambda: DRAW.bars("a", torch.zeros(3), torch.zeros(4)),
        lambda: DRAW.node("a", 5, 0, 0.0, 0.0),
        lambda: DRAW.regions("a", (0, 1), (0, 1), torch.zeros(61, 61, dtype=torch.long)),
        lambda: DRAW.images(torch.zeros(41, 2, 2), 5),
        lambda: DRAW.images(torch.zeros(40, 11, 11), 5),
    ],
)
def test_what_no_picture_can_show_is_an_error(too_much: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="can't be drawn"):
        too_much()


def test_the_audit_finds_a_text_without_translation_and_one_left_over(tmp_path: Path) -> None:
    texts = TEXTS.replace('"Halves." = ', '"Halved." = ')
    missing, extra = faults(course_of(tmp_path, texts=texts))
    assert "the translation of this text of pictures.py is missing: Halves." in missing
    assert "pictures.py has no such text: Halved." in extra


def test_the_audit_finds_a_picture_that_fails_on_the_reference(tmp_path: Path) -> None:
    fault, *_ = faults(course_of(tmp_path, PICTURES.replace("y[None]", "y[None, None]")))
    assert "halved can't be drawn of the reference: ValueError: a matrix of shape [1, 1, 3]" in fault
    assert "pictures.py:16" in fault


def test_whole_pictures_have_no_fault(tmp_path: Path) -> None:
    assert faults(course_of(tmp_path)) == []


def graded(folder: Path, source: str, *asked_for: bool, pictures: str = PICTURES) -> list[Result]:
    """The results of a submission, with pictures and without."""
    course = find_course(course_of(folder / "course", pictures))
    exercise, file = find_exercise(course, "exercise04"), folder / "doubling.py"
    file.write_text(source)
    with Grader(course, [exercise], seed=0) as grader:
        prepared = grader.prepare(exercise, file)
        results = []
        for asked in asked_for:
            grader.pictures = asked
            results.append(grader.grade(exercise, "doubling.py", prepared))
        return results


RIGHT = "def double(x): return 2 * x\ndef half(x): return x / 2\n"


@pytest.mark.slow
def test_pictures_come_after_grading_and_change_no_verdict(tmp_path: Path) -> None:
    without, drawn = graded(tmp_path, RIGHT, False, True)
    assert without.pictures == ()
    assert [picture.title["en"] for picture in drawn.pictures] == ["What double makes", "What half makes"]
    (frame,) = drawn.pictures[0].frames
    assert frame.says == {"en": "At 1 it is 2.", "zh-CN": "在 1 处是 2。"}
    assert isinstance(frame.scene, Chart) and frame.scene.layers[0].x == (0.0, 0.25, 0.5, 0.75, 1.0)
    assert structs.replace(drawn, pictures=(), seconds=0) == structs.replace(without, seconds=0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("half", "left"),
    [
        ("raise ValueError", 1),
        ("return [1, 2, 3]", 1),
        ("return torch.full((3,), float('nan'), dtype=x.dtype)", 1),
        ("\n    while True: pass", 1),
        ("\n    import os; os._exit(3)", 1),
        ("\n    print('x' * 10**6); return x / 2", 2),
    ],
)
def test_a_hostile_function_costs_its_own_picture_only(half: str, left: int, tmp_path: Path) -> None:
    source = f"import torch\ndef double(x): return 2 * x\ndef half(x): {half}\n"
    (result,) = graded(tmp_path, source, True)
    assert (result.status, result.score, result.stdout) == ("graded", 2, "")
    assert len(result.pictures) == left


@pytest.mark.slow
@pytest.mark.parametrize("pictures", ["import nothing_of_this_name\n", "def broken(:\n"])
def test_a_file_of_pictures_that_cannot_run_costs_no_result(pictures: str, tmp_path: Path) -> None:
    (result,) = graded(tmp_path, RIGHT, True, pictures=pictures)
    assert (result.status, result.score, result.pictures) == ("graded", 2, ())


@pytest.mark.slow
def test_a_picture_that_asks_what_the_reference_cannot_answer_is_left_out(tmp_path: Path) -> None:
    (result,) = graded(tmp_path, RIGHT, True, pictures=PICTURES.replace("half(torch", "half(None, torch"))
    assert (result.status, [picture.name for picture in result.pictures]) == ("graded", ["doubled"])


@pytest.mark.slow
def test_a_page_shows_them_and_a_plain_run_makes_none(tmp_path: Path) -> None:
    course = course_of(tmp_path / "course")
    file, page, plain = tmp_path / "doubling.py", tmp_path / "page.html", tmp_path / "plain.json"
    file.write_text(RIGHT)
    words = ["exercise04", str(file), "--course", str(course)]
    run_forked("grader", *words, "--html", str(page), check=True)
    run_forked("grader", *words, "--json", str(plain), check=True)
    shown = page.read_text("utf-8")
    assert "At 1 it is 2." in shown and "在 1 处是 2。" in shown and 'class="frames"' in shown
    assert json.loads(plain.read_bytes())["pictures"] == []


WITH_REAL_DATA = [
    exercise
    for exercise in OWN_COURSE.exercises
    if (file := exercise.folder / "pictures.py").exists() and "sklearn" in file.read_text("utf-8")
]


@pytest.mark.parametrize("exercise", WITH_REAL_DATA, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("installed", [True, False])
def test_pictures_of_real_data_are_drawn_without_it_too(
    installed: bool, exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not installed:
        for name in ("sklearn", "sklearn.datasets"):
            monkeypatch.setitem(sys.modules, name, None)
    assert [render(fault, "en") for fault in picture_faults(exercise)] == []
