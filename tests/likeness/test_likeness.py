"""`grade likeness`: the page of a class in which some share what few have, and the export for other programs."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from html import unescape
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser

from grader.cli.main import run
from grader.likeness.compare import Compared
from grader.likeness.marks import mistakes_of
from grader.likeness.model import Alike, Work
from grader.likeness.page import likeness_page
from grader.likeness.pairs import pairs_of
from grader.likeness.tokens import MOST_TEXT
from grader.report.classpage.entry import Problem
from grader.report.student import Student
from grader.result import Result
from grader.scoring.folder import write_run
from grader.scoring.outcome import read_run
from tests.report.classes import a_result, a_wrong_check, stopped, write_class
from tests.report.conftest import browser as browser
from tests.report.pages import choose, opened_page
from tests.tiny import COURSE, DOUBLING, exercise_toml, tiny_course

REFERENCE = DOUBLING.replace(
    "    return 2 * x", "    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
).replace("    return x / 2", "    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION")
EXERCISE = {
    "exercise.toml": exercise_toml("doubling", 2),
    "reference.py": REFERENCE,
    "checks.py": "",
    "mistakes.py": "",
}
TOP = {"course.toml": f'id = "likeness-course"\n{COURSE}'}
OWN = """
def double(x):
    half = x - x * 0.25
    quarter = [half, half ** 2, half // 3]
    total = sum(quarter) @ half if x > 7 else -half
    return total << 4
"""
RENAMED = (
    OWN.replace("half", "a")
    .replace("quarter", "b")
    .replace("total", "c")
    .replace("    return", "\n    # mine\n    return")
)
PLAIN = "def double(x):\n    y = x\n" + "".join(f"    y = y + {number} * x\n" for number in range(9)) + "    return y\n"
TAKE = "</pre></details><script>document.title='taken'</script>\u202e"
HOSTILE = "<img src=x onerror=document.title='taken'>"
NOTEBOOK = json.dumps(
    {
        "cells": [{"cell_type": "code", "metadata": {}, "source": RENAMED, "outputs": []}],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
)
#: student → file's text, and the checks that failed.
WORKS = {
    "ada": (
        OWN,
        (a_wrong_check(1, 0.123456), a_wrong_check(2, 1, "wrong_axis"), a_wrong_check(3, 1, "not_divided_by_n")),
    ),
    "bob": (
        RENAMED,
        (a_wrong_check(1, 0.123456), a_wrong_check(2, 1, "wrong_axis"), a_wrong_check(3, 1, "not_divided_by_n")),
    ),
    "cyd": (REFERENCE, ()),
    "dan": (REFERENCE, ()),
    "eve": (NOTEBOOK, ()),
    "fay": ("{", ()),
    HOSTILE: (OWN + f"# {TAKE}\n" + "(" * 100_000 + "\n# more" * 50_000, ()),
    **{f"s{number}": (PLAIN, ()) for number in range(12)},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny course, a class's files, the folder that `grade score` leaves, and what `grade likeness` makes of it."""
    top = tmp_path_factory.mktemp("likeness")
    course = tiny_course(top / "course", {"exercise03": EXERCISE}, TOP)
    results = [(student, put(top / "submitted", student, text, *checks)) for student, (text, checks) in WORKS.items()]
    absent = stopped("error", "nothing handed in", course_id="likeness-course", submission_sha256="")
    scored = write_class(top / "scored", [*results, ("zoe", absent)])
    write_run(scored, msgspec.structs.replace(read_run(scored), course=str(course), submissions=str(top / "submitted")))
    (top / "submitted" / "s11" / "doubling.py").write_text("changed = 1\n", "utf-8")
    assert likeness(top, "--export", str(top / "alike")) == 0
    return top


def put(root: Path, student: str, text: str, *checks: object) -> Result:
    name = Path(student) / ("doubling.ipynb" if text.startswith("{") else "doubling.py")
    (root / student).mkdir(parents=True)
    (root / name).write_bytes(text.encode())
    return a_result(
        *checks,
        course_id="likeness-course",
        submission=str(name),
        submission_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # type: ignore[arg-type]


def likeness(top: Path, *words: str) -> int:
    return run(["likeness", str(top / "scored"), "--html", str(top / "page.html"), *words, "--lang", "en"], {})


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    return (folder / "page.html").read_text("utf-8").replace("&#39;", "'")


def section(page: str, *students: str) -> str:
    """What the page has of this pair."""
    found = [
        part
        for part in page.split("<h3")[1:]
        if all(f">{name}</bdi>" in part.partition("</h3>")[0] for name in students)
    ]
    assert len(found) == 1
    return unescape(found[0])


def test_a_pair_stands_side_by_side_with_what_it_shares_and_how_rare_that_is(page: str) -> None:
    pair = section(page, "ada", "bob")
    assert "each is in 4 of 19 submissions" in pair
    assert "The same wrong number, 0.123456 in place of 1, at the check “check 1”: in 2 of 19 submissions" in pair
    assert "“the sum is not divided by N” and “the mean is taken over the wrong axis”: in 2 of 19" in pair
    assert "<mark>    quarter = [half, half ** 2, half // 3]</mark>" in pair
    assert "<mark>    b = [a, a ** 2, a // 3]</mark>" in pair


def test_a_mistake_is_told_in_full() -> None:
    """As the class page has it: sentences of the course are longer than a name may be."""
    sentence = "an exponential becomes infinite, and inf/inf is NaN; " * 3
    wrong = [
        msgspec.structs.replace(a_wrong_check(number, 1, name), mistake_texts=({"en": sentence + name},))
        for number, name in enumerate(("wrong_axis", "not_divided_by_n"), start=1)
    ]
    result = a_result(*wrong)
    works = [Work(name, result, "", {}, frozenset(), mistakes_of(result)) for name in ("ada", "bob")]
    pairs, left = pairs_of(works)
    alike = Alike("exercise03", {"en": "The sigmoid"}, 2, 2, pairs, left, {}, "")
    made = likeness_page(Compared((alike,), (), {}), language="en", made="today").decode()
    assert f"“{sentence}not_divided_by_n” and “{sentence}wrong_axis”" in made


def test_of_several_mistakes_in_common_there_is_one_sentence_and_people_have_their_names() -> None:
    names = ("a", "b", "c", "d")
    wrong = [
        msgspec.structs.replace(a_wrong_check(number, 1), mistakes=(name,), mistake_texts=({"en": f"text {name}"},))
        for number, name in enumerate(names, start=1)
    ]
    works = [Work(id, a_result(*wrong), "", {}, frozenset(), mistakes_of(a_result(*wrong))) for id in ("s1", "s2")]
    some = Work("s3", a_result(*wrong[:2]), "", {}, frozenset(), mistakes_of(a_result(*wrong[:2])))
    pairs, left = pairs_of([*works, some])
    alike = Alike("exercise03", {"en": "The sigmoid"}, 3, 3, pairs, left, {}, "")
    students = {"s1": Student("s1", "Ada Ash"), "s2": Student("s2", "Bob <b>Birch</b>")}
    made = likeness_page(Compared((alike,), (), students), language="en", made="today").decode()
    [pair] = [part for part in made.split("<h3>")[1:] if "Ada Ash" in part and "Bob &lt;b&gt;Birch" in part]
    [sentence] = [line for line in pair.split("<li>")[1:] if "named mistakes" in line]
    # Once in each of two languages.
    assert all(sentence.count(f"“text {name}”") == 2 for name in names) and "(in 2 of 3 submissions)" in sentence


def test_a_notebook_is_compared_by_its_code(page: str) -> None:
    assert "<mark>    b = [a, a ** 2, a // 3]</mark>" in section(page, "bob", "eve")


def test_the_reference_and_what_many_wrote_are_no_evidence(page: str) -> None:
    heads = [part.partition("</h3>")[0] for part in page.split("<h3")[1:]]
    assert not [head for head in heads if any(f">{name}<" in head for name in ("cyd", "dan", "s1", "s2"))]


def test_the_page_says_what_it_cant_say_in_both_languages_and_gives_no_verdict(page: str) -> None:
    for said in ("It can't say why", "who copied from whom", "without speaking to the students", "不能说明原因"):
        assert said in page
    assert "%" not in page.partition("</style>")[2]


def test_what_can_not_be_compared_is_named(page: str) -> None:
    rest = page.partition("Not compared by their source")[2]
    assert "s11</bdi> / exercise03: " in rest and "it was changed since it was graded" in rest
    assert "fay</bdi> / exercise03: " in rest and "no code cell could be read in it" in rest


def test_a_page_has_a_bounded_part_of_long_files_and_lists(page: str) -> None:
    pair = section(page, "ada", "bob")
    assert "further lines" not in pair
    pair = section(unescape(page), "ada", HOSTILE)
    assert "further lines: " in pair and "# more" in pair and pair.count("# more") < 300
    assert "(" * 200 in pair and "(" * 201 not in pair
    unread = [Problem(f"student {number}", "exercise03", "gone") for number in range(1000)]
    made = likeness_page(Compared((), tuple(unread), {}), language="en", made="today").decode()
    assert "</span>: 1000</h2>" in made and made.count(" / exercise03: gone") == 50


def test_names_and_sources_stay_text(page: str) -> None:
    pair = page.partition("&lt;img src=x onerror=document.title='taken'&gt;</bdi>")[2].partition("<h3")[0]
    assert "&lt;/pre&gt;&lt;/details&gt;&lt;script&gt;" in pair and "\\u202e" in pair
    assert HOSTILE not in page
    assert "<script>" not in page
    assert "\u202e" not in page


@pytest.mark.slow
def test_a_browser_shows_it_and_runs_nothing(folder: Path, browser: Browser) -> None:
    with opened_page(browser, folder / "page.html", viewport={"width": 390, "height": 800}) as shown:
        assert shown.title() == "What submissions have in common"
        assert shown.evaluate("document.documentElement.scrollWidth") == 390
        choose(shown, "zh-CN")
        assert "不能说明原因" in shown.locator("header").inner_text()


def test_dolos_gets_a_zip_that_lists_every_file_and_names_nobody(folder: Path) -> None:
    with zipfile.ZipFile(folder / "alike/dolos/exercise03.zip") as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("info.csv").decode())))
        assert {row["filename"] for row in rows} == set(packed.namelist()) - {"info.csv"}
        assert len(rows) == len(WORKS) - 2
        assert max(packed.getinfo(row["filename"]).file_size for row in rows) == MOST_TEXT
        assert not {row["full_name"] for row in rows} & WORKS.keys()
        assert OWN in [packed.read(row["filename"]).decode() for row in rows]
    assert "NotImplementedError" in (folder / "alike/dolos/exercise03-stub.py").read_text("utf-8")


def test_moss_gets_a_folder_for_each_student_and_the_stub(folder: Path) -> None:
    commands = (folder / "alike/commands.txt").read_text("utf-8").splitlines()
    base, pattern = commands[1].removeprefix("moss -l python -d -b ").split(" ")
    assert (folder / "alike" / base).is_file()
    files = list((folder / "alike").glob(pattern))
    assert len(files) == len(WORKS) - 2
    with open(folder / "alike/students.csv", encoding="utf-8", newline="") as table:
        students = {row["number"]: row["student"] for row in csv.DictReader(table)}
    assert {path.parent.name for path in files} <= students.keys()
    assert set(students.values()) == WORKS.keys() - {"s11", "fay"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--export", "scored"), "is already there; name a new one"),
        (("--exercise", "77"), "no exercise is called 77"),
        (("--course", "other"), "The results are of another course"),
        (("--html", "scored"), "is a folder; name a file"),
    ],
)
def test_wrong_use_is_told_before_anything_is_written(
    folder: Path, words: tuple[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (folder / "other").exists():
        tiny_course(folder / "other", {"exercise03": EXERCISE})
    value = words[1] if words[0] == "--exercise" else str(folder / words[1])
    before = (folder / "page.html").read_bytes()
    assert likeness(folder, words[0], value) == 2
    assert said in capsys.readouterr().err
    assert (folder / "page.html").read_bytes() == before


def test_a_folder_that_holds_no_results_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["likeness", str(folder / "submitted"), "--lang", "en"], {}) == 2
    assert "holds no results of grade score" in capsys.readouterr().err
