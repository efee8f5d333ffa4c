"""The program behind every process that touches a submission: exec'd with an empty environment, by launch.py.

`main(["worker", "reader"])` becomes two zygotes, each with its own control socket: one forks workers,
the other readers. They are one program so that a cold run pays one start of an interpreter; the reader's zygote is
forked off before PyTorch is imported and never imports it. With one word there is only the one.
"""

from __future__ import annotations

import os
from typing import NoReturn

#: The control sockets, as boundary/launch.py hands them over.
WORKER_CONTROL, READER_CONTROL = 3, 4


def main(kinds: list[str]) -> NoReturn:
    """Be the zygotes that are asked for."""
    os.closerange(READER_CONTROL + 1, 1 << 20)  # whatever the shell that started the grader had left open
    if "reader" in kinds and ("worker" not in kinds or os.fork() == 0):
        os.dup2(READER_CONTROL, WORKER_CONTROL)
        os.close(READER_CONTROL)
        from grader.reader.zygote import main as read

        read()
    os.closerange(READER_CONTROL, READER_CONTROL + 1)
    from grader.worker.zygote import main as work

    work()
