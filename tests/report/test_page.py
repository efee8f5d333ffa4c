"""The learner's page: what `grade report` writes, in a real browser (Debian's chromium, driven by Playwright)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.report.pages import CJK, ROOT, choose, grade, opened_page

pytestmark = pytest.mark.slow

HOSTILE = "<script>document.title='taken'</script><img src=http://127.0.0.1/x onerror=alert(1)>&amp;\u202e"
#: What stands in place of a piece of each reference.
WRONG = {
    "exercise03": ("return s * (1 - s)", f"print({HOSTILE!r})\n    return s * (1 + s)"),
    "exercise05": ("return x @ W.T + b", "return x @ W.T - b"),
    "exercise12": ('return {"W1"', f'raise ValueError({HOSTILE!r})\n    return {{"W1"'),
    "exercise14": ("        b -= lr * b.grad\n", "        b -= 0.5 * lr * b.grad\n"),
    "exercise16": ("", ""),
}


def wrong_answer(exercise: str) -> str:
    source = (ROOT / "solutions" / exercise / "reference.py").read_text("utf-8")
    before, after = WRONG[exercise]
    assert before in source
    return source.replace(before, after, 1) if before else source


def learners_folder(folder: Path) -> Path:
    """As `grade init` makes it, but for most exercises: whatever a learner has is graded, untouched files too."""
    assert grade("init", str(folder), folder=folder.parent).returncode == 0
    for path in folder.glob("exercise*"):
        if path.name not in (*WRONG, "exercise00", "exercise01"):
            shutil.rmtree(path)
    return folder


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder: some exercises wrong, one right, the others untouched."""
    folder = learners_folder(tmp_path_factory.mktemp("page") / "learner")
    for exercise in WRONG:
        (stub,) = (folder / exercise).glob("*.py")
        stub.write_text(wrong_answer(exercise), "utf-8")
    return folder


@pytest.fixture(scope="module")
def written(learner: Path) -> Path:
    """The page of all that is begun."""
    run = grade("report", folder=learner)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"report.html: exercises: {len(WRONG)}, complete: 1\n"
    return learner / "report.html"


@pytest.fixture(scope="module")
def one(learner: Path) -> Path:
    """The page of one exercise, as `grade EXERCISE --html` writes it beside the report."""
    run = grade("exercise03", "--html", "one.html", folder=learner)
    assert run.returncode == 1 and "Score:" in run.stdout
    return learner / "one.html"


@pytest.fixture
def opened(browser: Browser, written: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """In the colours that the test is parametrized with, if it is."""
    with opened_page(browser, written, color_scheme=getattr(request, "param", "light")) as page:
        yield page


in_both_schemes = pytest.mark.parametrize("opened", ["light", "dark"], indirect=True)


@in_both_schemes
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_nothing_that_axe_finds(opened: Page, language: str) -> None:
    """Contrast, labels, headings, landmarks and the rest of axe's rules."""
    choose(opened, language)
    found = Axe().run(opened)
    assert found.violations_count == 0, found.generate_report()


def test_both_languages_and_no_mixture(opened: Page) -> None:
    english = opened.locator("main").inner_text()
    assert "Probably this mistake" in english and not CJK.search(english)
    choose(opened, "zh-CN")
    chinese = opened.locator("main").inner_text()
    assert CJK.search(chinese) and "多半是" in chinese
    assert not re.search(r"Probably|Score|expected|passed|failed|should", chinese)
    assert opened.locator("figure:visible").count() * 2 == opened.locator("figure").count()


def test_by_keyboard_alone(opened: Page) -> None:
    opened.keyboard.press("Tab")
    opened.keyboard.press("ArrowRight")
    assert opened.locator("#lang-zh-CN").is_checked()
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**#exercise03")
    reason = opened.locator("#exercise03 details").first
    assert reason.get_attribute("open") is not None
    for _ in range(len(WRONG) + 2):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    opened.keyboard.press("Enter")
    assert reason.get_attribute("open") is None
    outline = opened.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_what_a_submission_says_is_text(opened: Page) -> None:
    assert opened.locator("script, img").count() == 0 and opened.title() != "taken"
    assert "<script>document.title='taken'</script>" in opened.locator("#exercise12").inner_text()
    assert "\\u202e" in opened.locator("#exercise12").inner_text()


def test_each_picture_has_words_and_stays_in_its_frame(opened: Page) -> None:
    pictures = opened.locator("figure:visible svg")
    assert pictures.count() >= 3
    for picture in pictures.all():
        name, told = (picture.locator(tag).text_content() for tag in ("title", "desc"))
        assert name and told and re.search(r"\d", told)
        box = picture.bounding_box()
        drawn = picture.locator("use").bounding_box()
        assert box and drawn and drawn["width"] > 100
        for start, size in (("x", "width"), ("y", "height")):
            assert box[start] - 1 <= drawn[start] and drawn[start] + drawn[size] <= box[start] + box[size] + 1


@pytest.mark.parametrize("width", [320, 1400])
def test_no_screen_is_too_narrow(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 700})
    for language in ("en", "zh-CN"):
        choose(opened, language)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width


@in_both_schemes
def test_on_paper(opened: Page) -> None:
    choose(opened, "zh-CN")
    opened.emulate_media(media="print")
    assert opened.locator("fieldset").is_hidden() and opened.locator("main").is_visible()
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    paper = opened.pdf(format="A4")
    assert paper.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", paper)) >= 2


def test_one_file_and_a_small_one(written: Path, one: Path) -> None:
    for path in (written, one):
        html = path.read_text("utf-8")
        assert len(html.encode()) <= 150_000
        assert re.findall(r'(?:src|href)="(?!#)', html) == []
        assert "default-src 'none'" in html and "<script" not in html


def test_no_absolute_path(learner: Path, written: Path, one: Path) -> None:
    """A page is passed on; where its file was is its owner's own."""
    for page in (written, one):
        shown = page.read_text("utf-8")
        assert "exercise03/sigmoid_derivative.py" in shown and str(learner.parent) not in shown


def test_hidden_checks_show_no_values(one: Path) -> None:
    reasons = re.findall(r"<details.*?</details>", one.read_text("utf-8"), re.DOTALL)
    hidden = [reason for reason in reasons if "(hidden)" in reason]
    assert hidden and not any("<pre" in reason or "<figure" in reason for reason in hidden)
    assert any("<pre" in reason and "<figure" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("report", "exercise99"), 2, "exercise99"),
        (("report", "--html", "no/such/folder/page.html"), 2, "no/such/folder"),
        (("report", "--html", "exercise03"), 2, "exercise03"),
    ],
)
def test_bad_use(learner: Path, words: tuple[str, ...], status: int, told: str) -> None:
    run = grade(*words, folder=learner)
    assert run.returncode == status and told in run.stderr and "Traceback" not in run.stderr


def test_nothing_begun_yet(tmp_path: Path) -> None:
    run = grade("report", folder=learners_folder(tmp_path / "learner"))
    assert run.returncode == 2 and "None of your exercises is begun yet" in run.stderr
    assert not (tmp_path / "learner/report.html").exists()
