"""Visual Studio Code's tasks for a learner's folder: grade the exercise of the open file, or grade at every save.

A problem matcher reads `FILE:LINE: SEVERITY: MESSAGE`, so that errors appear in the Problems pane; of the reports of
`grade watch`, which are made for a reader, `FILE:LINE: message`.
"""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from grader.text import Message, render, say

#: Where they are, in a learner's folder.
TASKS = ".vscode/tasks.json"
#: The open file's folder, which is named after its exercise.
_EXERCISE = "${fileDirnameBasename}"
#: What finds the places in the lines of `--format editor`, and in a report.
LINE = r"^(.+?):(\d+): (error|warning): (.+)$"
PROBLEM = r"^\s*(\S.*?\.py):(\d+): (.+)$"
_PATTERN = {"regexp": LINE, "file": 1, "line": 2, "severity": 3, "message": 4}
_PATTERN_OF_REPORT = {"regexp": PROBLEM, "file": 1, "line": 2, "message": 3}


def editor_tasks(language: str) -> str:
    """The text of .vscode/tasks.json, with the tasks' names in this language."""
    grade = _task(say("grade this exercise"), [_EXERCISE, "--format", "editor=-"], language)
    grade["group"] = {"kind": "build", "isDefault": True}
    watch = _task(say("grade this exercise at every save (watch)"), ["watch", _EXERCISE], language)
    watch["problemMatcher"] |= {"background": _BACKGROUND, "pattern": _PATTERN_OF_REPORT}
    watch["isBackground"] = True
    content = msgspec.json.encode({"version": "2.0.0", "tasks": [grade, watch]})
    return msgspec.json.format(content, indent=2).decode() + "\n"


#: Of `grade watch`: a report begins with the exercise's name and ends with the line that names the keys.
_BACKGROUND = {
    "activeOnStart": True,
    "beginsPattern": r"^exercise\d+\b",
    "endsPattern": r"^(?:Watching|正在等待) exercise\d+",
}


def _task(label: Message, words: list[str], language: str) -> dict[str, Any]:
    return {
        "label": render(label, language),
        "type": "process",
        # This Python, since tasks don't know the environment that a terminal has activated.
        "command": sys.executable,
        "args": ["-m", "grader", *words],
        "options": {"cwd": "${workspaceFolder}"},
        "presentation": {"reveal": "always", "panel": "dedicated", "clear": True},
        "problemMatcher": {
            "owner": "grade",
            "source": "grade",
            "fileLocation": ["autoDetect", "${workspaceFolder}"],
            "pattern": _PATTERN,
        },
    }
