"""`live`: `grade open`. From its start to the first page, beside a cold `grade EXERCISE`; from a verdict, which is when
the learner's folder remembers it, to its page in a browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

from benchmarks.classes import ROOT, exercises, pool
from benchmarks.cold import EXERCISE, grade
from benchmarks.measure import expect, run
from benchmarks.show import Table, milliseconds, spread
from grader.course.learner import journal_path

ROUNDS = 7
SAVES = 20
QUICK = 1
#: Seconds between a page and the next save: people take longer.
PAUSE = 0.3
#: In the page: when it was last renewed, in milliseconds since 1970.
_NOTE = """() => new MutationObserver(() => { window.renewed = performance.timeOrigin + performance.now(); })
.observe(document.body, { attributes: true })"""


def measure(*, quick: bool) -> list[Table]:
    """The tables of `live`; of the browser none where Playwright or chromium is missing."""
    [exercise] = exercises([EXERCISE])
    answers = pool(exercise)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / f"{exercise.slug}.py"
        file.write_text(answers.wrong[0], "utf-8")
        journal_path(file.parent).parent.mkdir()
        first = _beside(file.parent, QUICK if quick else ROUNDS)
        chromium = shutil.which("chromium")
        if chromium is None or find_spec("playwright") is None:
            print("\nThe page in a browser was left out: playwright or chromium is not installed here.")
            return [first]
        return [first, _renewed(file, [*answers.wrong[:2]], chromium, QUICK if quick else SAVES)]


def _beside(folder: Path, count: int) -> Table:
    """The first page and a graded run, in turn; one round before them fills the page cache."""
    cold, page = [], []
    for number in range(-1 if count > 1 else 0, count):
        graded = expect(run(grade(EXERCISE, "--course", str(ROOT)), cwd=folder), 1, EXERCISE).wall
        opened = _first_page(folder)
        if number >= 0:
            cold.append(graded)
            page.append(opened)
    ratios = [one / other for one, other in zip(page, cold, strict=True)]
    rows = [
        (f"grade {EXERCISE}", milliseconds(cold), ""),
        ("grade open, to the first page", milliseconds(page), spread(ratios)),
    ]
    values = {"cold": {"wall_s": cold}, "open": {"wall_s": page, "wall_ratio": ratios}}
    return Table(f"The first page, {count} rounds, median (least–greatest)", ("what", "ms", "× grade"), rows, values)


def _first_page(folder: Path) -> float:
    """Seconds from the start of the command until a client that opens its address has the exercise's page."""
    start = time.perf_counter()
    with _opened(folder) as address:
        client = build_opener(HTTPCookieProcessor())
        client.open(address).read()
        client.open(re.sub(r"\?.*", f"{EXERCISE}.html", address)).read()
        return time.perf_counter() - start


@contextmanager
def _opened(folder: Path) -> Iterator[str]:
    """The address of a running `grade open`."""
    command = grade("open", EXERCISE, "--no-browser", "--course", str(ROOT))
    environ = os.environ | {"GRADE_LANG": "en"}
    process = subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


def _renewed(file: Path, sources: Sequence[str], chromium: str, saves: int) -> Table:
    from playwright.sync_api import sync_playwright

    seconds: dict[str, list[float]] = {"save to page": [], "verdict to page": []}
    with _opened(file.parent) as address, sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
        page.goto(address)
        page.locator("#verdict details").first.wait_for()
        page.evaluate(_NOTE)
        for number in range(saves):
            time.sleep(PAUSE)
            saved = time.time()
            _save(file, f"{sources[number % len(sources)]}\n# {number}\n")
            while (renewed := page.evaluate("window.renewed") or 0) < saved * 1000:
                if time.time() > saved + 60:
                    raise RuntimeError("the page was not renewed")
                time.sleep(0.01)
            known = journal_path(file.parent).stat().st_mtime
            seconds["save to page"].append(renewed / 1000 - saved)
            seconds["verdict to page"].append(renewed / 1000 - known)
    rows = [(name, milliseconds(found)) for name, found in seconds.items()]
    values = {name: {"wall_s": found} for name, found in seconds.items()}
    return Table(
        f"{saves} saves, {EXERCISE}, wrong, in chromium: median (least–greatest)", ("what", "ms"), rows, values
    )


def _save(file: Path, source: str) -> None:
    other = file.with_name(".new~")
    other.write_text(source, "utf-8")
    os.replace(other, file)
