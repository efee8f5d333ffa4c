"""`grade score --format`: the real command on a small class, and each file as its platform reads it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from grader.cli.format_option import NAMES
from grader.cli.main import run
from grader.report.formats import FORMATS
from grader.scoring.outcome import read_outcome
from tests.intake.exports import COURSE, NAME, RIGHT, WRONG, export, grade_score, moodle
from tests.report import readers

#: It tries to speak to GitHub's runner and to break out of a page.
HOSTILE = 'print("::error::planted")\nraise ValueError("\\n::error::planted\\n</pre><script>=planted")\n'


@pytest.mark.slow
def test_every_format_of_a_class_read_from_moodle(tmp_path: Path) -> None:
    files = {moodle("Ada", 17): RIGHT, moodle("=Bob", 18): WRONG, moodle("Eve", 19): HOSTILE}
    source = export(tmp_path / "export.zip", files)
    roster = tmp_path / "class.csv"
    roster.write_text("student,name,Identifier,Canvas ID\nada,Ada,Participant 17,901\nmia,Mia,Participant 20,904\n")
    words = [word for name in FORMATS for word in ("--format", name)]
    out = tmp_path / "out"
    done = grade_score(source, "--out", out, "--roster", roster, "--seed", "7", *words)
    assert f"For other programs: {out}/formats" in done.stdout
    made = out / "formats"

    grades = readers.moodle((made / "moodle/exercise03.csv").read_bytes())
    assert {number: grade[:2] for number, grade in grades.items()} == {
        "17": (10, 10),
        "18": (6, 10),
        "19": (0, 10),
        "20": (0, 10),
    }
    assert "x·(1−x)" in grades["18"][2] and "nothing handed in" in grades["20"][2]
    assignment, points, rows = readers.canvas((made / "canvas/exercise03.csv").read_bytes())
    assert (assignment, points) == ("exercise03", "10")
    assert {who[:2]: grade for who, grade in rows.items()} == {
        ("Ada", "901"): "10",
        ("'=Bob", ""): "6",
        ("Eve", ""): "0",
        ("Mia", "904"): "0",
    }

    document = json.loads((made / "results.json").read_bytes())
    assert [one["student"] for one in document["results"]] == ["18", "19", "ada", "mia"]
    for one in document["results"]:
        assert one["result"] == json.loads((out / "results" / one["student"] / "exercise03.json").read_bytes())
        graded = readers.gradescope((made / "gradescope" / one["student"] / "exercise03.json").read_bytes())
        assert graded["score"] == one["result"]["score"]
        _, scores = readers.autolab((made / "autolab" / one["student"] / "exercise03.txt").read_bytes())
        assert scores == {"exercise03": one["result"]["score"]}
        graded = readers.prairielearn((made / "prairielearn" / one["student"] / "exercise03.json").read_bytes())
        assert graded.get("score", 0) == one["result"]["score"] / 10
    tests = readers.ctrf((made / "ctrf.json").read_bytes())["tests"]
    assert {test["suite"][0] for test in tests} == {"18", "19", "ada", "mia"}
    assert len(ET.parse(made / "junit.xml").findall("testsuite")) == 4
    annotations = readers.commands((made / "github/annotations.txt").read_text("utf-8"))
    assert {name for name, _, _ in annotations} == {"error", "notice"}
    assert {properties["file"] for _, properties, _ in annotations if properties.get("line")} == {
        f"{out}/submissions/18/exercise03/{NAME}",
        f"{out}/submissions/19/exercise03/{NAME}",
    }
    assert (made / "github/summary.md").read_text("utf-8").startswith("| student | exercise |")
    for table in [*made.glob("*/*.csv"), out / "scores.csv", out / "students.csv"]:
        assert readers.spreadsheet_runs(table.read_bytes()) == []

    # Taken up again, it leaves no file of students who are gone.
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    (made / "gradescope/gone").mkdir()
    (made / "gradescope/gone/exercise03.json").write_text("{}")
    grade_score(source, "--out", out, "--roster", roster, "--resume", *words)
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before


def test_no_folders_name_is_a_formula_and_each_is_read_back(tmp_path: Path) -> None:
    names = ["x;=1+1;y", "=1+1", "a\t@SUM(1)", "b\n-1+1", 'c",=1', "d|＝1", "e\\", "-12", "Anna-Maria"]
    for name in names:
        (tmp_path / "class" / name / "exercise03").mkdir(parents=True)
    out = tmp_path / "out"
    grade_score(tmp_path / "class", "--out", out, "--format", "moodle", "--format", "canvas")
    for table in [*out.glob("formats/*/*.csv"), out / "scores.csv"]:
        assert readers.spreadsheet_runs(table.read_bytes()) == []
    found = read_outcome(out)
    assert found.problems == () and {entry.student for entry in found.entries} == set(names)


@pytest.mark.slow
def test_whom_moodle_will_not_find_is_told(tmp_path: Path) -> None:
    class_ = export(tmp_path, {f"class/{name}/exercise03/{NAME}": RIGHT for name in ("ada", "bob")}) / "class"
    roster = tmp_path / "class.csv"
    roster.write_text("student,Identifier\nada,Participant 17\nbob,\n")
    done = grade_score(class_, "--out", tmp_path / "out", "--roster", roster, "--format", "moodle")
    assert "1 of 2 students have no Moodle number: bob." in " ".join(done.stdout.split())


def test_help_and_documents_name_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    for page in ("formats.md", "formats.zh-CN.md"):
        assert re.findall(r"(?m)^\| `(\w+)` \|", (COURSE / "docs" / page).read_text("utf-8")) == list(FORMATS)
    for words, names in ((["score"], FORMATS), ([], NAMES)):
        assert run([*words, "--help", "--lang", "en"], {}) == 0
        told = " ".join(capsys.readouterr().out.partition("--format")[2].split())
        assert [name for name in names if not re.search(rf"\b{name}\b", told)] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["score", "class", "--out", "out", "--format", "excel"], "--format is one of json, junit"),
        (["score", "class", "--out", "out", "--format", "classroom"], "Use --format github instead"),
        (["exercise03", "mine.py", "--format", "classroom=-"], "use --format annotations=- and --format summary=FILE"),
        (["exercise03", "mine.py", "--format", "gradescope"], "--format takes NAME=FILE"),
        (["exercise03", "mine.py", "--format", "canvas=x.csv"], "--format takes NAME=FILE"),
        (["exercise03", "mine.py", "--format", "summary=no/x.md"], "there is no folder no"),
        (["exercise03", "mine.py", "--format", "summary=mine.py"], "is the file to grade"),
        (["exercise03", "mine.py", "--format", "summary=a", "--format", "summary=b"], "given twice"),
        (["exercise03", "mine.py", "--format", "summary=-", "--format", "annotations=-"], "can't both write"),
    ],
)
def test_what_is_wrong_with_a_format_is_said_before_anything_is_graded(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    export(tmp_path, {f"class/ada/exercise03/{NAME}": RIGHT, "mine.py": RIGHT})
    monkeypatch.chdir(tmp_path)
    assert run([*words, "--course", str(COURSE), "--lang", "en"], {}) == 2
    captured = capsys.readouterr()
    assert says in captured.err and captured.out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class", "mine.py"]


@pytest.mark.slow
def test_one_submission_in_every_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "mine.py").write_text(WRONG, "utf-8")
    monkeypatch.chdir(tmp_path)
    files = [
        "gradescope=g.json",
        "prairielearn=p.json",
        "autolab=a.txt",
        "ctrf=c.json",
        "summary=s.md",
        "annotations=-",
    ]
    words = ["exercise03", "mine.py", "--course", str(COURSE), *(word for file in files for word in ("--format", file))]
    assert run([*words, "--lang", "en"], {}) == 1
    annotations = readers.commands(capsysbinary.readouterr().out.decode())
    assert annotations[0][1]["file"] == "mine.py" and int(annotations[0][1]["line"]) > 1
    assert readers.gradescope((tmp_path / "g.json").read_bytes())["score"] == 6
    assert readers.prairielearn((tmp_path / "p.json").read_bytes())["score"] == 0.6
    assert readers.autolab((tmp_path / "a.txt").read_bytes())[1] == {"exercise03": 6}
    assert readers.ctrf((tmp_path / "c.json").read_bytes())["summary"]["extra"] == {"score": 6, "max_score": 10}
    assert "sigmoid\\_grad" in (tmp_path / "s.md").read_text("utf-8")
