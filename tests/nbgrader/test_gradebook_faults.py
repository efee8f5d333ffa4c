"""Gradebooks that can't be written: a sentence before anything is graded, or afterwards the way to write them later."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.installing import extra_command
from grader.nbgrader.address import read_address
from grader.nbgrader.database import check_database
from tests.nbgrader.gradebooks import COURSE, GRADES, RIGHT, command, grade, hand_in, rows

#: Runs `check_database` on the gradebook that is named, as whoever runs it.
CHECK = """
import sys
from grader.errors import UsageError
from grader.nbgrader.address import read_address
from grader.nbgrader.database import check_database
try:
    check_database(read_address(sys.argv[1], sys.argv[2]))
except UsageError as error:
    print(error)
"""


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    hand_in(tmp_path / "submitted", "anna", RIGHT)
    return tmp_path / "submitted"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook with one student in it."""
    folder = tmp_path_factory.mktemp("made")
    hand_in(folder / "submitted", "anna", RIGHT)
    grade("score", folder / "submitted", "--out", folder / "out", "--gradebook", folder / "gradebook.db")
    return folder / "gradebook.db"


@pytest.fixture
def gradebook(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


def refused(address: str | Path, nbgrader_dir: str | Path | None = None) -> str:
    """The sentence of a gradebook that is refused."""
    with pytest.raises(UsageError) as caught:
        check_database(read_address(str(address), None if nbgrader_dir is None else str(nbgrader_dir)))
    return str(caught.value)


def test_it_is_refused_before_anything_is_graded(submitted: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, and long enough to be none" * 50)
    done = grade("score", submitted, "--out", tmp_path / "out", "--gradebook", tmp_path / "notes.txt", status=2)
    sentence = f"{tmp_path}/notes.txt is no gradebook: it is not an SQLite database, or a damaged one."
    assert done.stderr == f"grade: {sentence}\n"
    assert not (tmp_path / "out").exists()
    done = grade(
        "score", submitted, "--out", tmp_path / "out", "--gradebook", tmp_path / "notes.txt", status=2, lang="zh-CN"
    )
    assert "不是成绩册" in done.stderr


def test_without_nbgrader(submitted: Path, tmp_path: Path) -> None:
    """As where the extra is not installed: there, the import system finds no such module."""
    program = "import sys; sys.modules['nbgrader'] = None; from grader.cli.main import main; main()"
    words = command("score", submitted, "--out", tmp_path / "out", "--gradebook", "gradebook.db", "--lang", "en")[3:]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert f"(the extra instructor): {extra_command('instructor')}\n" in done.stderr
    assert not (tmp_path / "out").exists()


def test_values_that_name_no_gradebook(tmp_path: Path) -> None:
    assert f"is a folder; name the file: {tmp_path}/gradebook.db" in refused(tmp_path)
    assert "names no file" in refused("sqlite://")
    assert "names no file" in refused("sqlite:///:memory:")
    assert "names no file" in refused("")
    assert "can't be understood" in refused("nonsense://x")
    assert "can't be understood" in refused("postgresql://u@h:port/x")
    assert "pip install cx_Oracle" in refused("oracle+cx_oracle://u@h/x")
    assert "there is no folder" in refused(tmp_path / "none/gradebook.db")
    assert "--nbgrader-dir: there is no folder" in refused(tmp_path / "gradebook.db", tmp_path / "none")
    assert not list(tmp_path.iterdir()), "looking must not make anything"


def test_nbgrader_dir_alone(submitted: Path, tmp_path: Path) -> None:
    done = grade("score", submitted, "--out", tmp_path / "out", "--nbgrader-dir", tmp_path, status=2)
    assert "--nbgrader-dir goes with --gradebook" in done.stderr


def test_record_needs_a_gradebook_and_results(tmp_path: Path) -> None:
    assert "Which gradebook?" in grade("record", tmp_path, status=2).stderr
    done = grade("record", tmp_path, "--gradebook", tmp_path / "gradebook.db", status=2)
    assert "holds no results of grade score" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_newer_schema(gradebook: Path) -> None:
    change(gradebook, "UPDATE alembic_version SET version_num = 'ffffffffffff'")
    before = gradebook.read_bytes()
    assert "made by a newer nbgrader (its schema is ffffffffffff)" in refused(gradebook)
    assert gradebook.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "older", ["UPDATE alembic_version SET version_num = '724cde206c17'", "DROP TABLE alembic_version"]
)
def test_an_older_schema(gradebook: Path, older: str) -> None:
    change(gradebook, older)
    assert "nbgrader db upgrade" in refused(gradebook)


def test_the_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    change(path, "CREATE TABLE bookmark (id INTEGER)")
    assert "another program" in refused(path)
    assert rows(path, "SELECT name FROM sqlite_master") == [("bookmark",)]


@pytest.mark.slow
def test_an_empty_file_is_filled_in(submitted: Path, tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").touch()
    grade("score", submitted, "--out", tmp_path / "out", "--gradebook", tmp_path / "gradebook.db")
    assert rows(tmp_path / "gradebook.db", GRADES) == [("anna", 10.0, None, None, 0)]


def as_whom_permissions_bind(*words: str | Path) -> str:
    """`CHECK` as this user, or as root without the right to overrule permissions."""
    bound = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    return subprocess.run(
        [*bound, sys.executable, "-c", CHECK, *words],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=COURSE,
    ).stdout


@pytest.mark.slow
def test_read_only(gradebook: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    gradebook.chmod(0o444)
    assert "may not be written by you" in as_whom_permissions_bind(gradebook, mine)
    gradebook.parent.chmod(0o555)
    try:
        assert "may not be written by you" in as_whom_permissions_bind(tmp_path / "new.db", mine)
        assert "graded notebooks go into autograded/" in as_whom_permissions_bind(gradebook, tmp_path)
    finally:
        gradebook.parent.chmod(0o755)


def test_unreachable() -> None:
    said = refused("postgresql://someone:secret@127.0.0.1:1/grades", COURSE)
    assert "can't be reached" in said and "Is the server running" in said
    assert "secret" not in said and "someone:***@127.0.0.1:1" in said


@pytest.mark.slow
def test_locked(gradebook: Path) -> None:
    address = f"sqlite:///{gradebook}?timeout=1"
    with Locked(gradebook):
        assert "is in use: another program has been writing into it for more than 1 s" in refused(address)
    check_database(read_address(address, None))


@pytest.mark.slow
def test_what_breaks_after_grading_keeps_the_results_and_says_how_to_write_them(
    submitted: Path, gradebook: Path, tmp_path: Path
) -> None:
    hand_in(submitted, "berta", RIGHT)
    out = tmp_path / "out"
    words = command("score", submitted, "--out", out, "--gradebook", f"sqlite:///{gradebook}?timeout=1", "--lang", "en")
    running = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while not (out / "run.json").exists():  # the gradebook was looked at, and nothing is graded yet
        assert running.poll() is None
        time.sleep(0.01)
    with Locked(gradebook):
        said, complaint = running.communicate(timeout=120)
    assert running.returncode == 4
    assert "Scores:" in said and "is in use" in complaint and "Nothing was written into the gradebook" in complaint
    assert rows(gradebook, GRADES) == [("anna", 10.0, None, None, 0)]
    again = shlex.split(complaint.strip().splitlines()[-1].partition("grade record ")[2])
    grade("record", *again)
    assert [row[0] for row in rows(gradebook, GRADES)] == ["anna", "berta"]


class Locked:
    """Another program in the middle of writing."""

    def __init__(self, gradebook: Path) -> None:
        self.connection = sqlite3.connect(gradebook, isolation_level=None)

    def __enter__(self) -> None:
        self.connection.execute("BEGIN EXCLUSIVE")

    def __exit__(self, *args: object) -> None:
        self.connection.execute("ROLLBACK")
        self.connection.close()


def change(database: Path, statement: str) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute(statement)
    connection.close()
