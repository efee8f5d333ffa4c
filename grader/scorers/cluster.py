"""`grade score --engine ray`: a class graded by every machine of a Ray cluster.

One actor per machine, or per GPU, runs a crew of scorers (node.py) on chunks of submissions. This process reads the
submissions and writes the results: no machine but this one needs the class's files, and a result counts once its file
is here. A machine that is lost has its chunk done again by another one; of two results for one submission the first
counts.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import msgspec

from grader.atomic import write_whole
from grader.course.find import find_exercise
from grader.course.model import Course
from grader.course.texts import course_files
from grader.errors import GraderFault, SubmissionError, UsageError
from grader.grading.results import ResultHeaders, ungradable
from grader.installing import extra_command
from grader.reader.client import Reader
from grader.report.jsonfile import to_json
from grader.scorers.crew import saving
from grader.scorers.engine import Failed, Fault, Finish, ScoreSettings
from grader.scorers.fingerprint import grader_digest
from grader.scorers.node import GradedTasks, Node
from grader.scorers.scorer import Done, Start, Task, read_task, result_path, summary
from grader.text import say

#: Submissions in a chunk, at most: what a lost machine costs.
MOST_IN_A_CHUNK = 32
#: Seconds for an actor to come up and end, and between two looks for Ctrl-C.
START_SECONDS = 120.0
END_SECONDS = 5.0
LOOK_SECONDS = 0.2
LISTEN_SECONDS = 10.0


class Cluster:
    """The machines of one run; an Engine."""

    def __init__(self, course: Course, start: Start, settings: ScoreSettings, failed: Failed) -> None:
        try:
            import ray
        except ImportError as error:
            reason = say(
                "--engine ray needs Ray, not installed here (the extra {extra}): {command}",
                extra="ray",
                command=extra_command("ray"),
            )
            raise UsageError(reason) from error
        self._ray: Any = ray
        self._course = course
        self._headers = ResultHeaders(course, seed=start.seed, device=start.device)
        self._start = start
        self._settings = settings
        self._failed = failed
        self._actors: dict[Any, str] = {}  # each with the name of its machine
        self.confinement = ""
        self._reader = Reader()

    def __enter__(self) -> Self:
        try:
            _expect_listening(self._settings.address)
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # a class's grading is nobody else's business
            self._ray.init(address=self._settings.address, log_to_driver=False, logging_level=logging.ERROR)
        except (OSError, ValueError, RuntimeError) as error:
            raise UsageError(
                say(
                    "There is no Ray cluster at {address}: {reason}",
                    address=self._settings.address or "-",
                    reason=str(error)[:500],
                )
            ) from None
        files = self._ray.put(
            {path.relative_to(self._course.folder).as_posix(): path.read_bytes() for path in _files(self._course)}
        )
        for options, name in _places(self._ray.nodes(), self._start.device):
            actor = self._ray.remote(Node).options(max_restarts=0, **options)
            settings = msgspec.structs.replace(self._settings, jobs=self._settings.jobs or options["num_cpus"])
            self._actors[actor.remote(files, self._start, settings)] = name
        if not self._actors:
            self._ray.shutdown()
            raise UsageError(say("No machine of the Ray cluster has a {device} device.", device=self._start.device))
        return self

    def __exit__(self, *error: object) -> None:
        self._reader.close()
        ends = [actor.close.remote() for actor in self._actors]
        if ends:
            self._ray.wait(ends, num_returns=len(ends), timeout=LOOK_SECONDS if any(error) else END_SECONDS)
        self._ray.shutdown()

    def grade(self, tasks: Sequence[Task], finish: Finish) -> None:
        """Have every task graded and its result written. Raises GraderFault, UsageError, and what `finish` raises."""
        self._check_versions()
        waiting = list(reversed(tasks))
        under_way: dict[Any, tuple[Any, list[Task]]] = {}
        idle = list(self._actors)
        while waiting or under_way:
            while idle and waiting:
                chunk = self._readable(_taken(waiting, len(self._actors)), finish)
                if chunk:
                    actor = idle.pop()
                    under_way[actor.grade.remote(chunk)] = actor, chunk
            if not under_way:
                continue
            for ref in self._ray.wait(list(under_way), timeout=LOOK_SECONDS)[0]:
                actor, chunk = under_way.pop(ref)
                try:
                    graded = self._ray.get(ref)
                except self._ray.exceptions.RayError as error:
                    waiting += self._lost(actor, chunk, error)
                else:
                    self._save(chunk, graded, finish)
                    idle.append(actor)

    def _check_versions(self) -> None:
        """A machine with another grader would give other results."""
        ours = grader_digest()
        asked = {actor.digest.remote(): (actor, name) for actor, name in self._actors.items()}
        there, missing = self._ray.wait(list(asked), num_returns=len(asked), timeout=START_SECONDS)
        for ref in there:
            actor, name = asked[ref]
            try:
                theirs = self._ray.get(ref)
            except self._ray.exceptions.RayError as error:
                self._lost(actor, [], error)
                continue
            if theirs != ours:
                raise GraderFault(
                    say(
                        "{machine} has another version of the grader or of its libraries. Install the "
                        "same on every machine.",
                        machine=name,
                    )
                )
        for ref in missing:
            self._lost(asked[ref][0], [], TimeoutError("no answer"))

    def _readable(self, chunk: list[Task], finish: Finish) -> list[Task]:
        """The chunk with its submissions in it; those that can't be read are done with, as a scorer here would."""
        read = []
        for task in chunk:
            exercise = find_exercise(self._course, task.exercise)
            header = self._headers.header(exercise, task.path)
            if task.seed is not None:
                header = msgspec.structs.replace(header, seed=task.seed)
            try:
                submission = read_task(task, exercise, self._reader, self._start.submissions)
            except (SubmissionError, UsageError) as error:
                result = ungradable(header, error)
                self._finish(task, summary(result), to_json(result), finish)
            else:
                read.append(msgspec.structs.replace(task, submission=submission))
        return read

    def _save(self, chunk: list[Task], graded: GradedTasks, finish: Finish) -> None:
        if graded.problem is not None:
            raise GraderFault(graded.problem)
        self.confinement = graded.confinement
        for fault in graded.faults:
            self._failed(msgspec.structs.replace(fault, task=_without(fault.task)))
        for task, (done, content) in zip(chunk, graded.results, strict=True):
            self._finish(_without(task), done, content, finish)

    def _finish(self, task: Task, done: Done, content: bytes, finish: Finish) -> None:
        if content:
            with saving(self._start.out):
                write_whole(result_path(self._start.out, task.student, task.exercise), content)
        finish(task, done)

    def _lost(self, actor: Any, chunk: list[Task], error: Exception) -> list[Task]:
        """Do without this machine; the chunk, to be done by another one. Raises GraderFault if it was the last."""
        name = self._actors.pop(actor)
        reason = f"{name} was lost: {type(error).__name__}"
        for task in chunk:
            self._failed(Fault(_without(task), 1, reason))
        if not self._actors:
            raise GraderFault(
                say(
                    "Every machine of the cluster was lost, the last one being {machine}: {reason}. What "
                    "is done is kept; go on with --resume.",
                    machine=name,
                    reason=str(error)[:500],
                )
            )
        return [_without(task) for task in reversed(chunk)]


def _expect_listening(address: str | None) -> None:
    """Ray itself asks for minutes before it says that nobody is there. Raises OSError."""
    host, _, port = (address or "").rpartition(":")
    if port.isdigit() and "/" not in host:
        socket.create_connection((host, int(port)), timeout=LISTEN_SECONDS).close()


def _taken(waiting: list[Task], machines: int) -> list[Task]:
    """The next chunk, smaller towards the end, so that no machine waits long for the last one."""
    size = max(1, min(MOST_IN_A_CHUNK, len(waiting) // (4 * max(1, machines))))
    return [waiting.pop() for _ in range(min(size, len(waiting)))]


def _without(task: Task) -> Task:
    return msgspec.structs.replace(task, submission=None)


def _files(course: Course) -> Iterator[Path]:
    """What grading needs of a course."""
    yield from course_files(course.folder, course.languages)
    for exercise in course.exercises:
        yield from (path for path in exercise.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _places(nodes: list[dict[str, Any]], device: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Options that put an actor on each machine, or on each GPU of one, and the machine's name.

    An actor asks for all of a machine's cores, or its share of them: nobody else's work slows a submission's clock.
    """
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    for node in nodes:
        cores, gpus = (int(node["Resources"].get(kind, 0)) for kind in ("CPU", "GPU"))
        if not node["Alive"] or not cores:
            continue
        count = gpus if device == "cuda" else 1
        place = NodeAffinitySchedulingStrategy(node_id=node["NodeID"], soft=False)
        for _ in range(count):
            options: dict[str, Any] = {"num_cpus": max(1, cores // count), "scheduling_strategy": place}
            if device == "cuda":
                options["num_gpus"] = 1
            yield options, f"{node['NodeManagerHostname']} ({node['NodeID'][:8]})"
