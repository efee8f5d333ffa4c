"""Half a class means harm with its folders: it costs nobody else anything. The real command, real workers."""

from __future__ import annotations

import csv
import ctypes
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.report.formats import FORMATS
from tests.forked import run_forked
from tests.report import readers
from tests.scoring.test_score import COURSE, NAME, RIGHT, WRONG, hand_in, rows_of

LONG = "a" * 255


#: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
READING = (1, 2)


def without_roots_rights() -> None:
    """For whoever runs the tests as root: what may not be read by others then can't be, either."""
    if os.geteuid() == 0:
        prctl = ctypes.CDLL(None).prctl
        for capability in READING:  # they leave the bounding set (24)
            prctl(24, capability, 0, 0, 0)


def start(*words: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "grader", *map(str, words), "--lang", "en"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=without_roots_rights
    )


def run(*words: str | Path, status: int = 0) -> str:
    done = run_forked("grader", *words, "--lang", "en", without=READING if os.geteuid() == 0 else ())
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return " ".join(done.stdout.split())


def score(root: Path, out: Path, *words: str | Path) -> str:
    return run("score", root, "--out", out, "-j", "1", "--seed", "7", "--course", COURSE, *words)


def honest(root: Path) -> Path:
    hand_in(root, "ada", {NAME: RIGHT})
    hand_in(root, "bob", {NAME: WRONG})
    (root / "cy").mkdir(parents=True)
    (root / "cy" / NAME).write_text(RIGHT, "utf-8")
    return root


def hostile(root: Path) -> None:
    twins = ("eve", "Eve", "jose\u0301", "jos\u00e9")
    for name in (*twins, LONG, "an\nna", "\u202eanna", "\udcff" * 255, "two", "open", "shut"):
        hand_in(root, name, {NAME: RIGHT})
    hand_in(root, "two", {NAME: RIGHT}, "03")
    hand_in(root, "many", {})
    for number in range(10_001):
        (root / f"many/exercise03/{number}.py").touch()
    hand_in(root, "long", {"张" * 84 + ".py": RIGHT})
    hand_in(root, "bytes", {"\udcff.py": RIGHT})
    hand_in(root, "fifo", {})
    os.mkfifo(root / "fifo/exercise03" / NAME)
    (root / "link").symlink_to("ada")
    (root / "inner").mkdir()
    (root / "inner/exercise03").symlink_to("../ada/exercise03")
    (root / "loop").symlink_to("loop")
    (root / "else").mkdir()
    (root / "else/essay.pdf").touch()
    (root / "shut").chmod(0)
    (root / "open/exercise03").chmod(0)


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The results of an honest class, and of the same class with hostile ones in it."""
    folder = tmp_path_factory.mktemp("folders")
    score(honest(folder / "alone"), folder / "first")
    root = honest(folder / "class")
    hostile(root)
    try:
        formats = [word for name in FORMATS for word in ("--format", name)]
        said = score(root, folder / "second", *formats)
    finally:
        (root / "shut").chmod(0o700)
        (root / "open/exercise03").chmod(0o700)
    assert "and no platform's table has a number for them" in said
    return folder / "first", folder / "second"


def results(out: Path, *students: str) -> list[dict[str, object]]:
    return [
        json.loads((out / "results" / name / "exercise03.json").read_text("utf-8")) | {"seconds": 0}
        for name in students
    ]


@pytest.mark.slow
def test_neighbours_have_the_same_rows_and_results(scored: tuple[Path, Path]) -> None:
    first, second = scored
    alone = {row["student"]: row for row in rows_of(first)}
    among = {row["student"]: row for row in rows_of(second)}
    assert {name: among[name] for name in alone} == alone
    assert results(first, *alone) == results(second, *alone)
    assert [alone[name]["score"] for name in ("ada", "cy")] == ["10", "10"]


@pytest.mark.slow
def test_each_hostile_one_has_one_row_that_says_why(scored: tuple[Path, Path]) -> None:
    rows = rows_of(scored[1])
    assert len({(row["student"], row["exercise"]) for row in rows}) == len(rows)
    told = {row["student"]: row["note"] for row in rows if row["counts"] == "false"}
    expected = {
        "Eve": "differ in no more than case",
        "jose\u0301": "differ in no more than case",
        "two": "handed in more than once: two/03, two/exercise03",
        "many": "holds more than 10000 files",
        "bytes": "not UTF-8 text: \\udcff.py",
        "fifo": "is a pipe",
        "link": "a link in place",
        "inner": "a link in place",
        "loop": "a link in place",
        "else": "it holds essay.pdf",
        "shut": "can't be read",
        "open": "can't be read",
    }
    assert {name: text for name, text in expected.items() if text not in told[name]} == {}
    (unread,) = (name for name in told if name not in expected)
    assert unread.startswith("\\udcff\\udcff") and "not UTF-8 text" in told[unread]
    graded = {row["student"]: row["score"] for row in rows if row["counts"] == "true"}
    assert graded.keys() == {"ada", "bob", "cy", LONG, "an\nna", "\u202eanna", "long"}
    assert [graded[name] for name in (LONG, "an\nna", "\u202eanna", "long")] == ["10"] * 4


@pytest.mark.slow
def test_platforms_get_no_number_for_what_was_not_graded(scored: tuple[Path, Path]) -> None:
    made = scored[1] / "formats"
    graded = {row["student"] for row in rows_of(scored[1]) if row["counts"] == "true"}
    _, _, canvas = readers.canvas((made / "canvas/exercise03.csv").read_bytes())
    assert "" not in canvas.values()
    counted = {"canvas": len(canvas)}
    with open(made / "moodle/exercise03.csv", encoding="utf-8-sig", newline="") as file:
        counted["moodle"] = len(list(csv.DictReader(file)))
    for name in ("gradescope", "prairielearn", "autolab"):
        folders = {path.name for path in (made / name).iterdir()}
        assert folders == graded
        counted[name] = len(folders)
    # The others give no platform a grade.
    assert counted == dict.fromkeys(FORMATS.keys() - {"json", "junit", "ctrf", "github"}, len(graded))
    assert len(json.loads((made / "results.json").read_bytes())["results"]) == len(rows_of(scored[1]))


@pytest.mark.slow
def test_the_page_of_the_class_agrees(scored: tuple[Path, Path]) -> None:
    said = run("report", scored[1], "--html", scored[1] / "class.html")
    assert f"results: {len(rows_of(scored[1]))}" in said
    paths = [path.relative_to(scored[1] / "results") for path in (scored[1] / "results").rglob("*.json")]
    assert len(paths) == len(rows_of(scored[1]))
    assert len({str(path).casefold() for path in paths}) == len(paths)


@pytest.mark.slow
def test_swapped_for_a_link_while_the_class_is_graded(tmp_path: Path) -> None:
    root = tmp_path / "class"
    hand_in(root, "aaa", {NAME: "import time\ntime.sleep(4)\n" + RIGHT})
    hand_in(root, "anna", {NAME: RIGHT})
    for name in ("eve", "eva"):
        hand_in(root, name, {NAME: "def sigmoid(x): return x\n"})
    process = start("score", root, "--out", tmp_path / "out", "-j", "1", "--course", COURSE)
    end = time.monotonic() + 60
    while not (tmp_path / "out/run.json").exists() and time.monotonic() < end:
        time.sleep(0.02)
    (root / "eve/exercise03").rename(tmp_path / "old")
    (root / "eve/exercise03").symlink_to("../anna/exercise03")
    (root / "eva").rename(tmp_path / "older")
    (root / "eva").symlink_to("anna")
    assert process.communicate(timeout=120) and process.returncode == 0
    rows = {row["student"]: row for row in rows_of(tmp_path / "out")}
    assert rows["anna"]["score"] == "10"
    for name in ("eve", "eva"):
        assert (rows[name]["score"], rows[name]["counts"]) == ("0", "false")
        assert "is a link in place of a folder" in rows[name]["note"]


@pytest.mark.slow
def test_a_grade_stands_when_the_work_cannot_be_read_any_more_unless_there_are_two(tmp_path: Path) -> None:
    root, out = tmp_path / "class", tmp_path / "out"
    for name in ("ada", "bob", "cy", "dan", "eve", "fay"):
        hand_in(root, name, {NAME: RIGHT})
    score(root, out)
    before = results(out, "ada", "bob", "cy", "dan", "eve")
    (root / "ada/exercise03").rename(tmp_path / "old")
    (root / "ada/exercise03").symlink_to("../bob/exercise03")
    hand_in(root, "bob", {NAME: WRONG}, "03")
    (root / "cy/exercise03" / NAME).chmod(0)
    (root / "dan/exercise03" / NAME).unlink()
    (root / "eve/exercise03" / NAME).write_text("def sigmoid(\n")
    hand_in(root, "Fay", {NAME: RIGHT})
    score(root, out, "--resume")
    rows = {row["student"]: row for row in rows_of(out)}
    assert [rows[name]["score"] for name in ("ada", "bob", "cy", "dan", "eve")] == ["10", "0", "10", "10", "0"]
    assert {name for name, row in rows.items() if row["counts"] == "false"} == {"bob", "Fay"}
    assert {path.name for path in (out / "results").iterdir()} == rows.keys()
    for name, reason in {"ada": "a link in place", "cy": "may not be read", "dan": "no .py or .ipynb"}.items():
        assert rows[name]["note"].startswith("graded in an earlier run; now: ") and reason in rows[name]["note"]
    after = results(out, "ada", "bob", "cy", "dan", "eve")
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True, True, False]


@pytest.mark.parametrize(("words", "status"), [([], 2), (["--exercise", "3"], 0)])
def test_what_is_not_understood_is_no_class_of_zeros(tmp_path: Path, words: list[str], status: int) -> None:
    root = tmp_path / "class"
    (root / "ada").mkdir(parents=True)
    (root / "ada/homework.py").write_text(RIGHT, "utf-8")
    score_words = ["score", root, "--out", tmp_path / "out", "--course", COURSE, "--format", "canvas", *words]
    run(*score_words, status=status)
    assert (tmp_path / "out").exists() == (status == 0)
    if status == 0:
        assert [row["score"] for row in rows_of(tmp_path / "out")] == ["10"]
