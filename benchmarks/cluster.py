"""`cluster`: a class on a Ray cluster of three hosts, whole and with one cut off midway, beside `-j 1` on this machine.

The hosts are network namespaces of this machine, so what is measured is that nothing is lost, not speed.
"""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import msgspec

from benchmarks.classes import ROOT, exercises, make_class, pools
from benchmarks.cold import grade
from benchmarks.hosts import Host, cut_off, made_hosts, missing
from benchmarks.measure import Cost, expect, reap_orphans, run
from benchmarks.show import Table

HOSTS = 3
SUBMISSIONS, QUICK = 600, 60
SEED = "1"
PORT = 6379
START_SECONDS = 180
LOOK_SECONDS = 0.1
#: The host is cut off when so much of the class has its results.
MIDWAY = 1 / 3
STORE_BYTES = 200_000_000

#: Ray gives up early on a busy machine, and lets its processes yield to all others.
PATIENT = {"RAY_raylet_start_wait_time_s": str(START_SECONDS), "RAY_worker_niceness": "0"}

_DURATION = re.compile(rb'"seconds": ?[0-9.e+-]+')
#: Ends when all hosts are in the cluster.
_WAIT = f"""
import sys, time, ray
ray.init(address=sys.argv[1], log_to_driver=False, logging_level="ERROR")
while sum(node["Alive"] for node in ray.nodes()) < {HOSTS}: time.sleep(0.2)
"""


class Scored(msgspec.Struct, frozen=True):
    """One run. repeated: submissions that a lost host had. equal: results equal to those of `-j 1` but for durations.

    table: whether scores.csv is equal. done: how many had a result when the host was cut off; 0 if none was.
    """

    cost: Cost
    repeated: int
    equal: int
    table: bool
    done: int = 0


def measure(*, quick: bool, most: int) -> list[Table]:
    """The table of `cluster`; none where the machine can't have the hosts, which a line says. most: of submissions."""
    reason = "Ray is not installed here" if find_spec("ray") is None else missing()
    if reason:
        print(f"\ncluster was left out: {reason}.")
        return []
    count = min(QUICK if quick else SUBMISSIONS, most)
    with tempfile.TemporaryDirectory(prefix="gb-") as name:
        folder = Path(name)
        make_class(folder / "class", pools(exercises(["exercise03"])), count)
        here = _compared(folder, "here", expect(run(_score("here", "-j", "1"), cwd=folder), 0, "grade score -j 1"))
        runs = {"-j 1, no cluster": here, f"{HOSTS} hosts": _on_hosts(folder, "whole", None)}
        runs[f"{HOSTS} hosts, one cut off"] = _on_hosts(folder, "cut", round(MIDWAY * count))
    return [_table(runs, count)]


def _score(out: str, *words: str) -> list[str]:
    return grade("score", "class", "--out", out, "--seed", SEED, "--course", str(ROOT), *words)


def _on_hosts(folder: Path, out: str, cut_at: int | None) -> Scored:
    """Grade on a new cluster. cut_at: the last host loses its network when there are so many results."""
    with _terminable(), made_hosts(HOSTS) as hosts:
        address = _start_ray(hosts, folder / f"ray-{out}")
        cutter = _Cutter(folder / out, cut_at, lambda: cut_off(hosts[-1], hosts[0]))
        cutter.start()
        command = hosts[0].command(*_score(out, "--engine", "ray", "--address", address))
        try:
            # Ray's processes are adopted ones, and stay until the hosts end.
            cost = expect(run(command, cwd=folder, orphans=False), 0, "grade score --engine ray")
        finally:
            cutter.stop()
    reap_orphans()
    if cut_at is not None and not cutter.done:
        raise RuntimeError("no host was cut off before the class was graded")
    return _compared(folder, out, cost, cutter.done)


def _start_ray(hosts: list[Host], folder: Path) -> str:
    """Ray on each host, one core each; the cluster's address. Raises RuntimeError."""
    address = f"{hosts[0].address}:{PORT}"
    for number, host in enumerate(hosts):
        place = ("--address", address) if number else ("--head", "--port", str(PORT), "--include-dashboard", "false")
        own = ("--node-ip-address", host.address, "--temp-dir", str(folder / str(number)), "--num-cpus", "1")
        start = [sys.executable, "-m", "ray.scripts.scripts", "start", "--disable-usage-stats", *place, *own]
        _expect(host.command(*start, "--object-store-memory", str(STORE_BYTES)), folder.with_suffix(f".{number}"))
    _expect(hosts[0].command(sys.executable, "-c", _WAIT, address), folder.with_suffix(".wait"))
    return address


def _expect(command: list[str], log: Path) -> None:
    """Run it; its output goes to a file, because the processes that it leaves would keep a pipe open."""
    with log.open("wb") as output:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=os.environ | PATIENT,
            timeout=START_SECONDS,
        )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with status {done.returncode}:\n{log.read_text()[-3000:]}")


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends the block as an exception does, so that the hosts are removed."""
    earlier = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, earlier)


class _Cutter(threading.Thread):
    """Waits for so many results in a folder, and calls `cut`. done: how many there were then."""

    def __init__(self, out: Path, count: int | None, cut: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.done = 0
        self._out = out
        self._count = count
        self._cut = cut
        self._ended = threading.Event()

    def run(self) -> None:
        while self._count is not None and not self._ended.wait(LOOK_SECONDS):
            found = sum(1 for _ in self._out.glob("results/*/*.json"))
            if found >= self._count:
                self._cut()
                self.done = found
                return

    def stop(self) -> None:
        """End it."""
        self._ended.set()
        self.join()


def _compared(folder: Path, out: str, cost: Cost, done: int = 0) -> Scored:
    """What a run wrote beside what `-j 1` did."""
    ours, theirs = _results(folder / "here"), _results(folder / out)
    equal = sum(theirs.get(name) == content for name, content in ours.items()) if ours.keys() == theirs.keys() else 0
    tables = [(folder / name / "scores.csv").read_bytes() for name in ("here", out)]
    return Scored(cost, _repeated(folder / out / "faults.csv"), equal, tables[0] == tables[1], done)


def _results(out: Path) -> dict[str, bytes]:
    """Every result's bytes, durations left out."""
    paths = out.glob("results/*/*.json")
    return {str(path.relative_to(out)): _DURATION.sub(b"", path.read_bytes()) for path in paths}


def _repeated(faults: Path) -> int:
    """How many submissions were under way on a host that was lost."""
    if not faults.exists():
        return 0
    with faults.open(encoding="utf-8", newline="") as file:
        return sum("was lost" in " ".join(row) for row in csv.reader(file))


def _table(runs: dict[str, Scored], count: int) -> Table:
    rows, values = [], {}
    for name, one in runs.items():
        table = "equal" if one.table else "DIFFERENT"
        figures = (f"{one.cost.wall:.1f}", str(one.done), str(one.repeated), f"{one.equal} of {count}", table)
        rows.append((name, *figures))
        values[name] = {
            "wall_s": one.cost.wall,
            "done_before": one.done,
            "repeated": one.repeated,
            "equal": one.equal,
            "scores_equal": one.table,
        }
    header = ("grade score", "wall, s", "done before the cut", "repeated", "results equal to -j 1", "scores.csv")
    return Table(f"{count} submissions of exercise 03 on a Ray cluster of {HOSTS} hosts", header, rows, values)
