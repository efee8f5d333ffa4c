"""A reader that answers anything at all: it is a finding, a refusal or the submission's own limit, and gains nothing.

The seed and the number of answers come from GRADE_FUZZ_SEED and GRADE_FUZZ.
"""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from grader.errors import LimitError, SubmissionError
from grader.reader.client import Reader
from grader.reader.messages import ContentReply, ExamineReply, LoopsReply, NoMemoryReply, RefusedReply
from grader.result import Detail
from grader.source_line import SourceLine
from grader.submission.model import Chunk, Content, Demands, Prepared, Submission
from grader.text import LANGUAGES, Message, render, say
from grader.wire.channel import pack
from tests.wire.test_fuzz import Answering, mutated

COUNT = int(os.environ.get("GRADE_FUZZ", "3000"))
SEED = int(os.environ.get("GRADE_FUZZ_SEED", "1"))
SUBMISSION = Submission(name="a.py", sha256="", chunks=(Chunk(None, "x = 1\n", 1),))
DEMANDS = Demands(("f",), ())
KNOWN = say("{name} is not defined; the exercise asks for it", name="f")
WHERE = say(
    "{where} uses {name} (`{source}`), which this exercise does not allow: see its statement.",
    where=say("Line {line}", line=3),
    name="torch.sigmoid",
    source="torch.sigmoid(x)",
)
LINE = SourceLine(1, "x = 1", "f")

Ask = Callable[[Reader], Any]


def content(reader: Reader) -> Any:
    return reader.content(b"x = 1\n", "a.py", is_notebook=False, names=frozenset({"helper", "other"}))


def notebook(reader: Reader) -> Any:
    return reader.content(b"{}", "a.ipynb", is_notebook=True, names=frozenset())


def examine(reader: Reader) -> Any:
    return reader.examine(SUBMISSION, DEMANDS)


def loops(reader: Reader) -> Any:
    return reader.loops(SUBMISSION, "f")


def told(data: bytes, ask: Ask) -> Any:
    """What the trusted side makes of this answer to its first question."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        assert not data or theirs.send(data) == len(data), "too long for the socket's buffer"
        theirs.shutdown(socket.SHUT_WR)
        reader = Reader()
        reader._process = Answering(ours)
        return ask(reader)


def content_reply(
    heads: list[tuple[str | None, int, int]],
    notes: tuple[Message, ...] = (),
    mentioned: tuple[str, ...] = (),
    course: str | None = None,
) -> ContentReply:
    """heads: label, first line and size in bytes of each chunk."""
    chunks = tuple(Chunk(label, "", line) for label, line, _ in heads)
    return ContentReply(1, Content(chunks, notes, frozenset(mentioned), course), [size for _, _, size in heads])


def examine_reply(
    kept: tuple[str | None, ...] = (None,),
    notes: tuple[Message, ...] = (),
    missing: Message | None = None,
    forbidden: dict[str, Message] | None = None,
    excerpts: dict[str, tuple[SourceLine, ...]] | None = None,
    id: int = 1,
) -> ExamineReply:
    """kept: the labels of the chunks that are Python."""
    chunks = tuple(Chunk(label, "", 1) for label in kept)
    submission = Submission(name="a.py", sha256="", chunks=chunks, notes=notes)
    return ExamineReply(id, Prepared(submission, missing, forbidden or {}, excerpts or {}))


def answered(reply: Any, payload: bytes = b"") -> bytes:
    return b"".join(pack(reply, [memoryview(payload)]))


HONEST: list[tuple[bytes, Ask]] = [
    (answered(content_reply([(None, 1, 6)], (KNOWN,), ("other",), "grade-dl"), b"x = 1\n"), content),
    (answered(content_reply([("1", 1, 6), ("3", 3, 2)]), b"x = 1\nyy"), notebook),
    (answered(examine_reply(notes=(KNOWN,), missing=KNOWN, forbidden={"f": WHERE}, excerpts={"f": (LINE,)})), examine),
    (answered(LoopsReply(1, (LINE,))), loops),
    (answered(RefusedReply(1, WHERE, Detail(lines=(LINE,)))), examine),
    (answered(NoMemoryReply(1)), examine),
]


@pytest.mark.parametrize(
    ("reply", "ask"),
    [
        (examine_reply(missing=Message("{x.__class__}", {"x": "y"})), examine),  # a format of its own
        (examine_reply(missing=Message("{name:>999999999}", {"name": "y"})), examine),
        (examine_reply(missing=Message(KNOWN.template, {})), examine),  # without its fields
        (examine_reply(missing=Message(KNOWN.template, {"name": "x" * 100_000})), examine),
        (examine_reply(missing=Message(KNOWN.template, {"name": [1]})), examine),
        (examine_reply(notes=(KNOWN,) * 1_000), examine),
        (examine_reply((None, None)), examine),
        (examine_reply(("1",)), examine),
        (examine_reply(()), examine),
        (examine_reply(excerpts={"f": (LINE,) * 1_000}), examine),
        (examine_reply(excerpts={"f": (SourceLine(1, "x" * 5_000, "f"),)}), examine),
        (content_reply([]), content),
        (content_reply([(None, 1, 600)]), content),
        (content_reply([(None, 1, -1), (None, 1, 3)]), content),
        (content_reply([(None, 1, -1)]), content),
        (msgspec.structs.replace(content_reply([(None, 1, 6)]), sizes=[]), content),
        (content_reply([("1", 1, 6)]), content),  # a cell of a .py
        (content_reply([(None, 1, 6)]), notebook),
        (content_reply([("../x", 1, 6)]), notebook),
        (content_reply([("1", 1, 3), ("1", 2, 3)]), notebook),
        (content_reply([(None, 7, 6)]), content),
        (content_reply([(None, 1, 6)], mentioned=("third",)), content),  # a file that is not there
        (content_reply([(None, 1, 6)], course="../../other"), content),
        (RefusedReply(1, Message("ok", {}), None), content),
        (LoopsReply(1, ()), content),
        (examine_reply(id=2), examine),
    ],
)
def test_what_no_honest_reader_says_is_the_submissions_limit(reply: Any, ask: Ask) -> None:
    with pytest.raises(LimitError):
        told(answered(reply, b"x = 1\n" * 4), ask)


def test_an_honest_answer_is_taken() -> None:
    (first, ask), (second, others), (third, examined), (fourth, looped), (fifth, refused), _ = HONEST
    assert told(first, ask).mentioned == {"other"} and told(first, ask).course == "grade-dl"
    assert [chunk.label for chunk in told(second, others).chunks] == ["1", "3"]
    assert told(third, examined).forbidden == {"f": WHERE} and told(fourth, looped) == (LINE,)
    with pytest.raises(SubmissionError, match="Line 3 uses"):
        told(fifth, refused)


@pytest.mark.slow
def test_every_answer_is_a_finding_or_a_refusal() -> None:
    dice = random.Random(SEED)
    kinds = {"found": 0, "refused": 0, "limit": 0}
    for number in range(COUNT):
        honest, ask = dice.choice(HONEST)
        data = mutated(honest, dice)
        try:
            found = told(data, ask)
            kinds["found"] += 1
        except LimitError:
            kinds["limit"] += 1
            continue
        except SubmissionError as error:
            kinds["refused"] += 1
            found = error.message
        except Exception as error:
            raise AssertionError(f"answer {number} of seed {SEED}: {data!r}") from error
        assert len(msgspec.json.encode(found)) < 1 << 20
        for language in LANGUAGES:
            assert not isinstance(found, Message) or len(render(found, language)) < 20_001
    assert all(kinds.values()), kinds
