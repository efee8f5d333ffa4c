"""`page`: the page of a class: what making it takes, how large it is, how fast a browser sorts and filters it."""

from __future__ import annotations

import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.cold import grade
from benchmarks.measure import Cost, expect, run
from benchmarks.show import Table, milliseconds, spread
from tests.report.classes import CHECKS, large_class, write_class

STUDENTS, EXERCISES = 2000, 36
QUICK_STUDENTS, QUICK_EXERCISES = 20, 3
ROUNDS = 7
QUICK_ROUNDS = 1
COLUMNS = ("student", "total", "0", "1", "2")
TYPED = ("a", "ad", "ada", "")

#: What a reader does, from the event until all is laid out anew, in milliseconds.
_SORT = """key => { const start = performance.now(); document.querySelector(`th[data-key="${key}"] button`).click();
document.body.offsetHeight; return performance.now() - start; }"""
_FILTER = """typed => { const field = document.querySelector("[name=text]"); field.value = typed;
const start = performance.now(); field.dispatchEvent(new Event("input", { bubbles: true }));
document.body.offsetHeight; return performance.now() - start; }"""
_LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def measure(*, quick: bool) -> list[Table]:
    """The tables of `page`; of the browser none where Playwright or chromium is missing."""
    students, exercises = (QUICK_STUDENTS, QUICK_EXERCISES) if quick else (STUDENTS, EXERCISES)
    rounds = QUICK_ROUNDS if quick else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_class(folder / "scored", large_class(students, [f"exercise{one:02d}" for one in range(exercises)]))
        # The first round is not counted: it fills the page cache and writes bytecode. A quick one counts as well.
        costs = [_made(folder) for _ in range(rounds if quick else rounds + 1)][-rounds:]
        page = folder / "page.html"
        of = f"{students} students in {exercises} exercises"
        tables = [_making_table(costs, page.stat().st_size, of)]
        chromium = shutil.which("chromium")
        if chromium is None or find_spec("playwright") is None:
            print("\nThe page in a browser was left out: playwright or chromium is not installed here.")
            return tables
        return [*tables, _browser_table(_in_browser(page, chromium, rounds), of)]


def _made(folder: Path) -> Cost:
    return expect(run(grade("report", "scored", "--html", "page.html"), cwd=folder), 0, "grade report")


def _in_browser(page: Path, chromium: str, rounds: int) -> dict[str, list[float]]:
    """Seconds of each thing that a reader does."""
    from playwright.sync_api import sync_playwright

    times: dict[str, list[float]] = {"load": [], "sort": [], "filter": []}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(rounds):
            opened = browser.new_page()
            opened.goto(page.as_uri())
            times["load"].append(opened.evaluate(_LOADED) / 1000)
            times["sort"] += [opened.evaluate(_SORT, key) / 1000 for key in COLUMNS for _ in range(2)]
            times["filter"] += [opened.evaluate(_FILTER, typed) / 1000 for typed in TYPED]
            opened.close()
    return times


def _making_table(costs: list[Cost], size: int, of: str) -> Table:
    wall, cpu = [cost.wall for cost in costs], [cost.cpu for cost in costs]
    row = ("grade report", spread(wall), spread(cpu), f"{size / 1e6:.2f}")
    values = {"grade report": {"wall_s": wall, "cpu_s": cpu, "bytes": size}}
    title = f"The page of {of} with {CHECKS} checks each: {len(costs)} rounds, median (least–greatest)"
    return Table(title, ("command", "wall, s", "CPU, s", "page, MB"), [row], values)


def _browser_table(times: dict[str, list[float]], of: str) -> Table:
    rows = [(name, milliseconds(found)) for name, found in times.items()]
    title = f"{of} in chromium, until all is laid out: median (least–greatest)"
    return Table(title, ("what", "ms"), rows, {name: {"wall_s": found} for name, found in times.items()})
