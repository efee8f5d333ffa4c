"""The class's page: what `grade report RESULTS` writes, in a real browser (Debian's chromium, driven by Playwright)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from grader.report.scores import Row
from grader.result import CheckResult, Result
from grader.text import say
from tests.report.classes import CHECKS, MISTAKES, a_check, a_result, a_wrong_check, large_class, stopped, write_class
from tests.report.pages import CJK, ROOT, choose, grade, opened_page

pytestmark = pytest.mark.slow

TAKE = "</td></script></style><script>document.title='taken'</script><img src=http://127.0.0.1/x onerror=alert(1)>"
HOSTILE = f"{TAKE}\"'&amp;\u202e\x00\x1b[2J" + "x" * 10_000
#: What a folder may be called.
NAMES = ("<img src=x onerror=document.title='taken'>", '"><svg onload=alert(1)>', "=SUM(A1)", "\u202eabc", "张伟")
#: As many rows of a table are shown at first.
FIRST = 200


def with_check(check: CheckResult) -> Result:
    """A result that has it in place of its fifth."""
    checks = tuple(check if one.id == "check_5" else one for one in a_result().checks)
    return msgspec.structs.replace(a_result(), checks=checks, score=CHECKS - 1.0, passed=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two exercises; a submission of every kind, and texts that try to be more than text."""
    odd = (a_wrong_check(1, 0.25), a_wrong_check(4, 0.75))
    hostile = msgspec.structs.replace(
        a_wrong_check(5, 0.5, "wrong_axis"),
        mistakes=(HOSTILE,),
        mistake_texts=({"en": HOSTILE, "zh-CN": HOSTILE},),
        message={"en": HOSTILE, "zh-CN": HOSTILE},
        title={"en": HOSTILE, "zh-CN": HOSTILE},
        id=HOSTILE,
    )
    class_ = [
        ("ada", a_result(seconds=9.5)),
        ("bob", a_result(a_wrong_check(1, 0.5, "not_divided_by_n"))),
        ("cyd", a_result(a_wrong_check(1, 0.5, "not_divided_by_n"), a_wrong_check(2, 0.5, "wrong_axis"))),
        ("dan", a_result(*odd)),
        ("eve", a_result(*odd)),
        ("fay", a_result(submission_sha256="f" * 64)),
        ("gus", a_result(submission_sha256="f" * 64)),
        ("hal", stopped("limit", "it took longer than 10 s")),
        ("ivy", stopped("error", HOSTILE, HOSTILE)),
        ("joe", stopped("error", "no file", "没有文件", submission_sha256="")),
        ("kim", a_result(*[a_check(number, "not_implemented") for number in range(1, CHECKS + 1)])),
        ("lea", stopped("grader_error", "the machine was lost")),
        ("max 9", with_check(hostile)),
        ("max 10", a_result()),
        *[(name, a_result()) for name in NAMES],
        ("ada", a_result(a_wrong_check(2, 0.5, "wrong_axis"), exercise="exercise05")),
        ("lost", a_result()),
    ]
    out = tmp_path_factory.mktemp("class") / "scored"
    write_class(out, class_, [Row.missing("zoe", HOSTILE, say("{text}", text=HOSTILE))])
    (out / "results/lost/exercise03.json").unlink()
    return out


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    run = grade("report", folder.name, "--html", "class.html", folder=folder.parent)
    assert (run.returncode, run.stdout) == (4, "class.html: results: 20\n")
    assert run.stderr == "grade: Results that can't be shown: 1; the page lists them.\n"
    return folder.parent / "class.html"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = write_class(tmp_path_factory.mktemp("large") / "scored", large_class(2000))
    run = grade("report", str(out), "--html", "large.html", folder=out.parent)
    assert (run.returncode, run.stdout, run.stderr) == (0, "large.html: results: 2000\n", "")
    return out.parent / "large.html"


@pytest.fixture
def opened(browser: Browser, written: Path) -> Iterator[Page]:
    with opened_page(browser, written) as page:
        yield page


def students(page: Page) -> list[str]:
    """In the rows that are shown, from the top."""
    return page.locator("#students tbody tr:visible td:first-child").all_inner_texts()


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Bring the focus to what is labelled so (a pattern), by the Tab key alone, and press the key."""
    for _ in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate("(e => (e.labels?.[0] ?? e).innerText)(document.activeElement)")
        if re.fullmatch(words, label.strip(), re.DOTALL):
            page.keyboard.press(key)
            return
    raise AssertionError(f"no Tab leads to {words}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_nothing_that_axe_finds(browser: Browser, written: Path, scheme: Any, language: str) -> None:
    with opened_page(browser, written, color_scheme=scheme) as page:
        choose(page, language)
        for folded in page.locator("details").all():
            folded.evaluate("e => { e.open = true }")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_what_it_says(opened: Page) -> None:
    assert "Students: 19; submissions: 18; exercises: 2" in opened.locator("header").inner_text()
    told = opened.locator("#exercise03").inner_text()
    for text in (
        "Submissions: 17; complete: 9",
        "The median is 14 of 14; half of the scores lie between 12 and 14.",
        f"2 of 17: {MISTAKES['not_divided_by_n']['en']}",
        f"1 of 17: {MISTAKES['wrong_axis']['en']}",
        "2 submissions: 0.25 in place of 1 at [3]",
        "2 submissions are the same file",
        "limit × 1: it took longer than 10 s",
        "passed 12 · failed 2 · not written 1 · error 1 · limit 1",
    ):
        assert text in told
    rest = opened.locator("main").inner_text()
    assert "lost / exercise03: its result is missing" in rest and "zoe / </td></script>" in rest
    same = opened.locator("details", has_text="2 submissions: 0.25")
    assert same.locator(".name").first.is_hidden()
    same.locator("summary").click()
    assert same.locator(".name:visible").all_inner_texts() == ["dan", "eve"]


def test_both_languages_and_no_mixture(opened: Page) -> None:
    texts = opened.locator("section:visible").all_inner_texts()
    assert CJK.search("".join(texts).replace("张伟", "").replace("all · 全部", "")) is None
    choose(opened, "zh-CN")
    chinese = "".join(opened.locator("main").all_inner_texts()) + opened.locator("output").inner_text()
    assert f"2 / 17：{MISTAKES['not_divided_by_n']['zh-CN']}" in chinese and "找到 20 / 20 份" in chinese
    assert not re.search(r"Submissions|passed|failed|Student|median|complete", chinese)
    assert opened.locator("figure:visible").count() * 2 == opened.locator("figure").count()


def test_sorted_by_keyboard(opened: Page) -> None:
    press(opened, "Student")
    rows = students(opened)
    assert rows.index("ada") < rows.index("bob") < rows.index("max 9") < rows.index("max 10") and len(rows) == 20
    opened.keyboard.press("Enter")
    assert students(opened) == rows[::-1]
    head = opened.locator("th", has_text="Student")
    assert head.get_attribute("aria-sort") == "descending"
    assert opened.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    press(opened, "Seconds", "Space")
    assert students(opened)[-1] == "ada" and head.get_attribute("aria-sort") == "none"
    opened.locator("th", has_text="Standing").locator("button").press("Enter")
    standings = opened.locator("#students tbody tr td:nth-child(4)").all_inner_texts()
    assert [text.split(" ", 1)[1] for text in standings] == [
        *["complete"] * 9,
        *["incomplete"] * 7,
        "limit",
        "error",
        "nothing to grade",
        "grader error",
    ]


def test_filtered_by_keyboard(opened: Page) -> None:
    found = opened.locator("output")
    press(opened, ".* contains", "a")
    opened.keyboard.type("x")
    assert set(students(opened)) == {"max 9", "max 10", "cyd", "ada"}  # the text is a student's or a mistake's
    assert found.inner_text() == "Found: 4 of 20"
    press(opened, "Named mistakes.*", "w")
    assert students(opened) == ["ada", "cyd"]
    press(opened, "Show all")
    expect(found).to_have_text(re.compile("Found: 20 of 20"))
    opened.locator("[name=exercise]").select_option("exercise05")
    assert students(opened) == ["ada"]
    opened.locator("[name=exercise]").select_option("")
    press(opened, "✓ complete", "Space")
    assert found.inner_text() == "Found: 11 of 20" and "fay" not in students(opened)


def test_without_a_script_it_is_a_plain_table(browser: Browser, written: Path) -> None:
    with opened_page(browser, written, java_script_enabled=False) as page:
        assert page.locator("#students tbody tr:visible").count() == 20
        assert page.locator("#filter, #more, #students button").locator("visible=true").count() == 0


def test_what_a_submission_says_is_text(opened: Page, written: Path) -> None:
    assert opened.title() == "A class's results"
    assert opened.locator("script").count() == 1 and opened.locator("img, [onerror], [onload]").count() == 0
    rows = students(opened)
    assert set(NAMES) - {"\u202eabc"} <= set(rows) and "\\u202eabc" in rows
    content = written.read_text("utf-8")
    assert not re.search("[\u202e\x00\x1b]", content) and "x" * 300 not in content
    assert re.findall(r'(?:src|href)="(?!#)', content) == []
    assert "default-src 'none'" in content and "unsafe" not in content


@pytest.mark.parametrize("width", [320, 1400])
def test_no_screen_is_too_narrow(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 700})
    for language in ("en", "zh-CN"):
        choose(opened, language)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_pictures_have_words(opened: Page) -> None:
    picture = opened.locator("#exercise03 figure:visible svg")
    name, told = (picture.locator(tag).text_content() for tag in ("title", "desc"))
    assert name == "Submissions by score"
    assert told == "0 to 1.4 points: 3; 11.2 to 12.6 points: 3; 12.6 to 14 points: 2; all 14 points: 9"
    box, strips = picture.bounding_box(), opened.locator("#exercise03 .strip")
    assert box and box["width"] > 300 and box["height"] > 100 and strips.count() == CHECKS + 1
    assert strips.first.get_attribute("viewBox") == "0 0 17 12"  # a step for each submission


def test_two_thousand(browser: Browser, large: Path) -> None:
    assert large.stat().st_size <= 3_000_000
    with opened_page(browser, large) as page:
        assert len(students(page)) == FIRST
        page.locator("th", has_text="Seconds").locator("button").click()
        least = page.locator("#students tbody tr:first-child td:last-child").inner_text()
        page.locator("th", has_text="Seconds").locator("button").click()
        shown = [float(text) for text in page.locator("#students tbody tr:visible td:last-child").all_inner_texts()]
        assert shown == sorted(shown, reverse=True) and shown[-1] > 0.8 and float(least) < 0.01  # of all, not of these
        page.locator("[name=text]").fill("张伟")
        count = int(page.locator("output b:visible").inner_text())
        assert FIRST < count < 1000 and all("张伟" in name for name in students(page))
        page.emulate_media(media="print")
        assert len(students(page)) == count and page.locator("#more").is_hidden()
        page.emulate_media(media="screen")
        page.locator("#more").press("Enter")
        assert len(students(page)) == count and page.locator("#more").is_hidden()
        page.locator("[type=reset]").click()
        page.wait_for_function("document.querySelectorAll('#students tbody tr:not([hidden])').length === 2000")
        assert len(students(page)) == 2000


def test_a_class_that_was_graded(browser: Browser, tmp_path: Path) -> None:
    """From submissions to the page, by the two commands that an instructor types."""
    source = (ROOT / "solutions/exercise03/reference.py").read_text("utf-8")
    assert "return s * (1 - s)" in source
    texts = {"ada": source, "bob": source.replace("return s * (1 - s)", "return s * (1 + s)", 1), "cyd": "def f(:\n"}
    for name, text in texts.items():
        path = tmp_path / f"submitted/{name}/exercise03/sigmoid_derivative.py"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    assert grade("score", "submitted", "--out", "scored", "--seed", "1", folder=tmp_path).returncode == 0
    run = grade("report", "scored", folder=tmp_path, lang="zh-CN")
    assert (run.returncode, run.stdout, run.stderr) == (0, "report.html：结果 3 份\n", "")
    with opened_page(browser, tmp_path / "report.html") as page:
        assert page.locator("#lang-zh-CN").is_checked()
        assert "提交 3 份，其中完成 1 份" in page.locator("#exercise03").inner_text()
        standings = [text.split()[1] for text in page.locator("[data-place]").all_inner_texts()]
        assert standings == ["完成", "未完成", "出错"]


def test_nobody_at_all(browser: Browser, tmp_path: Path) -> None:
    write_class(tmp_path / "scored", [])
    assert grade("report", "scored", folder=tmp_path).returncode == 0
    with opened_page(browser, tmp_path / "report.html") as page:
        assert "Students: 0; submissions: 0; exercises: 0" in page.locator("header").inner_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("scored", "exercise03"), "scored holds the results of a class; name it alone."),
        (("exercise03", "scored"), "scored holds the results of a class; name it alone."),
        (("scored", "--seed", "3"), "--seed goes with exercises: the results in scored are made already."),
        (("scored/results",), "scored/results is no exercise, and holds no results of grade score"),
        (("unfinished",), "The run in unfinished is not finished: there is no scores.csv."),
        (("scored", "--html", "no/such/folder.html"), "no/such"),
    ],
)
def test_bad_use(folder: Path, words: tuple[str, ...], told: str) -> None:
    unfinished = folder.parent / "unfinished"
    unfinished.mkdir(exist_ok=True)
    (unfinished / "run.json").write_bytes((folder / "run.json").read_bytes())
    run = grade("report", *words, folder=folder.parent)
    assert run.returncode == 2 and told in run.stderr and "Traceback" not in run.stderr and run.stdout == ""
    assert not (folder.parent / "report.html").exists()
