"""Every error that ends a command on purpose, with the sentence that a person reads.

GradeError
├── UsageError          2: no such exercise, no such file, options that do not go together
├── SubmissionError     3: the submission can't be graded: not Python, not readable, names missing
│   └── LimitError         reading it took more time or memory than it may
├── GraderFault         4: the grader itself failed
└── Interrupted       130: somebody pressed Ctrl-C; says what is kept
"""

from __future__ import annotations

import errno

from grader.result import Detail
from grader.text import Message, render, say

#: What the system says of the errors that a person meets, in its own words, for there to be a translation of them.
_SYSTEM = {
    errno.EACCES: say("Permission denied"),
    errno.EPERM: say("Operation not permitted"),
    errno.ENOENT: say("No such file or directory"),
    errno.EEXIST: say("File exists"),
    errno.ENOTDIR: say("Not a directory"),
    errno.EISDIR: say("Is a directory"),
    errno.ENOTEMPTY: say("Directory not empty"),
    errno.ENAMETOOLONG: say("File name too long"),
    errno.ELOOP: say("Too many levels of symbolic links"),
    errno.ENOSPC: say("No space left on device"),
    errno.EDQUOT: say("Disk quota exceeded"),
    errno.EROFS: say("Read-only file system"),
    errno.EFBIG: say("File too large"),
    errno.EMFILE: say("Too many open files"),
    errno.EIO: say("Input/output error"),
}


class GradeError(Exception):
    """`message` says what, where and what to do; `detail` may show the learner's own lines."""

    exit_status = 4

    def __init__(self, message: Message, detail: Detail | None = None) -> None:
        super().__init__(render(message, "en"))
        self.message = message
        self.detail = detail


def reason_of(error: OSError) -> Message | str:
    """The system's words for what went wrong, without the number and the file."""
    words = error.strerror or str(error)
    known = _SYSTEM.get(error.errno or 0)
    return known if known is not None and known.template == words else words


class UsageError(GradeError):
    """The command was used wrongly; nothing was graded."""

    exit_status = 2


class NoSuchExercise(UsageError):
    """A name that no exercise of the course has."""


class SubmissionError(GradeError):
    """The submission could not be graded. sha256: of its bytes, where these were read."""

    exit_status = 3
    sha256 = ""


class LimitError(SubmissionError):
    """Reading the submission hit a limit."""


class GraderFault(GradeError):
    """The grader failed; no verdict on the submission follows from it."""

    exit_status = 4


class Interrupted(GradeError):
    """Somebody ended the command before it was done; the message says what is kept."""

    exit_status = 130
