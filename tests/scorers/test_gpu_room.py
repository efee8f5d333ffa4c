"""How many scorers a GPU has room for, as NVIDIA's program tells; a program of that name stands in for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.scorers.gpu import CONTEXTS_MB, free_mb, scorers_that_fit

TOLD = "0, GPU-aa11, 40960\n1, GPU-bb22, 2048\n"


@pytest.fixture
def nvidia_smi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "nvidia-smi"
    program.write_text(f"#!/bin/sh\ncat <<EOF\n{TOLD}EOF\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    return program


@pytest.mark.parametrize(
    ("visible", "free"),
    [("", 40960), ("0", 40960), ("1", 2048), ("1,0", 2048), ("GPU-bb", 2048), ("7", None), ("-1", None)],
)
def test_the_first_visible_gpu_counts(nvidia_smi: Path, visible: str, free: int | None) -> None:
    assert free_mb(visible) == free


def test_as_many_scorers_as_its_free_memory_holds(nvidia_smi: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert scorers_that_fit(1024) == 40960 // (CONTEXTS_MB + 1024) == 13
    assert scorers_that_fit(8192) == 4
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    assert scorers_that_fit(1024) == 1


@pytest.mark.parametrize("script", ["exit 9", "echo 'No devices were found'", "echo '0, GPU-aa11, [N/A]'", None])
def test_where_nothing_is_told_there_is_one(nvidia_smi: Path, script: str | None) -> None:
    if script is None:
        nvidia_smi.unlink()
    else:
        nvidia_smi.write_text(f"#!/bin/sh\n{script}\n")
    assert scorers_that_fit(1024) == 1
