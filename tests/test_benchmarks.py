"""The benchmarks run. What they measure is nobody's to assert: it depends on the machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from benchmarks.chain_marks import STEPS
from benchmarks.hosts import Host, cut_off, made_hosts, missing
from tests.programs import browser_program

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the benchmarks read /proc")

#: Starts a process that outlives it and uses half a second of CPU time.
LEAVES_AN_ORPHAN = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time\\nwhile time.process_time() < 0.5: pass"])
"""
#: Prints the CPU seconds of the above, and the most memory.
MEASURES_IT = """
import pathlib, sys
from benchmarks.measure import adopt_orphans, run
adopt_orphans()
cost = run([sys.executable, "-c", sys.argv[1]], cwd=pathlib.Path(), sample_seconds=0.01)
print(cost.cpu, cost.peak_mb)
"""


def output_of(*command: str) -> str:
    run = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_orphans_are_accounted_for() -> None:
    cpu, peak = map(float, output_of("-c", MEASURES_IT, LEAVES_AN_ORPHAN).split())
    assert cpu >= 0.5
    assert peak > 1


#: Not warm and score, which take long; truth has a test of its own.
MEASURED = ("cold", "chain", "daily", "scale", "hostile", "parts", "gradebook", "reports", "page", "live", "judge")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    """What one quick run of these prints, and its figures. One, because what they grade is made once for all."""
    file = tmp_path_factory.mktemp("benchmarks") / "figures.json"
    said = output_of("-m", "benchmarks", *MEASURED, "--quick", "--json", str(file))
    return said, json.loads(file.read_bytes())["figures"]


@pytest.fixture
def figures(measured: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return measured[1]


def rows(measured: tuple[str, dict[str, Any]], name: str) -> list[str]:
    """The first cell of each row that is printed below the titles of this benchmark's tables."""
    said, figures = measured
    tables = [said.partition(f"\n{title}\n\n")[2].partition("\n\n")[0] for title in figures[name]]
    return [line.split(" | ")[0].strip("| ") for table in tables for line in table.splitlines()[2:]]


@pytest.mark.slow
def test_cold_prints_its_tables(measured: tuple[str, dict[str, Any]], figures: dict[str, Any]) -> None:
    commands = ["import torch", *(f"grade exercise03, {kind}" for kind in ("right", "wrong", "stub"))]
    verbs = ["python -c pass", "grade --help", "grade list", "grade next", "grade hint exercise03"]
    assert rows(measured, "cold") == commands + verbs
    assert [list(table) for table in figures["cold"].values()] == [commands, verbs]


@pytest.mark.slow
def test_chain_takes_the_time_of_every_step(figures: dict[str, Any]) -> None:
    [table] = figures["chain"].values()
    assert set(table) == set(STEPS) and all(row["took_s"][0] > 0 for row in table.values())


@pytest.mark.slow
def test_gradebook_prints_its_table(measured: tuple[str, dict[str, Any]], figures: dict[str, Any]) -> None:
    [table] = figures["gradebook"].values()
    assert "beyond grading" in table and rows(measured, "gradebook") == list(table)


@pytest.mark.slow
def test_page_and_live_measure_in_a_browser_too(figures: dict[str, Any]) -> None:
    browser_program()
    making, browser = figures["page"].values()
    assert list(making) == ["grade report"] and list(browser) == ["load", "sort", "filter"]
    first, browser = figures["live"].values()
    assert list(first) == ["cold", "open"] and list(browser) == ["save to page", "verdict to page"]


@pytest.mark.slow
def test_daily_prints_its_tables(measured: tuple[str, dict[str, Any]]) -> None:
    watched, served = (
        [f"{name}, {kind}" for kind in ("right", "wrong")] for name in ("exercise03", "grade exercise03")
    )
    assert rows(measured, "daily") == [*watched, "import torch", *served]


@pytest.mark.slow
def test_half_a_class_hostile_costs_its_budgets_alone(figures: dict[str, Any]) -> None:
    [table] = figures["hostile"].values()
    assert table["changed"] == 0 and table["all_s"] < table["budget_s"]


@pytest.mark.slow
def test_scale_counts_the_hostile_apart(figures: dict[str, Any]) -> None:
    [table] = figures["scale"].values()  # one class on two exercises
    for size, row in table.items():
        assert row["hostile"] == 1 and row["as_meant"] == int(size) - 1 and row["hostile_s"] > 1


@pytest.mark.slow
def test_reports_counts_what_is_written(figures: dict[str, Any]) -> None:
    [table] = figures["reports"].values()
    assert [what for what, row in table.items() if row["bytes"] <= 0] == ["every result read"]
    assert {"grade report --html", "--format json", "--format gradescope"} < set(table)
    assert all(row["cpu_s"] > 0 and row["peak_mb"] > 1 for row in table.values())


@pytest.mark.slow
def test_every_part_of_the_work_takes_time(figures: dict[str, Any]) -> None:
    [table] = figures["parts"].values()
    known = table.pop("the reference and the mistakes, where not remembered")
    assert len(table) == 6 and min(table.values()) > 0 and known >= 0


@pytest.mark.slow
def test_judge_prints_its_table(measured: tuple[str, dict[str, Any]], figures: dict[str, Any]) -> None:
    [table] = figures["judge"].values()
    assert rows(measured, "judge") == list(table) == ["grade serve -j 1"]
    assert table["grade serve -j 1"]["as_meant"] == 4


def test_cluster_says_what_it_lacks(tmp_path: Path) -> None:
    """Not run here: it takes minutes."""
    program = "from benchmarks import cluster; print(cluster.measure(quick=True, most=1))"
    lacking = os.environ | {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT)}
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=lacking, capture_output=True, text=True)
    remedy = "install iproute2" if os.geteuid() == 0 else "run it as root"
    assert said.stdout.startswith("\ncluster was left out: ") and said.stdout.endswith(f"{remedy}.\n[]\n"), said.stderr


def test_a_host_that_is_cut_off_hears_nothing_and_none_stays() -> None:
    if missing():
        return  # the test above has the sentence; this is no reason to stop a gate that may not make namespaces
    with ExitStack() as stack:
        with made_hosts(3) as hosts:
            listeners = [stack.enter_context(listener(host)) for host in hosts]
            assert [reaches(hosts[1], other) for other in hosts] == [True, True, True]
            cut_off(hosts[2], hosts[0])
            assert [reaches(hosts[1], other) for other in hosts] == [True, True, False]
        assert [one.wait(10) for one in listeners] == [-signal.SIGKILL] * 3
    listed = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True).stdout
    assert not any(host.namespace in listed for host in hosts)


def listener(host: Host) -> subprocess.Popen[bytes]:
    """A program there that takes connections until it is killed."""
    program = "import socket, sys; made = socket.create_server((sys.argv[1], 999)); print(flush=True); sys.stdin.read()"
    command = host.command(sys.executable, "-S", "-c", program, host.address)
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline()
    return process


def reaches(host: Host, other: Host) -> bool:
    program = "import socket, sys; socket.create_connection((sys.argv[1], 999), timeout=1)"
    command = host.command(sys.executable, "-S", "-c", program, other.address)
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0
