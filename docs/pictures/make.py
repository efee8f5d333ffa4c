#!/usr/bin/env python3
"""Makes the pictures that the READMEs open with: what `grade exercise03` prints for an answer with a known mistake, and
what the page of `grade open` shows of it.

    docs/pictures/make.py            makes them; the page's takes chromium
    docs/pictures/make.py --check    only compares; exit status 1 if one is out of date

The seed is fixed, and the time that a run took is written as 0.1 s, so that the same program makes the same picture. No
two browsers draw a page alike: its picture holds a digest of the page that it was made of, and that is compared.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from markupsafe import Markup
from PIL import Image, PngImagePlugin
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from grader.course.find import find_course, find_exercise
from grader.grading.grade_files import grade_exercise
from grader.report.fragment import Fragment
from grader.site.pages import Live, Site, style
from grader.text import say

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COLUMNS = 80
SEED = "7539106638329297"
#: Language → the picture's file.
REPORTS = {"en": "report.svg", "zh-CN": "report.zh-CN.svg"}
PAGES = {"en": "page.png", "zh-CN": "page.zh-CN.png"}
#: Of the page so much is seen, in pixels.
WINDOW = (1280, 1000)
_COLOURS = 96
_SOURCE = "source"
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
    is_check, stale = "--check" in words, []
    with tempfile.TemporaryDirectory() as folder:
        for language in REPORTS:
            file = submission(Path(folder, language), language)
            drawn, terminal = picture(report(file, language)), HERE / REPORTS[language]
            if not terminal.is_file() or terminal.read_text("utf-8") != drawn:
                stale.append(terminal.name)
                if not is_check:
                    terminal.write_text(drawn, "utf-8")
            html, shot = page(file, language), HERE / PAGES[language]
            digest = hashlib.sha256(html.encode()).hexdigest()
            if not shot.is_file() or source_of(shot) != digest:
                stale.append(shot.name)
                if not is_check:
                    photograph(html, digest, shot)
    if is_check and stale:
        print(f"out of date: {', '.join(stale)}; to make them: docs/pictures/make.py", file=sys.stderr)
        return 1
    return 0


def submission(folder: Path, language: str) -> Path:
    """The file of a learner who made one mistake in exercise 3, in a learner's folder of this language."""
    folder.mkdir()
    grade("init", "mine", "--course", str(ROOT), cwd=folder, language=language)
    file = folder / "mine/exercise03/sigmoid_derivative.py"
    file.write_text(answered_with_a_mistake(file.read_text("utf-8")), "utf-8")
    return file


def grade(*words: str, cwd: Path, language: str) -> str:
    """What the command prints in a terminal of 80 columns, colours included."""
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GRADE_")},
        "PYTHONPATH": str(ROOT),
        "XDG_STATE_HOME": str(cwd),
        "COLUMNS": str(COLUMNS),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "FORCE_COLOR": "1",
        "GRADE_WARM": "0",
    }
    command = [sys.executable, "-m", "grader", *words, "--lang", language]
    return subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False).stdout


def report(file: Path, language: str) -> str:
    """What `grade exercise03` prints."""
    return _SECONDS.sub("0.1", grade("exercise03", "--seed", SEED, cwd=file.parent, language=language))


def page(file: Path, language: str) -> str:
    """The exercise's page of `grade open` with the verdict on the file, as HTML that needs nothing else."""
    course = find_course(ROOT)
    result = grade_exercise("exercise03", file, course=ROOT, seed=int(SEED), pictures=True)
    shown = Fragment(result, (language,))
    live = Live(
        number=1,
        standings={},
        progress=say("Complete: {done} of {all}", done=3, all=len(course.exercises)),
        status=shown.outcome(),
        verdict=Markup(shown.body()),
    )
    html = Site(course, course.exercises, live=True).exercise(find_exercise(course, "3"), language, live)
    html = html.replace('<link rel="stylesheet" href="style.css">', f"<style>{style()}</style>")
    return _SECONDS.sub("0.1", html.replace('<script src="live.js" defer></script>', ""))


def photograph(html: str, digest: str, to: Path) -> None:
    """The page in a browser, as a PNG that holds the digest of what it was made of."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": WINDOW[0], "height": WINDOW[1]}, color_scheme="light")
        tab.set_content(html)
        shot = Image.open(io.BytesIO(tab.screenshot()))
        browser.close()
    text = PngImagePlugin.PngInfo()
    text.add_text(_SOURCE, digest)
    shot.convert("RGB").quantize(_COLOURS).save(to, pnginfo=text, optimize=True)


def source_of(shot: Path) -> str:
    """The digest that the picture holds; empty if it holds none."""
    with Image.open(shot) as image:
        return str(image.info.get(_SOURCE, ""))


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
    for text, look, _ in line:
        for run in re.findall(r"[\u2e80-\uffef]+| +|[^\u2e80-\uffef ]+(?: [^\u2e80-\uffef ]+)*", text):
            columns = cell_len(run)
            if run.strip():
                place = f'x="{_MARGIN + column * _WIDTH:.1f}" y="{y:g}" textLength="{columns * _WIDTH:.1f}"'
                yield f"<text {place}{_look(look)}>{escape(run)}</text>"
            column += columns


def _look(style: Style | None) -> str:
    if style is None:
        return ""
    colour = f' fill="{style.color.get_truecolor().hex}"' if style.color and not style.color.is_default else ""
    return colour + (' font-weight="bold"' if style.bold else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
