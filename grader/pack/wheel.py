"""The installed grader as a wheel, and the versions of everything that it runs with here.

Made from what is installed, so that it takes neither a clone nor a build tool, and so that the platform gets the
program that the instructor has tried. The course is not in it.
"""

from __future__ import annotations

import io
import stat
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import grader
from grader import __version__

_PROJECT = "grade-dl"
#: A zip has no older time.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def wheel_name() -> str:
    """The file's name, which tells pip what is in it."""
    return f"{_PROJECT.replace('-', '_')}-{__version__}-py3-none-any.whl"


def wheel() -> bytes:
    """The wheel's content (packaging.python.org, "Binary distribution format")."""
    info = f"{_PROJECT.replace('-', '_')}-{__version__}.dist-info"
    needs = "".join(f"Requires-Dist: {requirement}\n" for requirement in _requirements(_PROJECT))
    files = dict(_package()) | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {_PROJECT}\nVersion: {__version__}\n{needs}".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: grade pack\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": b"[console_scripts]\ngrade = grader.start:main\n",
    }
    digests = ((name, urlsafe_b64encode(sha256(content).digest()).decode()) for name, content in files.items())
    record = "".join(f"{name},sha256={digest.rstrip('=')},{len(files[name])}\n" for name, digest in digests)
    return zipped(files | {f"{info}/RECORD": f"{record}{info}/RECORD,,\n".encode()})


def zipped(files: Mapping[str, bytes], mode: Callable[[str], int] | None = None) -> bytes:
    """A zip of these files, by path; the same bytes for the same files. mode: a file's permissions, by its path."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            if mode is not None:
                info.external_attr = (stat.S_IFREG | mode(name)) << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def constraints() -> bytes:
    """A line `name==version` for each package that the grader needs, and that these need, as installed here.

    What torch's build for GPUs needs is left to torch.
    """
    pins: dict[str, str] = {}
    waiting = [_PROJECT]
    while waiting:
        for requirement in _requirements(waiting.pop()):
            name = canonicalize_name(requirement.name)
            if name in pins or name.startswith(("nvidia-", "cuda-", "triton")):
                continue
            # Without a local part: which build of torch it is, the index decides.
            pins[name] = Version(metadata.version(name)).public
            waiting.append(name)
    return "".join(f"{name}=={version}\n" for name, version in sorted(pins.items())).encode()


def _package() -> Iterator[tuple[str, bytes]]:
    folder = Path(grader.__file__).parent
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if path.is_file() and place.parts[0] != "_course" and "__pycache__" not in place.parts:
            yield f"grader/{place.as_posix()}", path.read_bytes()


def _requirements(name: str) -> list[Requirement]:
    requirements = map(Requirement, metadata.requires(name) or ())
    return [needed for needed in requirements if needed.marker is None or needed.marker.evaluate({"extra": ""})]
