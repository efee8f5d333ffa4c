"""`grade score` with deadlines: the real command on a class that hands in late, again, and with a wrong clock."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from grader.cli.main import run
from tests.intake.exports import NAME, RIGHT, WRONG, export, grade_score, rows_of
from tests.report import readers
from tests.report.classes import write_class

DEADLINES = """timezone = "Europe/Berlin"
attempts = "last"
[late]
percent_per_day = 20
grace_minutes = 15
[exercises.exercise03]
due = 2026-10-05T23:59:00
[extensions.mia]
exercise03 = 2026-10-08T23:59:00
"""
#: Each student's file and time.
CLASS = {
    "ada": (RIGHT, "2026-10-05 21:00:00 UTC"),
    "bob": (WRONG, "2026-10-07 10:00:00 Europe/Berlin"),
    "eve": (RIGHT, "2099-01-01 00:00:00 UTC"),
    "mia": (RIGHT, "2026-10-08 10:00:00 UTC"),
}


def hand_in(folder: Path, class_: dict[str, tuple[str, str]]) -> Path:
    files = {f"{name}/exercise03/{NAME}": text for name, (text, _) in class_.items()}
    return export(folder, files | {f"{name}/exercise03/timestamp.txt": time for name, (_, time) in class_.items()})


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a class that was graded, in `out`, by way of `class`, `class.csv` and `deadlines.toml`."""
    folder = tmp_path_factory.mktemp("first")
    hand_in(folder / "class", CLASS)
    (folder / "class.csv").write_text(
        "student,Canvas ID,Identifier\n" + "".join(f"{s},9{i},8{i}\n" for i, s in enumerate((*CLASS, "tom")))
    )
    (folder / "deadlines.toml").write_text(DEADLINES)
    return folder


def words(folder: Path, *more: str | Path) -> list[str | Path]:
    return [
        folder / "class",
        "--out",
        folder / "out",
        "--roster",
        folder / "class.csv",
        "--deadlines",
        folder / "deadlines.toml",
        *more,
    ]


def scores(folder: Path) -> dict[str, str]:
    return {name: row["score"] for name, row in rows_of(folder / "out").items()}


@pytest.mark.slow
def test_late_work_loses_points_visibly_and_nothing_is_lost(first: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formats = [word for name in ("canvas", "moodle", "gradescope", "json") for word in ("--format", name)]
    # Somebody's clock is wrong: all is graded and written, and the status says that somebody must look.
    done = grade_score(*words(first, *formats), "--seed", "7", status=2)
    assert (
        "grade: eve/exercise03: eve/exercise03/timestamp.txt says that it was handed in at 2099-01-01T01:00"
        in done.stderr
    )
    assert "With a deadline: 4; late: 1; with a penalty: 1; time not known: 0" in done.stdout
    rows = rows_of(first / "out")
    shown = {name: (row["points_before"], row["penalty"], row["score"], row["late"]) for name, row in rows.items()}
    assert shown == {
        "ada": ("10", "0", "10", "false"),
        "bob": ("6", "2.4", "3.6", "true"),
        "eve": ("10", "0", "10", ""),
        "mia": ("10", "0", "10", "false"),
        "tom": ("0", "0", "0", ""),
    }
    assert (rows["bob"]["handed_in"], rows["bob"]["due"]) == ("2026-10-07T10:00:00+02:00", "2026-10-05T23:59:00+02:00")
    assert rows["bob"]["penalty_reason"].startswith(
        "handed in 1 d 10 h after the deadline, days begun: 2; 40 % of 6 points"
    )

    # Platforms get what counts, and the learner the reason; the result itself knows nothing of time.
    made = first / "out/formats"
    canvas = readers.canvas((made / "canvas/exercise03.csv").read_bytes())[2]
    assert {who[1]: grade for who, grade in canvas.items()}["91"] == "3.6"
    grade = readers.moodle((made / "moodle/exercise03.csv").read_bytes())["81"]
    assert grade[:2] == (3.6, 10) and "6 − 2.4 = 3.6" in " ".join(grade[2].split())
    document = readers.gradescope((made / "gradescope/bob/exercise03.json").read_bytes())
    assert document["score"] == 3.6 and "6 − 2.4 = 3.6" in " ".join(document["output"].split())
    own = json.loads((first / "out/results/bob/exercise03.json").read_bytes())
    told = {one["student"]: one for one in json.loads((made / "results.json").read_bytes())["results"]}
    assert told["bob"]["result"] == own and own["score"] == 6
    assert told["bob"]["timing"]["penalty"] == 2.4

    assert run(["report", str(first / "out"), "--html", str(first / "class.html"), "--lang", "en"], {}) == 0
    page = (first / "class.html").read_text("utf-8")
    assert "6 − 2.4 = 3.6" in page and "2026-10-07 10:00" in page
    capsys.readouterr()

    # A corrected clock and an extension that was granted later: nothing is graded again.
    (first / "class/eve/exercise03/timestamp.txt").write_text("2026-10-06 23:00:00 UTC")
    (first / "deadlines.toml").write_text(DEADLINES + "[extensions.bob]\nall = 2\n")
    done = grade_score(*words(first, "--resume"))
    assert "Kept from the earlier run: 4" in done.stdout
    assert [scores(first)[name] for name in ("bob", "eve")] == ["6", "6"]

    # A file that is gone keeps its grade, and with it its time.
    shutil.rmtree(first / "class/eve")
    grade_score(*words(first, "--resume"))
    assert [rows_of(first / "out")["eve"][name] for name in ("score", "penalty")] == ["6", "4"]

    _attempts(first)


def _attempts(first: Path) -> None:
    """A second run of the same class, part of which handed in again."""
    second = first / "second"
    again = {
        "ada": (WRONG, "2026-10-05 21:30:00 UTC"),
        "bob": (RIGHT, "2026-10-09 10:00:00 UTC"),
        "mia": (WRONG, "2026-10-08 10:00:00 UTC"),
    }
    hand_in(second / "class", again)
    for name in ("class.csv", "deadlines.toml"):
        shutil.copy(first / name, second / name)
    earlier = ("--earlier", first / "out")
    done = grade_score(*words(second, *earlier), "--seed", "7", status=2)
    assert "mia/exercise03: two attempts were handed in at 2026-10-08T12:00:00+02:00: which is the last" in done.stderr
    assert "and that of this run was taken" in done.stderr
    rows = rows_of(second / "out")
    # eve and ada count by their last attempts: eve's is the first run's.
    assert scores(second) == {"ada": "6", "bob": "6", "eve": "6", "mia": "6", "tom": "0"}
    assert "attempt 1 of 1 counts, graded in" in rows["eve"]["note"]
    assert (rows["bob"]["attempt"], rows["bob"]["penalty"]) == ("2", "4")

    best = (second / "deadlines.toml").read_text().replace('"last"', '"best"')
    (second / "deadlines.toml").write_text(best)
    grade_score(*words(second, *earlier, "--resume"))
    assert scores(second) == {"ada": "10", "bob": "6", "eve": "6", "mia": "10", "tom": "0"}
    result = second / "out/results/ada/exercise03.json"
    assert result.read_bytes() == (first / "out/results/ada/exercise03.json").read_bytes()
    assert json.loads((second / "out/attempts/ada/exercise03.json").read_bytes())["score"] == 6
    # Without the earlier run, each has their own again, and nothing was graded anew.
    done = grade_score(*words(second, "--resume"))
    assert "Kept from the earlier run: 3" in done.stdout
    assert scores(second) == {"ada": "6", "bob": "6", "eve": "0", "mia": "6", "tom": "0"}
    assert not list((second / "out/attempts").glob("*/*"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("2026-10-05T23:59:00", "2026-02-30T23:59:00", "deadlines.toml:7: there is no such date or time as 2026-02-30"),
        ("2026-10-05T23:59:00", "2026-02-30T23:59:00\n[", "deadlines.toml:8: not valid TOML"),
        ("[extensions.mia]", "[extensions.mai]", "deadlines.toml:8: no student of this class is called mai"),
        ("exercises.exercise03", "exercises.exercise99", "deadlines.toml:6: "),
        ('timezone = "Europe/Berlin"', "", "deadlines.toml:7: 2026-10-05 23:59:00 has no time zone"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_graded(old: str, new: str, says: str, tmp_path: Path) -> None:
    hand_in(tmp_path / "class", CLASS)
    (tmp_path / "class.csv").write_text("student\n" + "\n".join(CLASS))
    (tmp_path / "deadlines.toml").write_text(DEADLINES.replace(old, new))
    assert says in grade_score(*words(tmp_path), status=2).stderr
    assert not (tmp_path / "out").exists()


def test_an_earlier_run_is_one(tmp_path: Path) -> None:
    hand_in(tmp_path / "class", CLASS)
    (tmp_path / "none").mkdir()
    words_ = (tmp_path / "class", "--out", tmp_path / "out", "--earlier", tmp_path / "none")
    assert "none holds no results of grade score" in grade_score(*words_, status=2).stderr
    old = write_class(tmp_path / "none", [])
    assert "or an older grade made it: there is no timing.json" in grade_score(*words_, status=2).stderr
    (old / "timing.json").write_text("[}")
    assert "timing.json can't be read: JSON is malformed" in grade_score(*words_, status=2).stderr
    assert not (tmp_path / "out").exists()
