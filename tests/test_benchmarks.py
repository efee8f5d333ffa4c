"""The benchmarks run. What they measure is nobody's to assert: it depends on the machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.slow
def test_cold_prints_its_tables(tmp_path: Path) -> None:
    printed = output_of("-m", "benchmarks", "cold", "--quick", "--json", str(tmp_path / "figures.json"))
    lines = [line.split(" | ")[0].strip("| ") for line in printed.splitlines() if line.startswith("|")]
    commands = ["import torch", *(f"grade exercise03, {kind}" for kind in ("right", "wrong", "stub"))]
    verbs = ["python -c pass", "grade --help", "grade list", "grade next", "grade hint exercise03"]
    assert [line for line in lines if line != "command" and set(line) != {"-"}] == commands + verbs
    figures = json.loads((tmp_path / "figures.json").read_bytes())["figures"]["cold"]
    assert [list(table) for table in figures.values()] == [commands, verbs]


@pytest.mark.slow
def test_gradebook_prints_its_table(tmp_path: Path) -> None:
    printed = output_of("-m", "benchmarks", "gradebook", "--quick", "--json", str(tmp_path / "figures.json"))
    [table] = json.loads((tmp_path / "figures.json").read_bytes())["figures"]["gradebook"].values()
    assert "beyond grading" in table and all(f"| {name} " in printed for name in table)


@pytest.mark.slow
def test_page_prints_its_tables(tmp_path: Path) -> None:
    browser_program()
    output_of("-m", "benchmarks", "page", "--quick", "--json", str(tmp_path / "figures.json"))
    making, browser = json.loads((tmp_path / "figures.json").read_bytes())["figures"]["page"].values()
    assert list(making) == ["grade report"] and list(browser) == ["load", "sort", "filter"]


@pytest.mark.slow
def test_live_prints_its_tables(tmp_path: Path) -> None:
    browser_program()
    output_of("-m", "benchmarks", "live", "--quick", "--json", str(tmp_path / "figures.json"))
    first, browser = json.loads((tmp_path / "figures.json").read_bytes())["figures"]["live"].values()
    assert list(first) == ["cold", "open"] and list(browser) == ["save to page", "verdict to page"]


@pytest.mark.slow
def test_daily_prints_its_tables() -> None:
    printed = output_of("-m", "benchmarks", "daily", "--quick")
    lines = [line.split(" | ")[0].strip("| ") for line in printed.splitlines() if line.startswith("|")]
    names = ("exercise03", "grade exercise03")
    kinds = [f"{name}, {kind}" for name in names for kind in ("right", "wrong")]
    assert [line for line in lines if line.endswith(("right", "wrong"))] == kinds


@pytest.mark.slow
def test_half_a_class_hostile_costs_its_budgets_alone(tmp_path: Path) -> None:
    output_of("-m", "benchmarks", "hostile", "--quick", "--json", str(tmp_path / "figures.json"))
    [table] = json.loads((tmp_path / "figures.json").read_bytes())["figures"]["hostile"].values()
    assert table["changed"] == 0 and table["all_s"] < table["budget_s"]


@pytest.mark.slow
def test_scale_counts_the_hostile_apart(tmp_path: Path) -> None:
    output_of("-m", "benchmarks", "scale", "--quick", "--json", str(tmp_path / "figures.json"))
    [table] = json.loads((tmp_path / "figures.json").read_bytes())["figures"]["scale"].values()
    for size, row in table.items():
        assert row["hostile"] == 1 and row["as_meant"] == int(size) - 1 and row["hostile_s"] > 1


@pytest.mark.slow
def test_every_part_of_the_work_takes_time(tmp_path: Path) -> None:
    output_of("-m", "benchmarks", "parts", "--quick", "--json", str(tmp_path / "figures.json"))
    [table] = json.loads((tmp_path / "figures.json").read_bytes())["figures"]["parts"].values()
    assert len(table) == 7 and min(table.values()) > 0


@pytest.mark.slow
def test_judge_prints_its_table(tmp_path: Path) -> None:
    printed = output_of("-m", "benchmarks", "judge", "--quick", "--json", str(tmp_path / "figures.json"))
    [table] = json.loads((tmp_path / "figures.json").read_bytes())["figures"]["judge"].values()
    assert len(table) == 1 and all(f"| {name} " in printed for name in table)
    assert {one["as_meant"] for one in table.values()} == {4}
