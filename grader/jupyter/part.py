"""One part of a result, for `%grade --part`: its checks have the inputs that they have when all are graded."""

from __future__ import annotations

import msgspec

from grader.report.views import only
from grader.result import Result


def of_part(result: Result, part: str) -> Result:
    """What the result says of the part of this name, as if nothing else had been graded; all of it if it is empty.

    A submission that could not be graded at all stays so.
    """
    if not part:
        return result
    checks = [check.id for check in result.checks if check.part == part]
    parts = tuple(one for one in result.parts if one.id == part)
    return msgspec.structs.replace(only(result, checks), parts=parts, part=part)
