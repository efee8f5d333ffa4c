"""The learner's folder: any folder with `.grade` in it. Its stubs stand at exerciseNN/<slug>.py."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from grader.errors import UsageError
from grader.text import LANGUAGES, say

_MARK = ".grade"


class LearnerConfig(msgspec.Struct, frozen=True):
    """.grade/config.toml. `course` is the course's folder where it is not the shipped one."""

    language: str | None = None
    course: str | None = None


def learner_folder(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds `.grade`."""
    # os.path.exists: a folder above that may not be looked into holds none for us.
    return next((folder for folder in (start, *start.parents) if os.path.exists(folder / _MARK)), None)


def learner_config(folder: Path) -> LearnerConfig:
    """The configuration of a learner's folder; empty if it has none. Raises UsageError if it can't be read."""
    path = config_path(folder)
    if not path.is_file():
        return LearnerConfig()
    import tomllib

    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8-sig")), LearnerConfig)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        problem = say("{file} can't be read: {reason}. Mend it, or delete it and run grade init again.",
                      file=str(path), reason=str(error))
        raise UsageError(problem) from None


def write_config(folder: Path, config: LearnerConfig) -> None:
    """Writes .grade/config.toml."""
    path = config_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"language = {_quoted(config.language)}"] if config.language else []
    lines += [f"course = {_quoted(config.course)}"] if config.course else []
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


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


def known_language(language: str) -> str:
    """The language itself, if the course is written in it. Raises UsageError otherwise."""
    if language not in LANGUAGES:
        problem = say("there is no language {language}; there are: {languages}",
                      language=language, languages=", ".join(LANGUAGES))
        raise UsageError(problem)
    return language


def _quoted(value: str) -> str:
    # A JSON string is a TOML basic string.
    return msgspec.json.encode(value).decode()
