"""The time of handing in, as each way of collecting tells it: the real intake, nothing graded."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from grader.course.find import find_course
from grader.deadlines.read import read_deadlines
from grader.errors import UsageError
from grader.intake.manifest import Manifest
from grader.intake.when import When
from grader.scoring.gather import handed_in
from grader.text import render
from tests.intake.exports import NAME, RIGHT, SLUG, Files, export, moodle

COURSE = find_course(Path(__file__).parents[2])
DEADLINES = 'timezone = "Europe/Berlin"\n[exercises.exercise03]\ndue = 2026-10-05T23:59:00\n'
METADATA = """---
submission_1:
  :submitters:
  - :name: Ada
    :sid: '1'
  :created_at: 2026-10-05 23:10:00.000000000 Z
  :history:
  - :id: 8
    :created_at: 2026-10-04 10:00:00.000000000 Z
submission_2:
  :submitters:
  - :name: Bob
    :sid: '2'
  :created_at: 2026-02-30 10:00:00.000000000 Z
submission_3:
  :submitters:
  - :name: Eve
    :sid: '3'
  :created_at: 2026-10-05 23:10:00
"""


def collected(tmp_path: Path, source: Path, roster: str = "", deadlines: str = DEADLINES) -> Manifest:
    (tmp_path / "class.csv").write_text(roster, "utf-8")
    (tmp_path / "d.toml").write_text(deadlines, "utf-8")
    policy = read_deadlines(tmp_path / "d.toml", COURSE) if deadlines else None
    listed = tmp_path / "class.csv" if roster else None
    with handed_in(source, course=COURSE, roster=listed, deadlines=policy) as place:
        return place(tmp_path / "out")


def times(found: Manifest) -> dict[str, When]:
    return {work.student: work.when for work in found.works}


def told(when: When) -> tuple[str, bool, int]:
    return (when.at.isoformat() if when.at else "", when.late, when.attempt)


def fault(when: When) -> str:
    return render(when.fault, "en") if when.fault else ""


def test_canvas_tells_late_and_attempts(tmp_path: Path) -> None:
    files: Files = {
        f"ada_1_91_{SLUG}-2.py": RIGHT,
        f"bob_LATE_2_92_{NAME}": RIGHT,
        f"eve_3_93_{SLUG}.py": RIGHT,
        f"anon_LATE_4_94_{NAME}": RIGHT,
    }
    found = times(collected(tmp_path, export(tmp_path / "export.zip", files)))
    assert [told(found[name]) for name in "123"] == [("", False, 3), ("", True, 0), ("", False, 0)]


def test_gradescope_tells_times_and_attempts(tmp_path: Path) -> None:
    files: Files = {f"submission_{number}/{NAME}": RIGHT for number in (1, 2, 3)}
    found = times(collected(tmp_path, export(tmp_path / "x", {**files, "submission_metadata.yml": METADATA})))
    assert told(found["1"]) == ("2026-10-05T23:10:00+00:00", False, 2)
    assert fault(found["2"]).startswith("submission_metadata.yml, submission_2: there is no such date")
    assert "has no time zone" in fault(found["3"])


def test_moodles_worksheet_tells_times(tmp_path: Path) -> None:
    source = export(tmp_path / "export.zip", {moodle("Ada", 1): RIGHT, moodle("Bob", 2): RIGHT})
    head = "Identifier,Full name,Last modified (submission)\n"
    good = head + 'Participant 1,Ada,"Tuesday, 6 October 2026, 1:10 AM"\nParticipant 2,Bob,-\n'
    found = times(collected(tmp_path, source, good))
    assert [told(found[name]) for name in "12"] == [("2026-10-06T01:10:00+02:00", False, 0), ("", False, 0)]
    # Without deadlines, the column is nobody's business.
    assert told(times(collected(tmp_path, source, good, deadlines=""))["1"]) == ("", False, 0)
    no_zone = DEADLINES.replace('timezone = "Europe/Berlin"\n', "").replace(":00\n", ":00Z\n")
    with pytest.raises(UsageError, match=r"class.csv:2: 2026-10-06 01:10:00 has no time zone\nCorrect these times"):
        collected(tmp_path, source, good, no_zone)
    with pytest.raises(UsageError, match=r"class.csv:2: 31 February is no date"):
        collected(tmp_path, source, head + "Participant 1,Ada,31 February\n")
    with pytest.raises(UsageError, match=r"d.toml:4: no student of this class is called mia"):
        collected(tmp_path, source, good, DEADLINES + "[extensions.mia]\nall = 2\n")


def test_a_rosters_times_are_for_one_exercise(tmp_path: Path) -> None:
    roster = "student,handed in\nada,2026-10-06 01:10\n"
    one: Files = {f"ada/exercise03/{NAME}": RIGHT}
    found = collected(tmp_path, export(tmp_path / "one", one), roster)
    assert told(times(found)["ada"])[0] == "2026-10-06T01:10:00+02:00" and found.remarks == ()
    found = collected(tmp_path, export(tmp_path / "two", {**one, "ada/exercise01/neuron.py": "x = 1\n"}), roster)
    assert [work.when for work in found.works] == [When(), When()]
    [remark] = found.remarks
    assert "class.csv were left out: they are for one exercise" in render(remark, "en")


def test_nbgraders_timestamps(tmp_path: Path) -> None:
    stamps = {
        "ada": "2026-10-05 23:10:00.123456 UTC",
        "bob": "2026-10-05 23:10:00 America/Los_Angeles\n",
        "eve": "2026-10-05 23:10:00",
        "mia": "soon",
        "tom": "",
    }
    files: dict[str, str | bytes] = {f"class/{name}/exercise03/{NAME}": RIGHT for name in stamps}
    files |= {f"class/{name}/exercise03/timestamp.txt": text for name, text in stamps.items()}
    files |= {f"class/zoe/exercise03/{NAME}": RIGHT, "class/kim/exercise03/timestamp.txt": b"\xff"}
    files[f"class/kim/exercise03/{NAME}"] = RIGHT
    source = export(tmp_path, files) / "class"
    (source / "zoe/exercise03/timestamp.txt").symlink_to(source / "ada/exercise03/timestamp.txt")
    found = times(collected(tmp_path, source))
    utc = "2026-10-05T23:10:00+00:00"
    zones = [utc, "2026-10-05T23:10:00-07:00", utc, "", "", "", ""]
    assert [told(found[name])[0] for name in (*stamps, "zoe", "kim")] == zones
    assert fault(found["mia"]) == "mia/exercise03/timestamp.txt: soon is no date with a time"


def commit(folder: Path, date: str, *words: str) -> None:
    environ = {**os.environ, "GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "work", *words]):
        subprocess.run(["git", *command], cwd=folder, env=environ, check=True, capture_output=True)


def test_git_tells_when_the_file_changed_and_runs_nothing_of_the_repositorys(tmp_path: Path) -> None:
    names = ("ada", "bob", "eve", "mia")
    source = export(tmp_path, {f"class/exercise03-{name}/{NAME}": RIGHT for name in names}) / "class"
    clones = {name: source / f"exercise03-{name}" for name in names}
    commit(clones["ada"], "2026-10-05T23:10:00+02:00")
    (clones["ada"] / "notes.md").write_text("later")
    commit(clones["ada"], "2026-10-09T23:10:00+02:00")
    subprocess.run(["git", "pack-refs", "--all"], cwd=clones["ada"], check=True)
    # A repository of a student's own, whose settings name a program that `git log` runs.
    trap, ran = tmp_path / "trap", tmp_path / "ran"
    said = "echo '[GNUPG:] SIG_CREATED ' >&2\necho '-----BEGIN PGP SIGNATURE-----'"
    trap.write_text(f"#!/bin/sh\ntouch {ran}\ncat > /dev/null\n{said}\n")
    trap.chmod(0o755)
    subprocess.run(["git", "init", "-q"], cwd=clones["bob"], check=True)
    for key, value in (("gpg.program", str(trap)), ("log.showSignature", "true")):
        subprocess.run(["git", "config", key, value], cwd=clones["bob"], check=True)
    commit(clones["bob"], "2026-10-06T01:00:00+02:00", "-S")
    ran.unlink()
    subprocess.run(["git", "log", "-1"], cwd=clones["bob"], check=True, capture_output=True)
    assert ran.exists()
    ran.unlink()
    commit(clones["eve"], "2026-10-06T01:00:00+02:00")
    for path in (clones["eve"] / ".git/objects").glob("*/*"):
        path.chmod(0o644)
        path.write_bytes(b"broken")
    (clones["mia"] / ".git").symlink_to(clones["ada"] / ".git")
    found = times(collected(tmp_path, source))
    assert told(found["ada"])[0] == "2026-10-05T23:10:00+02:00"
    assert told(found["bob"])[0] == "2026-10-06T01:00:00+02:00"
    assert fault(found["eve"]).startswith("git can't read the history of exercise03-eve")
    assert found["mia"] == When()
    assert not ran.exists()
