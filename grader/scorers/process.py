"""A scorer (scorer.py) from the outside: started, fed and ended by `grade score` and by nbgrader's autograde."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress

import msgspec

from grader.boundary.launch import trusted_command
from grader.boundary.scratch import new_folder, remove_folder
from grader.errors import GraderFault
from grader.scorers.scorer import Broken, Done, Ready, Start, Task, Unsaved
from grader.text import say
from grader.wire.channel import readable

#: How often a submission is tried, and a scorer started: what fails every time does so for a reason of its own.
TRIES = 3

#: The tier of confinement that grading asks for, unless work is trusted.
CONFINED = "landlock+seccomp"

#: How long a scorer may take to end by itself.
END_SECONDS = 2.0

#: How long a scorer may take to import PyTorch and collect the checks, on a slow and busy machine.
START_SECONDS = 300.0

ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class ScorerProcess:
    """One scorer. `ready` is called once, before the first `ask`."""

    def __init__(self, start: Start, *, apart: bool = False) -> None:
        """apart: in a process group of its own, so that a Ctrl-C meant for whoever asks does not reach it."""
        self.process = subprocess.Popen(
            trusted_command("grader.scorers.scorer"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=os.environ | ENVIRONMENT,
            process_group=0 if apart else None,
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self._tasks, self._answers = self.process.stdin, self.process.stdout
        self._read = bytearray()  # of the next answers
        self.first = Ready("none")  # what `ready` returned
        self._scratch = new_folder()
        self._write(msgspec.structs.replace(start, scratch=str(self._scratch)))

    def ready(self) -> Ready:
        """Wait until it can grade. Raises GraderFault if it can't."""
        try:
            first = self.read()
        except TimeoutError as error:
            first = Broken(str(error))
        if not isinstance(first, Ready):
            reason = first.reason if isinstance(first, Broken) else "it ended at once"
            raise GraderFault(say("A grading process could not start: {reason}", reason=reason))
        self.first = first
        return first

    def ask(self, task: Task, seconds: float) -> Done | Broken | Ready | Unsaved | None:
        """Have one submission graded; None if the scorer died over it. Raises TimeoutError after so many seconds."""
        self._write(task)
        return self.read(seconds)

    def read(self, seconds: float = START_SECONDS) -> Done | Broken | Ready | Unsaved | None:
        """The next answer; None at the end. Raises TimeoutError if none comes within so many seconds."""
        end = time.monotonic() + seconds
        while b"\n" not in self._read:
            if not readable([self._answers.fileno()], end):
                raise TimeoutError(f"no answer in {seconds:g} s")
            chunk = os.read(self._answers.fileno(), 1 << 16)
            if not chunk:
                return None
            self._read += chunk
        line, _, rest = self._read.partition(b"\n")
        self._read = rest
        return msgspec.json.decode(line, type=Done | Broken | Ready | Unsaved)

    def _write(self, message: Start | Task) -> None:
        try:
            left = memoryview(msgspec.json.encode(message) + b"\n")
            while left:
                left = left[os.write(self._tasks.fileno(), left) :]
        except (BrokenPipeError, ValueError):
            return  # it died, or was told to end; reading says so

    def stop(self) -> None:
        """Tell the scorer to end at once, whatever it does; its zygote and workers end with it."""
        with suppress(BrokenPipeError):  # unwritten bytes for one that died
            self._tasks.close()

    def end(self) -> None:
        """End the scorer and remove what it leaves behind."""
        self.stop()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._answers.close()
        with suppress(OSError):  # a worker that has not ended yet may write there
            remove_folder(self._scratch)
