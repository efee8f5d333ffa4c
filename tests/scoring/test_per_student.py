"""`grade score --per-student`: each student's inputs come from a seed of their own, the same ones in every run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from grader.seed import SEED_BITS, students_seed
from tests.scoring.test_score import NAME, WRONG, grade_score, hand_in


def results(out: Path) -> dict[str, dict[str, Any]]:
    found = {path.parent.name: json.loads(path.read_bytes()) for path in out.glob("results/*/exercise03.json")}
    return {student: result | {"seconds": 0} for student, result in found.items()}


def test_a_students_seed() -> None:
    seeds = {students_seed(seed, student) for seed in range(30) for student in ("ada", "Ada", "bo", "\udcff", "")}
    assert len(seeds) == 150 and all(0 <= seed < 1 << SEED_BITS for seed in seeds)
    assert students_seed(7, "ren\u00e9") == students_seed(7, "rene\u0301")
    assert students_seed(7, "ada") == 3518207516908922, "grades of earlier runs could not be repeated"


@pytest.mark.slow
def test_each_student_has_inputs_of_their_own_and_a_later_run_keeps_them(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    for student in ("ada", "bo"):
        hand_in(root, student, {NAME: WRONG})
    hand_in(root, "cy", {})
    grade_score(root, "--out", out, "--seed", "7", "--per-student", "-j", "2")
    first = results(out)
    assert {student: result["seed"] for student, result in first.items()} == {
        student: students_seed(7, student) for student in ("ada", "bo", "cy")
    }
    assert first["ada"]["checks"][2]["worst"] != first["bo"]["checks"][2]["worst"]
    assert first["ada"]["score"] == first["bo"]["score"]
    (out / "results/ada/exercise03.json").unlink()
    kept = grade_score(root, "--out", out, "--resume").stdout
    assert "Kept from the earlier run: 1" in kept
    assert results(out) == first
    # Whoever has one seed for all can't go on with each their own.
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(out / "run.json", other)
    run = other / "run.json"
    run.write_text(run.read_text("utf-8").replace('"per_student": true', '"per_student": false'), "utf-8")
    refused = grade_score(root, "--out", other, "--resume", "--per-student", check=False)
    assert refused.returncode == 2 and "one seed for all" in refused.stderr
