"""The record of a learner's folder: what it adds up to, and what it survives."""

from __future__ import annotations

import fcntl  # noqa: F401  (a child without rights could not import it)
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec
import pytest

from grader.course.learner import journal_path
from grader.learner import journal
from grader.learner.record import Entry, Noted, folder_of, load, note_attempt, note_hints, note_solution
from grader.result import CheckResult, Result

ROOT = Path(__file__).parents[2]
TITLE = {"en": "values", "zh-CN": "数值"}
FILES = map(str, count())


def result(*verdicts: str, exercise: str = "exercise03", **fields: object) -> Result:
    checks = tuple(
        CheckResult(f"check{number}", TITLE, verdict, verdict == "passed", float(verdict == "passed"), 1.0, False)  # type: ignore[arg-type]
        for number, verdict in enumerate(verdicts)
    )
    made = {
        "grader": "0",
        "course": "0",
        "exercise": exercise,
        "submission": "a.py",
        "submission_sha256": next(FILES),  # another file each time, unless a test says otherwise
        "score": sum(check.points for check in checks),
        "max_score": float(len(checks)),
        "passed": all(check.passed for check in checks),
        "status": "graded",
        "seed": 1,
        "device": "cpu",
        "confinement": "",
        "seconds": 0.1,
        "checks": checks,
    }
    return Result(**{**made, **fields})  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".grade").mkdir()
    return tmp_path


def note(folder: Path, *verdicts: str) -> Noted:
    noted = note_attempt(folder, result(*verdicts))
    assert noted.trouble is None
    assert noted.after.of("exercise03") == load(folder).of("exercise03")
    return noted


def test_what_runs_hints_and_a_solution_add_up_to(folder: Path) -> None:
    assert load(folder).of("exercise03") == Entry(exercise="exercise03")
    note(folder, "not_implemented", "not_implemented")
    note(folder, "passed", "failed")
    note_hints(folder, "exercise03", [2])
    note_hints(folder, "exercise03", [1, 2])
    note_solution(folder, "exercise03")
    note(folder, "failed", "failed")
    first = note(folder, "passed", "passed")
    assert (first.before.complete("exercise03"), first.after.complete("exercise03")) == (False, True)
    note_solution(folder, "exercise03")
    note(folder, "failed", "passed")
    entry = load(folder).of("exercise03")
    assert (entry.attempts, entry.best, entry.max_score, entry.passed_after) == (4, 2, 2, 3)
    assert (entry.hints, entry.gave_up, entry.solution_at is not None) == ((1, 2), True, True)
    assert entry.passed_at == first.after.of("exercise03").passed_at
    assert entry.last and entry.last.verdicts == {"check0": "failed", "check1": "passed"}


def test_the_mistakes_that_runs_made_are_kept(folder: Path) -> None:
    for names in (("sign",), (), ("factor", "sign")):
        check = CheckResult("check0", TITLE, "failed", False, 0.0, 1.0, False, mistakes=names)
        note_attempt(folder, msgspec.structs.replace(result("failed"), checks=(check,)))
    assert load(folder).of("exercise03").mistakes == ("factor", "sign")


def test_a_file_that_was_tried_is_no_new_attempt(folder: Path) -> None:
    for name in ("a", "a", "b", "a", "c", "c"):
        note_attempt(folder, result("failed", submission_sha256=name))
    assert load(folder).of("exercise03").attempts == 3
    note_attempt(folder, result("passed", submission_sha256="c"))
    again = note_attempt(folder, result("passed", submission_sha256="c"))
    assert (again.after.of("exercise03").attempts, again.after.of("exercise03").passed_after) == (4, 4)
    assert (
        note_attempt(folder, result("failed", exercise="exercise04", submission_sha256="a"))
        .after.of("exercise04")
        .attempts
        == 1
    )
    for _ in range(20):
        note(folder, "failed")
    assert len(load(folder).of("exercise03").files) == 8


ATTEMPTS = """
import sys, pathlib
from tests.learner.test_record import result
from grader.learner.record import note_attempt
for number in range(8):
    note_attempt(pathlib.Path(sys.argv[1]), result("failed", submission_sha256=f"save {number}"))
"""


def test_watchers_of_one_folder_count_a_save_once(folder: Path) -> None:
    command = [sys.executable, "-c", ATTEMPTS, str(folder)]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert load(folder).of("exercise03").attempts == 8


def test_a_solution_seen_after_full_marks_is_no_giving_up(folder: Path) -> None:
    note(folder, "passed")
    note_solution(folder, "exercise03")
    assert not load(folder).of("exercise03").gave_up


@pytest.mark.parametrize(
    "spoilt", [result("grader_error"), result("error", status="error"), result("passed", status="grader_error")]
)
def test_a_run_that_says_nothing_of_the_learner_is_no_attempt(spoilt: Result, folder: Path) -> None:
    assert note_attempt(folder, spoilt).trouble is None
    assert not journal_path(folder).exists()


def test_the_folder_is_the_submissions_or_the_one_around(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = folder / "exercise03"
    other = folder / "other" / "deep"
    other.mkdir(parents=True)
    (folder / "other" / ".grade").mkdir()
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert folder_of(Path("a.py")) == folder
    assert folder_of(other / "a.py") == folder / "other"
    assert folder_of(Path("/nowhere/a.py")) == folder
    monkeypatch.chdir("/")
    assert folder_of(None) is None


NOTES = """
import sys, pathlib
from grader.learner import record
record.FOLD_BYTES = 3000
for number in range(40):
    noted = record._note(pathlib.Path(sys.argv[1]), record.Entry(exercise=f"exercise0{number % 3}", attempts=1))
    assert "could not" in str(noted.trouble) or noted.trouble is None, noted.trouble
"""


def test_processes_at_once_lose_nothing_while_the_file_is_mended_and_folded(folder: Path) -> None:
    journal_path(folder).write_bytes(b'{"exercise":"exercise00","attempts":5}\n<<<<<<< HEAD\n{"exercise":"exer')
    command = [sys.executable, "-c", NOTES, str(folder)]
    processes = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [(b"", 0)] * 3
    assert sum(entry.attempts for entry in load(folder).entries.values()) == 125
    assert journal_path(folder).stat().st_size < 6000
    [aside] = folder.glob(".grade/record-broken-*.jsonl")
    assert b"<<<<<<< HEAD" in aside.read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        b"\x00" * 5000,
        b"\xff\xfe{\x00",
        b'{"exercise":3}',
        b'{"exercise":"exercise03","attempts":-1}',
        b"[" * 100_000,
        b'{"exercise":"exercise03","passed_at":999999999999999999}',
        b'{"exercise":"exercise03","last":{"at"',
    ],
)
def test_a_broken_line_costs_itself_alone_and_is_kept(damage: bytes, folder: Path) -> None:
    note(folder, "passed", "failed")
    good = journal_path(folder).read_bytes()
    journal_path(folder).write_bytes(damage + b"\r\n" + good + damage)
    assert load(folder).of("exercise03").attempts == 1
    noted = note_attempt(folder, result("passed", "failed"))
    assert noted.trouble is not None and ".grade/record-broken-" in noted.trouble.fields["aside"]
    assert [path.read_bytes() for path in folder.glob(".grade/record-broken-*")] == [damage + b"\r\n" + good + damage]
    assert note(folder, "passed", "failed").after.of("exercise03").attempts == 3


def test_a_missing_last_line_end_and_windows_line_ends_are_no_damage(folder: Path) -> None:
    note(folder, "failed")
    path = journal_path(folder)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n\r\n").rstrip())
    assert note(folder, "failed").after.of("exercise03").attempts == 2


def in_a_child(body: Callable[[], bool]) -> bool:
    """What `body` says in a process of its own, which may give up its rights."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if body() else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("spare", [0, 30])
def test_a_full_disk_leaves_the_file_as_it_was_and_says_so(spare: int, folder: Path) -> None:
    note(folder, "failed")
    before = journal_path(folder).read_bytes()

    def body() -> bool:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + spare, len(before) + spare))
        noted = note_attempt(folder, result("passed"))
        return noted.trouble is not None and noted.after.complete("exercise03") and noted.before.entries != {}

    assert in_a_child(body)
    assert journal_path(folder).read_bytes() == before
    note(folder, "passed")


def test_a_read_only_folder_is_read_and_left_alone(folder: Path) -> None:
    note(folder, "failed")
    before = journal_path(folder).read_bytes()

    def body() -> bool:
        os.chdir(folder)
        if os.geteuid() == 0:
            os.setuid(65534)
        noted = note_attempt(Path(), result("failed"))
        return noted.trouble is not None and noted.after.of("exercise03").attempts == 2

    try:
        journal_path(folder).chmod(0o444)
        (folder / ".grade").chmod(0o555)
        folder.chmod(0o755)
        assert in_a_child(body)
    finally:
        (folder / ".grade").chmod(0o755)
    assert journal_path(folder).read_bytes() == before


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    "stand_in",
    [
        Path.mkdir,
        _pipe,
        lambda path: path.symlink_to("/dev/full"),
        lambda path: os.truncate(path, 2**40) if path.write_bytes(b"") == 0 else None,
    ],
    ids=["folder", "pipe", "full device", "huge file"],
)
def test_what_stands_in_the_files_place_is_named_and_stays(stand_in: Callable[[Path], None], folder: Path) -> None:
    stand_in(journal_path(folder))
    assert load(folder).trouble is not None
    assert note_attempt(folder, result("failed")).trouble is not None
    assert [path.name for path in (folder / ".grade").iterdir()] == ["record.jsonl"]


def test_a_mark_that_is_a_file_has_no_memory(tmp_path: Path) -> None:
    (tmp_path / ".grade").touch()
    assert load(tmp_path).trouble is not None
    assert note_attempt(tmp_path, result("failed")).trouble is not None


def test_a_lock_held_for_long_stops_nobody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_PATIENCE", 0.05)
    with journal.locked(folder / ".grade") as held:
        assert held
        note(folder, "failed")
    note(folder, "failed")
    assert msgspec.json.decode(journal_path(folder).read_bytes().splitlines()[-1])["attempts"] == 1
