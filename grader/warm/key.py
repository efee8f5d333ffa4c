"""What must be the same for a server's answer to be this process's own: the program, its packages, the environment
that they read when they are imported, and the bounds that the system sets."""

from __future__ import annotations

import os
import sys

#: Environment variables that Python, PyTorch and the numeric libraries read at their start.
_READ_AT_START = (
    "PYTHON", "LD_", "TORCH", "PYTORCH", "OMP_", "GOMP_", "KMP_", "MKL_", "OPENBLAS_", "BLIS_", "DNNL_", "ONEDNN_",
    "ATEN_", "NUMEXPR_", "NPY_", "CUDA", "NVIDIA_", "HIP_", "ROC", "TRITON_", "GLIBC_TUNABLES", "MALLOC_", "SSL_",
)  # fmt: skip
#: Of those, what only concerns the standard streams, which a child has from its caller.
_OF_STREAMS = ("PYTHONIOENCODING", "PYTHONUNBUFFERED")
#: What a server is started with for its own numbers of threads; not a caller's wish.
THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def key() -> bytes:
    """A text that is another one as soon as anything of that changed. Taken before anything else is imported."""
    facts: list[object] = [sys.executable, sys.version, sys.path, sys.getfilesystemencoding()]
    facts += [_status(sys.executable), _status(os.path.join(sys.prefix, "pyvenv.cfg"))]
    # Whatever is installed, removed or replaced changes a folder of packages.
    facts += [_status(entry) for entry in sys.path]
    facts += sorted(_files(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    variables = {name: value for name, value in os.environ.items() if name.startswith(_READ_AT_START)}
    for name in _OF_STREAMS:
        variables.pop(name, None)
    facts.append(sorted((variables | THREADS).items()))
    facts += _bounds()
    return repr(facts).encode("utf-8", "surrogateescape")


def _files(folder: str) -> list[tuple[str, int, int]]:
    """Every file of the package, caches left out."""
    found: list[tuple[str, int, int]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                found += _files(entry.path) if entry.name not in ("__pycache__", "_course") else []
            else:
                status = entry.stat()
                found.append((entry.path, status.st_mtime_ns, status.st_size))
    return found


def _status(path: str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _bounds() -> list[object]:
    """Limits, priority, processors, groups and namespaces: a child of the server has the server's."""
    import resource

    if sys.platform != "linux":
        raise OSError("only Linux has this")
    names = sorted(name for name in vars(resource) if name.startswith("RLIMIT_"))
    limits = [resource.getrlimit(getattr(resource, name)) for name in names]
    spaces = [os.readlink(f"/proc/self/ns/{name}") for name in ("mnt", "user", "pid", "net")]
    ids = (os.getuid(), os.getgid(), sorted(os.getgroups()), os.getpriority(os.PRIO_PROCESS, 0))
    return [limits, ids, sorted(os.sched_getaffinity(0)), spaces, _status("/")]
