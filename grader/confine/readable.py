"""What a worker may read, planned once in the zygote."""

from __future__ import annotations

import glob
import os
import stat
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from grader.confine.landlock import IOCTL_DEV, ON_FILE, READ, READ_DIR, READ_FILE, WRITE_FILE
from grader.packages import contents, is_packages, linked

#: Read by the C library, the numeric libraries, and whoever draws text or prints a local time.
_SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64", "/etc/ld.so.cache",
    "/etc/localtime", "/usr/share/zoneinfo", "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/dev/zero",
    "/dev/urandom", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/sys/fs/cgroup/cpu.max",
)  # fmt: skip
#: Not yet measured on a GPU.
_CUDA = ("/sys", "/proc/driver/nvidia", "/proc/devices", "/proc/modules", "/proc/sys/vm/mmap_min_addr")
_CUDA_NODES = "/dev/nvidia*"


class Grant(msgspec.Struct, frozen=True):
    """A path without symbolic links, and the Landlock rights on it and all below it."""

    path: str
    access: int


def readable_paths(*, hidden: Iterable[str], device: str = "cpu", search: Iterable[str] | None = None) -> list[Grant]:
    """Everything that a worker may read: interpreter, packages, libraries; nothing of `hidden`.

    Where something hidden lies in a readable folder, the folder can only be listed, and what it holds is granted
    entry by entry. What is readable and lies in a hidden folder (a virtual environment in a repository) stays so.
    search: where packages are sought, `sys.path` if None; only folders that pip installs into count, so that an
    editable install's folder does not.
    """
    out_of_sight = _hidden(hidden)
    packages = [entry for entry in (sys.path if search is None else search) if os.path.isabs(entry)]
    packages = [entry for entry in packages if is_packages(entry)]
    folders = [*_interpreter(), *(path for entry in packages for path in contents(entry)), *_SYSTEM]
    links = [path for entry in packages for path in linked(entry)]
    folders += [path for path in links if not any(Path(path).is_relative_to(h) for h in out_of_sight)]
    folders += _CUDA if device == "cuda" else ()
    granted = {}
    for root in _outermost({os.path.realpath(folder) for folder in folders if os.path.exists(folder)}, out_of_sight):
        granted.update({grant.path: grant for grant in _without(root, out_of_sight)})
    granted["/dev/null"] = Grant("/dev/null", READ_FILE | WRITE_FILE)
    for node in glob.glob(_CUDA_NODES) if device == "cuda" else ():
        granted[node] = Grant(node, READ | WRITE_FILE | IOCTL_DEV)
    return list(granted.values())


def open_grants(grants: Iterable[Grant]) -> list[tuple[int, int]]:
    """(descriptor, rights) for each path; rights that only folders have are left out for a file. Raises OSError."""
    if sys.platform != "linux":
        raise OSError("only Linux has this")
    opened = []
    for grant in grants:
        descriptor = os.open(grant.path, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        opened.append((descriptor, grant.access if is_folder else grant.access & ON_FILE))
    return opened


def _interpreter() -> list[str]:
    paths = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), sysconfig.get_config_var("DESTSHARED")]
    libraries = [os.path.join(prefix, "lib") for prefix in (sys.base_prefix, sys.base_exec_prefix, sys.prefix)]
    return [path for path in (*paths, *libraries) if path]


def _hidden(paths: Iterable[str]) -> list[Path]:
    """Where hidden things really are; of a module's file, its compiled form too."""
    real = [Path(os.path.realpath(path)) for path in paths]
    modules = [path for path in real if path.suffix == ".py"]
    return [
        *real,
        *(pyc for path in modules for pyc in path.parent.glob(f"__pycache__/{glob.escape(path.stem)}.*.pyc")),
    ]


def _outermost(paths: set[str], hidden: list[Path]) -> list[str]:
    """`paths` without those that another grants already, because nothing hidden lies between."""
    kept: list[str] = []
    for path in sorted(paths):
        above = [other for other in kept if Path(path).is_relative_to(other)]
        if not above or any(h.is_relative_to(other) for other in above for h in hidden):
            kept.append(path)
    return kept


def _without(path: str, hidden: list[Path]) -> Iterator[Grant]:
    """Grants for all of `path` except what is hidden. Links are passed over: what they lead to is granted as itself."""
    inside = [h for h in hidden if h.is_relative_to(path)]
    if not inside:
        yield Grant(path, READ)
    elif Path(path) not in inside:
        yield Grant(path, READ_DIR)
        for entry in os.scandir(path):
            if not entry.is_symlink():
                yield from _without(entry.path, inside)
