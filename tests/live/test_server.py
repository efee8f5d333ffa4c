"""The server of `grade open`: whom it answers, and that what it shows is the last save's."""

from __future__ import annotations

import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.learner import journal_path
from grader.installing import extra_command
from tests.forked import run_forked
from tests.live.opened import OTHER, RIGHT, ROOT, WRONG, Opened, learners_folder, opened, save
from tests.tiny import DOUBLING, exercise_toml, tiny_course

_CHECKS = """
from grader.checks import check


@check(points=1, title="doubles")
def test_double(compare):
    compare("double", 3)
"""
DOUBLING_EXERCISE = {"exercise.toml": exercise_toml("doubling", 1), "reference.py": DOUBLING, "checks.py": _CHECKS}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = learners_folder(tmp_path_factory.mktemp("live") / "learner")
    with opened(folder, "3") as started:
        yield started


def scores(page: str) -> str:
    """The sentence above the statement."""
    found = re.search(r'<p id="status" role="status">(.*?)</p>', page)
    assert found
    return found[1]


@pytest.mark.slow
def test_the_address_is_exchanged_for_a_cookie(server: Opened) -> None:
    path = server.address.partition(f":{server.port}")[2]
    answer = server.ask(path, cookie="")
    assert re.search(r"; HttpOnly; Path=/; SameSite=strict$", answer.headers["Set-Cookie"])
    assert answer.status == 200 and 'content="0;url=exercise03.html"' in answer.text
    for wrong in (path[:-30], path.replace("token=", "token=x"), "/?token=", "/?token=%ff", "/", "/?page=../x"):
        assert server.ask(wrong, cookie="").status == 403
    hostile = server.ask(re.sub("page=.*", "page=http://evil.example/", path), cookie="")
    assert "evil" not in hostile.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:{port}"}, 200),
        ({"Host": "localhost:{port}", "Origin": "http://localhost:{port}"}, 200),
        ({"Host": "evil.example:{port}"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Host": ""}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "https://127.0.0.1:{port}"}, 403),
    ],
)
def test_only_this_machines_own_page_is_answered(server: Opened, headers: dict[str, str], status: int) -> None:
    filled = {name: value.format(port=server.port) for name, value in headers.items()}
    for path in ("/exercise03.html?renewed", "/style.css"):
        answer = server.ask(path, **filled)
        assert answer.status == status
        assert status == 200 or answer.text == "To see this page, open the address that grade open printed."
        told = answer.headers
        assert (told["Cache-Control"], told["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert told["X-Content-Type-Options"] == "nosniff" and "default-src 'none'" in told["Content-Security-Policy"]
        assert "unsafe" not in told["Content-Security-Policy"]


@pytest.mark.slow
def test_nothing_is_told_without_the_cookie_and_nothing_is_taken(server: Opened) -> None:
    odd = 'a="\x01; b=é; ;;=; '
    assert server.ask("/index.html", cookie=odd + server.cookie).status == 200
    for cookie in ("", "x=y", server.cookie[:-1], server.cookie + "x", f"grade-open-{server.port}="):
        for path in ("/index.html", "/exercise03.html", "/events", "/style.css", "/live.js", "/nothing"):
            assert server.ask(path, cookie=cookie).status == 403
    for method in ("POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"):
        assert server.ask("/index.html", method).status == 405


@pytest.mark.slow
def test_no_other_file_can_be_had(server: Opened) -> None:
    for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/exercise99.html", "/.grade"):
        answer = server.ask(path)
        assert (answer.status, answer.text) == (404, "There is no such page.")
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.sendall(b"\x16\x03\x01 not HTTP\r\n\r\n")
        assert b"400" in raw.recv(100)
    assert server.page()


@pytest.mark.slow
def test_of_ten_saves_in_a_second_the_last_one_counts(server: Opened) -> None:
    server.until(lambda page: "Grading" not in scores(page))
    with server.states() as states:
        first = next(states)["number"]
        for number in range(9):
            save(server.file, WRONG + f"\n# {number}\n")
        save(server.file, RIGHT)
        page = server.until(lambda page: "10 of 10" in scores(page))
        assert "Complete: 1 of 37" in scores(page)
        numbers = [first]
        while f'data-number="{numbers[-1]}"' not in page:
            numbers.append(next(states)["number"])
    assert numbers == sorted(numbers) and numbers[-1] - first <= 10
    index = server.page("index.html")
    assert "10 / 10, complete" in index and "Complete: 1 of 37" in scores(index)


@pytest.mark.slow
def test_both_languages_say_the_same(server: Opened) -> None:
    save(server.file, WRONG)
    server.until(lambda page: "4 of 10" in scores(page))
    chinese = server.page("exercise03.zh-CN.html")
    assert '<html lang="zh-CN">' in chinese and "多半是" in chinese
    visible = re.sub(r"<(script|pre|code|math)[^>]*>.*?</\1>|<[^>]+>", " ", chinese, flags=re.DOTALL)
    assert not re.search(r"Probably|passed|failed|expected|Hint|Verdict|Complete", visible)


@pytest.mark.slow
def test_it_goes_where_the_learner_goes(server: Opened) -> None:
    path = server.folder / OTHER.id / f"{OTHER.slug}.py"
    save(path, path.read_text("utf-8") + "\n# saved\n")
    page = server.until(lambda page: "Score: 0 of" in scores(page), "exercise04.html")
    assert "Another exercise" not in page
    page = server.page()
    assert "Another exercise is graded now:" in page and 'href="exercise04.html"' in page
    assert server.ask("/exercise03.html").status == 200
    server.until(lambda page: "Another exercise" not in page)
    # One that this learner does not have.
    assert server.ask("/exercise05.html").status == 200
    missing = "dense_layer.py is missing. To have it again as it was handed out: grade reset exercise05"
    page = server.until(lambda page: missing in page, "exercise05.html")
    assert scores(page).startswith("not graded")
    assert server.ask("/exercise03.html").status == 200
    server.until(lambda page: "Another exercise" not in page)


@pytest.mark.slow
def test_what_is_wrong_with_the_file_or_the_record_is_told_without_a_path(server: Opened) -> None:
    def told(text: str) -> None:
        page = server.until(lambda page: text in page)
        assert str(server.folder) not in page and str(ROOT) not in page and "Traceback" not in page

    record = journal_path(server.folder)
    newer = b'{"exercise":"exercise03","attempts":4,"newer":{"a":[1]}}\n'
    record.write_bytes(newer + b"damaged\n")
    save(server.file, WRONG + "\n# once more\n")
    told("Some of .grade/record.jsonl could not be read")
    assert record.read_bytes().startswith(newer)
    save(server.file, "def sigmoid(x:\n")
    told("the ( here is never closed")
    save(server.file, "raise ValueError(__file__)\n")
    told("ValueError")
    server.file.unlink()
    told("is missing. To have it again")
    server.file.mkdir()
    told("sigmoid_derivative.py")
    server.file.rmdir()
    record.unlink()
    record.mkdir()
    save(server.file, WRONG)
    told(".grade can&#39;t remember this")
    record.rmdir()
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    save(server.file, WRONG + "\n# on a full disk\n")
    told("exercise03 can&#39;t be graded now:")
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    save(server.file, WRONG)
    told("Probably this mistake")


@pytest.mark.slow
def test_outside_a_learners_folder_it_says_what_to_do_and_ends_cleanly(tmp_path: Path) -> None:
    course = tiny_course(tmp_path / "course", {"exercise01": DOUBLING_EXERCISE})
    (folder := tmp_path / "work").mkdir()
    with opened(folder, "--course", str(course), cold=True) as started:
        page = started.until(lambda page: "There is no doubling.py in the folder" in page, "exercise01.html")
        assert "nothing is remembered here: grade init makes one" in page and str(tmp_path) not in page
        save(folder / "doubling.py", DOUBLING)
        started.until(lambda page: "1 of 1" in scores(page), "exercise01.html")
        port = started.port
        busy = run_forked("grader", "open", "--no-browser", "--port", str(port), cwd=tmp_path)
        assert busy.returncode == 2 and f"Port {port} can't be used: " in busy.stderr
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("exercise99",), "exercise99"),
        (("--port", "0"), "--port takes a number from 1 to 65535, not 0."),
        (("--port", "http"), "--port takes a number from 1 to 65535, not http."),
        (("3", "4"), "`4` is one word too many here"),
    ],
)
def test_bad_use(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    environ = {**os.environ, "GRADE_COURSE": str(ROOT), "GRADE_LANG": "en", "PYTHONPATH": str(ROOT)}
    done = run_forked("grader", "open", "--no-browser", *words, cwd=tmp_path, env=environ)
    assert done.returncode == 2 and told in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("open",), ("generate", "--out", "x", "--as", "site")])
def test_without_the_extra(words: tuple[str, ...], tmp_path: Path) -> None:
    program = (
        "import importlib.util as util\nreal = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'latex2mathml' else real(name, *rest)\n"
        "from grader.cli.main import main\nmain()\n"
    )
    environ = {**os.environ, "GRADE_COURSE": str(ROOT), "GRADE_LANG": "en", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", program, *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environ, check=False)
    told = f"latex2mathml, not installed here (the extra page): {extra_command('page')}"
    assert done.returncode == 2 and told in done.stderr
    assert list(tmp_path.iterdir()) == []
