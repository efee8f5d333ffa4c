"""Why the system refused something, in the reader's language."""

from __future__ import annotations

import errno
import os

import pytest

from grader.errors import reason_of
from grader.text import LANGUAGES, render


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EROFS, errno.ENOTDIR])
def test_the_systems_words_are_translated(number: int) -> None:
    reason = reason_of(OSError(number, os.strerror(number)))
    assert render(reason, "en") == os.strerror(number)
    assert not {render(reason, language) for language in LANGUAGES[1:]} & {os.strerror(number)}


def test_other_words_stay() -> None:
    assert reason_of(OSError(errno.EACCES, "Landlock refused it")) == "Landlock refused it"
    assert reason_of(OSError("no number")) == "no number"
