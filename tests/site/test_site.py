"""The course as a site: what `grade generate --as site` writes, and how a browser shows it from a folder."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from grader.course.find import find_course, find_exercise
from grader.site.generate import site_files
from grader.site.markdown import html
from tests.report.pages import CJK, ROOT, grade
from tests.tiny import exercise_toml, tiny_course

COURSE = find_course(ROOT)
REFERENCE = '''
def double(x):
    """2·x"""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
'''


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole course."""
    folder = tmp_path_factory.mktemp("site")
    run = grade("generate", "--out", "public", "--as", "site", folder=folder)
    count = 3 + 3 * len(COURSE.exercises)
    assert (run.returncode, run.stdout, run.stderr) == (0, f"public: files written: {count}\n", "")
    return folder / "public"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def test_every_link_leads_to_a_file_beside_it(site: Path) -> None:
    for page in site.glob("*.html"):
        links = _Links()
        links.feed(page.read_text("utf-8"))
        for link in set(links.found) - {"#content", "data:,"}:
            assert re.fullmatch(r"[\w./-]+", link) and (site / link).is_file(), (page.name, link)


def test_all_of_the_course_in_each_language_and_nothing_that_is_secret(site: Path) -> None:
    for exercise in COURSE.exercises:
        handed_out = (ROOT / "exercises" / exercise.id / f"{exercise.slug}.py").read_text("utf-8")
        assert (site / exercise.id / f"{exercise.slug}.py").read_text("utf-8") == handed_out
    texts = {path.name: path.read_text("utf-8") for path in site.rglob("*.*") if path.is_file()}
    assert CJK.search(texts["index.zh-CN.html"]) and "参考实现" not in texts["index.html"]
    for name, text in texts.items():
        assert str(ROOT) not in text and str(site) not in text and "END SOLUTION" not in text, name
        assert "<script" not in text, name
    for exercise in COURSE.exercises:
        assert f'href="{exercise.id}.html"' in texts["index.html"]


def test_named_exercises_alone_and_what_was_edited_is_kept(tmp_path: Path) -> None:
    for name in ("exercise03", "exercise05"):
        assert grade("generate", name, "--out", "public", "--as", "site", folder=tmp_path).returncode == 0
        assert [path.name for path in sorted((tmp_path / "public").glob("exercise*.html"))] == [
            f"{name}.html",
            f"{name}.zh-CN.html",
        ]
    (tmp_path / "public/exercise05.html").write_text("mine", "utf-8")
    run = grade("generate", "exercise05", "--out", "public", "--as", "site", folder=tmp_path)
    assert run.returncode == 2 and "exercise05.html" in run.stderr
    assert (tmp_path / "public/exercise05.html").read_text("utf-8") == "mine"


def test_html_in_a_statement_and_in_a_title_is_text(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    toml = exercise_toml("doubling", 1, f'hints = ["{hostile}"]', title=hostile)
    own = {
        "exercise.toml": toml,
        "reference.py": REFERENCE,
        "checks.py": "",
        "statement.md": f"# One\n\n{hostile} $x$\n",
    }
    course = find_course(tiny_course(tmp_path, {"exercise01": own}))
    files = site_files(course, course.exercises)
    assert set(files) == {"index.html", "exercise01.html", "exercise01/doubling.py", "style.css"}
    for name in ("index.html", "exercise01.html"):
        assert "<script" not in files[name] and "&lt;script&gt;" in files[name]
    page = str(html(f"{hostile}\n\n[a](javascript:alert(1)) ![b](javascript:alert(1))\n\n<b onclick=x>\n"))
    assert not re.search(r"<(script|a|img|b)\b", page)


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on(
            "request",
            lambda request: complaints.extend(() if request.url.startswith(("file:", "data:,")) else [request.url]),
        )
        yield page
        assert complaints == []


@pytest.mark.slow
def test_no_page_is_wider_than_a_telephone(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for path in sorted(site.glob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path.name
        assert page.locator("h1").count() == 1, path.name


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_that_axe_finds(page: Page, site: Path, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 800})
    for name in ("index.html", "exercise16.html", "exercise26.zh-CN.html"):
        page.goto((site / name).as_uri())
        found = Axe().run(page, options={"preload": False})
        assert found.violations_count == 0, found.generate_report()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.slow
def test_below_any_address_from_the_map_to_a_translation_and_its_file(browser: Browser, site: Path) -> None:
    title = find_exercise(COURSE, "16").title
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with closing(server.socket), browser.new_context() as context:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/{site.name}/")
        page.get_by_role("link", name=title["en"]).click()
        assert page.locator("math").count() > 10
        page.locator(".languages a").first.click()
        assert page.url.endswith("exercise16.zh-CN.html") and page.locator("html").get_attribute("lang") == "zh-CN"
        with page.expect_download() as download:
            page.get_by_role("link", name="下载要填写的代码骨架").click()
        assert download.value.suggested_filename == "nn_module.py"
        server.shutdown()
