"""What students get back: pages, and zips as Moodle, Canvas and a mail program read them. Nothing is graded here."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import unquote

import pytest

from grader.cli.main import run
from grader.course.find import find_course
from grader.intake.roster import read_roster
from grader.report.scores import Row
from grader.report.student import Student
from grader.report.timing import Timed, charged, to_timing_json
from grader.scoring.envelopes import Envelopes, Sheet
from grader.scoring.gather import handed_in
from grader.scoring.handback import pages_of
from grader.scoring.outcome import read_outcome
from grader.scoring.students import read_students
from grader.text import render, say
from tests.intake.exports import export
from tests.report.classes import MISTAKES, a_result, a_wrong_check, late, stopped, write_class
from tests.report.pages import ROOT

FORMULA = '=HYPERLINK("x","y")'
SCRIPT = "<img src=x onerror=alert(1)>"
#: Number 12 is a hidden check: what it saw, and what may be told of it.
SEEN, NAMED = "got 0.4242", MISTAKES["wrong_axis"]
RESULT = a_result(a_wrong_check(2, 0.25), a_wrong_check(12, 0.4242, "wrong_axis"))
TITLES = {"exercise03": {"en": "The sigmoid", "zh-CN": "S 型函数"}}
PEOPLE = (
    Student("ada", "Ada_Lovelace", "en", {"moodle": "17", "canvas": "901", "email": "ada@example.org"}),
    Student("bob", "张伟", "zh-CN", {"moodle": "18", "canvas": "902", "email": "bob@example.org"}),
    Student(FORMULA, SCRIPT),
    Student("zoe", "Zoe", "", {"canvas": "903"}),
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A class from Canvas, where zoe handed in nothing."""
    names = ("lovelaceada_LATE_901_5001_sigmoid_derivative.py", "zhangwei_902_5002_sigmoid_derivative-1.py")
    source = export(tmp_path / "export.zip", dict.fromkeys(names, "x = 1\n"))
    absent = stopped("error", "nothing handed in", "没有提交", submission_sha256="")
    class_ = [("ada", RESULT), ("bob", RESULT), (FORMULA, RESULT), ("A", RESULT), ("a", RESULT), ("zoe", absent)]
    unknown = [Row.missing("ada", "exercise99", say("no such exercise"))]
    out = write_class(tmp_path / "scored", class_, unknown, people=PEOPLE, titles=TITLES)
    run_json = json.loads((out / "run.json").read_bytes())
    (out / "run.json").write_text(json.dumps({**run_json, "source": str(source)}))
    return out


def feedback(out: Path, *words: str, status: int = 0, lang: str = "en") -> None:
    assert run(["feedback", str(out), *words], {"GRADE_LANG": lang}) == status


def index(out: Path) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO((out / "feedback/index.csv").read_text("utf-8"), newline=""))
    return {row["student"]: row for row in rows}


def page(out: Path, student: str) -> str:
    return (out / "feedback" / index(out)[student]["file"]).read_text("utf-8")


def zipped(out: Path, name: str) -> dict[str, str]:
    with zipfile.ZipFile(out / f"feedback/{name}.zip") as archive:
        return {entry: archive.read(entry).decode() for entry in archive.namelist()}


def everything(out: Path) -> str:
    texts = [text for name in ("mail", "moodle", "canvas") for text in zipped(out, name).values()]
    return "".join([*texts, *(path.read_text("utf-8") for path in out.glob("feedback/*/*.html"))])


def test_a_page_for_each_student(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feedback(out)
    told = capsys.readouterr()
    assert told.err == "" and told.out.splitlines() == [
        f"{out}/feedback: pages: 6",
        f"{out}/feedback/canvas.zip: students: 2",
        f"{out}/feedback/mail.zip: students: 6",
        f"{out}/feedback/moodle.zip: students: 2",
    ]
    rows = index(out)
    files = [row["file"] for row in rows.values()]
    assert all((out / "feedback" / file).is_file() for file in files)
    assert len({file.casefold() for file in files}) == 6  # also where A and a are one name
    assert rows["ada"] == {
        "student": "ada",
        "name": "Ada_Lovelace",
        "email": "ada@example.org",
        "language": "en",
        "score": "12",
        "max_score": "14",
        "file": "ada/feedback.html",
    }
    shown = page(out, "ada")
    assert "Ada_Lovelace" in shown and "The sigmoid" in shown and "Score: 12 of 14" in shown and "got 0.25" in shown
    assert "nothing handed in" in page(out, "zoe")
    # Each page opens in its reader's language, and has the same sentences in the others.
    assert ['<html lang="en">' in shown, '<html lang="zh-CN">' in page(out, "bob")] == [True, True]
    assert "得到 0.25" in shown and "得到 0.25" in page(out, "bob")
    feedback(out, lang="zh-CN")
    assert '<html lang="zh-CN">' in page(out, "zoe") and '<html lang="en">' in page(out, "ada")


def test_a_penalty_and_its_reason(out: Path) -> None:
    taken = charged(RESULT, late(2.5))
    assert len(taken.notes) == len(taken.notes_data) == 1
    times = {("ada", "exercise03"): late(2.5, before=12.0), ("bob", "exercise03"): late(0.0, before=12.0)}
    (out / "timing.json").write_bytes(to_timing_json(Timed(*work, timing) for work, timing in times.items()))
    feedback(out)
    assert index(out)["ada"]["score"] == "9.5" and index(out)["bob"]["score"] == "12"
    shown = page(out, "ada")
    assert "Score: 9.5 of 14" in shown and "9.5 / 14" not in page(out, "bob")
    assert "handed in 1 d 10 h after the deadline: 12 − 2.5" in shown and "迟交 1 天 10 小时：12 − 2.5" in shown
    report = next(text for name, text in zipped(out, "canvas").items() if "_5001_" in name)
    assert "Score: 9.5 of 14" in report and "12 − 2.5" in report
    assert "Score: 12 of 14" in page(out, "bob") and "handed in" not in page(out, "bob")


def test_all_exercises_in_full_and_one_reason_of_each_open(tmp_path: Path) -> None:
    """Where a learner's own page of so many would be brief."""
    names = ("exercise03", "exercise05", "exercise07")
    wrong = [a_wrong_check(number, number / 8) for number in range(1, 6)]
    out = write_class(tmp_path / "scored", [("ada", a_result(*wrong, exercise=name)) for name in names])
    run_json = json.loads((out / "run.json").read_bytes())
    (out / "run.json").write_text(json.dumps({**run_json, "title": {}}))
    feedback(out)
    shown = page(out, "ada")
    assert all(shown.count(f">got {number / 8}<") == len(names) for number in range(1, 6))
    assert (shown.count("<details open>"), shown.count("<details>")) == (3, 12)
    assert "Score: 27 of 42" in shown and "<title>Your results</title>" in shown  # an earlier run noted no title


def test_what_an_earlier_run_left_is_gone(out: Path) -> None:
    for left in ("feedback.new", "feedback"):
        (out / left / "gone").mkdir(parents=True)
    feedback(out)
    assert not list(out.rglob("gone")) and not (out / "feedback.new").exists()


def test_every_student_has_a_folder_whatever_the_id(tmp_path: Path) -> None:
    ids = ("..", ".", "@", "../up", "a" * 300, "A" * 300, "a" * 299 + "b", "/etc", "_")
    with ExitStack() as stack:
        envelopes = Envelopes(tmp_path, {}, stack)
        for id in ids:
            envelopes.write(Sheet(Student(id), (RESULT,), {}, "en", b"page"))
    folders = [path.parent for path in tmp_path.rglob("feedback.html")]
    assert len({folder.name.casefold() for folder in folders}) == len(ids)
    assert all(folder.parent == tmp_path and len(folder.name) < 70 for folder in folders)


def test_names_stay_names(out: Path) -> None:
    feedback(out)
    guarded = "'" + FORMULA
    row = next(row for student, row in index(out).items() if student.startswith("'="))
    assert row["student"].startswith(guarded[:12]) and not row["file"].startswith(("=", "'"))
    assert re.fullmatch(r"[\w.@ -]+/feedback\.html", row["file"])
    shown = (out / "feedback" / row["file"]).read_text("utf-8")
    assert SCRIPT not in shown and "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert all(re.fullmatch(r"[\w.@ -]+(?:/feedback\.html)?", name) for name in zipped(out, "mail"))


def test_what_hidden_checks_saw_is_shown_when_its_time_has_come(out: Path) -> None:
    feedback(out)
    assert SEEN not in everything(out) and NAMED["en"] in page(out, "ada") and "(hidden)" in page(out, "ada")
    feedback(out, "--reveal-after", "2999-12-24T18:00+08:00")
    assert SEEN not in everything(out)
    assert "What hidden checks saw will be shown after 2999-12-24 18:00+08:00." in page(out, "ada")
    feedback(out, "--reveal-after", "1999-12-24T18:00+08:00")
    assert SEEN in page(out, "ada") and SEEN in everything(out) and "(hidden)" not in page(out, "ada")
    feedback(out, "--reveal")
    assert SEEN in page(out, "ada") and "Hidden checks are shown in full." in page(out, "ada")
    feedback(out)
    assert SEEN not in everything(out)


def test_moodle_finds_the_students(out: Path) -> None:
    """As mod/assign/feedback/file/importziplib.php reads the names of folders."""
    feedback(out)
    found = {}
    for name, content in zipped(out, "moodle").items():
        _, number, kind, plugin = name.partition("/")[0].split("_", 4)
        assert (kind, plugin, name.partition("/")[2]) == ("assignfeedback", "file", "feedback.html")
        found[int(number)] = content
    assert found == {17: page(out, "ada"), 18: page(out, "bob")}


def test_canvas_finds_the_students_and_their_files(out: Path) -> None:
    """As Canvas's infer_comment_context_from_filename does: the first two numbers between underscores."""
    feedback(out)
    found = {}
    for name, content in zipped(out, "canvas").items():
        numbers = [part for part in name.split("_") if part.isascii() and part.isdigit()]
        found[tuple(numbers[:2])] = content
    assert set(found) == {("901", "5001"), ("902", "5002")}
    # Readable under the name of a handed-in file, in the student's language.
    assert found["901", "5001"].startswith("exercise03 The sigmoid\n\nScore: 12 of 14")
    assert "得分" in found["902", "5002"] and "<" not in found["902", "5002"]


def test_an_export_that_is_gone_costs_canvas_its_zip_only(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out.parent / "export.zip").unlink()
    feedback(out)
    assert "grade: There is no zip for Canvas, which needs the export's names of files: " in capsys.readouterr().err
    assert {path.name for path in out.glob("feedback/*.zip")} == {"mail.zip", "moodle.zip"}


def test_a_result_that_can_not_be_read_is_told(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "results/bob/exercise03.json").write_text("{")
    feedback(out, status=4)
    assert "grade: On no page: bob/exercise03: it is no result" in capsys.readouterr().err
    assert set(index(out)) >= {"ada", "zoe"} and "bob" not in index(out)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--reveal-after", "2026-13-45T18:00+08:00"), "such as 2026-12-24T18:00+08:00, not 2026-13-45T18:00+08:00."),
        (("--reveal-after", "2026-12-24T18:00"), "takes a date, a time and a time zone"),
        (("--reveal-after", "tomorrow"), "not tomorrow."),
        (("--reveal", "--reveal-after", "2026-12-24T18:00Z"), "--reveal and --reveal-after exclude each other."),
    ],
)
def test_bad_use_leaves_what_is_there(
    out: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    feedback(out)
    before = page(out, "ada")
    feedback(out, *words, status=2)
    assert told in " ".join(capsys.readouterr().err.split()) and page(out, "ada") == before


def test_a_run_that_is_not_finished_leaves_what_is_there(out: Path) -> None:
    feedback(out)
    (out / "scores.csv").unlink()
    feedback(out, status=2)
    assert (out / "feedback/ada/feedback.html").is_file()


def test_the_class_page_knows_the_pages(out: Path) -> None:
    assert pages_of(out, out.parent) == {}
    feedback(out)
    pages = pages_of(out, out.parent)
    assert set(pages) == {one.student for one in read_outcome(out).entries}
    assert all((out.parent / unquote(address)).is_file() for address in pages.values())
    assert pages["ada"] == "scored/feedback/ada/feedback.html"


def test_the_class_page_knows_the_pages_in_a_folder_of_any_name(out: Path) -> None:
    odd = out.rename(os.fsdecode(os.fsencode(out.parent) + b"/a:b %\xe9"))
    feedback(odd)
    assert pages_of(odd, odd.parent)["ada"] == "a%3Ab%20%25%E9/feedback/ada/feedback.html"


def test_from_the_roster_to_the_page(tmp_path: Path) -> None:
    """A roster's names and languages are in students.csv; a language that nobody knows is told, and loses nobody."""
    course = find_course(ROOT)
    roster = tmp_path / "class.csv"
    roster.write_text(
        "student,name,Language\nada,Ada,English\nbob,张伟,中文\nkim,Kim,Klingon\nlea,Lea,zh_CN\n", "utf-8"
    )
    assert [render(one, "en") for one in read_roster(roster).problems] == [
        f"{roster}, line 4: the language Klingon is none of en, zh-CN; the student gets the page in the language of "
        "the command"
    ]
    work = tmp_path / "submitted/ada" / course.exercises[0].id
    work.mkdir(parents=True)
    (work / f"{course.exercises[0].slug}.py").write_text("x = 1\n")
    with handed_in(tmp_path / "submitted", course=course, roster=roster) as place:
        (tmp_path / "out").mkdir()
        place(tmp_path / "out")
    students = read_students(tmp_path / "out")
    assert {one.id: (one.name, one.language) for one in students.values()} == {
        "ada": ("Ada", "en"),
        "bob": ("张伟", "zh-CN"),
        "kim": ("Kim", ""),
        "lea": ("Lea", "zh-CN"),
    }
