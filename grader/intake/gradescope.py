"""Gradescope's "Export Submissions" of a programming assignment.

`assignment_123_export/` with a folder `submission_456` for each submission, and `submission_metadata.yml`, which maps
`submission_456` to its `:submitters:`, each with `:name:`, `:sid:` and `:email:`. A team's submission names several.
`:created_at:` is when it was handed in, `:history:`, where there is one, what the same people handed in before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from grader.errors import SubmissionError, UsageError
from grader.installing import extra_command
from grader.intake.model import Entry, HandedIn, Known, Person
from grader.intake.names import clipped, safe_key
from grader.intake.when import When, read_when
from grader.text import listed, say

METADATA = "submission_metadata.yml"
#: It holds every result of Gradescope's autograder, with its output.
_MOST_BYTES = 64 << 20
_NOTHING = ("", "null", "~")


class Submitters(msgspec.Struct, frozen=True):
    """Folder of a submission → who made it, and when. doubled: folders that the metadata speak of more than once."""

    people: Mapping[str, tuple[Person, ...]]
    doubled: frozenset[str]
    times: Mapping[str, When]


def read_submitters(metadata: Entry) -> Submitters:
    """Who handed in what. Raises UsageError if it can't be read, or PyYAML is missing."""
    try:
        import yaml
    except ImportError:
        raise UsageError(
            say(
                "{file} needs PyYAML, not installed here (the extra {extra}): {command}",
                file=METADATA,
                extra="instructor",
                command=extra_command("instructor"),
            )
        ) from None
    # The base loader makes text of everything: an id keeps its leading zeros, and no tag makes an object.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        node = yaml.compose(metadata.read(_MOST_BYTES), Loader=loader)
        # A mapping would keep the last of two entries with one key, and not tell.
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        loaded = [(str(key.value), loader("").construct_document(value)) for key, value in pairs]
    except (SubmissionError, yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        reason = error.message if isinstance(error, SubmissionError) else clipped(" ".join(str(error).split()))
        problem = say(
            "{file} can't be read, so nobody knows who handed in what: {reason}. Export the "
            "submissions from Gradescope again.",
            file=METADATA,
            reason=reason,
        )
        raise UsageError(problem) from None
    if not loaded:
        raise UsageError(say("{file} names no submissions. Export them from Gradescope again.", file=METADATA))
    people: dict[str, tuple[Person, ...]] = {}
    for folder, about in loaded:
        people[folder] = tuple(dict.fromkeys((*people.get(folder, ()), *_people(folder, about))))
    count = Counter(folder for folder, _ in loaded)
    doubled = frozenset(folder for folder, times in count.items() if times > 1)
    return Submitters(people, doubled, {folder: _when(folder, about) for folder, about in loaded})


def gradescope_file(parts: tuple[str, ...], entry: Entry, submitters: Submitters) -> list[HandedIn]:
    """The file, once for each of those who made it."""
    if len(parts) < 2 and (entry.problem is None or parts[0] not in submitters.people):
        return []
    people = submitters.people.get(parts[0], ())
    note, problem = None, entry.problem
    if parts[0] in submitters.doubled:
        problem = problem or say(
            "{file} speaks of {folder} more than once, so whose it is can't be told",
            file=METADATA,
            folder=clipped(parts[0]),
        )
    elif not people:
        people = (Person(safe_key(parts[0]), parts[0], space="submission", own=parts[0]),)
        note = say("{file} does not say who handed this in", file=METADATA)
    elif len(people) > 1:
        note = say("handed in together by {names}", names=listed(person.called for person in people))
    # The folder stays in the path: somebody with two submissions has more than one file to grade then.
    when = submitters.times.get(parts[0], When())
    return [HandedIn(person, parts, entry, problem, note, when=when) for person in people]


def _when(folder: str, about: Any) -> When:
    fields = about if isinstance(about, Mapping) else {}
    history, text = fields.get(":history"), _text(fields.get(":created_at"))
    attempt = len(history) + 1 if isinstance(history, list) else 0
    source = f"{METADATA}, {clipped(folder)}"
    return read_when(text, source, None, attempt=attempt) if text else When(attempt=attempt)


def _people(folder: str, about: Any) -> tuple[Person, ...]:
    listed = about.get(":submitters") if isinstance(about, Mapping) else None
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        return ()
    return tuple(_person(folder, submitter) for submitter in listed if isinstance(submitter, Mapping))


def _person(folder: str, about: Mapping[Any, Any]) -> Person:
    name, sid, email = (_text(about.get(f":{field}")) for field in ("name", "sid", "email"))
    known = [Known(kind, sid) for kind in ("sid", "student", "id") if sid]
    known += [Known(kind, email) for kind in ("email", "login", "student", "id") if email]
    own, space = (sid, "sid") if sid else (email, "email") if email else (folder, "submission")
    key = safe_key(own)
    return Person(key, f"{name} ({key})" if name else key, name, tuple(known), space=space, own=own)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) and value.strip() not in _NOTHING else ""
