"""What `grade doctor` says about torch's build and NVIDIA's driver, from files alone: torch is not imported for it."""

from __future__ import annotations

import re
import shutil
from importlib import metadata
from pathlib import Path

from grader.cli.fact import Fact
from grader.text import Message, say

#: CUDA's major version → the oldest driver that runs it on Linux, from NVIDIA's page on minor version compatibility.
OLDEST_DRIVER = {11: 450, 12: 525, 13: 580}
_LOCALLY = "https://pytorch.org/get-started/locally"


def torch_build() -> str:
    """`CPU`, `CUDA 12.6` or `ROCm 6.4`, read from the installed files; empty where torch is not installed."""
    try:
        distribution = metadata.distribution("torch")
    except metadata.PackageNotFoundError:
        return ""
    path = Path(str(distribution.locate_file("torch/version.py")))
    source = path.read_text("utf-8") if path.is_file() else ""
    for label, variable in (("CUDA", "cuda"), ("ROCm", "hip")):
        if found := re.search(rf"^{variable}\b[^=]*=\s*'([^']+)'", source, re.MULTILINE):
            return f"{label} {found[1]}"
    return "CPU"


def nvidia_driver(root: Path = Path("/")) -> str | None:
    """The version of the NVIDIA kernel driver on Linux, `installed` where only its tool is seen, None without one."""
    try:
        text = (root / "proc/driver/nvidia/version").read_text("utf-8", "replace")
    except OSError:
        return "installed" if shutil.which("nvidia-smi") else None
    found = re.search(r"\b\d+\.\d+(\.\d+)?\b", text)
    return found[0] if found else "installed"


def gpus(root: Path = Path("/")) -> list[str]:
    """The models of the GPUs that the driver knows."""
    files = sorted(root.glob("proc/driver/nvidia/gpus/*/information"))
    text = "\n".join(path.read_text("utf-8", "replace") for path in files)
    return [model.strip() for model in re.findall(r"^Model:(.+)$", text, re.MULTILINE)]


def gpu_fact(build: str, root: Path = Path("/")) -> Fact:
    """The driver, the GPUs, and whether this build of torch can use them. build: as `torch_build` gives it."""
    driver = nvidia_driver(root)
    if driver is None:
        return Fact(say("NVIDIA driver"), say("none found; exercises are graded on the CPU"))
    models = gpus(root)
    value = f"{driver} ({', '.join(models)})" if models else driver
    return Fact(say("NVIDIA driver"), value, *(_fault(build, driver) or _out_of_reach(root, models) or ()))


def _fault(build: str, driver: str) -> tuple[Message, Message] | None:
    if build == "CPU":
        return (
            say("torch was built for the CPU alone and can't use this GPU. No exercise needs one."),
            say("To use it, install the CUDA build that {url} names.", url=_LOCALLY),
        )
    cuda, number = re.match(r"CUDA (\d+)", build), re.match(r"\d+", driver)
    if cuda is None or number is None:
        return None
    oldest = OLDEST_DRIVER.get(int(cuda[1]))
    if oldest is None or int(number[0]) >= oldest:
        return None
    return (
        say(
            "torch is built for {build}, which takes a driver of version {oldest} or newer. Until then exercises are "
            "graded on the CPU.",
            build=build,
            oldest=oldest,
        ),
        say("Update the driver, or install a build of torch for an older CUDA: {url}", url=_LOCALLY),
    )


def _out_of_reach(root: Path, models: list[str]) -> tuple[Message, Message] | None:
    """A container that sees the driver, and was given no GPU."""
    if not models or any(root.glob("dev/nvidia[0-9]*")):
        return None
    return (
        say("There is a GPU, but no /dev/nvidia0: this container was not given it."),
        say("Start the container with it, for instance: docker run --gpus all ..."),
    )
