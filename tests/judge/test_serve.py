"""`grade serve --stdio`: the real command; where something is graded, with real scorers and confined workers."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from grader.course.find import find_course, find_exercise
from grader.judge.messages import MOST_BYTES, read_request, refusal
from grader.judge.outbox import Outbox
from grader.judge.serve import Settings, serve
from grader.judge.slot import Graded
from grader.judge.work import Work
from grader.report.feedback import feedback
from grader.result import read_result
from grader.text import say
from tests.forked import run_forked
from tests.scoring.test_score import NAME, RIGHT, WRONG, grade_score, hand_in
from tests.tiny import DOUBLING, exercise_toml, tiny_course

COURSE = Path(__file__).parents[2]
WORDS = ("serve", "--stdio", "--course", str(COURSE), "--lang", "en")
COMMAND = [sys.executable, "-m", "grader", *WORDS]
EXERCISE = "exercise03"
#: Of address space, for a process with no scorer: far less than a line of a gigabyte.
MEMORY_KB = 800_000


def served(folder: Path, lines: list[object], *words: str) -> tuple[int, list[Any], str]:
    """The status, the answers and standard error. lines: objects, or bytes as they are."""
    requests = folder / "requests.jsonl"
    requests.write_bytes(
        b"".join((one if isinstance(one, bytes) else json.dumps(one).encode()) + b"\n" for one in lines)
    )
    done = run_forked("grader", *WORDS, *words, stdin=requests)
    return done.returncode, list(map(json.loads, done.stdout.splitlines())), done.stderr


def test_what_is_no_request_is_told_on_its_line(tmp_path: Path) -> None:
    long = b'{"text": "' + b"x" * MOST_BYTES + b'"}'
    bad: list[tuple[object, str]] = [
        (b"garbage", "malformed"),
        (b"", "no request"),
        (b'{"id": 2, "exercise": "\xff"}', "can't decode"),
        (b'{"text": "\\ud800x", "exercise": "3"}', "no request"),
        (b"[" * 100_000, "no request"),
        (long, "16 MiB"),
        ({"id": 7, "text": RIGHT}, "missing required field `exercise`"),
        ({"id": "b", "exercise": "3", "text": RIGHT, "sead": 1}, "sead"),
        ({"exercise": "3", "text": RIGHT, "seed": -1}, "seed"),
        ({"exercise": "x" * 201, "text": RIGHT}, "no request"),
        ({"id": 10, "exercise": "nothing", "text": RIGHT}, "nothing"),
        ({"exercise": "exercise12", "text": RIGHT}, "not served here"),
        ({"exercise": "3", "text": RIGHT, "language": "xx"}, "zh-CN"),
        ({"exercise": "3", "text": RIGHT, "language": "x" * (1 << 20)}, "zh-CN"),
        ({"exercise": "3"}, 'either "text"'),
        ({"exercise": "3", "text": "", "files": {}}, 'either "text"'),
        ({"exercise": "3", "files": {}}, "Which file"),
        ({"exercise": "3", "files": {NAME: RIGHT, NAME[:-2] + "ipynb": "{}"}}, "Which file"),
        ({"exercise": "3", "files": {f"{number}.py": "" for number in range(101)}}, "at most 100"),
        *(
            ({"exercise": "3", "files": {NAME: RIGHT, name: ""}}, "no name for a file")
            for name in ("", "../up.py", "/etc/x.py", "a\0.py", f"{NAME}/b.py", "a/b/c/d/e.py", "x" * 256)
        ),
    ]
    status, answers, _ = served(tmp_path, [line for line, _ in bad], EXERCISE, "--in-order")
    assert status == 2
    assert [one["line"] for one in answers] == list(range(1, len(bad) + 1))
    for (line, says), answer in zip(bad, answers, strict=True):
        assert answer["error"]["kind"] == "request" and says in answer["error"]["message"]["en"], (line, answer)
        assert len(json.dumps(answer)) < 4000, "a client's text is not sent back at any length"
        assert set(answer["error"]["message"]) == {"en", "zh-CN"}
        assert answer["id"] == (line.get("id") if isinstance(line, dict) else 2 if b'"id"' in line else None)


@pytest.mark.slow
def test_a_line_of_a_gigabyte_and_many_lines_take_no_memory(tmp_path: Path) -> None:
    requests, count = tmp_path / "requests", 20_000
    with requests.open("wb") as file:
        file.truncate(1 << 30)  # sparse: zeros, and no line break
        file.seek(0, os.SEEK_END)
        file.write(b"\n" + b"{}\n" * count)
    limited = ["bash", "-c", f'ulimit -v {MEMORY_KB}; exec "$@"', "bash", *COMMAND]
    with requests.open("rb") as file, (tmp_path / "answers").open("wb") as answers:
        assert subprocess.run(limited, stdin=file, stdout=answers, check=False).returncode == 2
    told = (tmp_path / "answers").read_bytes().splitlines()
    assert len(told) == 1 + count and b"16 MiB" in told[0] and json.loads(told[-1])["line"] == 1 + count


def test_a_client_that_goes_is_noticed_although_there_is_nothing_to_write() -> None:
    process = started()
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write(b"{}\n")
    assert process.stdout.read(1) == b"{"
    process.stdout.close()
    assert process.wait() == 141  # while its standard input is still open
    assert "stopped before its end" in process.stderr.read().decode()
    process.stdin.close()
    process.stderr.close()


class Stuck:
    """In the place of a slot: what it gets takes until it is stopped."""

    def __init__(self, *_: object, **__: object) -> None:
        self.stopped = threading.Event()

    def grade(self, work: Work) -> Graded:
        self.stopped.wait()
        raise AssertionError

    def stop(self) -> None:
        self.stopped.set()


def test_requests_are_read_no_faster_than_they_are_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.judge.serve.Slot", Stuck)
    course = find_course(COURSE)
    (requests, to_send), (to_read, answers) = os.pipe(), os.pipe()
    served = {EXERCISE: find_exercise(course, EXERCISE)}
    with ThreadPoolExecutor() as pool:
        running = pool.submit(serve, requests, answers, course=course, exercises=served, settings=Settings(1, jobs=2))
        os.set_blocking(to_send, False)
        poll = select.poll()
        poll.register(to_send, select.POLLOUT)
        request, sent = json.dumps({"exercise": "3", "text": RIGHT}).encode() + b"\n", 0
        try:
            while poll.poll(500):
                sent += os.write(to_send, request)
                assert sent < 1 << 20, "requests pile up"
        finally:
            os.close(to_read)  # it ends then
        with pytest.raises(BrokenPipeError):
            running.result()
    for descriptor in (requests, to_send, answers):
        os.close(descriptor)


def started(*words: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen([*COMMAND, *words], stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0)


@pytest.mark.parametrize(
    ("words", "says"), [(("serve",), "--stdio"), (("serve", "--stdio", "exercise99"), "exercise99")]
)
def test_wrong_use(words: tuple[str, ...], says: str) -> None:
    done = run_forked("grader", *words, "--course", COURSE, "--lang", "en")
    assert done.returncode == 2 and says in done.stderr and not done.stdout


def test_streams_that_can_not_be_used(tmp_path: Path) -> None:
    with (tmp_path / "written").open("wb") as unreadable:
        run = subprocess.run(COMMAND, stdin=unreadable, capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (2, b"grade: The requests can't be read: Bad file descriptor\n")
    with open("/dev/full", "wb") as full:
        run = subprocess.run(COMMAND, input=b"{}\n", stdout=full, stderr=subprocess.PIPE, check=False)
    assert (run.returncode, run.stderr) == (2, b"grade: The answers can't be written: No space left on device\n")


def test_it_can_be_stopped() -> None:
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write(b"{}\n")
    process.stdin.flush()
    assert process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate()
    assert (process.returncode, errors) == (130, b"grade: Stopped; requests answered: 1\n")


def test_answers_in_the_order_of_the_requests() -> None:
    reader, writer = os.pipe()
    outbox = Outbox(writer, 3, in_order=True)
    for line in (3, 1, 2):
        outbox.expect()
        outbox.put(refusal(line, None, say("Stopped before the end; nothing was graded.")))
    outbox.wait_for_all()
    os.close(writer)
    with open(reader, "rb") as answers:
        assert [json.loads(line)["line"] for line in answers] == [1, 2, 3]


@pytest.mark.slow
def test_a_check_that_fails_by_itself_is_the_graders_fault(tmp_path: Path) -> None:
    check = (
        "from grader.checks import check\n\n\n@check(points=1, title='Double')\ndef test_double(compare):\n    1 / 0\n"
    )
    files = {
        "exercise.toml": exercise_toml("doubling", 1),
        "reference.py": DOUBLING,
        "mistakes.py": "",
        "checks.py": check,
    }
    course = tiny_course(tmp_path / "course", {"exercise01": files})
    asked = {"exercise": "1", "text": DOUBLING, "id": 1}
    status, [answer], _ = served(tmp_path, [asked], "-j", "1", "--course", str(course))
    assert (status, answer["result"]["status"]) == (4, "grader_error")


@pytest.mark.slow
def test_unconfined_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADE_WORKER", "plain")
    asked = {"exercise": "3", "text": RIGHT, "id": 1}
    status, [answer], errors = served(tmp_path, [asked], EXERCISE, "-j", "1")
    assert (status, answer["id"], answer["error"]["kind"]) == (4, 1, "grader")
    assert "--allow-unconfined" in answer["error"]["message"]["en"] and "--allow-unconfined" in errors


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> dict[object, Any]:
    """Answers to many kinds of work, by id."""
    helped = RIGHT.replace("import torch\n", "import torch\nfrom helpers import one\n", 1).replace(
        "(1 - s)", "(one - s)"
    )
    requests = [
        {"id": "right", "exercise": "3", "text": RIGHT},
        {"id": "wrong", "exercise": EXERCISE, "text": WRONG, "language": "zh-CN"},
        {"id": "syntax", "exercise": EXERCISE, "text": "def sigmoid(x:\n"},
        {"id": "ends", "exercise": EXERCISE, "text": "import os\nos._exit(0)\n"},
        {"id": "files", "exercise": "sigmoid_derivative", "files": {NAME: helped, "helpers.py": "one = 1\n"}},
        {"id": "alone", "exercise": "3", "files": {"my answer.py": helped}},
        {"id": "seed", "exercise": "3", "text": WRONG, "seed": 8},
        {"id": "again", "exercise": "3", "text": WRONG},
    ]
    status, answers, errors = served(tmp_path_factory.mktemp("session"), requests, EXERCISE, "-j", "2", "--seed", "7")
    assert (status, errors) == (0, "")
    assert sorted(one["line"] for one in answers) == list(range(1, len(requests) + 1))
    return {one["id"]: one for one in answers}


@pytest.mark.slow
def test_every_submission_gets_its_own_result(session: dict[object, Any]) -> None:
    results = {name: answer["result"] for name, answer in session.items()}
    assert {name: one["status"] for name, one in results.items() if one["status"] != "graded"} == {
        "syntax": "error",
        "ends": "error",
    }
    assert results["right"]["passed"] and results["files"]["passed"] and not results["alone"]["passed"]
    assert results["seed"]["seed"] == 8 and results["again"]["seed"] == 7
    assert results["seed"]["checks"] != results["again"]["checks"]
    assert results["again"]["fingerprint"] == results["wrong"]["fingerprint"]
    assert results["alone"]["submission"] == "my answer.py"


@pytest.mark.slow
def test_feedback_is_the_learners_view_in_the_language_asked_for(session: dict[object, Any]) -> None:
    result = read_result(json.dumps(session["wrong"]["result"]).encode())
    assert session["wrong"]["feedback"] == feedback(result, "zh-CN")
    assert "feedback" not in session["right"]


@pytest.mark.slow
def test_results_are_those_of_grade_score(session: dict[object, Any], tmp_path: Path) -> None:
    works = {"right": RIGHT, "wrong": WRONG, "syntax": "def sigmoid(x:\n"}
    for name, text in works.items():
        hand_in(tmp_path / "submitted", name, {NAME: text})
    grade_score(tmp_path / "submitted", "--out", tmp_path / "out", "--seed", "7", "-j", "1")
    for name in works:
        scored = json.loads((tmp_path / f"out/results/{name}/{EXERCISE}.json").read_bytes())
        # Where the file lay is another place, and so is the fingerprint.
        other = {"seconds": 0, "submission": NAME, "fingerprint": ""}
        assert scored | other == session[name]["result"] | other


@pytest.mark.slow
def test_the_reward_of_the_documents(session: dict[object, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (fenced((COURSE / "docs" / page).read_text("utf-8")) for page in ("judge.md", "judge.zh-CN.md"))
    assert first == second
    monkeypatch.syspath_prepend(COURSE / "examples/judge")
    names: dict[str, Any] = {}
    exec(first["python"], names)
    told = [session["right"], session["wrong"], {"error": {"kind": "grader"}}]
    judge = Recorded([{**answer, "id": number} for number, answer in enumerate(told)])
    assert names["rewards"](judge, [RIGHT, WRONG, "loops"], 5) == [1.0, 0.6, None]
    assert [(one["text"], one["seed"]) for one in judge.asked] == [(RIGHT, 5), (WRONG, 5), ("loops", 5)]
    for line in first["json"].splitlines():
        read_request(line.encode())


def fenced(page: str) -> dict[str, str]:
    """The first block of each language."""
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return dict(reversed(blocks))


class Recorded:
    """In the place of a client: answers that a judge gave."""

    def __init__(self, told: list[dict[str, Any]]) -> None:
        self.told = told
        self.asked: list[dict[str, Any]] = []

    def answers(self, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self.asked = requests
        return self.told
