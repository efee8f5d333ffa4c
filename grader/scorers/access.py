"""Before the work of several people is graded: access times are settled where the workers can't hold them still."""

from __future__ import annotations

import threading
import time

from grader.confine.atime import SETTLED_SECONDS, may_hold_still, settle
from grader.confine.readable import readable_paths
from grader.scorers.scorer import Ready


class AccessTimes:
    """The access times of all that a worker may read on this machine: settled once, and again in a long run."""

    def __init__(self, device: str = "cpu") -> None:
        self._device = device
        self._lock = threading.Lock()
        self._until = 0.0

    def begin(self) -> None:
        """Settle them beside whatever else starts, if the workers are likely to need it."""
        if not may_hold_still():
            threading.Thread(target=self._settle, daemon=True).start()

    def settle_for(self, scorer: Ready) -> None:
        """Return when what this scorer's workers read can't show. Not where nothing keeps them from writing files."""
        if not scorer.still and "landlock" in scorer.confinement:
            self._settle()

    def _settle(self) -> None:
        with self._lock:
            if time.monotonic() >= self._until:
                until = time.monotonic() + SETTLED_SECONDS
                settle(grant.path for grant in readable_paths(hidden=(), device=self._device))
                self._until = until
