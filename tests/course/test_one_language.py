"""A course in German alone: every verb works, its texts are German, the grader's own sentences English."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.forked import run_forked
from tests.tiny import tiny_course

ROOT = Path(__file__).parents[2]
EXERCISE = {
    "exercise.toml": 'slug = "quadrat"\ntitle = "Das Quadrat"\nunit = 1\npoints = 2\nsource = "S"\n'
    'hints = ["Mal sich selbst."]\n',
    "statement.md": "# Aufgabe\n\n`quadrat(x)` in `quadrat.py`.\n",
    "reference.py": '"""Quadrate."""\n\n\ndef quadrat(x):\n    """Das Quadrat von x."""\n    ### BEGIN SOLUTION\n'
    "    return x * x\n    ### END SOLUTION\n",
    "checks.py": """from grader.checks import check, fail


@check(points=1, title="die Werte")
def test_werte(compare, sample):
    compare("quadrat", sample(8, low=1, high=3), rtol=1e-10, atol=1e-12, effects=True)


@check(points=1, title="die Größe")
def test_groesse(student, sample):
    x = sample(1, low=2, high=3)
    if student.quadrat(x) < 4:
        fail("{wert} ist zu klein.", wert=1)
""",
    "mistakes.py": """from grader.checks import edit

einfach = edit("quadrat", {"x * x": "x"}).says("das ist x selbst")
""",
    "audit.toml": '[[idle]]\ncheck = "groesse"\nreason = "ein Grund mit einer Zahl"\n',
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    toml = 'languages = ["de"]\nid = "kurs"\ntitle = "Mein Kurs"\n[[units]]\nnumber = 1\ntitle = "Anfang"\n'
    folder = tmp_path_factory.mktemp("german") / "kurs"
    return tiny_course(folder, {"exercise01": EXERCISE}, {"course.toml": toml})


def grade(course: Path, *words: str | Path, lang: str = "en", status: int = 0) -> str:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GRADE_")}
    environ |= {"GRADE_COURSE": str(course), "GRADE_LANG": lang, "PYTHONUTF8": "1"}
    run = run_forked("grader", *words, cwd=course.parent, env=environ)
    assert run.returncode == status, run.stdout + run.stderr
    return run.stdout


def test_what_learners_read(course: Path) -> None:
    shown = grade(course, "list")
    assert "Mein Kurs" in shown and "Unit 1: Anfang" in shown and "Das Quadrat" in shown and "2 points" in shown
    assert "Mal sich selbst." in grade(course, "hint", "1")
    assert "第 1 单元：Anfang" in grade(course, "list", lang="zh-CN")
    assert grade(course, "list", "--lang", "de") == shown == grade(course, "list", lang="de_AT.UTF-8")
    assert "exercise01: Das Quadrat" in grade(course, "next")
    grade(course, "init", "mappe")
    assert "Das Quadrat von x." in (course.parent / "mappe/exercise01/quadrat.py").read_text("utf-8")
    assert "# Aufgabe" in (course.parent / "mappe/exercise01/README.md").read_text("utf-8")


@pytest.mark.slow
def test_a_result(course: Path) -> None:
    wrong = course.parent / "falsch.py"
    wrong.write_text("def quadrat(x):\n    return x\n", "utf-8")
    result = json.loads(grade(course, "1", wrong, "--json", "-", status=1))
    values, size = result["checks"]
    assert values["title"] == {"de": "die Werte"}
    assert (values["mistakes"], values["mistake_texts"]) == (["einfach"], [{"de": "das ist x selbst"}])
    assert size["message"]["de"] == size["message"]["en"] == "1 ist zu klein."
    shown = grade(course, "1", wrong, status=1)
    assert "Probably this mistake: das ist x selbst" in shown and "die Werte" in shown


@pytest.mark.slow
def test_what_instructors_do(course: Path) -> None:
    assert "exercise01" in grade(course, "audit", "--seeds", "1", "-v")
    grade(course, "generate", "--out", "blatt")
    assert "# Aufgabe" in (course.parent / "blatt/exercise01/README.md").read_text("utf-8")
    handed_in = course.parent / "abgaben/anna/exercise01"
    handed_in.mkdir(parents=True)
    (handed_in / "quadrat.py").write_text("def quadrat(x):\n    return x\n", "utf-8")
    grade(course, "score", "abgaben", "--out", "noten")
    assert "das ist x selbst" in (course.parent / "noten/results/anna/exercise01.json").read_text("utf-8")
    grade(course, "report", "noten", "--html", "seite.html")
    page = (course.parent / "seite.html").read_text("utf-8")
    assert "die Größe" in page and "das ist x selbst" in page
    grade(course, "feedback", "noten")
    assert "das ist x selbst" in (course.parent / "noten/feedback/anna/feedback.html").read_text("utf-8")
    assert "submissions: 1" in grade(course, "likeness", "noten")


@pytest.mark.slow
def test_what_authors_make(course: Path) -> None:
    grade(course, "new", "exercise02_kubik")
    made = course / "solutions/exercise02"
    assert (made / "statement.md").is_file() and not [*made.rglob("*zh-CN*")]
    for form in ("ipynb", "nbgrader", "site"):
        grade(course, "generate", "--out", f"als-{form}", "--as", form)
    for name in ("als-ipynb/exercise01/quadrat.ipynb", "als-nbgrader/source/exercise01/quadrat.ipynb"):
        assert "# Aufgabe" in (course.parent / name).read_text("utf-8")
    assert "Aufgabe" in next((course.parent / "als-site").rglob("exercise01*.html")).read_text("utf-8")
    grade(course, "generate", "--out", "fehler", "--as", "practice", "--students", "1", "--seed", "1")
    grade(course, "pack", "--for", "gradescope", "1", "--out", "paket")
    shutil.rmtree(made)
