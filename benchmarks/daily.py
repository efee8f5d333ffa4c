"""`daily`: what a learner waits for. From a save to the verdict in `grade watch`, and a second `grade exercise03`, with
the warm server that the first one left, beside `python -c "import torch"`."""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.classes import ROOT, exercises, pool
from benchmarks.cold import EXERCISE, grade, ratios
from benchmarks.measure import Cost, expect, run
from benchmarks.show import Table, milliseconds, spread
from grader.course.model import Exercise

WATCHED = ("exercise03", "exercise12")
SAVES = 40
RUNS = 15
QUICK = 1
#: What `grade watch` ends with every time.
READY = b"q quit"
#: Seconds between a verdict and the next save: people take longer, and what still runs then would be measured too.
PAUSE = 0.3


def measure(*, quick: bool) -> list[Table]:
    """The tables of `daily`."""
    watched = WATCHED[:1] if quick else WATCHED
    return [_watch(watched, QUICK if quick else SAVES), _server(QUICK if quick else RUNS)]


def _watch(names: Sequence[str], saves: int) -> Table:
    rows, values = [], {}
    for exercise in exercises(names):
        answers = pool(exercise)
        for kind, sources in (("right", answers.right), ("wrong", answers.wrong)):
            seconds = _saves(exercise, [sources[number % len(sources)] for number in range(saves)])
            late = sorted(seconds)[int(0.95 * len(seconds))]
            label = f"{exercise.id}, {kind}"
            rows.append((label, str(len(seconds)), milliseconds(seconds), f"{1000 * late:.0f}"))
            values[label] = {"wall_s": seconds, "p95_s": late}
    header = ("submission", "saves", "save to verdict, ms", "95th percentile, ms")
    return Table("Watch: from a save to the whole report on the terminal", header, rows, values)


def _saves(exercise: Exercise, sources: list[str]) -> list[float]:
    """Seconds from each save to the end of its report. The exercise is named, so that full marks lead nowhere."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".grade").mkdir()
        file = folder / f"{exercise.slug}.py"
        file.write_text(sources[0], "utf-8")
        master, slave = pty.openpty()
        process = subprocess.Popen(
            [*grade("watch", exercise.id, "--course", str(ROOT))],
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=os.environ | {"TERM": "xterm", "GRADE_LANG": "en", "COLUMNS": "80"},
            start_new_session=True,
            preexec_fn=lambda: _take(slave),
        )
        os.close(slave)
        try:
            _until_ready(master)
            return [_save(file, source, master) for source in sources]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
            os.close(master)


def _take(terminal: int) -> None:
    """In the child: make this its terminal, without which there are no keys."""
    import fcntl
    import termios

    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def _save(file: Path, source: str, master: int) -> float:
    time.sleep(PAUSE)
    other = file.with_name(".new~")
    other.write_text(source, "utf-8")
    start = time.perf_counter()
    os.replace(other, file)
    _until_ready(master)
    return time.perf_counter() - start


def _until_ready(master: int) -> None:
    printed = b""
    while READY not in printed:
        if not select.select([master], [], [], 60)[0]:
            raise RuntimeError(printed[-2000:].decode(errors="replace"))
        printed += os.read(master, 1 << 16)


def _server(count: int) -> Table:
    with tempfile.TemporaryDirectory(prefix="g") as name:
        folder = Path(name)
        environ = os.environ | {"GRADE_WARM": "always", "XDG_RUNTIME_DIR": name}
        try:
            warm, base = _beside(folder, environ, count)
        finally:
            subprocess.run(grade("stop"), env=environ, stdout=subprocess.DEVNULL, check=True)
    rows, values = [], {}
    for label, found in {"import torch": base, **{f"grade {EXERCISE}, {kind}": warm[kind] for kind in warm}}.items():
        walls = ratios(found, base, lambda cost: cost.wall)
        rows.append((label, milliseconds([cost.wall for cost in found]), spread(walls, 3)))
        values[label] = {"wall_s": [cost.wall for cost in found], "wall_ratio": walls}
    title = f"Warm server: whole processes, {count} rounds; import torch = "
    title += f"{1000 * statistics.median(cost.wall for cost in base):.0f} ms"
    return Table(title, ("command", "wall, ms", "× import torch"), rows, values)


def _beside(folder: Path, environ: Mapping[str, str], count: int) -> tuple[dict[str, list[Cost]], list[Cost]]:
    """The costs of warm runs on a right and a wrong answer, and of importing PyTorch, in turn."""
    [exercise] = exercises([EXERCISE])
    answers = pool(exercise)
    commands, base, warm = {}, [], dict[str, list[Cost]]()
    for kind, source in (("right", answers.right[0]), ("wrong", answers.wrong[0])):
        path = folder / kind / f"{exercise.slug}.py"
        path.parent.mkdir()
        path.write_text(source, "utf-8")
        commands[kind] = (grade(EXERCISE, str(path), "--course", str(ROOT)), int(kind == "wrong"))
        warm[kind] = []
    _leave_server(commands["right"][0], folder, environ)
    for number in range(-1 if count > 1 else 0, count):
        costs = {
            kind: expect(run(command, cwd=folder, env=environ, orphans=False), status, kind)
            for kind, (command, status) in commands.items()
        }
        imported = expect(run([sys.executable, "-c", "import torch"], cwd=folder, orphans=False), 0, "import torch")
        if number >= 0:  # the first round is not counted
            base.append(imported)
            for kind, cost in costs.items():
                warm[kind].append(cost)
    return warm, base


def _leave_server(command: list[str], folder: Path, environ: Mapping[str, str]) -> None:
    """Grade once, and wait until the server that this left is warm."""
    subprocess.run(command, cwd=folder, env=environ, stdout=subprocess.DEVNULL, check=True)
    end = time.monotonic() + 60
    ask = [sys.executable, "-c", "import sys; from grader.warm.client import state; sys.exit(state() is None)"]
    while subprocess.run(ask, cwd=ROOT, env=environ, check=False).returncode:
        if time.monotonic() > end:
            raise RuntimeError("no server came")
        time.sleep(0.2)
