"""`grade score --engine ray` on a real cluster of two nodes on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scoring.test_nothing_lost import contents, wait_for_results
from tests.scoring.test_score import COURSE, NAME, RIGHT, WRONG, grade_score, hand_in

pytestmark = pytest.mark.slow
#: So many that much is left to do when a node is lost.
STUDENTS = 40


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class, and what can't be read beside it."""
    root = tmp_path_factory.mktemp("class") / "submitted"
    for number in range(STUDENTS):
        hand_in(root, f"s{number:02}", {NAME: (RIGHT if number % 2 else WRONG) + f"# {number}\n"})
    (hand_in(root, "link", {}) / NAME).symlink_to(COURSE / "solutions/exercise03/reference.py")
    hand_in(root, "helped", {NAME: RIGHT + "\nimport helper\n", "helper.py": "X = 1\n"})
    hand_in(root, "shadows", {NAME: RIGHT + "\nimport torch\n", "torch.py": "X = 1\n"})
    hand_in(root, "empty", {NAME: ""})
    hand_in(root, "exits", {NAME: "import os\nos._exit(1)\n"})
    return root


@pytest.fixture(scope="module")
def local(submitted: Path) -> Path:
    out = submitted.parent / "local"
    grade_score(submitted, "--out", out, "--seed", "5")
    return out


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head without a core to grade on, and two nodes."""
    from ray.cluster_utils import Cluster

    # Else Ray's processes yield to all that other tests do, and hardly run beside them.
    os.environ.update(RAY_worker_niceness="0")
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    made.nodes = [made.add_node(num_cpus=1) for _ in range(2)]
    made.wait_for_nodes()
    yield made
    made.shutdown()


def started(cluster: Any, submitted: Path, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "grader", "score", submitted, "--out", out, "--seed", "5", "--engine", "ray"]
    command += ["--address", cluster.address, "--course", COURSE, "--lang", "en"]
    return subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_a_cluster_without_a_gpu(cluster: Any, submitted: Path, tmp_path: Path) -> None:
    words = ["--engine", "ray", "--address", cluster.address, "--device", "cuda"]
    done = grade_score(submitted, "--out", tmp_path / "out", *words, check=False)
    assert done.returncode == 2 and "No machine of the Ray cluster has a cuda device" in done.stderr


def test_a_node_is_lost_midway(cluster: Any, submitted: Path, local: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = started(cluster, submitted, out)
    wait_for_results(out, STUDENTS // 4)
    cluster.remove_node(cluster.nodes.pop(), allow_graceful=False)
    output, _ = process.communicate(timeout=200)
    assert process.returncode == 0, output
    assert (out / "scores.csv").read_bytes() == (local / "scores.csv").read_bytes()
    assert contents(out) == contents(local)
    assert "was lost" in (out / "faults.csv").read_text("utf-8") and "at another try" in output


def test_all_nodes_are_lost_and_the_run_is_taken_up_here(
    cluster: Any, submitted: Path, local: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = started(cluster, submitted, out)
    wait_for_results(out, 3)
    while cluster.nodes:
        cluster.remove_node(cluster.nodes.pop(), allow_graceful=False)
    output, _ = process.communicate(timeout=200)
    assert process.returncode == 4 and "Every machine of the cluster was lost" in output and "--resume" in output
    done = grade_score(submitted, "--out", out, "--resume")
    assert "Kept from the earlier run: " in done.stdout
    assert contents(out) == contents(local)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--engine", "ray", "--address", "127.0.0.1:1"], "There is no Ray cluster at 127.0.0.1:1"),
        (["--engine", "slurm"], "--engine is local or ray, not slurm"),
        (["--address", "127.0.0.1:1"], "goes with --engine ray"),
    ],
)
def test_wrong_use(words: list[str], says: str, submitted: Path, tmp_path: Path) -> None:
    done = grade_score(submitted, "--out", tmp_path / "out", *words, check=False)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr
