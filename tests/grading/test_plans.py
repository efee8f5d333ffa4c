"""Calls that are the same for every submission are made once in a run and asked for ahead: no result depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.checks.context import CheckContext
from grader.checks.independence import is_independent
from grader.checks.naming import Namer
from grader.checks.plan import RightPath
from grader.course.find import find_course, find_exercise
from grader.grading.grader import Grader
from grader.result import Result
from tests.tiny import exercise_toml, tiny_course

REFERENCE = """
def double(x):
    return 2 * x


def half(x):
    return x / 2
"""
#: The inputs of the hidden checks hold a number that a submission can look for.
CHECKS = """
import torch

from grader.checks import check


def several(compare, sample, function):
    for size in (1, 2, 3, 4):
        compare(function, sample(size), gradient=True)


@check(points=1, title="double")
def test_double(compare, sample):
    several(compare, sample, "double")


@check(points=1, title="half")
def test_half(compare, sample):
    several(compare, sample, "half")


@check(points=1, title="half of what came")
def test_fed(compare, sample):
    compare("half", compare("double", sample(3)))


@check(points=1, title="half of what the submission gives by itself")
def test_by_itself(compare, sample, student, reference):
    for size in (1, 2, 3):
        x = sample(size)
        own = student.double(x)
        if torch.equal(own, reference.double(x)):
            compare("half", own.T, gradient=True)
        else:
            compare("double", own)


@check(points=1, title="an own value that the check changes")
def test_own_changed(compare, sample, student):
    own = student.double(sample(3))
    compare("half", own)
    own += 1
    compare("half", own)


@check(points=1, title="an input that the check changes")
def test_changed(compare, sample):
    x = sample(3)
    compare("double", x)
    x += 1
    compare("half", x)


@check(points=1, title="both")
def test_both(compare, sample, expect):
    several(compare, sample, "double")
    expect("half", torch.tensor([8.0]), equals=torch.tensor([4.0]))


@check(points=1, title="hidden and fed", hidden=True)
def test_hidden_fed(compare):
    compare("double", compare("half", torch.tensor([1234.5, 0], dtype=torch.float64)))


@check(points=1, title="hidden", hidden=True)
def test_hidden(compare):
    for number in (1, 2):
        compare("double", torch.tensor([1234.5, number], dtype=torch.float64))
        compare("half", torch.tensor([1234.5, number], dtype=torch.float64))
"""
MISTAKES = """
from grader.checks import edit

tripled = edit("double", {"2 * x": "3 * x"}).says("three times x")
a_third = edit("half", {"x / 2": "x / 3"}).says("a third of x")
"""
RIGHT = "def double(x):\n    return 2 * x\n\n\ndef half(x):\n    return x / 2\n"
#: What happens in a call, counted over both functions.
IN_A_CALL = """
import os, signal

made = 0


def happens():
    global made
    made += 1
    if made == {number}:
        {what}


def double(x):
    happens()
    return 2 * x


def half(x):
    happens()
    return x / 2
"""
GARBAGE = (
    "[os.write(f, b'garbage' * 9) for f in range(3, 64) if os.path.exists(f'/proc/self/fd/{f}')"
    " and 'socket' in os.readlink(f'/proc/self/fd/{f}')]"
)
DISASTERS = {
    "exits in its second call": (2, "os._exit(3)"),
    "is killed": (6, "os.kill(os.getpid(), signal.SIGSEGV)"),
    "loops in its second call": (2, "while True: pass"),
    "loops": (10, "while True: pass"),
    "floods": (15, "print('x' * 3_000_000)"),
    "fills memory": (6, "bytearray(4 << 30)"),
    "sends garbage": (6, GARBAGE),
    "raises once": (2, "raise KeyError('once')"),
}
SUBMISSIONS = {
    "right": RIGHT,
    "otherwise right": RIGHT.replace("2 * x", "x + x"),
    "wrong": RIGHT.replace("2 * x", "3 * x"),
    "wrong in size": RIGHT.replace("2 * x", "2 * x if len(x) < 3 else 2 * x + 1"),
    "wrong in the second": RIGHT.replace("x / 2", "x / 3"),
    "raises": RIGHT.replace("return x / 2", "raise ValueError(x)"),
    "of several sizes raises": RIGHT.replace("return 2 * x", "return 2 * x if len(x) != 2 else x[9]"),
    "not written": RIGHT.replace("return 2 * x", "raise NotImplementedError"),
    "one is missing": RIGHT.partition("def half")[0],
    "no gradient": RIGHT.replace("2 * x", "2 * x.detach()"),
    "right but for last digits": RIGHT.replace("x / 2", "x / 2 * (1 + 1e-12)"),
    "by turns": f"turn = 0\n\n\n{RIGHT}".replace(
        "return 2 * x", "global turn\n    turn += 1\n    return 2 * x if turn % 7 else 3 * x"
    ),
    "changes its input": RIGHT.replace("return 2 * x", "return x.mul_(2)"),
    "prints": RIGHT.replace("return x / 2", "print(x)\n    return x / 2"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "exercise.toml": exercise_toml(
            "twice", 9, "[limits]\ncall_seconds = 0.5\ntotal_seconds = 10\noutput_kb = 64\n"
        ),
        "reference.py": REFERENCE,
        "checks.py": CHECKS,
        "mistakes.py": MISTAKES,
    }
    return tiny_course(tmp_path_factory.mktemp("course"), {"exercise01": files})


class Both:
    """Grades with and without remembering what is the same for every submission."""

    def __init__(self, course: Path, folder: Path) -> None:
        found = find_course(course)
        self.exercise = find_exercise(found, "exercise01")
        self.graders = [Grader(found, [self.exercise], seed=7, remember=remember) for remember in (False, True)]
        self.folder = folder

    def results(self, source: str) -> list[Result]:
        path = self.folder / "twice.py"
        path.write_text(source, "utf-8")
        graded = []
        for grader in self.graders:
            prepared = grader.prepare(self.exercise, path)
            graded.append(grader.grade(self.exercise, "twice.py", prepared))
        return [msgspec.structs.replace(result, seconds=0.0) for result in graded]


@pytest.fixture(scope="module")
def both(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    pair = Both(course, tmp_path_factory.mktemp("submission"))
    with pair.graders[0], pair.graders[1]:
        pair.results(RIGHT)  # the plans are made, and right replies known
        yield pair


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_results_are_the_same_with_and_without(name: str, both: Both) -> None:
    plain, planned = both.results(SUBMISSIONS[name])
    assert planned == plain


@pytest.mark.parametrize("name", DISASTERS)
def test_a_disaster_in_the_middle_costs_the_checks_that_it_costs_without(name: str, both: Both) -> None:
    number, what = DISASTERS[name]
    plain, planned = both.results(IN_A_CALL.format(number=number, what=what))
    assert planned == plain
    assert sum(not check.passed for check in plain.checks) > 0


def test_a_check_that_goes_on_with_what_came_is_followed_while_that_is_right(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[tuple[int, bool]] = []
    follow = CheckContext.follow

    def noted(context: CheckContext, path: RightPath) -> bool:
        followed.append((len(path), follow(context, path)))
        return followed[-1][1]

    monkeypatch.setattr(CheckContext, "follow", noted)
    both.results(RIGHT)  # a check that changes an input, or a value that came, is not followed
    assert followed == [(2, True), (6, True), (2, True)]
    followed.clear()
    both.results(SUBMISSIONS["right but for last digits"])
    assert [right for _, right in followed] == [False, False, False]


def test_what_was_named_before_is_named_again_only_if_further_calls_agree(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[str] = []
    confirmed = Namer._confirmed

    def noted(self: Namer, suspects: Any, wrong: Any) -> Any:
        worked_out.extend(["anew"] * self._exercise.remember)
        return confirmed(self, suspects, wrong)

    def named(source: str) -> tuple[list[tuple[str, ...]], int]:
        worked_out.clear()
        plain, remembering = both.results(source)
        assert remembering == plain
        return [check.mistakes for check in remembering.checks], len(worked_out)

    wrong = RIGHT.replace("2 * x", "3 * x")
    small_ones_only = RIGHT.replace("2 * x", "3 * x if len(x) < 5 else 2 * x")
    monkeypatch.setattr(Namer, "_confirmed", noted)
    names, _ = named(wrong)
    assert names[0] == ("tripled",)
    assert named(f"{wrong}# by somebody else\n") == (names, 0)
    others, anew = named(small_ones_only)
    assert others[0] == () and anew > 0
    assert named(wrong) == (names, 0)


#: Peeks at what its process has been asked for and has not read yet.
LOOKS_AHEAD = """
import gc, socket, struct


def waiting():
    (channel,) = [one for one in gc.get_objects() if type(one).__name__ == "Channel"]
    try:
        return bytes(channel._ahead) + channel.socket.recv(1 << 20, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return bytes(channel._ahead)


def told(x):
    seen = waiting()
    hidden = x.reshape(-1)[0].item() == 1234.5
    print("hidden" if hidden else "visible", b"half" in seen, struct.pack("<d", 1234.5) in seen)


def double(x):
    told(x)
    return 2 * x


def half(x):
    told(x)
    return x / 2
"""


def test_hidden_inputs_are_not_there_before_every_visible_reply_has_left(both: Both) -> None:
    _, planned = both.results(LOOKS_AHEAD)
    lines = planned.stdout.splitlines()
    assert "visible True False" in lines  # it does see what comes next
    assert not [line for line in lines if line.startswith("visible") and line.endswith("True")]


#: The body of a check, and whether its calls are the same for every submission.
BODIES = {
    'compare("double", sample(3))': True,
    'for n in (1, 2): compare("double", sample(n))': True,
    'expect("double", sample(3), equals=sample(3))': True,
    'helper(compare, "double")': True,
    'helper("double", compare=compare)': True,
    'x = compare("double", sample(3))': False,
    'compare("double", compare("double", sample(3)))': False,
    'if compare("double", sample(3)) is None: pass': False,
    'with suppress(Exception): compare("double", sample(3))': False,
    "try:\n        compare('double', sample(3))\n    except Exception: pass": False,
    '[compare("double", x) for x in (sample(3),)]': False,
    "list(map(compare, ['double'], [sample(3)]))": False,
    'other = compare; other("double", sample(3))': False,
    'uses(compare, "double")': False,
    'renames(compare, "double")': False,
    'elsewhere(compare, "double")': False,
    "pass": True,
}
HELPERS = """
from other import elsewhere

def helper(compare, function): compare(function, 1)
def uses(compare, function): return compare(function, 1)
def renames(made, function): return made(function, 1)
"""


@pytest.mark.parametrize("body", BODIES)
def test_a_check_that_uses_what_comes_back_is_not_planned(body: str, tmp_path: Path) -> None:
    checks = tmp_path / "checks.py"
    checks.write_text(f"{HELPERS}\ndef test_it(compare, expect, sample):\n    {body}\n", "utf-8")
    assert is_independent(checks, "test_it") is BODIES[body]


def test_a_check_that_asks_for_the_submission_itself_is_not_planned(tmp_path: Path) -> None:
    checks = tmp_path / "checks.py"
    checks.write_text("def test_it(compare, student): compare('f', 1)\ndef test_other(sample): sample(3)\n", "utf-8")
    assert not is_independent(checks, "test_it")
    assert not is_independent(checks, "test_other")
