"""`--gradebook` into a real PostgreSQL: a cluster of the test's own, on a socket in a temporary folder."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.nbgrader.address import read_address
from grader.nbgrader.database import check_database
from tests.nbgrader.gradebooks import (
    COMMENTS,
    COURSE,
    GRADES,
    RIGHT,
    WRONG,
    exported,
    grade,
    hand_in,
    nbgrader,
    scored_class,
    started,
)
from tests.postgresql import PASSWORD, Server, cluster

pytestmark = pytest.mark.slow
BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture(scope="module")
def socket() -> Iterator[Path]:
    with cluster() as folder:
        yield folder


@pytest.fixture
def server(socket: Path, request: pytest.FixtureRequest) -> Server:
    return Server(socket, request.node.name.lower()[:60])


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A right and a wrong result, graded for real."""
    folder = tmp_path_factory.mktemp("results")
    hand_in(folder / "submitted", "right", RIGHT)
    hand_in(folder / "submitted", "wrong", WRONG)
    grade("score", folder / "submitted", "--out", folder / "out")
    return {name: folder / f"out/results/{name}/exercise03.json" for name in ("right", "wrong")}


def test_export_and_feedback(server: Server, tmp_path: Path) -> None:
    """All of it, through nbgrader's own programs; the password is in the environment, where it does not show."""
    hand_in(tmp_path / "submitted", "anna", RIGHT)
    (hand_in(tmp_path / "submitted", "berta 张", WRONG) / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    url = server.url("grader")
    done = grade(
        "score",
        tmp_path / "submitted",
        "--out",
        tmp_path / "out",
        "--gradebook",
        url,
        "--nbgrader-dir",
        tmp_path,
        env={"PGPASSWORD": PASSWORD},
    )
    assert "results written: 2" in done.stdout
    theirs = server.url(driver="postgresql+psycopg")
    table = exported(tmp_path, "--db", theirs)
    assert float(table["anna", "exercise03"]["score"]) == 10
    assert 0 < float(table["berta 张", "exercise03"]["score"]) < 10
    assert table["berta 张", "exercise03"]["timestamp"] == "2026-01-02 03:04:05"
    nbgrader(tmp_path, "generate_feedback", "exercise03", "--db", theirs)
    page = (tmp_path / "feedback/berta 张/exercise03/sigmoid_derivative.html").read_text("utf-8")
    assert "Probably this mistake" in page


def test_manual_scores_are_kept(server: Server, results: dict[str, Path], tmp_path: Path) -> None:
    out = scored_class(tmp_path, {"anna": results["right"]}, "out")
    grade("record", out, "--gradebook", server.url(), "--nbgrader-dir", tmp_path)
    with server.open() as connection:
        connection.execute("UPDATE grade SET manual_score = 7, extra_credit = 2, needs_manual_grade = false")
        connection.execute("UPDATE comment SET manual_comment = 'well done'")
    shutil.copy(results["wrong"], out / "results/anna/exercise03.json")
    done = grade("record", out, "--gradebook", server.url(), "--nbgrader-dir", tmp_path)
    assert "review: anna/exercise03" in done.stdout
    [(student, auto, manual, extra, review)] = server.rows(GRADES)
    assert (student, manual, extra, review) == ("anna", 7, 2, True)
    assert 0 < float(str(auto)) < 10
    [(_, comment, manual_comment)] = server.rows(COMMENTS)
    assert "Probably this mistake" in str(comment) and manual_comment == "well done"


def test_graders_at_once_lose_nothing(server: Server, results: dict[str, Path], tmp_path: Path) -> None:
    """All make the tables, the assignment and some of the same students, and each writes its own."""
    outs = []
    for number in range(3):
        own = {f"s{number}{count:02}": results["right"] for count in range(25)}
        both = {f"both{count}": results["wrong"] for count in range(5)}
        outs.append(scored_class(tmp_path, own | both, f"out{number}"))
    words = ("--gradebook", server.url(), "--nbgrader-dir", tmp_path)
    running = {out: started("record", out, *words, told=out / "told") for out in outs}
    assert [(one.wait(120), (out / "told").read_text("utf-8")) for out, one in running.items()] == [(0, "")] * 3
    found = server.rows(GRADES)
    assert len({row[0] for row in found}) == len(found) == 3 * 25 + 5
    assert {row[1] for row in found if str(row[0]).startswith("s")} == {10.0}
    assert len(server.rows(COMMENTS)) == len(found)
    assert server.rows("SELECT count(*) FROM alembic_version") == [(1,)]


def test_a_student_added_by_someone_else_in_between(server: Server, results: dict[str, Path], tmp_path: Path) -> None:
    """nbgrader itself knows nothing of our lock: what it commits first is met again, and found."""
    grade(
        "record",
        scored_class(tmp_path, {"anna": results["right"]}, "first"),
        "--gradebook",
        server.url(),
        "--nbgrader-dir",
        tmp_path,
    )
    out = scored_class(tmp_path, {"berta": results["right"], "carl": results["right"]}, "out")
    with server.open() as other:
        other.execute("INSERT INTO student (id, first_name) VALUES ('berta', 'Berta')")
        words = ("--gradebook", server.url(), "--nbgrader-dir", tmp_path)
        running = started("record", out, *words, told=tmp_path / "told")
        while server.rows(BLOCKED) == [(0,)]:
            assert running.poll() is None
            time.sleep(0.05)
        other.commit()
        assert (running.wait(120), (tmp_path / "told").read_text("utf-8")) == (0, "")
    assert [row[0] for row in server.rows(GRADES)] == ["anna", "berta", "carl"]
    assert server.rows("SELECT first_name FROM student WHERE id = 'berta'") == [("Berta",)]


def refused(url: str) -> str:
    with pytest.raises(UsageError) as caught:
        check_database(read_address(url, str(COURSE)))
    assert PASSWORD not in str(caught.value), "a password must not be shown"
    return str(caught.value)


def test_what_keeps_it_from_being_written(server: Server) -> None:
    assert "refused the user or the password" in refused(server.url("grader:wrong"))
    assert "refused the user or the password" in refused(server.url("grader"))
    assert 'database "none" does not exist' in refused(server.url(name="none"))
    with server.open() as connection:
        connection.execute("CREATE USER reader PASSWORD 'reads'")
    assert "may not be written by you" in refused(server.url("reader:reads"))
    check_database(read_address(server.url(), str(COURSE)))
    assert server.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []
    with server.open() as connection:
        connection.execute("CREATE TABLE bookmark (id INTEGER)")
    assert "another program" in refused(server.url())


def test_another_grader_holds_it(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.nbgrader.database.LOCK_SECONDS", 1)
    with server.open() as other:
        other.execute("SELECT pg_advisory_xact_lock(x'67726164652d646c'::bigint)")
        assert "is in use" in refused(server.url())
    check_database(read_address(server.url(), str(COURSE)))
