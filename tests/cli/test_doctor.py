"""What `grade doctor` says of other machines: their files stand in a folder of the test's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.cli.nvidia import gpu_fact, torch_build
from grader.text import LANGUAGES, render
from tests.cli.conftest import ROOT, Grade

VERSION = "NVRM version: NVIDIA UNIX x86_64 Kernel Module  {driver}  Tue Feb  4 2025\nGCC version: gcc 12.2.0\n"
INFORMATION = "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   \t\t 0\n"


def machine(root: Path, driver: str, *, gpu: bool = True, device: bool = True) -> Path:
    folder = root / "proc/driver/nvidia"
    (folder / "gpus/0000:01:00.0").mkdir(parents=True)
    (folder / "version").write_text(VERSION.format(driver=driver))
    if gpu:
        (folder / "gpus/0000:01:00.0/information").write_text(INFORMATION)
    (root / "dev").mkdir()
    if device:
        (root / "dev/nvidia0").touch()
    return root


@pytest.mark.parametrize(
    ("build", "driver", "fault"),
    [
        ("CUDA 12.6", "525.60.13", None),
        ("CUDA 12.6", "560.28.03", None),
        ("CUDA 12.6", "470.57.02", "takes a driver of version 525 or newer"),
        ("CUDA 13.0", "575.51.03", "takes a driver of version 580 or newer"),
        ("CUDA 11.8", "450.80.02", None),
        ("CUDA 99.0", "450.80.02", None),
        ("ROCm 6.4", "575.51.03", None),
        ("CPU", "575.51.03", "built for the CPU alone"),
    ],
)
def test_the_driver_against_torchs_cuda(tmp_path: Path, build: str, driver: str, fault: str | None) -> None:
    found = gpu_fact(build, machine(tmp_path, driver))
    assert found.value == f"{driver} (NVIDIA H100 80GB HBM3)" and not found.blocking
    if fault is None:
        assert found.fault is None and found.fix is None
    else:
        assert found.fault is not None and fault in render(found.fault, "en")
        assert found.fix is not None and all("pytorch.org" in render(found.fix, language) for language in LANGUAGES)


def test_a_gpu_that_the_container_was_not_given(tmp_path: Path) -> None:
    found = gpu_fact("CUDA 12.6", machine(tmp_path, "560.28.03", device=False))
    assert found.fault is not None and "/dev/nvidia0" in render(found.fault, "en")
    assert "--gpus" in render(found.fix or "", "zh-CN")


def test_no_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = gpu_fact("CPU", tmp_path)
    assert found.fault is None and "graded on the CPU" in render(found.value, "en")


def test_the_build_is_what_torch_says_itself() -> None:
    import torch

    assert torch_build() == ("CPU" if torch.version.cuda is None else f"CUDA {torch.version.cuda}")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variables", "name", "fix"),
    [
        ({"OMP_NUM_THREADS": "two"}, "threads", "unset OMP_NUM_THREADS"),
        ({"LC_ALL": "xx_XX.UTF-8"}, "locale", "export LC_ALL=C.UTF-8"),
        ({"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}, "encoding", "export PYTHONIOENCODING=utf-8 LC_ALL=C.UTF-8"),
    ],
)
def test_each_fault_with_the_command_that_mends_it(
    grade: Grade, tmp_path: Path, variables: dict[str, str], name: str, fix: str
) -> None:
    run = grade("doctor", "--json", str(tmp_path / "found.json"), "--lang", "en", GRADE_COURSE=str(ROOT), **variables)
    assert run.returncode == 0 and "Traceback" not in run.stderr  # the C library may complain, too
    found = json.loads((tmp_path / "found.json").read_bytes())
    faulty = {fact["name"]: fact["fix"] for fact in found if fact["fault"]}
    assert faulty == {name: fix}
    assert f"! {name}" in run.stdout and fix in " ".join(run.stdout.split())
    assert "could be better" in run.stdout and "All is well" not in run.stdout
