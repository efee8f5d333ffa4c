"""One fact about this machine, and what to do about it."""

from __future__ import annotations

import msgspec

from grader.text import Message


class Fact(msgspec.Struct, frozen=True):
    """One fact about the machine.

    fault: what is wrong, if anything; fix: what to do or to type about it. blocking: nothing can be graded until
    that is done.
    """

    name: Message | str
    value: Message | str
    fault: Message | None = None
    fix: Message | str | None = None
    blocking: bool = False
