"""Tells whether a result on disk is what grading again would give: a digest of all that it depends on."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path

import msgspec

from grader.course.packages import version_of
from grader.grading.results import ResultHeader
from grader.submission.model import Submission
from grader.text import render

#: What computes the values that are compared.
_LIBRARIES = ("torch", "numpy", "pytest", "msgspec")
_PACKAGE = Path(__file__).parents[1]


def grader_digest() -> str:
    """The digest of this package's files and of the versions of Python and the libraries; imports none of these."""
    hashed = hashlib.sha256()
    facts = [platform.python_version(), platform.machine(), *(f"{name} {version(name)}" for name in _LIBRARIES)]
    hashed.update(msgspec.json.encode(facts))
    for path in sorted(_PACKAGE.rglob("*")):
        name = path.relative_to(_PACKAGE)
        # The course that a wheel carries has a digest of its own.
        if path.suffix in (".py", ".json") and name.parts[0] != "_course":
            content = path.read_bytes()
            hashed.update(f"{name.as_posix()} {len(content)} ".encode() + content)
    return hashed.hexdigest()


def fingerprint(grader: str, header: ResultHeader, submission: Submission) -> str:
    """The digest of what a result depends on: grader, course, exercise, seed, device, path, file and companions."""
    companions = [(name, hashlib.sha256(content).hexdigest()) for name, content in submission.companions.items()]
    facts = (
        grader,
        header.digest,
        header.exercise.id,
        header.seed,
        header.device,
        header.name,
        submission.sha256,
        sorted(companions),
        [render(note, "en") for note in submission.notes],
        [(package, version_of(package)) for package in header.course.packages],
    )
    return hashlib.sha256(msgspec.json.encode(facts)).hexdigest()
