"""The readers' zygote: has imported all that reading a submission takes, and forks a reader when one is wanted.

The exchange with the trusted side is the workers' zygote's (worker/zygote.py).
"""

from __future__ import annotations

import codecs
import gc
import os
import socket
import sys
from typing import Any, NoReturn

from grader.reader.serve import serve as answer
from grader.submission.decode import ENCODINGS
from grader.worker.zygote import CANNOT_CONFINE, CONFINED, Answer, Configure, Fork, Ready, serve

_STDERR = 2


def main() -> NoReturn:
    """Serve until the trusted side hangs up."""
    for name in ENCODINGS:
        codecs.lookup(name)  # its module is a file, which a reader can't open
    serve(_get_ready, _become_reader)


def _get_ready(order: Configure) -> tuple[Any, Answer]:
    from grader.confine import make_plan

    plan = make_plan(hidden=None, landlock_abi=order.landlock_abi)
    gc.freeze()
    return plan, Ready(plan.tier, "")


def _become_reader(plan: Any, order: Fork, channel: int, output: int, parent: int) -> NoReturn:
    """In the child: give up everything but the channel and the output, then answer."""
    try:
        from grader.confine import confine

        sock = socket.socket(fileno=channel)  # asks the kernel for its family, which a confined process can't
        os.dup2(output, 1)
        os.dup2(output, 2)
        confine(
            plan,
            scratch=None,
            memory_mb=order.memory_mb,
            cpu_seconds=order.cpu_seconds,
            keep=(1, 2, channel),
            parent=parent,
        )
        sock.send(CONFINED)
        sys.meta_path.clear()  # what is not imported by now is not there: no file can be opened to look for it
        answer(sock, order.memory_mb)
    except BaseException as error:
        os.write(_STDERR, f"grader: reader: {type(error).__name__}: {error}\n"[:2000].encode(errors="replace"))
    finally:
        os._exit(CANNOT_CONFINE)
