"""Gradescope's "Export Submissions" of a programming assignment.

`assignment_123_export/` with a folder `submission_456` for each submission, and `submission_metadata.yml`, which maps
`submission_456` to its `:submitters:`, each with `:name:`, `:sid:` and `:email:`. A team's submission names several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.errors import SubmissionError, UsageError
from grader.intake.model import Entry, HandedIn, Known, Person
from grader.intake.names import clipped, safe_key
from grader.text import say

METADATA = "submission_metadata.yml"
#: It holds every result of Gradescope's autograder, with its output.
_MOST_BYTES = 64 << 20
_NOTHING = ("", "null", "~")


def read_submitters(metadata: Entry) -> dict[str, tuple[Person, ...]]:
    """Folder of a submission → who made it. Raises UsageError if it can't be read, or PyYAML is missing."""
    try:
        import yaml
    except ImportError:
        raise UsageError(say("{file} needs PyYAML, which is not installed: pip install 'grade-dl[instructor]'",
                             file=METADATA)) from None
    # The base loader makes text of everything: an id keeps its leading zeros, and no tag makes an object.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        loaded = yaml.load(metadata.read(_MOST_BYTES), Loader=loader)
    except (SubmissionError, yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        reason = error.message if isinstance(error, SubmissionError) else clipped(" ".join(str(error).split()))
        raise UsageError(say("{file} can't be read, so nobody knows who handed in what: {reason}. Export the "
                             "submissions from Gradescope again.", file=METADATA, reason=reason)) from None
    if not isinstance(loaded, Mapping) or not loaded:
        raise UsageError(say("{file} names no submissions. Export them from Gradescope again.", file=METADATA))
    return {str(folder): _people(str(folder), about) for folder, about in loaded.items()}


def gradescope_file(
    parts: tuple[str, ...], entry: Entry, submitters: Mapping[str, tuple[Person, ...]]
) -> list[HandedIn]:
    """The file, once for each of those who made it."""
    if len(parts) < 2:
        return []
    people = submitters.get(parts[0], ())
    note = None
    if not people:
        people = (Person(safe_key(parts[0]), parts[0]),)
        note = say("{file} does not say who handed this in", file=METADATA)
    elif len(people) > 1:
        note = say("handed in together by {names}", names=", ".join(person.called for person in people))
    # The folder stays in the path: somebody with two submissions has more than one file to grade then.
    return [HandedIn(person, parts, entry, entry.problem, note) for person in people]


def _people(folder: str, about: Any) -> tuple[Person, ...]:
    listed = about.get(":submitters") if isinstance(about, Mapping) else None
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        return ()
    return tuple(_person(folder, one) for one in listed if isinstance(one, Mapping))


def _person(folder: str, about: Mapping[Any, Any]) -> Person:
    name, sid, email = (_text(about.get(f":{field}")) for field in ("name", "sid", "email"))
    known = [Known(kind, sid) for kind in ("sid", "student", "id") if sid]
    known += [Known(kind, email) for kind in ("email", "login", "student", "id") if email]
    key = safe_key(sid or email or folder)
    return Person(key, f"{name} ({key})" if name else key, name, tuple(known))


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) and value.strip() not in _NOTHING else ""
