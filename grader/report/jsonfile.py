"""A result as one JSON document; schema.json beside this file describes it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import msgspec

from grader.report.timing import Timing
from grader.result import SCHEMA, Result


def to_json(result: Result) -> bytes:
    """UTF-8 JSON, indented, with every field in the order of `Result` and a newline at the end.

    JSON has no NaN and no infinities: they become the strings "NaN", "Infinity" and "-Infinity".
    """
    plain = _carryable(msgspec.to_builtins(result))
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def to_json_of_all(results: Iterable[tuple[str, Result, Timing]]) -> bytes:
    """Whole results of a class in one document, each beside its student and its timing; otherwise as `to_json`."""
    listed = [
        {"student": student, "timing": msgspec.to_builtins(timing), "result": msgspec.to_builtins(result)}
        for student, result, timing in results
    ]
    plain = _carryable({"schema": SCHEMA, "results": listed})
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def _carryable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _carryable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_carryable(item) for item in value]
    if isinstance(value, str):
        # A file name or output that was not UTF-8 holds lone surrogates, which JSON can't carry.
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value
