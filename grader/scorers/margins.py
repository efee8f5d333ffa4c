"""How near to a check's tolerance the values of a submission come: what an audit asks."""

from __future__ import annotations

from collections.abc import Callable

#: How near an error is near, as a factor on the tolerance.
SLACK = 10.0


class Margins:
    """The margins of one submission. near, clear: checks with a judged call whose error is near its tolerance, and
    with one where it is not."""

    def __init__(self, wanted: bool | None) -> None:
        """wanted: of calls that passed (True) or failed (False)."""
        self.near: set[str] = set()
        self.clear: set[str] = set()
        self._wanted = wanted

    def watch(self, check: str) -> Callable[[bool, Callable[[float], bool]], None]:
        """Of a call that passed: does it still pass by a tenth of the tolerance? Of one that failed: does it still fail
        by ten times the tolerance?"""

        def watch(passed: bool, passes: Callable[[float], bool]) -> None:
            if passed is self._wanted:
                near = passes(1 / SLACK) != passed if passed else passes(SLACK)
                (self.near if near else self.clear).add(check)

        return watch
