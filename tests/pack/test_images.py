"""The Dockerfiles: what they start from and install is pinned, and what they copy and run is there. `.ci/image` builds
them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from grader.cli.main import run
from tests.intake.exports import COURSE

ROOT = Path(__file__).parents[2]
DOCKERFILES = (ROOT / "Dockerfile", ROOT / "grader/pack/files/Dockerfile")


def instructions(path: Path) -> list[str]:
    joined = re.sub(r"\\\n\s*", "", path.read_text("utf-8"))
    return [line for line in joined.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("images") / "packed"
    assert run(["pack", "exercise03", "--for", "gradescope", "--out", str(target), "--course", str(COURSE)], {}) == 0
    return target


def test_both_start_from_the_same_image_named_by_its_digest() -> None:
    (base,) = {line for path in DOCKERFILES for line in instructions(path) if line.startswith("ARG BASE=")}
    assert re.fullmatch(r"ARG BASE=docker\.io/library/debian:bookworm-slim@sha256:[0-9a-f]{64}", base)
    assert all(
        [line for line in instructions(path) if line.startswith("FROM")] == ["FROM ${BASE}"] for path in DOCKERFILES
    )


def test_every_installation_takes_the_tested_versions(packed: Path) -> None:
    commands = [line for line in instructions(ROOT / "Dockerfile") if line.startswith("RUN")]
    commands += (packed / "setup.sh").read_text("utf-8").splitlines()
    installs = [line for line in commands if "pip install" in line]
    assert len(installs) == 4
    assert all(re.search(r"-c \S*constraints\.txt", line) for line in installs)


def test_the_image_gets_what_a_wheel_is_built_of_and_no_history() -> None:
    ignore = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    kept = {line[1:] for line in ignore if line.startswith("!")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {name.strip("/") for name in wheel["include"]} | set(wheel["force-include"])
    needed |= {project["project"]["readme"], *project["project"]["license-files"], "hatch_build.py", "pyproject.toml"}
    assert ignore[1] == "*"
    assert kept == needed | {"constraints.txt"}


def test_a_packs_image_copies_and_runs_what_is_in_the_pack(packed: Path) -> None:
    lines = instructions(packed / "Dockerfile")
    assert "COPY . /autograder/source/" in lines
    used = set(re.findall(r"/autograder/source/([\w.]+)", "\n".join(lines)))
    assert used == {"setup.sh", "run_autograder"}
    assert all((packed / name).stat().st_mode & 0o100 for name in used)
