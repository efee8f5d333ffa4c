"""Our own code fails in a worker or a reader: the real command says that the grader is at fault, whatever fails.

Each case runs a copy of the package in which one line is other than it should be, on a right answer.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from grader.fault import OwnFault, hands_over, is_fault, meant
from grader.report.views import exit_status
from grader.result import Result
from tests.bad_input import ROOT, SUBMISSIONS, check, graded, short_course
from tests.forked import run_forked

RAISE = "raise RuntimeError('of our own')"
IN_WORKER = "if __import__('sys').argv == ['']: " + RAISE  # as a worker begins


class Break(NamedTuple):
    """A line of the package, of which a copy is broken: what is put before it."""

    file: str
    line: str
    before: str = RAISE


BREAKS = {
    "the look at the global state": Break("worker/state.py", "        found = sorted(self.told)\n", IN_WORKER),
    "a default device that can't be asked for": Break(
        "worker/state.py", "        _set_dtype(torch.float32)\n", IN_WORKER.replace(RAISE, "None.device")
    ),
    "facts of a result": Break("wire/codec.py", "    return Facts(\n        tuple(tensor.stride()),", IN_WORKER),
    "the encoder": Break(
        "wire/codec.py", "        self.count += 1\n        if self.count > MAX_NODES or depth", IN_WORKER
    ),
    "the wire": Break("wire/channel.py", "        pieces = pack(header, buffers, self.send_limit)", IN_WORKER),
    "a copy of an input": Break("calls/invoke.py", "        space.last_inputs = inputs\n", IN_WORKER),
    "the look at changed inputs": Break(
        "calls/snapshots.py", "    if isinstance(before, torch.Tensor):\n        return (", IN_WORKER
    ),
    "the start": Break("worker/state.py", "        random.seed(0)\n", IN_WORKER),
    "receiving": Break("wire/channel.py", "        magic, header_length, payload_length = PREFIX.unpack", IN_WORKER),
    "loading": Break("worker/child.py", '    lines = source.split("\\n")\n'),
    "after loading": Break("worker/child.py", "        names = [plain(name) for name in vars(module) if type"),
    "a call's request": Break("worker/child.py", "        outcome = invoke(self.space, call, facts=False)", IN_WORKER),
    "plots": Break("calls/plots.py", '        if name.partition(".")[0] not in self.packages'),
}
#: What is asked for in the submission's own calls.
HOOKS = {
    "the count of operations": ("calls/operations.py", "        self.dispatched += 1\n", ""),
    "the twin device": ("twin/tensor.py", "    inputs = [found.tensor for found in (*found_in(args)", "twin=True"),
}


class Broken:
    """A copy of the package that can be broken, and the command that uses it."""

    def __init__(self, folder: Path, course: Path) -> None:
        self.package = folder / "grader"
        self.course = course
        # With its bytecode: only what is broken is compiled anew.
        shutil.copytree(ROOT / "grader", self.package, ignore=shutil.ignore_patterns("selftest"))

    def graded(self, broken: Break, file: Path, *, cold: bool = False) -> tuple[int, dict[str, Any], str]:
        """Exit status, result and standard error of one graded run with the line broken."""
        path = self.package / broken.file
        text = path.read_text("utf-8")
        assert text.count(broken.line) == 1, f"{broken.file} has no such line any more, or several"
        space = broken.line[: len(broken.line) - len(broken.line.lstrip())]
        path.write_text(text.replace(broken.line, f"{space}{broken.before}\n{broken.line}"), "utf-8")
        try:
            return self.run(file, cold=cold)
        finally:
            path.write_text(text, "utf-8")

    def run(self, file: Path, *, cold: bool = False) -> tuple[int, dict[str, Any], str]:
        """cold: not forked from a process that has imported PyTorch."""
        words = ("exercise03", file, "--course", self.course, "--json", "-")
        environ = os.environ | {"PYTHONPATH": str(self.package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
        if cold:
            command = [sys.executable, "-P", "-m", "grader", *map(str, words)]
            done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120)
        else:
            done = run_forked("grader", *words, env=environ, package=self.package.parent)
        return done.returncode, json.loads(done.stdout or "{}"), done.stderr


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broken]:
    folder = tmp_path_factory.mktemp("broken")
    yield Broken(folder / "copy", short_course(folder / "course").folder)


def expect_grader_fault(status: int, result: dict[str, Any], told: str = "of our own") -> None:
    assert (status, result["status"], result["score"]) == (4, "grader_error", 0)
    assert {check["verdict"] for check in result["checks"]} <= {"grader_error"}
    messages = [result["message"], *(check["message"] for check in result["checks"])]
    found = next(message for message in messages if message)
    assert told in found["en"] and "This is not your mistake" in found["en"], found
    assert "这不是你的错" in found["zh-CN"]
    assert str(ROOT) not in json.dumps(result["checks"]) and "/grader/" not in found["en"]


def test_the_copy_grades_as_it_should(package: Broken) -> None:
    status, result, told = package.run(SUBMISSIONS / "right.py")
    assert (status, result.get("score")) == (0, 10), told


def test_a_course_in_the_package_is_none_of_our_code(package: Broken) -> None:
    """An installed package has its course in it: what a reference raises there is what the check asks for."""
    course = package.package / "_course"
    for part in ("solutions", "exercises"):
        shutil.copytree(ROOT / part / "exercise07", course / part / "exercise07")
    for name in ("course.toml", "texts.zh-CN.toml"):
        shutil.copy(ROOT / name, course)
    words = ("exercise07", course / "solutions/exercise07/reference.py", "--course", course, "--json", "-")
    environ = os.environ | {"PYTHONPATH": str(package.package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    done = run_forked("grader", *words, env=environ, package=package.package.parent)
    result = json.loads(done.stdout)
    assert {check["verdict"] for check in result["checks"]} == {"passed"} and done.returncode == 0


@pytest.mark.parametrize("name", ["loading"])
def test_our_own_fault_is_the_graders(name: str, package: Broken) -> None:
    status, result, _ = package.graded(BREAKS[name], SUBMISSIONS / "right.py", cold=True)
    expect_grader_fault(status, result)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({*BREAKS} - {"loading", "plots"}))
def test_each_further_fault_is_the_graders(name: str, package: Broken) -> None:
    status, result, _ = package.graded(BREAKS[name], SUBMISSIONS / "right.py")
    expect_grader_fault(status, result, "'NoneType' object" if "default device" in name else "of our own")


@pytest.mark.slow
def test_a_fault_in_a_hook_that_the_submission_calls(package: Broken, tmp_path: Path) -> None:
    file = tmp_path / "sigmoid_derivative.py"
    file.write_text("import matplotlib.pyplot\n" + (SUBMISSIONS / "right.py").read_text("utf-8"), "utf-8")
    expect_grader_fault(*package.graded(BREAKS["plots"], file)[:2])


@pytest.mark.slow
@pytest.mark.parametrize("name", HOOKS)
def test_a_fault_in_what_looks_at_operations(name: str, package: Broken, tmp_path: Path) -> None:
    file, line, option = HOOKS[name]
    checks, texts = (package.course / "solutions/exercise03" / name for name in ("checks.py", "texts.zh-CN.toml"))
    before, texts_before = checks.read_text("utf-8"), texts.read_text("utf-8")
    texts.write_text(texts_before.replace("[checks]\n", '[checks]\nfurther = "再来一项"\n'), "utf-8")
    option = option or "max_operations=100"
    title = 'title="further"'
    checks.write_text(
        f"{before}\n\n@check(points=1, {title})\ndef test_further(compare, sample):\n"
        f'    compare("sigmoid", sample(3), {option})\n',
        "utf-8",
    )
    try:
        status, result, _ = package.graded(Break(file, line), SUBMISSIONS / "right.py")
    finally:
        checks.write_text(before, "utf-8")
        texts.write_text(texts_before, "utf-8")
    verdicts = {check["id"]: check["verdict"] for check in result["checks"]}
    assert (status, result["status"]) == (4, "grader_error")
    assert verdicts.pop("further") == "grader_error" and {*verdicts.values()} == {"passed"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "told"),
    [("import no_such_module\n", "No module named 'no_such_module'"), ("torch.no_such_name\n", "no_such_name")],
)
def test_probes_that_do_not_load(before: str, told: str, package: Broken) -> None:
    probes = package.course / "solutions/exercise03/probes.py"
    text = probes.read_text("utf-8")
    probes.write_text(text.replace("import torch\n", f"import torch\n\n{before}", 1), "utf-8")
    try:
        status, result, _ = package.run(SUBMISSIONS / "right.py")
    finally:
        probes.write_text(text, "utf-8")
    expect_grader_fault(status, result, told)


@pytest.mark.slow
def test_a_probe_that_lacks_something_here(package: Broken) -> None:
    probes = package.course / "solutions/exercise03/probes.py"
    text = probes.read_text("utf-8")
    probes.write_text(text.replace("    return torch.sigmoid(", "    return torch.no_such(", 1), "utf-8")
    try:
        status, result, _ = package.run(SUBMISSIONS / "right.py")
    finally:
        probes.write_text(text, "utf-8")
    assert (status, result["status"]) == (4, "grader_error")
    assert {check["verdict"] for check in result["checks"]} == {"passed", "grader_error"}


@pytest.mark.parametrize("name", ["right", pytest.param("not_implemented", marks=pytest.mark.slow)])
def test_a_fault_of_the_readers(name: str, package: Broken) -> None:
    broken = Break("submission/examine.py", "        return Content(chunks, notes, found, course, aside)\n")
    status, _, told = package.graded(broken, SUBMISSIONS / f"{name}.py")
    assert status == 4
    assert "The grader itself failed while it read" in told and "of our own (examine.py, line" in told


RIGHT = (SUBMISSIONS / "right.py").read_text("utf-8")
OWN = {
    "it replaces what our code needs": f"{RIGHT}\ntorch.Tensor.stride = None\n",
    "a name that a stand-in lacks": f"import matplotlib\n{RIGHT}\nmatplotlib.__nothing__\n",
    "a mode that a call leaves": RIGHT.replace(
        "def sigmoid(x):\n", "def sigmoid(x):\n    torch.set_default_device('meta')\n"
    ),
    "recursion": RIGHT.replace("def sigmoid(x):\n", "def sigmoid(x):\n    return sigmoid(x)\n"),
    "a callable without a signature": f"{RIGHT}\nsigmoid = type('S', (), {{'__call__': torch.relu, "
    "'__signature__': 3}})()\n",
    "a result that can't be taken apart": RIGHT.replace(
        "def sigmoid(x):\n", "def sigmoid(x):\n    return torch.nested.nested_tensor([x, x[:1]])\n"
    ),
}

#: A handler that raises while the worker waits for its next call, and each time a little later.
RINGS = """
import signal

def handler(number, frame):
    raise RuntimeError("in the middle of the worker's own code")

signal.signal(signal.SIGALRM, handler)
right, calls = sigmoid, 0

def sigmoid(x):
    global calls
    calls += 1
    result = right(x)
    signal.setitimer(signal.ITIMER_REAL, 0.00002 + 0.0001 * (calls % 8))
    return result
"""


#: A frame as the worker sends it of a fault.
CLAIMS = (SUBMISSIONS / "forges_frames.py").read_text("utf-8")
HONEST, CLAIM = '"returned","id":%d,"value":null,"error":null}', '"broken","id":%d,"reason":"x"}'


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """What comes of these, in the package as it is."""
    folder = tmp_path_factory.mktemp("whole")
    sources = OWN | {"a signal": RIGHT + RINGS, "a claim": CLAIMS.replace(HONEST, CLAIM)}
    files = {folder / f"n{number}.py": name for number, name in enumerate(sources)}
    for file, name in files.items():
        file.write_text(sources[name], "utf-8")
    return {files[file]: result for file, result in graded(short_course(folder / "course"), files).items()}


@pytest.mark.parametrize("name", OWN)
def test_what_the_submission_does_stays_its_own(name: str, results: dict[str, Result]) -> None:
    assert OWN[name] != RIGHT
    result = results[name]
    assert exit_status(result) in (0, 1, 3) and result.status in ("graded", "error")
    assert {check.verdict for check in result.checks} <= {"passed", "failed", "error", "not_implemented"}


def test_a_signal_handled_in_the_middle_of_our_code(results: dict[str, Result]) -> None:
    result = results["a signal"]
    assert exit_status(result) in (1, 3) and result.status in ("graded", "limit")
    # How many of its checks it spoils depends on how fast the machine is; that the grader is at fault is said of none.
    verdicts = {check.verdict for check in result.checks}
    assert verdicts <= {"passed", "failed", "error", "limit"} and verdicts & {"error", "limit"}


def test_a_submission_that_claims_a_fault_gains_nothing(results: dict[str, Result]) -> None:
    assert CLAIMS.count(HONEST) == 1
    result = results["a claim"]
    one = check(result, "tanh_grad")
    assert one.points == 0 and one.verdict in ("error", "grader_error") and exit_status(result) in (1, 4)


# -- from the traceback alone


def theirs() -> None:
    raise ValueError


@hands_over
def calls(function: Any) -> None:
    function()


def raised_by(function: Any, *args: Any) -> BaseException:
    try:
        function(*args)
    except BaseException as error:
        return error
    raise AssertionError


def in_a_library() -> None:
    json.loads("{")


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (raised_by(theirs), False),
        (raised_by(calls, theirs), False),
        (raised_by(in_a_library), False),
        (raised_by(meant, None), True),
        (OwnFault("it"), True),
        (RecursionError(), False),
        (MemoryError(), False),
        (SystemExit(1), False),
        (ValueError("raised by nobody's frame but ours"), True),
        (meant(ValueError()), False),
    ],
)
def test_whose(error: BaseException, fault: bool) -> None:
    assert is_fault(error) is fault
