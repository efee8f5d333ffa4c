"""The warm server, as a learner meets it: the command twice, its result, its terminal, and everything that breaks.

The server is never root's; tests that run as root say GRADE_WARM=always.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.warm import place
from grader.warm.key import THREADS
from tests.forked import run_forked

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests/submissions/exercise03"
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a warm server"),
    pytest.mark.usefixtures("packages_stay"),
]

#: As the console script: `python -m` would put the working folder on the path, which makes each folder another case.
#: A busy server gets more time to answer than a learner would wait; where it took longer, the run would be a cold one.
PATIENT = "from grader.warm import client\nclient.READY_SECONDS = 5\n"
SCRIPT = f"{PATIENT}from grader.start import main\nmain()\n"
#: A submission that looks for the server, in vain.
REACHES_FOR_THE_SERVER = """
import os, socket
def attempt(what):
    try:
        return what() or "done"
    except Exception as error:
        return type(error).__name__
def reach():
    found = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    found.connect({path!r})
print("reached:", attempt(reach), attempt(lambda: os.listdir({folder!r})))
print("open:", [number for number in range(256) if attempt(lambda: os.fstat(number) and "yes") == "yes"])
"""


#: Of these tests/test_bad_input.py shows that a cold run and a forked one give the same result.
AS_FORKED = ("right.py", "syntax_error.py", "segfault.py")


def words(file: str) -> tuple[str, ...]:
    return ("3", str(FOLDER / file), "--seed", "5", "--json", "-")


def whole(run: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The result of a run, less its duration, and what else came of it."""
    found = json.loads(run.stdout)
    return {**found, "status_of_exit": run.returncode, "seconds": 0, "errors": run.stderr}


class Home:
    """A runtime folder of its own, and with it a server of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._cold: dict[str, dict[str, Any]] = {}
        folder.chmod(0o700)
        script = folder / "bin/grade"
        script.parent.mkdir()
        script.write_text(SCRIPT, "utf-8")
        self.command = [sys.executable, str(script)]
        self.environ = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(folder),
            "GRADE_WARM": "always",
            "GRADE_COURSE": str(ROOT),
            "PYTHONPATH": str(ROOT),
            "GRADE_LANG": "en",
        }

    def grade(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command, *words],
            cwd=self.folder,
            env={**self.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def result(self, file: str, **variables: str) -> dict[str, Any]:
        return whole(self.grade(*words(file), **variables))

    def cold_result(self, file: str) -> dict[str, Any]:
        """Of a run without a server, made once for each file."""
        if file not in self._cold:
            environ = {**self.environ, "GRADE_WARM": "0"}
            if file in AS_FORKED:
                self._cold[file] = whole(run_forked("grader", *words(file), cwd=self.folder, env=environ))
            else:
                self._cold[file] = self.result(file, GRADE_WARM="0")
        return self._cold[file]

    def state(self) -> dict[str, str] | None:
        """What `grade doctor` knows of the server."""
        return self.python("from grader.warm.client import state; print(json.dumps(state()))")

    def python(self, code: str) -> Any:
        run = subprocess.run(
            [sys.executable, "-c", f"{PATIENT}import json; {code}"],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(run.stdout)

    def warm(self) -> dict[str, str]:
        """The state of a server that is there in the end."""
        if self.state() is None:
            self.grade("3", str(FOLDER / "right.py"))
        end = time.monotonic() + 60
        while (found := self.state()) is None:
            assert time.monotonic() < end, "no server came"
            time.sleep(0.1)
        return found

    @property
    def socket(self) -> Path:
        return next(path for path in (self.folder / "grade-dl").iterdir() if not path.suffix)


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    # A short path: a socket's address has room for 107 bytes.
    with tempfile.TemporaryDirectory(prefix="g") as name:
        home = Home(Path(name))
        yield home
        home.grade("stop")


@pytest.mark.slow
@pytest.mark.parametrize(
    "file", ["right.py", "wrong_shape.py", "syntax_error.py", "not_implemented.py", "prints_much.py", "segfault.py"]
)
def test_results_are_those_of_a_cold_run(file: str, home: Home) -> None:
    before = home.warm()
    warm = home.result(file)
    after = home.warm()
    assert (after["pid"], int(after["runs"])) == (before["pid"], int(before["runs"]) + 1)
    assert warm == home.cold_result(file)


@pytest.mark.slow
def test_folder_environment_streams_and_language_are_the_callers(home: Home) -> None:
    runs = int(home.warm()["runs"])
    (home.folder / "sigmoid_derivative.py").write_bytes((FOLDER / "right.py").read_bytes())
    shown = home.grade("3", COLUMNS="60", GRADE_LANG="zh-CN", PYTHONIOENCODING="utf-8")
    assert shown.returncode == 0 and "得分" in shown.stdout
    missing = home.grade("3", "nowhere.py")
    assert missing.returncode == 2 and "nowhere.py" in missing.stderr and missing.stdout == ""
    assert home.grade("3", "--json", "r.json").returncode == 0
    os.umask(ours := os.umask(0))
    assert (home.folder / "r.json").stat().st_mode & 0o777 == 0o666 & ~ours
    program = shlex.join([*home.command, "3", str(home.folder / "sigmoid_derivative.py"), "--json", "s.json"])
    (home.folder / "sub").mkdir()
    command = ["sh", "-c", f"umask 077; cd sub && exec {program} 2>&1 >/dev/null"]
    assert subprocess.run(command, cwd=home.folder, env=home.environ, check=False).returncode == 0
    assert (home.folder / "sub/s.json").stat().st_mode & 0o777 == 0o600
    named = home.grade("3", "--json", "-", "--course", os.path.relpath(ROOT, home.folder), "--seed", "5")
    assert json.loads(named.stdout)["score"] == 10
    assert int(home.warm()["runs"]) == runs + 5


@pytest.mark.slow
def test_confined_worker_can_not_reach_it(home: Home) -> None:
    home.warm()
    found = home.socket
    file = home.folder / "sigmoid_derivative.py"
    source = REACHES_FOR_THE_SERVER.format(path=str(found), folder=str(found.parent))
    file.write_text(source + (FOLDER / "right.py").read_text("utf-8"), "utf-8")
    runs = int(home.warm()["runs"])
    result = json.loads(home.grade("3", str(file), "--json", "-").stdout)
    assert result["confinement"] == "landlock+seccomp"
    assert "reached: PermissionError PermissionError" in result["stdout"]
    cold = json.loads(home.grade("3", str(file), "--json", "-", GRADE_WARM="0").stdout)
    assert result["stdout"] == cold["stdout"] and "open: [0, 1, 2, " in cold["stdout"]
    assert int(home.warm()["runs"]) == runs + 1
    # Neither does a process of this user that is confined otherwise.
    code = """
import ctypes
ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
from grader.warm.client import state
print(json.dumps(state()))
"""
    assert home.python(code) is None


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_the_command_as_in_a_cold_run(number: signal.Signals, home: Home) -> None:
    pid = home.warm()["pid"]
    command = [*home.command, "3", str(FOLDER / "loops_in_python.py")]
    process = subprocess.Popen(command, cwd=home.folder, env=home.environ, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    process.send_signal(number)
    _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (130, "grade: Stopped before the end; nothing was graded.\n")
    assert home.warm()["pid"] == pid


@pytest.mark.slow
def test_killed_client_takes_its_command_with_it(home: Home) -> None:
    pid = int(home.warm()["pid"])
    command = [*home.command, "3", str(FOLDER / "loops_in_python.py")]
    process = subprocess.Popen(command, cwd=home.folder, env=home.environ, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{pid}/task/{pid}/children")
    usual = len(children.read_text().split())
    time.sleep(1)
    assert len(children.read_text().split()) == usual + 1
    process.kill()
    process.wait()
    end = time.monotonic() + 10
    while len(children.read_text().split()) > usual:
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.parametrize("trouble", ["killed", "stopped", "killed while it grades", "replaced by garbage"])
def test_broken_server_means_a_cold_run_without_a_word(trouble: str, home: Home) -> None:
    pid = int(home.warm()["pid"])
    expected = home.cold_result("wrong_shape.py")
    if trouble == "killed while it grades":
        command = [*home.command, "3", str(FOLDER / "loops_in_python.py"), "--json", "-"]
        process = subprocess.Popen(command, cwd=home.folder, env=home.environ, stdout=subprocess.PIPE)
        time.sleep(1)
        os.kill(pid, signal.SIGKILL)
        output, _ = process.communicate(timeout=60)
        assert json.loads(output)["exercise"] == "exercise03"
        return
    if trouble == "replaced by garbage":
        home.grade("stop")
        path = Path(home.python("from grader.warm import place; print(json.dumps(place.socket_path(place.folder())))"))
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(str(path))
            listener.listen()
            child = os.fork()
            if child == 0:
                try:
                    listener.accept()[0].send(b"\xff" * 1000)
                finally:
                    os._exit(0)
            assert home.result("wrong_shape.py") == expected
            os.waitpid(child, 0)
        return
    os.kill(pid, signal.SIGKILL if trouble == "killed" else signal.SIGSTOP)
    assert home.result("wrong_shape.py") == expected
    if trouble == "stopped":
        os.kill(pid, signal.SIGCONT)
        assert int(home.warm()["pid"]) == pid


@pytest.mark.slow
def test_changed_environment_ends_it_and_leaves_a_new_one(home: Home) -> None:
    pid = home.warm()["pid"]
    assert home.result("right.py", MKL_VERBOSE="0")["score"] == 10
    home.environ["MKL_VERBOSE"] = "0"
    assert home.warm()["pid"] != pid
    assert "warm server" in home.grade("doctor").stdout
    assert home.grade("stop").stdout == "The warm server has ended.\n"
    assert home.grade("stop").stdout == "There is no warm server.\n"


@pytest.mark.slow
@pytest.mark.parametrize("change", ["IDLE_SECONDS = 0.5", "LEAST_GIB = 1e9"])
def test_ends_when_idle_or_when_memory_is_short(change: str) -> None:
    with tempfile.TemporaryDirectory(prefix="g") as name:
        home = Home(Path(name))
        code = f"""
from grader import server
from grader.warm.client import hash_of
from grader.warm.key import key
server.LOOK_SECONDS = 0.2
listen = server.Server._listen
def up(self):
    listen(self)
    server.{change}
server.Server._listen = up
server.main(str(hash_of(key())))
"""
        process = subprocess.run(
            [sys.executable, "-c", code], cwd=home.folder, env=home.environ | THREADS, check=False, timeout=60
        )
        assert process.returncode == 0
        assert [path.suffix for path in (home.folder / "grade-dl").iterdir()] == [".lock"]


def test_never_by_root_in_ci_or_against_the_users_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    assert place.allowed({})
    assert not place.allowed({"CI": "true"})
    assert not place.allowed({"GRADE_WARM": "0"})
    assert not place.allowed({"GRADE_WORKER": "plain"})
    assert place.warm_words(["3", "--seed", "1"]) and not place.warm_words(["3", "--device=cuda"])
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert not place.allowed({})


def test_folder_that_others_may_enter_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    made = place.folder()
    assert made is not None and Path(made).stat().st_mode & 0o777 == 0o700
    Path(made).chmod(0o750)
    assert place.folder() is None
    Path(made).rmdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    Path(made).symlink_to(tmp_path / "elsewhere")
    assert place.folder() is None
