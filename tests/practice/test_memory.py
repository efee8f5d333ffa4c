"""What a learner's folder remembers of practice, what it survives, and when a function comes again."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from grader.learner.record import load
from grader.practice.memory import Sheet, load_practice, note_practice, practice_path
from grader.practice.patch import Hunk
from grader.practice.schedule import AGAIN, EASY, GOOD, HARD, due_after, rating_of

DAY = 86_400
NOW = 1_800_000_000
FILE = "practice/exercise03-1.py"
MADE = Sheet(
    file=FILE,
    exercise="exercise03",
    function="tanh",
    bug="tanh_sign",
    why={"en": "the sign", "zh-CN": "符号"},
    hunks=(Hunk(3, ("a",), ("b", "c")),),
    right="0123",
    language="en",
    head=("# one",),
    made_at=NOW,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".grade").mkdir()
    return tmp_path


def test_lines_add_up_to_a_sheet(folder: Path) -> None:
    note_practice(folder, MADE)
    for digest in ("a", "b", "a"):
        note_practice(folder, Sheet(file=FILE, checks=(digest,)))
    noted = note_practice(folder, Sheet(file=FILE, ended_at=NOW + 9, changed=2, rating=HARD, due=NOW + DAY))
    assert noted.trouble is None and noted == load_practice(folder)
    wanted = msgspec.structs.replace(MADE, checks=("a", "b"), ended_at=NOW + 9, changed=2, rating=HARD, due=NOW + DAY)
    assert noted.sheets == {FILE: wanted} and noted.ended == [wanted]
    # It ended once: a second terminal changes nothing.
    late = note_practice(folder, Sheet(file=FILE, checks=("z",), ended_at=NOW + 99, rating=AGAIN))
    assert late.sheets == {FILE: wanted}


def test_the_latest_sheet_says_when_a_function_is_due(folder: Path) -> None:
    for number, due in ((1, NOW), (2, NOW + 5 * DAY)):
        name = f"practice/exercise03-{number}.py"
        note_practice(folder, msgspec.structs.replace(MADE, file=name))
        memory = note_practice(folder, Sheet(file=name, ended_at=NOW + number, rating=GOOD, due=due))
    assert memory.due() == {("exercise03", "tanh"): NOW + 5 * DAY}
    assert memory.count_due(NOW + 4 * DAY, ["exercise03"]) == 0
    assert memory.count_due(NOW + 6 * DAY, ["exercise03"]) == 1
    assert memory.count_due(NOW + 6 * DAY, ["exercise04"]) == 0  # another course's


def test_a_damaged_line_costs_itself_alone_and_a_newer_one_nothing(folder: Path) -> None:
    path = practice_path(folder)
    newer = msgspec.json.encode({**msgspec.to_builtins(MADE), "stars": [1, 2]})
    broken = [b"{", b"\xff\xfe", b'{"file": "practice/a.py", "rating": 9}', b"[" * 100_000, b'{"file": 3}']
    path.write_bytes(b"\n".join([*broken, newer, b'{"file": "practice/lost-1.py", "rating": 1, "ended_at": 5}']))
    assert load_practice(folder).sheets == {FILE: MADE}
    noted = note_practice(folder, Sheet(file=FILE, checks=("a",)))
    assert noted.sheets[FILE].checks == ("a",)
    assert noted.trouble and noted.trouble.fields["aside"].startswith(".grade/practice-broken-")
    assert load_practice(folder).sheets[FILE].checks == ("a",)
    assert b"stars" in path.read_bytes() and path.read_bytes().count(b"\n") == 3
    assert len(list((folder / ".grade").glob("practice-broken-*"))) == 1


def test_what_can_not_be_read_is_said_and_no_error(folder: Path) -> None:
    practice_path(folder).mkdir()
    memory = load_practice(folder)
    assert not memory.sheets and memory.trouble and memory.trouble.fields["file"] == ".grade/practice.jsonl"
    noted = note_practice(folder, MADE)
    assert noted.trouble and noted.sheets == {FILE: MADE}


def test_the_record_of_an_older_grader_stays_whole(folder: Path) -> None:
    """It reads record.jsonl only, and this one's new field there is one that it passes over."""
    note_practice(folder, MADE)
    assert not (folder / ".grade/record.jsonl").exists()
    line = {"exercise": "exercise03", "attempts": 1, "mistakes": ["tanh_sign"], "unheard_of": {"a": 1}}
    (folder / ".grade/record.jsonl").write_text(json.dumps(line) + "\n")
    assert load(folder).of("exercise03").mistakes == ("tanh_sign",) and load(folder).trouble is None


@pytest.mark.parametrize(
    ("checks", "changed", "fewest", "rating"),
    [(0, 1, 1, EASY), (0, 1, 2, EASY), (0, 3, 1, GOOD), (0, 4, 1, HARD), (1, 1, 1, HARD), (5, 9, 1, HARD)],
)
def test_how_well_it_was_fixed(checks: int, changed: int, fewest: int, rating: int) -> None:
    assert rating_of(checks, changed, fewest) == rating


def test_what_was_easy_comes_later_each_time() -> None:
    def days(rating: int, earlier: list[Sheet]) -> float:
        at = earlier[-1].due if earlier else NOW
        due = due_after(earlier, rating, at)
        earlier.append(Sheet(file=FILE, ended_at=at, rating=rating, due=due))
        return (due - at) / DAY

    first = [days(rating, []) for rating in (AGAIN, HARD, GOOD, EASY)]
    assert first[0] == 1 and first == sorted(first) and first[3] > first[2] > first[1] - 1
    again: list[Sheet] = []
    gaps = [days(GOOD, again) for _ in range(4)]
    assert all(one < other for one, other in pairwise(gaps))
    assert days(AGAIN, again) < gaps[-1]
