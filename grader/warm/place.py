"""Whether a warm server may be used here, and where its socket is: in a folder that only this user can enter."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping, Sequence

#: Set by systems that run tests: what they start should be what it seems, and leave nothing behind.
_CI = ("CI", "JENKINS_URL", "TEAMCITY_VERSION", "TF_BUILD")
_NAME = "grade-dl"
_FLAGS = "optimize isolated no_site no_user_site ignore_environment inspect debug verbose bytes_warning"


def allowed(environ: Mapping[str, str]) -> bool:
    """Whether a warm server may be used or left behind by this process.

    GRADE_WARM=0 forbids it; GRADE_WARM=always, meant for tests, allows it to root and in CI too.
    """
    wish = environ.get("GRADE_WARM", "")
    if sys.platform != "linux" or wish == "0" or environ.get("GRADE_WORKER") == "plain" or not _ordinary():
        return False
    privileged = os.geteuid() == 0 or os.geteuid() != os.getuid() or os.getegid() != os.getgid()
    return wish == "always" or not (privileged or any(environ.get(name) for name in _CI))


def warm_words(words: Sequence[str]) -> bool:
    """Whether a command line is one that the server runs: not where a GPU may be used, whose start it can't spare."""
    return not any(word == "--device" or word.startswith("--device=") for word in words)


def _ordinary() -> bool:
    """No option of Python's own was given, and there are three standard streams."""
    given = any(getattr(sys.flags, name) for name in _FLAGS.split()) or sys.warnoptions or sys._xoptions
    return not given and None not in (sys.stdin, sys.stdout, sys.stderr)


def folder() -> str | None:
    """The folder of the socket, made if need be; None where there is none that only this user can enter."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    path = os.path.join(runtime, _NAME) if runtime.startswith("/") else f"/tmp/{_NAME}-{os.geteuid()}"
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        pass
    except OSError:
        return None
    try:
        found = os.lstat(path)
    except OSError:
        return None
    private = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
    return path if private else None


def socket_path(place: str) -> str:
    """The socket of this installation's server."""
    import zlib

    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return os.path.join(place, f"{zlib.crc32(os.fsencode(f'{sys.prefix}:{package}')):08x}")
