"""The JSON schema of a result, made from the structs and the words below. To write it anew after a change:

python -m grader.report.schema > grader/report/schema.json
"""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from grader.result import Result

#: Struct → field → what it holds.
FIELDS: dict[str, dict[str, str]] = {
    "Result": {
        "schema": "The version of this format.",
        "grader": "The version of the grader.",
        "course": "A digest of the course's files, so that two results can be told to be of the same course.",
        "course_id": "The course's id, which its assignments carry; empty in older results.",
        "course_title": "The course's title, in every language; null for the course that comes with the grader.",
        "exercise": "The exercise's name, such as exercise03.",
        "submission": "The path of the submission, as it was given or found.",
        "submission_sha256": "SHA-256 of the submission's bytes, in hexadecimal.",
        "score": "Points earned, over all checks.",
        "max_score": "Points that can be earned.",
        "passed": "Whether every check passed.",
        "status": "graded: every check has a verdict of its own; error: the submission could not be graded (syntax "
        "error, import error, missing names); limit: it ran into a limit of time, memory, processes or output; "
        "grader_error: the grader failed, and nothing follows for the submission.",
        "seed": "The run's seed; --seed repeats the run with the same inputs.",
        "device": "The device that tensors lived on, as torch names it.",
        "confinement": "What confined the submission: landlock+seccomp (full), landlock, seccomp or none; "
        "empty if it was never run.",
        "seconds": "Wall time in seconds. Comparisons between runs leave it out.",
        "stdout": "What the submission printed, cut at its limit.",
        "message": "Why the submission as a whole could not be graded, in every language; null if it could.",
        "detail": "The submission's lines that `message` is about; null if there are none.",
        "notes": "Remarks on the submission that cost no points, in every language.",
        "checks": "The checks, in the order in which they ran.",
        "fingerprint": "A digest of all that the result depends on: submission, exercise, seed, device, grader and "
        "libraries. `grade score --resume` keeps a result whose fingerprint would be the same again. Empty outside of "
        "`grade score`, and for a file that could not be read.",
        "message_data": "`message` as data, so that a report can show it in languages that came later; null where "
        "there is no message.",
        "notes_data": "`notes` as data, in their order; null for a note that has none.",
    },
    "CheckResult": {
        "id": "The check's name, unique in its exercise.",
        "title": "What is checked, in every language.",
        "verdict": "The outcome. not_implemented: the function is still the stub; error: it raised; limit: it ran into "
        "a limit; skipped: the check was not run; grader_error: the check itself failed.",
        "passed": "Whether the verdict is passed.",
        "points": "Points earned.",
        "max_points": "Points that can be earned.",
        "hidden": "Whether learners see only title, verdict, points and mistake of this check.",
        "message": "The reason, in every language; null if the check passed, or if it is hidden and this is the "
        "learner's view.",
        "mistake": "The name of the known mistake that gives exactly these wrong answers; null if there is none.",
        "mistake_text": "What that mistake is, in every language; null if there is none.",
        "worst": "The element that is furthest from what was expected; null where no elements were compared.",
        "function": "The submission's function that the verdict is about; null if it is about none in particular.",
        "detail": "What was called, expected and got, for a report to show; null if there is nothing to show.",
        "message_data": "`message` as data, so that a report can show it in languages that came later; null where "
        "there is no message.",
    },
    "Message": {
        "template": "The sentence in English, with a place in braces for each field. Its translations are the "
        "catalogues of the grader.",
        "fields": "Name → what stands in its place: a string, a number, a text by language, or another `Message`.",
    },
    "Worst": {
        "index": "Its index, counted from 0; empty for a scalar.",
        "expected": "The reference's value; a string for NaN and infinities.",
        "got": "The submission's value; a string for NaN and infinities.",
        "abs_error": "|got - expected|; a string for NaN and infinities.",
        "rel_error": "|got - expected| / |expected|; a string for NaN and infinities.",
    },
    "Detail": {
        "called": "The call, as a learner would write it.",
        "expected": "What was expected, shortened.",
        "got": "What the submission gave, shortened.",
        "lines": "The submission's lines to look at: those that a traceback went through, outermost first, or those of "
        "the function whose value is wrong.",
        "picture": "What a page draws of the difference; null where there is nothing to draw.",
    },
    "FunctionPlot": {
        "kind": "function: values over an input.",
        "x": "The inputs, in ascending order.",
        "expected": "What was expected at each, null where it is not finite.",
        "got": "What came at each, null where it is not finite.",
        "worst": "The place, in these lists, where the error is largest.",
    },
    "SeriesPlot": {
        "kind": "series: values over their index.",
        "x": "The indices, counted from 0.",
        "expected": "What was expected at each, null where it is not finite.",
        "got": "What came at each, null where it is not finite.",
        "worst": "The place, in these lists, where the error is largest.",
    },
    "PointsPlot": {
        "kind": "points: points of a plane.",
        "expected_x": "The expected points' first coordinates, null where they are not finite.",
        "expected_y": "Their second coordinates.",
        "got_x": "The first coordinates of the points that came, null where they are not finite.",
        "got_y": "Their second coordinates.",
        "worst": "The place, in these lists, of the point that is furthest off.",
    },
    "ErrorMap": {
        "kind": "map: the sizes of errors in a matrix.",
        "rows": "The matrix's rows.",
        "columns": "The matrix's columns.",
        "errors": "The largest error in each of the blocks that the matrix is divided into, a list for each row of "
        "blocks; null where it is not finite.",
        "worst": "The row and the column, in `errors`, of the largest error.",
    },
    "SourceLine": {
        "number": "Its number, counted from 1; in a notebook, within its cell.",
        "source": "The line.",
        "function": "The function that it is in.",
        "cell": "The notebook's cell that it is in, as people call it; null in a .py file.",
    },
}


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of what `to_json` writes: every field is described, and always there."""
    made = msgspec.json.schema(Result)
    for name, fields in FIELDS.items():
        definition = made["$defs"][name]
        for field, description in fields.items():
            # Beside $ref a description is allowed since draft 2019-09.
            definition["properties"][field]["description"] = description
        definition["required"] = list(definition["properties"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Result of `grade`", **made}


def schema_bytes() -> bytes:
    """schema.json's content."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(schema_bytes())
