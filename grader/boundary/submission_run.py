"""One submission's run: its worker, started afresh after a disaster, and its budgets of time, limits and output."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TypeVar

from grader.boundary.encoded_call import EncodedCall
from grader.boundary.limit_reached import LimitReached
from grader.boundary.loading import MOST_TRIES, Loading
from grader.boundary.scratch import Scratch
from grader.boundary.worker_handle import WorkerHandle
from grader.course.model import Limits
from grader.submission.model import Step, Submission
from grader.wire.messages import Loaded
from grader.wire.values import Call, Outcome
from grader.worker.zygote import Fork

#: How many limits a submission may hit before its remaining checks are not run: twelve endless loops would else
#: cost twelve times the limit.
MAX_LIMITS = 2

#: Of what is left of a submission's budget, running its file takes so much at most, and running it once more without
#: what hung: the rest is for its checks.
LOAD_SHARE, NEXT_SHARE = 0.6, 0.35

#: How often a call is made whose worker was killed by somebody else.
LOST_TRIES = 3

#: How much of what a submission prints is kept for its result.
KEPT_OUTPUT = 64 * 1024

T = TypeVar("T")

#: Starts a worker for an order, with a bound on its output in KiB.
StartWorker = Callable[[Fork, int], WorkerHandle]


class SubmissionRun:
    """Calls the functions of one submission. After a crash or a limit the next call meets a fresh worker."""

    def __init__(
        self,
        start_worker: StartWorker,
        scratch: Scratch,
        submission: Submission,
        limits: Limits,
        *,
        slug: str,
        probes: str | None,
        device: str = "cpu",
        abandoned: Callable[[], bool] = bool,
        spent: float = 0.0,
        steps: Sequence[Sequence[Step]] = (),
        real: Sequence[str] = (),
        data: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        """spent: seconds of the submission's budget that reading it has used. steps: the statements of each of its
        chunks. real: packages that are not to be stood in for. data: files of the course that lie beside the
        submission."""
        self._start_worker = start_worker
        self.scratch = scratch
        self.submission = submission
        self.limits = limits
        self.slug = slug
        self.probes = probes
        self.real = real
        self.data = data
        self.loading = Loading(submission.chunks, steps)
        self.device = device
        self.abandoned = abandoned  # whether nobody wants the result any more: then no further call is made
        self.right = False  # whether the last call was right: then the next ones may be asked for ahead
        self._coming: deque[EncodedCall] = deque()
        self._begun: EncodedCall | None = None
        self._hidden = False
        self.visible_output = bytearray()
        self.hidden_output = bytearray()
        self.changes: set[str] = set()
        self.limits_hit = 0
        self._stopped: set[str] = set()  # functions that hit a limit: they would hit it in every check
        self._spent = spent  # until the clock runs, and while it is stopped
        self._since: float | None = None  # a monotonic time: since when the clock runs
        self.clock_stops = False  # between calls: somebody may look around in a debugger
        self.cpu_seconds = 0.0
        self.peak_kb = 0
        self._worker: WorkerHandle | None = None

    @property
    def hidden(self) -> bool:
        """Whether a hidden check has begun: what is printed from then on is the instructor's."""
        return self._hidden

    @hidden.setter
    def hidden(self, hidden: bool) -> None:
        if hidden != self._hidden:
            self.expect_calls(())
        self._hidden = hidden

    def expect_calls(self, calls: Iterable[EncodedCall]) -> None:
        """These are made next, in this order, if they are right: the worker may be asked for some of them ahead. All
        replies to calls that were expected before have left it by then."""
        self._await_replies(dropped=True)
        self._coming = deque(calls)

    def begin_call(self, call: EncodedCall) -> None:
        """Have the worker begin this call while the caller does something short. It must be the next that is made, and
        none of those that are expected; where it is not made after all, nobody is told what came of it."""
        if self._worker is not None and _function(call) not in self._stopped:
            self._begun = call if self._worker.begin(call) else None

    def start(self) -> None:
        """Have a worker started and the file run in it, without waiting for either."""
        files = {self.submission.name: b"\n".join(chunk.source.encode() for chunk in self.submission.chunks)}
        self.scratch.fill({**self.submission.companions, **self.data, **files})
        order = Fork(str(self.scratch.path), self.limits.memory_mb, int(self.limits.total_seconds) + 2)
        self._worker = self._start_worker(order, self.limits.output_kb)
        self._worker.process.abandoned = self.abandoned
        self._worker.post_load(
            name=self.slug,
            filename=self.submission.name,
            chunks=[(chunk.label, chunk.source) for chunk in self.submission.chunks],
            probes=self.probes,
            pieces=self.loading.pieces(),
            real=self.real,
            device=self.device,
        )

    def load(self) -> Loaded:
        """Run the file in a worker: in the one that was started, or a new one. Statements that hit a limit or end the
        process are left out (`loading`) and the rest is run anew. Raises LimitReached."""
        return self._despite_loss(self._load)

    def _load(self) -> Loaded:
        for tries in range(1, MOST_TRIES + 1):
            worker = self._started()
            hit, printed = self.limits_hit, (len(self.visible_output), len(self.hidden_output))
            try:
                return self._load_once(worker, LOAD_SHARE if tries == 1 else NEXT_SHARE)
            except LimitReached as limit:
                self.limits_hit = hit  # the statement is lost for it
                if not _is_of_a_statement(limit) or not self.loading.without(worker.running, limit):
                    raise
                # The next try prints it again.
                del self.visible_output[printed[0] :], self.hidden_output[printed[1] :]
                if tries == MOST_TRIES:
                    self.loading.only_quiet(worker.running)
        return self._load_once(self._started(), NEXT_SHARE)

    def _started(self) -> WorkerHandle:
        """The worker that was started, or a new one."""
        if self._worker is None:
            with self.paused():
                self.start()
        assert self._worker is not None
        return self._worker

    def _load_once(self, worker: WorkerHandle, share: float) -> Loaded:
        """share: of what is left of the budget."""
        with self.paused():
            worker.wait_started()  # importing PyTorch must not count as the submission's time
        self._since = self._since or time.monotonic()
        loaded = self._timed(min(self.limits.load_seconds, share * self.left), worker.finish_load)
        self.changes.update(loaded.state)
        return loaded

    def call(self, call: Call | EncodedCall, *, seconds: float | None = None) -> Outcome:
        """Make one call in the worker. seconds: in place of those that a call may take. Raises LimitReached."""
        target = call.call.target if isinstance(call, EncodedCall) else call.target
        name = target if isinstance(target, str) else target.name
        if name in self._stopped:
            raise LimitReached("not_run", detail=name)
        if self.limits_hit >= MAX_LIMITS or self.abandoned():
            raise LimitReached("not_run")
        return self._despite_loss(lambda: self._call(call, name, seconds or self.limits.call_seconds))

    def try_call(self, call: EncodedCall) -> Outcome | None:
        """A call whose limits and output are nobody's: it takes nothing from the submission but time, which counts even
        inside `paused`. None where it gives no outcome."""
        hit, stopped = self.limits_hit, set(self._stopped)
        self._spent, running, self._since = self.spent, self._since is not None, time.monotonic()
        self._await_replies()  # what these calls have printed is theirs
        printed = len(self.visible_output), len(self.hidden_output)
        try:
            return self.call(call)
        except LimitReached:
            return None
        finally:
            self._spent, self._since = self.spent, time.monotonic() if running else None
            self.limits_hit, self._stopped = hit, stopped
            del self.visible_output[printed[0] :], self.hidden_output[printed[1] :]

    def _call(self, call: Call | EncodedCall, name: str, seconds: float) -> Outcome:
        coming = self._make_way(call)
        if self._worker is None:
            self.load()
        worker = self._worker
        assert worker is not None
        before = self.limits_hit
        try:
            outcome, changes = self._timed(seconds, lambda seconds: worker.call(call, seconds, coming))
        except LimitReached as limit:
            if self.limits_hit > before:
                self._stopped.add(name)
            limit.function = name if _is_function(call) else ""
            raise
        # Only a load looks for replaced names: in a call's reply they would be words of the submission's choice, and a
        # hidden check's inputs among them.
        self.changes.update(change for change in changes if not change.startswith("patched:"))
        return outcome

    # -- calls that are asked for ahead

    def _make_way(self, call: Call | EncodedCall) -> deque[EncodedCall]:
        """Have the call be the next one that the worker replies to: the calls that it may be asked for now, this one
        among them unless that has been done."""
        begun, self._begun = self._begun, None
        if not isinstance(call, EncodedCall) or call.replies is None:
            if begun is None or begun is not call or self._worker is None:
                self._await_replies(dropped=begun is not None)
            return deque()
        self._await_replies(dropped=True, before=call)
        # After a limit the calls of a function that hit it are not made: then each is asked for alone.
        coming, ahead = self._coming, self.right and not self._stopped
        if self._worker is None or call not in self._worker.asked:
            while coming and coming[0] is not call:
                coming.popleft()
            if not coming or not ahead:
                if coming:
                    coming.popleft()
                return deque([call])
        return coming if ahead else deque()

    def _await_replies(self, *, dropped: bool = False, before: EncodedCall | None = None) -> None:
        """Wait for the replies to all calls that the worker was asked for ahead, or to those before that one. They are
        kept for when these calls are made, or dropped. If one of them hits a limit, it is not this submission's limit,
        since the call was not made; nothing is asked for ahead any more."""
        while self._worker is not None and (asked := self._worker.asked.first) is not None:
            if asked.encoded is before:
                return
            if asked.frame is not None and dropped:
                self._worker.asked.take()
            elif not self._worker.asked.open:
                return
            else:
                try:
                    self._within(self.limits.call_seconds, self._worker.await_next)
                except LimitReached:
                    self._coming.clear()
                    return

    def _despite_loss(self, action: Callable[[], T]) -> T:
        """Again, where somebody else killed the zygote or, as the system does when memory is short, the worker.

        A submission that kills itself looks the same, and does it again.
        """
        for _ in range(LOST_TRIES - 1):
            try:
                return action()
            except LimitReached as limit:
                if limit.kind != "lost" and limit.signal != "SIGKILL":
                    raise
        return action()

    @property
    def spent(self) -> float:
        """Seconds of the submission's budget that are used. All counts that is done for it, here as in its worker: from
        the opening of its file on, but for what is `paused`."""
        return self._spent + (0.0 if self._since is None else time.monotonic() - self._since)

    @property
    def left(self) -> float:
        """Seconds of the submission's budget that are left; none or fewer where it is used up."""
        return self.limits.total_seconds - self.spent

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What is done inside is not done for this submission alone, and not counted: a library or a reference that is
        loaded for the first time."""
        self._spent, running, self._since = self.spent, self._since is not None, None
        try:
            yield
        finally:
            self._since = time.monotonic() if running else None

    def stop(self) -> None:
        """Have the worker end: no call comes any more. `close` is still to be called, and waits for that."""
        if self._worker is not None:
            self._worker.process.stop()

    def close(self) -> None:
        """End the worker. A call after that meets a fresh one, to which nothing has come of the calls before."""
        if self._worker is not None:
            self._finish(self._worker)

    def _timed(self, seconds: float, action: Callable[[float], T]) -> T:
        """As `_within`; a limit that is hit counts."""
        try:
            return self._within(seconds, action)
        except LimitReached as limit:
            own = limit.__cause__ if isinstance(limit.__cause__, LimitReached) else limit
            if own.kind in ("time", "memory", "output", "threads", "disk", "protocol"):
                self.limits_hit += 1
            raise

    def _within(self, seconds: float, action: Callable[[float], T]) -> T:
        """Run the action within its own limit and what is left of the submission's budget."""
        left = self.left
        if left <= 0:
            raise LimitReached("total_time", amount=self.limits.total_seconds)
        if self.clock_stops:
            self._since = time.monotonic()
        try:
            return action(min(seconds, left))
        except LimitReached as limit:
            if limit.kind == "time" and left < seconds:
                raise LimitReached("total_time", amount=self.limits.total_seconds) from limit
            raise
        finally:
            if self.clock_stops:
                self._spent, self._since = self.spent, None
            self._collect()

    def _collect(self) -> None:
        worker = self._worker
        if worker is None:
            return
        kept = self.hidden_output if self.hidden else self.visible_output
        output = worker.process.taken_output()
        kept += output[: max(0, KEPT_OUTPUT - len(kept))]
        if not worker.process.alive:
            self._finish(worker)

    def _finish(self, worker: WorkerHandle) -> None:
        self._worker = None
        process = worker.process
        process.close()
        self.cpu_seconds += process.cpu_seconds
        self.peak_kb = max(self.peak_kb, process.peak_kb)


def _is_of_a_statement(limit: LimitReached) -> bool:
    """Whether a limit was hit by what the submission does, and not by the whole of it or by somebody else."""
    return limit.kind not in ("lost", "not_run", "total_time") and limit.signal != "SIGKILL"


def _function(call: Call | EncodedCall) -> str:
    """The name of what is called."""
    target = call.call.target if isinstance(call, EncodedCall) else call.target
    return target if isinstance(target, str) else target.name


def _is_function(call: Call | EncodedCall) -> bool:
    """Whether what is called is the submission's own, and no scenario of a probe."""
    return isinstance(call.call.target if isinstance(call, EncodedCall) else call.target, str)
