"""Rosters as people have them: every encoding, separator and mistake, with the line where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.intake.model import KNOWN_BY, NUMBERED_BY, folder_person, numbered
from grader.intake.people import register
from grader.intake.roster import _NAMES, Roster, read_roster
from grader.table import to_table
from grader.text import render
from tests.intake.exports import NAME, RIGHT, export, grade_score, moodle, notes

TABLE = "学号,姓名,邮箱\n20260001,王小明,wang@example.org\n20260002,李雷,li@example.org\n"


def roster(tmp_path: Path, content: str | bytes) -> Roster:
    path = tmp_path / "class.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_roster(path)


def problems(found: Roster) -> list[str]:
    return [render(problem, "en") for problem in found.problems]


@pytest.mark.parametrize("kind", KNOWN_BY)
def test_every_kind_of_id_is_a_column_that_finds_its_student(kind: str, tmp_path: Path) -> None:
    found = roster(tmp_path, f"student,{_NAMES[kind][0]}\nada,17\n")
    people = [folder_person("17"), *([numbered(kind, "Somebody", "17")] if kind in NUMBERED_BY else [])]
    for person in people:
        (student,) = register([person], found).everyone
        assert (student.id, student.values) == ("ada", {"student": "ada", kind: "17"})
    for person in people[1:]:
        (student,) = register([person], None).everyone
        assert student.values == {kind: "17"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    found = roster(tmp_path, TABLE.encode(encoding))
    assert {key: student.name for key, student in found.students.items()} == {"20260001": "王小明", "20260002": "李雷"}
    # That an encoding was guessed is said.
    assert ["GB18030" in text for text in problems(found)] == ([True] if encoding.startswith("gb") else [])


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t"),
        "sep=;\r\n" + TABLE.replace(",", ";").replace("\n", "\r\n"),
        "\n\n" + TABLE.replace("\n", "\n,,\n\n"),
        TABLE.replace("学号", " Student-ID ").replace("姓名", "NAME"),
    ],
    ids=["semicolons", "tabs", "Excel's own line", "empty lines", "other spellings"],
)
def test_separators_empty_lines_and_spellings(text: str, tmp_path: Path) -> None:
    found = roster(tmp_path, text)
    assert list(found.students) == ["20260001", "20260002"]
    assert found.students["20260001"].name == "王小明"
    assert found.problems == ()


def test_the_guards_of_our_own_tables_are_not_part_of_a_name(tmp_path: Path) -> None:
    people = [("1", "=Ada"), ("2", "-Bob; =1+1"), ("@3", "O'Neil"), ("4", "'quoted'")]
    table = to_table([("student", "name"), *people])
    assert [(key, student.name) for key, student in roster(tmp_path, table).students.items()] == people


def test_lines_that_are_left_out_are_told_by_number(tmp_path: Path) -> None:
    found = roster(
        tmp_path,
        "id,name,email\n"
        "1,Ada,ada@example.org\n"
        "\n"
        "1,Bob,bob@example.org\n"
        ",Cy,cy@example.org\n"
        '2,"Dan\nthe second",dan@example.org\n'
        "../3,Eve,\n"
        "4,Fay,ADA@example.org\n"
        "5,Gus,gus@example.org,more\n"
        "6,Hal\n",
    )
    assert list(found.students) == ["1", "2", "6"]
    path = tmp_path / "class.csv"
    assert problems(found) == [
        f"{path}, line 10: 4 columns, but the header has 3; put a value with a separator in it into quotes"
    ] + [
        f"{path}, line {line}: {said}; the line was left out"
        for line, said in (
            (4, "1 is already in line 2"),
            (5, "nothing in column id"),
            (8, "../3 can't be the name of a folder: no slashes, control characters or leading dot"),
            (9, "ADA@example.org is already in line 2"),
        )
    ]


BROKEN: dict[str, str | bytes | None] = {
    "there is no file": None,
    "is empty": "",
    "class.csv, line 2: no column holds the students' ids": "\nname,grade\nAda,1\n",
    "it has: name, grade": "name,grade\nAda,1\n",
    "class.csv, line 1: the columns id and ID mean the same": "id,ID\n1,2\n",
    "class.csv, line 3: can't be read as CSV": 'id,name\n1,Ada\n2,"Bob\n',
    "class.csv, line 2: a character with code 0": "id,name\n1,A\0da\n",
    "class.csv, line 2: this is text neither": b"id,name\n1,\xff\xff\xff\n",
    "is a spreadsheet": b"PK\x03\x04...",
    "lists no student. ": "id,name\n",
    "line 2: nothing in column id": "id,name\n,Ada\n",
}


@pytest.mark.parametrize("says", BROKEN)
def test_a_roster_that_can_not_be_read(says: str, tmp_path: Path) -> None:
    content = BROKEN[says]
    with pytest.raises(UsageError) as error:
        if content is None:
            read_roster(tmp_path / "class.csv")
        else:
            roster(tmp_path, content)
    assert says in render(error.value.message, "en")


@pytest.mark.parametrize("says", [says for says, content in BROKEN.items() if content is not None][1:4])
def test_the_command_ends_with_2_before_anything_is_written(says: str, tmp_path: Path) -> None:
    content = BROKEN[says]
    (tmp_path / "class.csv").write_text(str(content), "utf-8")
    source = export(tmp_path / "export.zip", {moodle("Ada", 1): RIGHT})
    done = grade_score(source, "--out", tmp_path / "out", "--roster", tmp_path / "class.csv", status=2)
    assert says in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_class_is_graded_by_what_can_be_read_of_its_roster(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_bytes("学号;姓名\n1;王小明\n1;李雷\n;韩梅梅\n2;未交\n".encode("gbk"))
    source = export(tmp_path / "submitted", {f"1/exercise03/{NAME}": RIGHT, f"李雷/exercise03/{NAME}": RIGHT})
    done = grade_score(source, "--out", tmp_path / "out", "--roster", tmp_path / "class.csv")
    assert notes(tmp_path / "out") == {"1": "", "2": "nothing handed in", "李雷": "not in the roster"}
    assert "line 3: 1 is already in line 2; the line was left out" in done.stdout
    assert "line 4: nothing in column 学号; the line was left out" in done.stdout
    assert "was read as GB18030 (GBK)" in done.stdout
    assert "Graded, although the roster does not tell who it is: 李雷" in done.stdout


@pytest.mark.slow
def test_who_handed_in_nothing_is_counted_apart(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("id,name\n1,Ada\n2,Bo\n3,Cy\n", "utf-8")
    source = export(tmp_path / "submitted", {f"1/exercise03/{NAME}": RIGHT, f"3/exercise03/{NAME}": "def f("})
    done = grade_score(source, "--out", tmp_path / "out", "--roster", tmp_path / "class.csv")
    assert "Submissions: 2; graded: 1; with an error or a limit: 1." in done.stdout
    assert "Nothing was handed in: 1; they are in scores.csv, too" in done.stdout
