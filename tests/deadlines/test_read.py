"""deadlines.toml as an instructor writes it, and each mistake in it with its line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from grader.course.find import find_course
from grader.deadlines.model import Deadlines
from grader.deadlines.read import find_deadlines, read_deadlines
from grader.errors import UsageError

ROOT = Path(__file__).parents[2]
COURSE = find_course(ROOT)
GOOD = """timezone = "Europe/Berlin"
attempts = "best"

[late]
grace_minutes = 15
percent_per_day = 10
most_percent = 50
cut_off_days = 7

[exercises.exercise03]
due = 2026-10-05T23:59:00
percent_per_day = 20

[exercises.4]
due = 2026-10-12T23:59:00Z

[exercises.exercise05]
due = "2026-10-12 23:59 Asia/Shanghai"
percent_of = "maximum"

[extensions.1001]
exercise03 = 2026-10-09T12:00:00
all = 2

[extensions."Ada L"]
4 = "excused"
"""


def read(tmp_path: Path, text: str) -> Deadlines:
    path = tmp_path / "deadlines.toml"
    path.write_text(text, "utf-8")
    return read_deadlines(path, COURSE)


def test_times_rules_and_extensions(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert found.attempts == "best"
    own, shared = found.due_for("1001", "exercise03"), found.due_for("anybody", "exercise03")
    assert own is not None and shared is not None
    assert own.at == datetime(2026, 10, 9, 10, tzinfo=UTC)
    assert shared.at == datetime(2026, 10, 5, 21, 59, tzinfo=UTC)
    assert (shared.rule.grace_minutes, shared.rule.percent_per_day, shared.rule.most_percent) == (15, 20, 50)
    later, shanghai = found.due_for("1001", "exercise04"), found.due_for("1001", "exercise05")
    assert later is not None and later.at == datetime(2026, 10, 14, 23, 59, tzinfo=UTC)
    assert shanghai is not None and shanghai.at == datetime(2026, 10, 14, 15, 59, tzinfo=UTC)
    assert (shanghai.rule.percent_of, shanghai.rule.percent_per_day) == ("maximum", 10)
    excused = found.due_for(" ada  l", "exercise04")
    assert excused is not None and excused.excused
    assert found.due_for("1001", "exercise06") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("2026-10-05T23:59:00", "2026-02-30T23:59:00", 11, "there is no such date or time as 2026-02-30T23:59:00"),
        (
            "2026-10-05T23:59:00",
            "2026-13-05 23:59:00  # due",
            11,
            "there is no such date or time as 2026-13-05 23:59:00",
        ),
        ("2026-10-05T23:59:00", "2026-2-3T23:59:00", 11, "2026-2-3T23:59:00"),
        ("2026-10-05T23:59:00", "2026-02-30T23:59:00\n[", 12, "not valid TOML"),
        ("2026-10-05T23:59:00", '"2026-02-30 23:59"', 11, "there is no such date or time as 2026-02-30 23:59"),
        ("2026-10-05T23:59:00", '"next Monday"', 11, "next Monday is no date with a time"),
        ("2026-10-05T23:59:00", "2026-10-05", 11, "2026-10-05 is no date with a time; write it as"),
        ("2026-10-05T23:59:00", "0001-01-01T00:00:00+14:00", 11, "is not one from 1990 to 2200"),
        ("2026-10-05T23:59:00", "2026-10-25T02:30:00", 11, "the clocks of Europe/Berlin leave out or have twice"),
        ("2026-10-05T23:59:00", "2027-03-28T02:30:00", 11, "the clocks of Europe/Berlin leave out or have twice"),
        ("due = 2026-10-05T23:59:00\n", "", 10, "the deadline is missing; write due ="),
        ("Asia/Shanghai", "Asia/Shangri-La", 18, "no time zone is called Asia/Shangri-La"),
        ("Europe/Berlin", "Berlin", 1, "no time zone is called Berlin"),
        ('timezone = "Europe/Berlin"', "", 11, "has no time zone; write it with an offset, as"),
        ('"best"', '"worst"', 2, 'attempts is one of "last", "best", not worst'),
        ("percent_per_day = 10", "percent_per_day = 120", 6, "percent_per_day is a number from 0 to 100, not 120"),
        ("cut_off_days = 7", "cut_off_days = nan", 8, "cut_off_days is a number from 0 to 10000, not nan"),
        ("grace_minutes = 15", 'grace_minutes = "some"', 5, "grace_minutes is a number from 0"),
        ("grace_minutes = 15", "grace_minutes = true", 5, "grace_minutes is a number from 0"),
        ("grace_minutes", "grace", 5, "unknown key grace; the keys here are grace_minutes, percent_per_day"),
        ("[late]", "[Late]", 4, "unknown key Late"),
        ("exercises.exercise05", "exercises.exercise99", 17, "exercise99"),
        ("exercises.exercise05", "exercises.3", 17, "exercise03 has a deadline already"),
        ("exercise03 = 2026", "exercise07 = 2026", 22, "exercise07 has no deadline to extend"),
        ("2026-10-09T12", "2026-10-01T12", 22, "this is before the deadline of exercise03"),
        ("all = 2", "all = 2026-10-09T12:00:00", 23, "one deadline can't be for every exercise"),
        ("all = 2", "all = -2", 23, "all is a number from 0 to 1000, not -2"),
        ('"excused"', '"ill"', 26, 'ill is no extension; write a number of days, a date with a time, or "excused"'),
        ('"Ada L"', '" 1001"', 25, "the extensions of  1001 are in line 21 already"),
        ("[extensions.1001]\nexercise03 = 2026-10-09T12:00:00", "[extensions]\n1001 = 3", 22, "1001 is a table"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: int, says: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(UsageError) as raised:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert f"deadlines.toml:{line}: " in str(raised.value) and says in str(raised.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        read(tmp_path, GOOD.replace("= 15", "= -1").replace("exercise05", "exercise99"))
    assert ":5: " in str(raised.value) and ":17: " in str(raised.value)


def test_a_wrong_deadline_is_no_second_fault_for_who_has_an_extension(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        read(tmp_path, GOOD.replace("2026-10-05T23", "2026-13-05T23").replace("2026-10-12T23", "2026-10-12T25"))
    assert [line.split(": ")[0][-2:] for line in str(raised.value).splitlines()] == ["11", "15"]


def test_what_is_no_file_of_deadlines(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read: too many brackets"):
        read(tmp_path, "a = " + "[" * 100_000)
    (tmp_path / "binary.toml").write_bytes(b"\xff")
    for path, says in (
        (tmp_path, "is no regular file"),
        (tmp_path / "binary.toml", "binary.toml:1: this line is not UTF-8"),
    ):
        with pytest.raises(UsageError, match=says):
            read_deadlines(path, COURSE)


def test_the_file_given_else_the_courses_own(tmp_path: Path) -> None:
    assert find_deadlines(COURSE, None) is None
    (tmp_path / "deadlines.toml").write_text(GOOD)
    own = find_deadlines(msgspec.structs.replace(COURSE, folder=tmp_path), None)
    assert own is not None and own.attempts == "best"
    with pytest.raises(UsageError, match="There is no file"):
        find_deadlines(COURSE, tmp_path / "none.toml")


@pytest.mark.parametrize("page", ["deadlines.md", "deadlines.zh-CN.md"])
def test_the_example_of_the_guide(page: str, tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL)
    assert example is not None
    found = read(tmp_path, example[1])
    own, excused = found.due_for("1001", "exercise04"), found.due_for("ada@example.org", "exercise04")
    assert own is not None and own.at == found.due["exercise04"] + timedelta(days=3)
    assert excused is not None and excused.excused


def test_extensions_of_nobody(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    found.expect_students(["1001", "ADA L", "x"])
    with pytest.raises(UsageError, match=r"deadlines.toml:25: no student of this class is called Ada L"):
        found.expect_students(["1001"])


def test_a_class_of_thousands_is_read_in_a_moment(tmp_path: Path) -> None:
    """Going through the file once for each student took minutes."""
    students = (f"[extensions.s{number}]\nall = 1\n" for number in range(10_000))
    found = read(tmp_path, GOOD + "".join(students))
    assert found.extended["s9999"].line == GOOD.count("\n") + 2 * 9999 + 1
