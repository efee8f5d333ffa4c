"""A client of `grade serve --stdio`, with nothing but the standard library: copy it into your program."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any


class Judge:
    """A running judge; a context manager. command: such as ["grade", "serve", "--stdio", "exercise03"]."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, error: object, *_: object) -> None:
        assert self._process.stdin and self._process.stdout
        if error:
            self._process.stdout.close()  # whatever it still grades, it ends, and its processes with it
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def answers(self, requests: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """An answer to each request, as it comes; `id` says to which. Raises RuntimeError if the judge ends before."""
        asked = list(requests)
        # In a thread: the judge reads no more requests while nobody reads its answers.
        sender = threading.Thread(target=self._send, args=(asked,), daemon=True)
        sender.start()
        assert self._process.stdout
        for _ in asked:
            line = self._process.stdout.readline()
            if not line:
                raise RuntimeError("the judge ended; what it printed on standard error says why")
            yield json.loads(line)
        sender.join()

    def _send(self, requests: Iterable[dict[str, Any]]) -> None:
        assert self._process.stdin
        try:
            for request in requests:
                self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return  # it ended; whoever reads answers is told so
