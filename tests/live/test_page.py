"""The pages of `grade open` in a real browser (Debian's chromium, driven by Playwright)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.live.opened import EXERCISE, RIGHT, WRONG, Opened, learners_folder, opened, save
from tests.report.pages import watched_page

pytestmark = pytest.mark.slow

#: Milliseconds: this machine may be busy with other tests.
PATIENCE = 60_000
HOSTILE = "<script>document.title='taken'</script><img src=http://127.0.0.1/x onerror=alert(1)>&amp;\u202e"
SAYS_IT = WRONG + f"\nprint({HOSTILE!r})\nprint('</pre></details></div><h1>taken</h1>')\n"
RAISES_IT = f"class X(Exception):\n    pass\nX.__name__ = X.__qualname__ = {HOSTILE!r}\nraise X({HOSTILE!r})\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    # The folder's name is somebody's, too.
    folder = learners_folder(tmp_path_factory.mktemp("page") / "<img src=x onerror=alert(1)>")
    save(folder / EXERCISE.id / f"{EXERCISE.slug}.py", WRONG)
    with opened(folder, "3") as started:
        yield started


@contextmanager
def visiting(browser: Browser, server: Opened, **context: Any) -> Iterator[Page]:
    """The page that the printed address leads to; in the end it has asked nobody else and complained of nothing."""
    with watched_page(browser, **{"viewport": {"width": 1280, "height": 800}, **context}) as (page, asked):
        page.goto(server.address)
        page.wait_for_url("**/exercise03.html")
        yield page
        assert {url[: len(ours)] for url in asked if (ours := own(server))} <= {own(server), "data:,"}


def own(server: Opened) -> str:
    return f"http://127.0.0.1:{server.port}/"


def status(page: Page, text: str) -> None:
    """Wait until the sentence above the statement has this."""
    expect(page.locator("#status")).to_contain_text(text, timeout=PATIENCE)


def test_the_verdict_comes_at_every_save(browser: Browser, server: Opened) -> None:
    save(server.file, WRONG)
    with visiting(browser, server) as page:
        status(page, "Score: 4 of 10")
        expect(page.locator("#verdict")).to_contain_text("Probably this mistake")
        assert page.locator("#verdict figure svg").count() >= 1
        page.locator(".hints summary").first.click()
        page.evaluate("window.same = true")
        save(server.file, RIGHT)
        status(page, "Every check passes")
        assert page.evaluate("window.same") and page.locator(".hints details[open]").count() == 1
        expect(page.locator("#verdict details")).to_have_count(0)
        status(page, "Complete: 1 of 37")
        page.get_by_role("link", name="Deep learning by exercise").click()
        expect(page.locator("tr.done-row")).to_contain_text("10 / 10, complete")
        save(server.file, WRONG)
        # The best score stays; that of now is on the exercise's page.
        page.get_by_role("link", name="The sigmoid, tanh").click()
        status(page, "Score: 4 of 10")


def test_what_a_submission_says_is_text(browser: Browser, server: Opened) -> None:
    with visiting(browser, server) as page:
        for source, told in ((SAYS_IT, "Your code printed"), (RAISES_IT, "taken")):
            save(server.file, source)
            expect(page.locator("#verdict")).to_contain_text(told, timeout=PATIENCE)
            assert page.title().startswith("03 ") and page.locator("img, main script").count() == 0
            assert page.locator("h1").count() == 1 and "\u202e" not in page.locator("#verdict").inner_text()
    save(server.file, WRONG)


@pytest.mark.parametrize("name", ["exercise03.html", "exercise03.zh-CN.html", "index.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_that_axe_finds_and_no_screen_too_narrow(
    browser: Browser, server: Opened, scheme: Any, name: str
) -> None:
    with visiting(browser, server, color_scheme=scheme) as page:
        status(page, "Score: 4 of 10")
        page.goto(f"{own(server)}{name}")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()


def test_by_keyboard_alone(browser: Browser, server: Opened) -> None:
    with visiting(browser, server) as page:
        status(page, "Score: 4 of 10")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#content")).to_be_focused()
        reason = page.locator("#verdict summary").first
        for _ in range(60):
            if reason.evaluate("node => node === document.activeElement"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator("#verdict details").first.get_attribute("open") is None
        # The focus is not lost with what is renewed.
        save(server.file, WRONG + "\n# again\n")
        expect(page.locator("#verdict details").first).to_have_attribute("open", "", timeout=PATIENCE)
        expect(page.locator("#content")).to_be_focused()


def test_on_paper(browser: Browser, server: Opened) -> None:
    with visiting(browser, server) as page:
        status(page, "Score: 4 of 10")
        page.emulate_media(media="print")
        assert page.locator("nav:visible, .hints:visible").count() == 0 and page.locator("#status").is_visible()
        # What is folded away on a screen is there.
        assert all(reason.is_visible() for reason in page.locator("#verdict details > p").all())
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) >= 2


def test_no_other_page_of_the_browser_learns_anything(browser: Browser, server: Opened, tmp_path: Path) -> None:
    """Neither by fetch, nor by an image, a script or a frame, with the cookie in the same browser."""
    with visiting(browser, server) as page:
        other = page.context.new_page()
        (tmp_path / "evil.html").write_text("<!doctype html><title>evil</title>", "utf-8")
        other.goto((tmp_path / "evil.html").as_uri())
        tried = """async url => {
            const read = await fetch(url, { credentials: "include" }).then(() => "read", () => "refused");
            const frame = document.createElement("iframe");
            const framed = new Promise(done => { frame.onload = () => done(frame.contentDocument === null); });
            frame.src = url;
            document.body.append(frame);
            return [read, await framed];
        }"""
        assert other.evaluate(tried, f"{own(server)}exercise03.html") == ["refused", True]
        other.close()


def test_a_page_whose_server_has_ended_says_so(browser: Browser, tmp_path: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        with opened(learners_folder(tmp_path / "learner"), lang="zh-CN") as started:
            page.goto(started.address)
            page.wait_for_url("**/index.zh-CN.html")
            expect(page.locator("h1")).to_contain_text("深度学习")
        expect(page.locator("#status")).to_contain_text("grade open 已经结束")
