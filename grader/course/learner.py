"""The learner's folder: any folder with `.grade` in it. Its stubs stand at exerciseNN/<slug>.py."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import msgspec

from grader.course.regular import read_bounded, write_regular
from grader.errors import UsageError, reason_of
from grader.text import Message, say

_MARK = ".grade"
#: Bytes of config.toml: two lines.
_MOST_BYTES = 64 << 10


class LearnerConfig(msgspec.Struct, frozen=True):
    """.grade/config.toml. `course` is the course's folder where it is not the shipped one; relative to the learner's.

    The folder may be anybody's: `language` may be followed, `course` only where this user trusts that one.
    """

    language: str | None = None
    course: str | None = None


def learner_folder(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds `.grade`."""
    # os.path.exists: a folder above that may not be looked into holds none for us.
    return next((folder for folder in (start, *start.parents) if os.path.exists(folder / _MARK)), None)


def learner_config(folder: Path) -> LearnerConfig:
    """The configuration of a learner's folder; empty if it has none. Raises UsageError if it can't be read."""
    path = config_path(folder)
    try:
        expect_own_memory(folder)
        content = read_bounded(path, _MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return LearnerConfig()
    except OSError as error:
        raise UsageError(_damaged(path, reason_of(error))) from None
    import tomllib

    try:
        return msgspec.convert(tomllib.loads(content.decode("utf-8-sig")), LearnerConfig)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, msgspec.ValidationError) as error:
        raise UsageError(_damaged(path, str(error))) from None


def _damaged(path: Path, reason: Message | str) -> Message:
    return say(
        "{file} can't be read: {reason}. Fix it, or delete it and run grade init again.", file=str(path), reason=reason
    )


def expect_own_memory(folder: Path) -> None:
    """Raises OSError where `.grade` is a link: what is written there would land elsewhere."""
    if os.path.islink(folder / _MARK):
        raise OSError(errno.ELOOP, f"{_MARK} is a link")


def write_config(folder: Path, config: LearnerConfig) -> None:
    """Writes .grade/config.toml."""
    path = config_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    expect_own_memory(folder)
    # A JSON string is a TOML basic string.
    lines = [
        f"{key} = {msgspec.json.encode(value).decode()}\n"
        for key, value in msgspec.structs.asdict(config).items()
        if value
    ]
    write_regular(path, "".join(lines).encode())


def config_path(folder: Path) -> Path:
    """Where a learner's folder keeps its configuration."""
    return folder / _MARK / "config.toml"


def record_path(folder: Path) -> Path:
    """Where a learner's folder keeps the digests of the stubs as they were handed out."""
    return folder / _MARK / "generated.json"


def journal_path(folder: Path) -> Path:
    """Where a learner's folder keeps its memory of runs, hints and solutions."""
    return folder / _MARK / "record.jsonl"


def backup_folder(folder: Path) -> Path:
    """Where a learner's folder keeps the files that gave way to a stub."""
    return folder / _MARK / "backups"
