"""What each platform does with a file that is handed to it, by its documentation or its source."""

from __future__ import annotations

import collections
import csv
import io
import json
import re
import unicodedata
from typing import Any

import jsonschema

_VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
_FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
_NUMBER = {"type": "number", "minimum": 0}

#: gradescope-autograders.readthedocs.io, "Autograder Specifications".
GRADESCOPE: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "anyOf": [{"required": ["score"]}, {"properties": {"tests": {"items": {"required": ["score"]}, "minItems": 1}}}],
    "properties": {
        "score": _NUMBER,
        "execution_time": _NUMBER,
        "output": {"type": "string"},
        "output_format": _FORMAT,
        "test_output_format": _FORMAT,
        "test_name_format": _FORMAT,
        "visibility": _VISIBILITY,
        "stdout_visibility": _VISIBILITY,
        "extra_data": {"type": "object"},
        "leaderboard": {"type": "array"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "score": _NUMBER,
                    "max_score": _NUMBER,
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string"},
                    "name_format": _FORMAT,
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "output_format": _FORMAT,
                    "visibility": _VISIBILITY,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "extra_data": {"type": "object"},
                },
            },
        },
    },
}

#: docs/externalGrading.md of PrairieLearn's source, "Grading results"; makeGradingResult in its externalGraderCommon.ts
#: and what pl-external-grader-results.py does with the tests.
PRAIRIELEARN: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "if": {"properties": {"gradable": {"const": False}}, "required": ["gradable"]},
    "then": {"required": ["format_errors"]},
    "else": {"required": ["score"]},
    "properties": {
        "gradable": {"type": "boolean"},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "format_errors": {"type": ["string", "array"], "items": {"type": "string"}},
        "message": {"type": "string"},
        "output": {"type": "string"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "points", "max_points"],
                "properties": {
                    "name": {"type": "string"},
                    "description": {"type": "string"},
                    "points": _NUMBER,
                    "max_points": _NUMBER,
                    "message": {"type": "string"},
                    "output": {"type": "string"},
                },
            },
        },
    },
}

#: docs/lab.md of Autolab's source, "Writing Autograders".
AUTORESULT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["scores"],
    "properties": {
        "scores": {"type": "object", "additionalProperties": {"type": "number"}},
        "scoreboard": {"type": "array"},
    },
}

_COUNT = {"type": "integer", "minimum": 0}
_CTRF_STATUSES = ("passed", "failed", "skipped", "pending", "other")
#: schema/ctrf.schema.json of ctrf-io/ctrf, as far as fields of it are written.
CTRF: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["results", "reportFormat", "specVersion"],
    "properties": {
        "reportFormat": {"const": "CTRF"},
        "specVersion": {"type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+$"},
        "generatedBy": {"type": "string"},
        "results": {
            "type": "object",
            "additionalProperties": False,
            "required": ["tool", "summary", "tests"],
            "properties": {
                "tool": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["name"],
                    "properties": {"name": {"type": "string", "minLength": 1}, "version": {"type": "string"}},
                },
                "summary": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["tests", *_CTRF_STATUSES, "start", "stop"],
                    "properties": {
                        **dict.fromkeys(("tests", *_CTRF_STATUSES, "suites", "start", "stop", "duration"), _COUNT),
                        "extra": {"type": "object"},
                    },
                },
                "tests": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["name", "status", "duration"],
                        "properties": {
                            "name": {"type": "string", "minLength": 1},
                            "status": {"enum": [*_CTRF_STATUSES]},
                            "duration": _COUNT,
                            "suite": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                            "message": {"type": "string"},
                            "rawStatus": {"type": "string"},
                            "extra": {"type": "object"},
                        },
                    },
                },
            },
        },
    },
}


def gradescope(data: bytes) -> dict[str, Any]:
    """The document, as the specification allows it; a hidden test would hide the total."""
    document: dict[str, Any] = json.loads(data)
    jsonschema.validate(document, GRADESCOPE)
    assert {document["visibility"], *(test["visibility"] for test in document["tests"])} == {"visible"}
    return document


def prairielearn(data: bytes) -> dict[str, Any]:
    """The document, as it may be; PrairieLearn takes 1 MB."""
    assert len(data) <= 1_000_000
    document: dict[str, Any] = json.loads(data)
    jsonschema.validate(document, PRAIRIELEARN)
    return document


def autolab(output: bytes) -> tuple[str, dict[str, float]]:
    """What learners read, and problem → score, as saveAutograde and parseAutoresult read them."""
    lines = output.decode().rstrip().split("\n")
    # JSON in the line before the last would set how Autolab shows the rest.
    assert lines[-2] == ""
    # Autolab puts quotation marks around whatever word a colon follows.
    result = json.loads(re.sub(r"([a-zA-Z0-9]+):", r'"\1":', lines[-1]))
    jsonschema.validate(result, AUTORESULT)
    return "\n".join(lines[:-1]), result["scores"]


def ctrf(data: bytes) -> dict[str, Any]:
    """The report's results, which the schema allows and whose counts are those of its tests."""
    report = json.loads(data)
    jsonschema.validate(report, CTRF)
    results: dict[str, Any] = report["results"]
    found = collections.Counter(test["status"] for test in results["tests"])
    assert {status: results["summary"][status] for status in _CTRF_STATUSES} == {
        status: found[status] for status in _CTRF_STATUSES
    }
    assert results["summary"]["tests"] == len(results["tests"])
    assert results["summary"]["stop"] >= results["summary"]["start"]
    return results


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """What GitHub's runner takes for commands in a step's output (ActionCommand.cs): name, properties, data."""
    found = []
    for line in re.split("\r\n|\r|\n", text):
        if "##[" in line:
            found.append((line, {}, ""))
        elif line.strip().startswith("::"):
            head, _, data = line.strip()[2:].partition("::")
            name, _, rest = head.partition(" ")
            properties = dict(part.split("=", 1) for part in rest.split(",") if part)
            found.append(
                (name, {key: _unescaped(value, ":", ",") for key, value in properties.items()}, _unescaped(data))
            )
    return found


def _unescaped(text: str, *more: str) -> str:
    for character in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def canvas(data: bytes) -> tuple[str, str, dict[tuple[str, str, str, str], str]]:
    """The assignment, its points, and (name, ID, SIS ID, login) → grade, as lib/gradebook_importer.rb reads them."""
    header, points, *rows = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    assert "Student" in header[0] and "ID" in header[1]
    assert header[2:5] == ["SIS User ID", "SIS Login ID", "Section"]
    assert "Points Possible" in points[0]
    assert not [row for row in rows if "Points Possible" in row[0] or len(row) != len(header)]
    (assignment,) = header[5:]
    return assignment, points[5], {(row[0], row[1], row[2], row[3]): row[5] for row in rows}


def moodle(data: bytes) -> dict[str, tuple[float, float, str]]:
    """Participant's number → grade, maximum, feedback, as mod/assign/feedback/offline reads them."""
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))
    assert {"Identifier", "Grade", "Last modified (grade)", "Feedback comments"} <= rows[0].keys()
    found = {}
    for row in rows:
        number = row["Identifier"][len("Participant ") :]
        if number:
            assert 0 <= float(row["Grade"]) <= float(row["Maximum Grade"])
            found[str(int(number))] = (float(row["Grade"]), float(row["Maximum Grade"]), row["Feedback comments"])
    return found


#: Separators, quotation marks (none: part of the text), escape marks, whether blanks before a cell are dropped.
DIALECTS = [
    {
        "delimiter": delimiter,
        "quotechar": quote,
        "escapechar": escape,
        "skipinitialspace": skip,
        "quoting": csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    }
    for delimiter in ",;\t|:"
    for quote in ('"', "'", None)
    for escape in (None, "\\")
    for skip in (False, True)
]


def spreadsheet_runs(data: bytes) -> list[str]:
    """The cells of a CSV file that some spreadsheet takes for formulas, whatever its user told it about the file."""
    text = data.decode()
    whole, lines = [text.splitlines(keepends=True)], [[line] for line in text.splitlines()]
    found: set[str] = set()
    for dialect in DIALECTS:
        for part in [*whole, *lines]:
            found.update(cell for row in csv.reader(part, **dialect) for cell in row if _runs(cell))
    return sorted(found)


def _runs(cell: str) -> bool:
    """Spreadsheets drop blanks, quotation marks that were left over, and what can't be seen.

    Left over are those of a reader that quotes with nothing, in whose cells there is no line end: behind marks and a
    line end, further marks are part of the text.
    """
    if re.match(r"[\t\r]", cell):
        return True
    seen = "".join(c for c in cell if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))
    bare = re.sub(r'^[^\S\n]*(?:"[^\S\n]*)*\s*', "", seen)
    # A number is none; nor where the reader takes our comma, and with it the rest of the line, for part of it.
    if re.fullmatch(r'[+-]?\d+(?:\.\d+)?"*(?:,.*)?', bare, re.DOTALL):
        return False
    return unicodedata.normalize("NFKC", bare[:1])[:1] in ("=", "+", "-", "@", "\u2212")
