"""Workers of both kinds, as a submission's run meets them: limits, crashes, a fresh worker after each, nothing left."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
import torch

from grader.boundary import forked, launch
from grader.boundary.encoded_call import EncodedCall
from grader.boundary.limit_reached import LimitReached
from grader.boundary.scratch import Scratch
from grader.boundary.submission_run import KEPT_OUTPUT, SubmissionRun
from grader.boundary.worker_pool import WorkerPool
from grader.course.model import Limits
from grader.wire.values import Call, Raised
from grader.worker.zygote import Configure
from tests.reading import read_submission

CODE = """
import ctypes, os, time
import torch

def double(x): return 2 * x
def loop():
    while True: pass
def loop_again():
    while True: pass
def sleep(seconds): time.sleep(seconds)
def crash(): ctypes.string_at(0)
def leave(): os._exit(7)
def flood():
    while True: print("x" * 1000)
def say(text): print(text)
def hang_up(): os.closerange(3, 100)
def hoard():
    kept = []
    while True:
        kept.append(bytearray(b"x" * (16 << 20)))
        time.sleep(0.005)
def remember():
    seen = os.path.exists("seen")
    open("seen", "w").close()
    return seen
"""
LIMITS = Limits(call_seconds=0.5, load_seconds=5, total_seconds=20, memory_mb=512, output_kb=64)
MakeRun = Callable[..., SubmissionRun]
X = torch.tensor([1.0, 2.0])


@pytest.fixture(scope="module")
def forking() -> Iterator[WorkerPool]:
    source = WorkerPool(Configure(hidden=[]))
    yield source
    source.close()


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> WorkerPool:
    monkeypatch.setenv("GRADE_WORKER", "plain")
    return WorkerPool(Configure(hidden=[]))


@pytest.fixture
def make_run(tmp_path: Path) -> Iterator[MakeRun]:
    opened: list[SubmissionRun] = []
    scratch = Scratch()

    def make(source: WorkerPool, limits: Limits = LIMITS) -> SubmissionRun:
        (tmp_path / "s.py").write_text(CODE)
        submission = read_submission(tmp_path / "s.py", slug="s")
        opened.append(SubmissionRun(source.start, scratch, submission, limits, slug="s", probes=None))
        return opened[-1]

    yield make
    for run in opened:
        run.close()
    scratch.remove()
    assert not scratch.path.exists()


def limit_of(run: SubmissionRun, name: str, *args: object) -> LimitReached:
    with pytest.raises(LimitReached) as caught:
        run.call(Call(target=name, args=args))
    return caught.value


def works(run: SubmissionRun) -> bool:
    return torch.equal(run.call(Call(target="double", args=(X,))).value, 2 * X)


def test_forked_disasters(forking: WorkerPool, make_run: MakeRun) -> None:
    run = make_run(forking)
    assert works(run) and forking.confinement != "none"
    assert limit_of(run, "crash").signal == "SIGSEGV" and works(run)
    left = limit_of(run, "leave")
    assert (left.kind, left.amount) == ("exit", 7) and works(run)
    assert limit_of(run, "hang_up").kind == "protocol" and works(run)
    assert limit_of(run, "loop").kind == "time"
    assert run.peak_kb > 0 and run.cpu_seconds > 0


@pytest.mark.slow
def test_memory_where_address_space_is_not_limited(make_run: MakeRun) -> None:
    """As on CUDA; the GPU itself isn't needed for it."""
    source = WorkerPool(Configure(hidden=[], device="cuda"))
    try:
        limits = msgspec.structs.replace(LIMITS, call_seconds=20, memory_mb=100)
        run = make_run(source, limits)
        assert works(run)
        hoarded = limit_of(run, "hoard")
        assert (hoarded.kind, hoarded.amount) == ("memory", 100)
        assert run.peak_kb < (100 + 2 * forked.MEMORY_SLACK_MB) << 10 and works(run)
    finally:
        source.close()


@pytest.mark.slow
def test_plain_disasters(plain: WorkerPool, make_run: MakeRun) -> None:
    run = make_run(plain)
    assert works(run) and plain.confinement == "none"
    left = limit_of(run, "leave")
    assert (left.kind, left.amount) == ("exit", 7) and works(run)
    assert limit_of(run, "flood").kind == "output" and works(run)
    assert limit_of(run, "loop").kind == "time"


@pytest.mark.slow
def test_plain_crash(plain: WorkerPool, make_run: MakeRun) -> None:
    run = make_run(plain)
    assert limit_of(run, "crash").signal == "SIGSEGV"
    assert limit_of(run, "hang_up").kind == "protocol" and works(run)


def test_two_limits_and_the_rest_is_not_run(forking: WorkerPool, make_run: MakeRun) -> None:
    run = make_run(forking)
    assert limit_of(run, "loop").kind == "time"
    again = limit_of(run, "loop")
    assert (again.kind, again.detail) == ("not_run", "loop") and works(run)
    assert limit_of(run, "flood").kind == "output"
    rest = limit_of(run, "double", X)
    assert (rest.kind, rest.detail) == ("not_run", "")


def test_the_whole_budget(forking: WorkerPool, make_run: MakeRun) -> None:
    run = make_run(forking, Limits(call_seconds=0.6, load_seconds=5, total_seconds=1, output_kb=64))
    run.call(Call(target="sleep", args=(0.5,)))
    assert limit_of(run, "sleep", 10.0).kind == "total_time"
    assert limit_of(run, "double", X).kind == "total_time"


@pytest.mark.slow
def test_all_that_is_done_for_a_submission_counts(forking: WorkerPool, make_run: MakeRun) -> None:
    """What is done here between its calls does; what is loaded for everybody doesn't."""
    run = make_run(forking, Limits(call_seconds=0.6, load_seconds=5, total_seconds=3, output_kb=64))
    run.call(Call(target="double", args=(X,)))
    before = run.left
    with run.paused():
        time.sleep(0.5)
    assert before - run.left < 0.4
    time.sleep(0.5)
    assert before - run.left >= 0.5
    time.sleep(3)
    assert run.left <= 0 and limit_of(run, "double", X).kind == "total_time"


@pytest.mark.parametrize("kind", ["forking", pytest.param("plain", marks=pytest.mark.slow)])
def test_output_is_kept_apart_and_bounded(kind: str, request: pytest.FixtureRequest, make_run: MakeRun) -> None:
    run = make_run(request.getfixturevalue(kind))
    for number in range(50):
        run.hidden = False
        run.call(Call(target="say", args=(f"seen {number}",)))
        assert run.visible_output.endswith(b"seen %d\n" % number)
        run.hidden = True
        run.call(Call(target="say", args=(f"unseen {number}",)))
        assert run.hidden_output.endswith(b"unseen %d\n" % number)
    assert b"unseen" not in run.visible_output and b" seen" not in run.hidden_output
    assert limit_of(run, "flood").kind == "output"
    assert len(run.hidden_output) <= KEPT_OUTPUT


def test_the_scratch_folder_is_empty_for_each_worker(forking: WorkerPool, make_run: MakeRun) -> None:
    run = make_run(forking)
    seen = [run.call(Call(target="remember")).value for _ in range(2)]
    limit_of(run, "leave")
    assert [*seen, run.call(Call(target="remember")).value] == [False, True, False]


@pytest.mark.usefixtures("cold_zygotes")
@pytest.mark.parametrize(
    "when",
    [
        "between two calls",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("before the worker", "before the load")),
    ],
)
def test_a_killed_zygote_is_started_again(when: str, make_run: MakeRun) -> None:
    source = WorkerPool(Configure(hidden=[]))
    source.wait_ready()
    zygote = source._zygote
    assert zygote is not None and zygote._process is not None
    pid = zygote._process[0]
    run = make_run(source)
    if when == "before the load":
        run.start()
    elif when == "between two calls":
        assert works(run)
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    time.sleep(0.2)  # its workers die with it, a moment later
    if when == "before the load":
        run.load()
    assert works(run) and zygote._process is not None and zygote._process[0] != pid
    run.close()
    source.close()


@pytest.mark.usefixtures("cold_zygotes")
def test_a_zygote_that_is_killed_while_it_starts_is_started_again(make_run: MakeRun) -> None:
    source = WorkerPool(Configure(hidden=[]))
    source.prepare()
    zygote = source._zygote
    assert zygote is not None and zygote._process is not None
    os.kill(zygote._process[0], signal.SIGKILL)
    source.wait_ready()
    assert works(make_run(source))
    source.close()


def test_a_call_begun_early_is_made_once_and_is_the_submissions_own(forking: WorkerPool, make_run: MakeRun) -> None:
    run = make_run(forking)
    run.load()
    begun = EncodedCall(Call(target="say", args=("once",)))
    run.begin_call(begun)
    assert run.call(begun).error is None and bytes(run.visible_output) == b"once\n"
    stuck = EncodedCall(Call(target="loop"))
    run.begin_call(stuck)
    with pytest.raises(LimitReached) as caught:
        run.call(stuck)
    assert (caught.value.kind, caught.value.function, run.limits_hit) == ("time", "loop", 1)
    run.begin_call(stuck)  # there is no worker now, and it would hit the limit again
    assert limit_of(run, "loop").kind == "not_run" and works(run)


@pytest.mark.parametrize("early", ["sleep", "leave", "crash"])
def test_a_call_begun_early_and_never_made_changes_no_other(early: str, forking: WorkerPool, make_run: MakeRun) -> None:
    run = make_run(forking)
    assert works(run)
    run.begin_call(EncodedCall(Call(target=early, args=(0.05,) if early == "sleep" else ())))
    assert works(run) and works(run) and run.limits_hit == 0
    run.begin_call(EncodedCall(Call(target="say", args=("nobody asked",))))
    run.hidden = True  # what is hidden comes after every reply
    assert works(run) and bytes(run.hidden_output) == b""


def test_errors_are_facts(forking: WorkerPool, make_run: MakeRun) -> None:
    run = make_run(forking)
    error = run.call(Call(target="double", args=(X, X))).error
    assert error is not None and (error.kind, error.type_name) == ("signature", "(x)")
    assert run.call(Call(target="nothing")).error == Raised("missing", "", "nothing")


def test_whoever_waits_for_any_child_does_no_harm() -> None:
    """A program that uses the grader may reap all its children."""
    pid, control = launch.spawn(launch.WORKER)[launch.WORKER]
    launch.kill(pid)
    with suppress(ChildProcessError):  # a zygote that ends at once is reaped by kill itself
        os.waitpid(pid, 0)
    control.close()
    for _ in range(2):
        other, control = launch.spawn(launch.WORKER)[launch.WORKER]
        launch.kill(other)
        control.close()
    assert pid not in launch._killed


def test_a_trial_costs_time_and_nothing_else(forking: WorkerPool, make_run: MakeRun) -> None:
    run = make_run(forking)
    run.load()
    run.call(Call(target="say", args=("kept",)))
    with run.paused():
        before = run.spent
        assert run.try_call(EncodedCall(Call(target="loop"))) is None
        assert run.spent - before >= LIMITS.call_seconds
        assert run.try_call(EncodedCall(Call(target="say", args=("dropped",)))).error is None  # type: ignore[union-attr]
        before = run.spent
    assert run.spent - before < 0.1 and (run.limits_hit, bytes(run.visible_output)) == (0, b"kept\n")
    assert limit_of(run, "loop").kind == "time"  # the check's own call is still made
    assert works(run)
