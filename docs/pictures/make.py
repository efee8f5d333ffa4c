#!/usr/bin/env python3
"""Makes the pictures that the READMEs open with: what `grade exercise03` prints for an answer with a known mistake.

    docs/pictures/make.py            makes them
    docs/pictures/make.py --check    only compares; exit status 1 if one is out of date

The seed is fixed, and the time that a run took is written as 0.1 s, so that the same program makes the same picture.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COLUMNS = 80
SEED = "7539106638329297"
#: Language → the picture's file.
REPORTS = {"en": "report.svg", "zh-CN": "report.zh-CN.svg"}
_SECONDS = re.compile(r"\d+\.\d+(?= s\)| 秒）)")
#: A column and a line of the picture, in its units.
_WIDTH, _HEIGHT, _MARGIN = 8.4, 19, 14
#: A picture loads nothing, so it names only fonts that a reader may have. The terminal's colours are readable on black.
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="grade exercise03">
<rect width="{width:g}" height="{height:g}" rx="8" fill="#0c0c0c"/>
<g fill="#d6d6d6" font-size="14" font-family="ui-monospace, Menlo, 'DejaVu Sans Mono',
 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', monospace">
{lines}
</g>
</svg>
"""


def main(words: list[str]) -> int:
    stale = []
    for language, name in REPORTS.items():
        made, path = picture(report(language)), HERE / name
        if not path.is_file() or path.read_text("utf-8") != made:
            stale.append(name)
            if "--check" not in words:
                path.write_text(made, "utf-8")
    if "--check" in words and stale:
        print(f"out of date: {', '.join(stale)}; to make them: docs/pictures/make.py", file=sys.stderr)
        return 1
    return 0


def report(language: str) -> str:
    """What a terminal of 80 columns gets, colours included."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GRADE_")},
            "PYTHONPATH": str(ROOT),
            "XDG_STATE_HOME": folder,
            "COLUMNS": str(COLUMNS),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            "FORCE_COLOR": "1",
            "GRADE_WARM": "0",
        }

        def grade(*more: str, cwd: str) -> str:
            command = [sys.executable, "-m", "grader", *more, "--lang", language]
            return subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False).stdout

        grade("init", "mine", "--course", str(ROOT), cwd=folder)
        file = Path(folder, "mine/exercise03/sigmoid_derivative.py")
        file.write_text(answered_with_a_mistake(file.read_text("utf-8")), "utf-8")
        return _SECONDS.sub("0.1", grade("exercise03", "--seed", SEED, cwd=str(file.parent)))


def answered_with_a_mistake(stub: str) -> str:
    """The stub of exercise 3 with the reference's answers, of which one applies the sigmoid twice."""
    reference = (ROOT / "solutions/exercise03/reference.py").read_text("utf-8")
    spoilt = reference.replace("    s = sigmoid(x)\n", "    s = sigmoid(sigmoid(x))\n")
    assert spoilt != reference
    answers = iter(re.findall(r"### BEGIN SOLUTION\n(.*?) *### END SOLUTION\n", spoilt, re.DOTALL))
    return re.sub(r" *raise NotImplementedError.*\n", lambda _: next(answers), stub)


def picture(printed: str) -> str:
    """The terminal as an SVG picture."""
    console = Console(file=io.StringIO(), width=COLUMNS, force_terminal=True, color_system="256")
    lines = console.render_lines(Text.from_ansi(printed.rstrip()), pad=False)
    drawn = [run for place, line in enumerate(lines) for run in _runs(line, _MARGIN + _HEIGHT * (place + 0.75))]
    width, height = 2 * _MARGIN + COLUMNS * _WIDTH, 2 * _MARGIN + _HEIGHT * len(lines)
    return _SVG.format(width=width, height=height, lines="\n".join(drawn))


def _runs(line: list[Segment], y: float) -> Iterator[str]:
    """A line's texts, each begun at its own column: wide and narrow letters come from different fonts."""
    column = 0
    for text, style, _ in line:
        for run in re.findall(r"[\u2e80-\uffef]+| +|[^\u2e80-\uffef ]+(?: [^\u2e80-\uffef ]+)*", text):
            columns = cell_len(run)
            if run.strip():
                place = f'x="{_MARGIN + column * _WIDTH:.1f}" y="{y:g}" textLength="{columns * _WIDTH:.1f}"'
                yield f"<text {place}{_look(style)}>{escape(run)}</text>"
            column += columns


def _look(style: Style | None) -> str:
    if style is None:
        return ""
    colour = f' fill="{style.color.get_truecolor().hex}"' if style.color and not style.color.is_default else ""
    return colour + (' font-weight="bold"' if style.bold else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
