"""Results in a bundle beside those of its full course."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import structs

from grader.result import CheckResult, Result


def written(folder: Path, slug: str, sources: Iterable[str]) -> list[Path]:
    """A file for each source."""
    paths = []
    for number, source in enumerate(sources):
        paths.append(folder / str(number) / f"{slug}.py")
        paths[-1].parent.mkdir()
        paths[-1].write_text(source, "utf-8")
    return paths


def told(check: CheckResult) -> tuple[object, ...]:
    """What must be the same."""
    return check.id, check.title, check.verdict, check.points, check.mistakes, check.mistake_texts, check.message


def compared(full: Result, sealed: Result, *, recorded: bool) -> None:
    """The bundle says the same of every check that it has; of an answer that was not recorded it may name nothing."""
    there = {check.id for check in sealed.checks}
    assert full.status == sealed.status and there
    for wanted, check in zip([check for check in full.checks if check.id in there], sealed.checks, strict=True):
        if not recorded and not check.mistakes:
            wanted = structs.replace(wanted, mistakes=(), mistake_texts=())
        assert told(wanted) == told(check)
    assert sealed.max_score == sum(check.max_points for check in sealed.checks) < full.max_score
