"""A run that is killed, interrupted or out of room loses nothing, and is taken up where it was."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path

import pytest

from tests.forked import run_forked, start_forked
from tests.intake.exports import export, moodle
from tests.scoring.test_score import (
    COURSE,
    NAME,
    RIGHT,
    WRONG,
    children_of,
    command_line,
    grade_score,
    hand_in,
    rows_of,
)

#: One of each kind, and 100 before a release.
KILLS = int(os.environ.get("GRADE_KILLS", "4"))
SEED = int(os.environ.get("GRADE_KILLS_SEED", "1"))
STUDENTS = 24


def started(submissions: Path, out: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "grader", "score", str(submissions), "--out", str(out), "-j", "2", *words]

    return subprocess.Popen(
        [*command, "--course", str(COURSE), "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"TMPDIR": str(submissions.parent / "tmp")},
        process_group=0,
        # Whoever runs the tests in the background has it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class, and beside it a folder for temporary files."""
    root = tmp_path_factory.mktemp("class") / "submitted"
    (root.parent / "tmp").mkdir()
    for number in range(STUDENTS):
        hand_in(root, f"s{number:02}", {NAME: (RIGHT if number % 2 else WRONG) + f"# {number}\n"})
    return root


@pytest.fixture(scope="module")
def undisturbed(submitted: Path) -> Path:
    out = submitted.parent / "undisturbed"
    grade_score(submitted, "--out", out, "--seed", "5")
    return out


def contents(out: Path) -> dict[str, object]:
    """scores.csv, and every result without its duration."""
    found: dict[str, object] = {"scores.csv": (out / "scores.csv").read_bytes()}
    for path in sorted(out.glob("results/*/*")):
        found[path.relative_to(out).as_posix()] = json.loads(path.read_text("utf-8")) | {"seconds": 0}
    return found


def wait_for_results(out: Path, count: int) -> None:
    end = time.monotonic() + 120
    while len(list(out.glob("results/*/*.json"))) < count:
        assert time.monotonic() < end, "no results came"
        time.sleep(0.02)


def below(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    for child in children_of(pid):
        yield from below(child)


def kinds(pid: int) -> dict[str, list[int]]:
    """The grader's processes by what they are."""
    found: dict[str, list[int]] = {"grader": [pid], "scorer": children_of(pid)}
    found["zygote"] = [child for scorer in found["scorer"] for child in children_of(scorer)]
    found["worker"] = [child for zygote in found["zygote"] for child in children_of(zygote)]
    return found


def gone(pids: set[int]) -> bool:
    end = time.monotonic() + 20
    while any(_is_ours(pid) for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _is_ours(pid: int) -> bool:
    try:
        return b"grader" in command_line(pid)  # a zombie has none
    except OSError:
        return False


@pytest.mark.slow
def test_kills_at_random_moments(submitted: Path, undisturbed: Path, tmp_path: Path) -> None:
    """kill -9 of the grader, a scorer, a zygote or a worker."""
    rng, left, finished, seen = random.Random(SEED), KILLS, 0, set[int]()
    ways = cycle(rng.sample(("grader", "scorer", "zygote", "worker"), 4))
    expected = contents(undisturbed)
    while left or not finished:
        out = tmp_path / f"run{finished}"
        process = started(submitted, out, "--seed", "5", "--resume")
        killed = ""
        while process.poll() is None and killed != "grader":
            time.sleep(rng.uniform(0.2, 3))
            seen.update(below(process.pid))
            if left and process.poll() is None:
                killed = next(ways)
                for victim in kinds(process.pid)[killed][:1]:
                    with suppress(ProcessLookupError):  # it has ended meanwhile
                        os.kill(victim, signal.SIGKILL)
                        left -= 1
        output, _ = process.communicate(timeout=120)
        if killed != "grader":
            assert process.returncode == 0, output
            assert contents(out) == expected, f"GRADE_KILLS_SEED={SEED}"
            finished += 1
    assert gone(seen)
    assert not list((submitted.parent / "tmp").iterdir())


@pytest.mark.slow
def test_ctrl_c(submitted: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = started(submitted, out, "--seed", "5")
    wait_for_results(out, 3)
    seen = set(below(process.pid))
    os.kill(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert output.startswith("grade: Stopped; graded and kept: ") and "--resume" in output and "Traceback" not in output
    assert gone(seen)
    assert not list((submitted.parent / "tmp").iterdir())
    done = grade_score(submitted, "--out", out, "--resume")
    assert "Kept from the earlier run: " in done.stdout
    assert contents(out) == contents(undisturbed)


@pytest.mark.slow
def test_what_changed_is_graded_again(submitted: Path, undisturbed: Path, tmp_path: Path) -> None:
    """A submission, a companion, an exercise; and what is no result of ours."""
    root, out, course = tmp_path / "in", tmp_path / "out", tmp_path / "course"
    shutil.copytree(submitted, root)
    shutil.copytree(undisturbed, out)
    times = {path.name: path.stat().st_mtime_ns for path in out.glob("results/*")}
    (root / "s00/exercise03" / NAME).write_text(RIGHT, "utf-8")
    (root / "s01/exercise03/helper.py").write_text("X = 1\n")  # not mentioned: nothing changes
    (root / "s02/exercise03/helper.py").write_text("X = 1\n")
    (root / "s02/exercise03" / NAME).write_text(WRONG + "\nimport helper\n", "utf-8")
    (out / "results/s03/exercise03.json").write_text("{}")
    shutil.rmtree(root / "s04")
    hand_in(root, "s99", {NAME: RIGHT})
    kept = STUDENTS - 4
    done = grade_score(root, "--out", out, "--resume")
    assert f"Kept from the earlier run: {kept}\n" in done.stdout
    rows = {row["student"]: row for row in rows_of(out)}
    assert rows["s00"]["passed"] == rows["s99"]["passed"] == "true" and "s04" not in rows
    assert times["s05"] == (out / "results/s05").stat().st_mtime_ns

    (root / "s02/exercise03/helper.py").write_text("X = 2\n")
    assert f"run: {STUDENTS - 1}\n" in grade_score(root, "--out", out, "--resume").stdout

    course.mkdir()
    for name in ("solutions", "course.toml", "texts.zh-CN.toml"):
        target = COURSE / name
        (shutil.copytree if target.is_dir() else shutil.copy)(target, course / name)
    (course / "solutions/exercise03/statement.md").write_text("changed\n")
    again = run_forked("grader", "score", root, "--out", out, "--resume", "--course", course, check=True)
    assert "Kept" not in again.stdout


@pytest.mark.slow
def test_two_runs_over_one_folder(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    hand_in(root, "anna", {NAME: RIGHT + "\nimport time\ntime.sleep(5)\n"})
    course = ("--course", COURSE)
    first = start_forked(
        "grader", "score", root, "--out", out, *course, stdout=tmp_path / "said", stderr=tmp_path / "said"
    )
    end = time.monotonic() + 60
    while not (out / "run.json").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    second = grade_score(root, "--out", out, "--resume", check=False)
    assert second.returncode == 2 and "Another run is writing" in second.stderr
    assert first.wait(60) == 0 and rows_of(out)[0]["passed"] == "true"


@pytest.mark.slow
def test_no_room_for_results(tmp_path: Path) -> None:
    """A file that may not grow: the same error as on a full disk, at the same places."""
    root, out = tmp_path / "in", tmp_path / "out"
    hand_in(root, "anna", {NAME: RIGHT})
    # run.json fits, and a result does not.
    full = run_forked("grader", "score", root, "--out", out, "--course", COURSE, "--lang", "en", file_bytes=5500)
    output = full.stdout + full.stderr
    assert full.returncode == 4 and "anna/exercise03.json can't be written: File too large" in output, output
    assert "--resume" in output and "Traceback" not in output
    assert not (out / "scores.csv").exists() and not list(out.rglob("*.tmp"))
    grade_score(root, "--out", out, "--resume")
    assert rows_of(out)[0]["passed"] == "true"


def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    hand_in(root, "anna", {NAME: RIGHT})
    out.mkdir()
    (out / "run.json").symlink_to("/proc/version")  # read-only even for root
    done = grade_score(root, "--out", out, "--resume", check=False)
    assert done.returncode == 2 and "run.json can't be read" in done.stderr


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"mine.txt": "x"}, "there is no run.json"),
        ({"run.json": "{}"}, "run.json can't be read"),
        ({"run.json": "\0"}, "run.json can't be read"),
    ],
)
def test_what_can_not_be_taken_up(tmp_path: Path, files: dict[str, str], says: str) -> None:
    hand_in(tmp_path / "in", "anna", {NAME: RIGHT})
    (tmp_path / "out").mkdir()
    for name, text in files.items():
        (tmp_path / "out" / name).write_text(text)
    done = grade_score(tmp_path / "in", "--out", tmp_path / "out", "--resume", check=False)
    assert done.returncode == 2 and says in done.stderr
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == files


@pytest.mark.slow
def test_another_seed_is_refused_and_an_export_is_taken_out_again(tmp_path: Path) -> None:
    zipped = export(tmp_path / "export.zip", {moodle("Ada", 1): RIGHT, moodle("Bo", 2): WRONG})
    out = tmp_path / "out"
    grade_score(zipped, "--out", out, "--seed", "5", "--exercise", "3")
    again = grade_score(zipped, "--out", out, "--resume", "--exercise", "3")
    assert "Kept from the earlier run: 2\n" in again.stdout
    refused = grade_score(zipped, "--out", out, "--resume", "--seed", "6", check=False)
    assert refused.returncode == 2 and "has seed 5" in refused.stderr


@pytest.mark.slow
def test_a_second_try_is_recorded(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    hand_in(root, "anna", {NAME: RIGHT + "\nimport time\ntime.sleep(3)\n"})
    (tmp_path / "tmp").mkdir()
    process = started(root, out)
    end = time.monotonic() + 60
    # Readers are forked as workers are, but as soon as a scorer begins.
    while not (workers := [pid for pid in kinds(process.pid)["worker"] if b"worker" in command_line(pid)]):
        assert time.monotonic() < end
        time.sleep(0.02)
    assert workers
    os.kill(kinds(process.pid)["scorer"][0], signal.SIGKILL)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0 and rows_of(out)[0]["passed"] == "true", output
    assert "at another try: 1" in output
    with open(out / "faults.csv", encoding="utf-8", newline="") as file:
        (fault,) = csv.DictReader(file)
    assert (fault["student"], fault["exercise"], fault["attempt"]) == ("anna", "exercise03", "1")
