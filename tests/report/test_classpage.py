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
from grader.report.student import Student
from grader.report.timing import Timing
from grader.result import CheckResult, Result
from grader.text import say
from tests.report.classes import (
    CHECKS,
    MISTAKES,
    a_check,
    a_result,
    a_wrong_check,
    large_class,
    late,
    stopped,
    write_class,
)
from tests.report.pages import CJK, ROOT, choose, grade, opened_page

pytestmark = pytest.mark.slow

TAKE = "</td></script></style><script>document.title='taken'</script><img src=http://127.0.0.1/x onerror=alert(1)>"
HOSTILE = f"{TAKE}\"'&amp;\u202e\x00\x1b[2J" + "x" * 10_000
#: What a folder may be called.
NAMES = ("<img src=x onerror=document.title='taken'>", '"><svg onload=alert(1)>', "=SUM(A1)", "\u202eabc", "张伟")
#: As many rows of a table are shown at first.
FIRST = 40
TITLES = {
    "exercise03": {"en": "The sigmoid", "zh-CN": "S 型函数"},
    "exercise05": {"en": "The dense layer", "zh-CN": "全连接层"},
}
#: Who is called otherwise than their id, of whom two are called alike.
PEOPLE = (Student("bob", "Bob O'Neil"), Student("cyd", "张伟"), Student("dan", "=HYPERLINK(1)"), Student("eve", "张伟"))
#: So many exercises have narrow columns.
SEVERAL = tuple(f"exercise{number:02d}" for number in range(1, 13))


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
    write_class(out, class_, [Row.missing("zoe", HOSTILE, say("{text}", text=HOSTILE))], people=PEOPLE, titles=TITLES)
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
    out = write_class(tmp_path_factory.mktemp("large") / "scored", large_class(200, SEVERAL), titles=TITLES)
    run = grade("report", str(out), "--html", "large.html", folder=out.parent)
    assert (run.returncode, run.stdout, run.stderr) == (0, "large.html: results: 2400\n", "")
    return out.parent / "large.html"


@pytest.fixture
def opened(browser: Browser, written: Path) -> Iterator[Page]:
    with opened_page(browser, written) as page:
        yield page


def students(page: Page) -> list[str]:
    """In the rows that are shown, from the top: names, with ids where these are others."""
    return page.locator("#students tbody th").all_inner_texts()


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
    told = opened.locator("#of-exercise03").inner_text()
    for text in (
        "exercise03: The sigmoid",
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
    assert same.locator("bdi").first.is_hidden()
    same.locator("summary").click()
    assert same.locator("bdi:visible").all_inner_texts() == ["=HYPERLINK(1)", "张伟 (eve)"]
    assert "not_divided_by_n" not in opened.content()  # a mistake has a sentence, and no name


def test_what_to_explain_next_stands_on_top(opened: Page) -> None:
    first = opened.locator("main > section").first
    # Of the second exercise, with one submission, a mistake of one student.
    assert first.locator("h3").all_inner_texts() == ["exercise03: The sigmoid", "exercise05: The dense layer"]
    assert first.locator("li p").all_inner_texts() == [
        f"2 of 17: {MISTAKES['not_divided_by_n']['en']}",
        f"1 of 1: {MISTAKES['wrong_axis']['en']}",
    ]
    assert first.locator("pre").first.inner_text() == "  7 | def mean(x):\n  8 |     return x.sum()"
    first.locator("h3 a").first.click()
    assert opened.url.endswith("#of-exercise03") and opened.locator("#of-exercise03").is_visible()


def test_a_row_for_each_student(opened: Page) -> None:
    heads = opened.locator("#students thead th").all_inner_texts()
    assert [" ".join(head.split()) for head in heads] == [
        *("Student", "Total of 28", "exercise03: The sigmoid", "exercise05: The dense layer", "Named mistakes")
    ]
    cells = opened.locator("#students tbody tr", has_text="ada").locator("td").all_inner_texts()
    assert [cell.split()[0] for cell in cells] == ["27", "14", "13", "the"]
    signs = opened.locator("#students tbody tr", has_text="ada").locator(".signs")
    assert signs.last.inner_text() == "✓✗" + "✓" * (CHECKS - 2)
    cells = opened.locator("#students tbody tr", has_text="Bob").locator("td").all_inner_texts()
    assert cells[2:] == ["–", MISTAKES["not_divided_by_n"]["en"]]
    assert opened.locator("#students tbody tr", has_text="lea").locator("td").all_inner_texts()[:2] == ["0 ?", "?"]
    foot = opened.locator("#students tfoot").locator("th, td").all_inner_texts()
    assert foot == ["Median", "13", "14", "13", ""]


def test_both_languages_and_no_mixture(opened: Page) -> None:
    shown = "[...document.querySelectorAll('optgroup')].filter(e => getComputedStyle(e).display != 'none')"
    texts = "".join(opened.locator("section:visible").all_inner_texts())
    for choice in opened.locator("[name=mistake] option").all_inner_texts():
        texts = texts.replace(choice, "")  # a browser takes a choice that is not shown for text, too
    assert CJK.search(texts.replace("张伟", "").replace("all · 全部", "")) is None
    assert set(opened.evaluate(f"{shown}.map(e => e.lang)")) == {"en"}
    choose(opened, "zh-CN")
    assert opened.evaluate(f"{shown}[0].label") == "exercise03：S 型函数"
    chinese = "".join(opened.locator("main").all_inner_texts()) + opened.locator("output").inner_text()
    assert f"2 / 17：{MISTAKES['not_divided_by_n']['zh-CN']}" in chinese and "找到 19 / 19 人" in chinese
    assert not re.search(r"Submissions|passed|failed|Student|median|complete", chinese)
    assert opened.locator("figure:visible").count() * 2 == opened.locator("figure").count()


def test_sorted_by_keyboard(opened: Page) -> None:
    press(opened, "Student")
    rows = students(opened)
    assert rows.index("ada") < rows.index("Bob O'Neil bob") < rows.index("max 9") < rows.index("max 10")
    assert len(rows) == 19
    opened.keyboard.press("Enter")
    assert students(opened) == rows[::-1]
    head = opened.locator("th", has_text="Student")
    assert head.get_attribute("aria-sort") == "descending"
    assert opened.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    press(opened, "Total of 28", "Space")
    assert students(opened)[-1] == "ada" and head.get_attribute("aria-sort") == "none"
    opened.locator("th", has_text="The dense layer").locator("button").press("Enter")
    assert students(opened)[-1] == "ada"
    opened.locator("th", has_text="The sigmoid").locator("button").press("Enter")
    scores = opened.locator("#students tbody td:nth-child(3)").all_inner_texts()
    assert [score.split()[0] for score in scores[:4]] == ["?", "–", "0", "0"] and scores[-1].startswith("14")


def test_filtered_by_keyboard(opened: Page) -> None:
    found = opened.locator("output")
    press(opened, "Student contains", "a")
    opened.keyboard.type("x")
    assert students(opened) == ["max 10", "max 9"]
    assert found.inner_text() == "Found: 2 of 19"
    press(opened, "Show all")
    expect(found).to_have_text(re.compile("Found: 19 of 19"))
    press(opened, "Named mistakes.*", "t")  # the first that begins so: "the sum is not divided by N"
    assert students(opened) == ["Bob O'Neil bob", "张伟 cyd"]
    opened.locator("[name=mistake]").select_option("")
    opened.locator("[name=exercise]").select_option("1")
    press(opened, "– nothing to grade", "Space")
    assert students(opened) == ["ada"]
    opened.locator("[name=exercise]").select_option("")
    assert found.inner_text() == "Found: 18 of 19" and "joe" not in students(opened)
    opened.locator("[name=exercise]").select_option("0")
    press(opened, "✓ complete", "Space")
    assert "fay" not in students(opened) and "ada" not in students(opened) and "Bob O'Neil bob" in students(opened)


def test_without_a_script_it_is_a_plain_table(browser: Browser, written: Path) -> None:
    with opened_page(browser, written, java_script_enabled=False) as page:
        assert page.locator("#students tbody tr:visible").count() == 19
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


@pytest.mark.parametrize("kind", ["few exercises", "several exercises"])
def test_no_screen_is_too_narrow(browser: Browser, written: Path, large: Path, kind: str) -> None:
    few = kind == "few exercises"
    with opened_page(browser, written if few else large) as page:
        for width in (320, 390, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 700})
            for language in ("en", "zh-CN"):
                choose(page, language)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            columns = page.evaluate("[...document.querySelectorAll('#students thead th')].map(e => e.offsetWidth)")
            assert len(columns) == (5 if few else 2 + len(SEVERAL))
            assert min(columns) > 30 and columns[0] > 100  # px
            assert not few or columns[-1] > 200  # the mistakes are sentences


def test_pictures_have_words(opened: Page) -> None:
    picture = opened.locator("#of-exercise03 figure:visible svg")
    name, told = (picture.locator(tag).text_content() for tag in ("title", "desc"))
    assert name == "Submissions by score"
    assert told == "0 to 1.4 points: 3; 11.2 to 12.6 points: 3; 12.6 to 14 points: 2; all 14 points: 9"
    box, strips = picture.bounding_box(), opened.locator("#of-exercise03 .strip")
    assert box and box["width"] > 300 and box["height"] > 100 and strips.count() == CHECKS + 1
    assert strips.first.get_attribute("viewBox") == "0 0 17 12"  # a step for each submission


def test_a_large_class(browser: Browser, large: Path) -> None:
    content = large.read_text("utf-8")
    rows = re.search("<tbody>\n<tr><th scope=row>.*?</tbody>", content, re.DOTALL)
    # Of 2,000 students and 36 exercises, 72,000 of these are the larger part of 4 MB.
    assert rows and len(rows[0].encode()) < 30 * 200 * len(SEVERAL)
    with opened_page(browser, large) as page:
        assert len(students(page)) == FIRST and page.locator("#more").inner_text() == "Show the other 160"
        page.locator("th", has_text="Total").locator("button").click()
        least = page.locator("#students tbody tr:first-child td").first.inner_text()
        page.locator("th", has_text="Total").locator("button").click()
        shown = [float(text) for text in page.locator("#students tbody td:nth-child(2)").all_inner_texts()]
        assert shown == sorted(shown, reverse=True) and float(least) < shown[-1]  # of all, not of these
        page.locator("[name=text]").fill("张伟")
        count = int(page.locator("output b:visible").inner_text())
        assert FIRST < count < 200 and len(students(page)) == FIRST and all("张伟" in name for name in students(page))
        page.emulate_media(media="print")
        expect(page.locator("#students tbody tr")).to_have_count(count)
        assert page.locator("#more").is_hidden()
        page.emulate_media(media="screen")
        expect(page.locator("#students tbody tr")).to_have_count(FIRST)
        page.locator("#more").press("Enter")
        assert len(students(page)) == count and page.locator("#more").is_hidden()
        page.locator("[type=reset]").click()
        expect(page.locator("#students tbody tr")).to_have_count(200)
        assert page.locator("td.s4").first.inner_text().strip() == "–"


@pytest.mark.parametrize("exercises", [("exercise03", "exercise05"), SEVERAL])
def test_when_work_was_handed_in(browser: Browser, tmp_path: Path, exercises: tuple[str, ...]) -> None:
    """Points and totals are those after penalties; few exercises have a column for it, of many a cell has a mark."""
    few, name = exercises != SEVERAL, exercises[0]
    class_ = [(who, a_result(exercise=one)) for who in ("ada", "bob", "cyd", "dan") for one in exercises]
    day = Timing("2026-10-05T23:10:00+02:00", "2026-10-06T00:00:00+02:00", False, 1, 14.0)
    times = {("ada", name): day, ("bob", name): late(), ("cyd", name): Timing(late=True, points_before=14.0)}
    write_class(tmp_path / "scored", class_, times=times)
    assert grade("report", "scored", folder=tmp_path).returncode == 0
    with opened_page(browser, tmp_path / "report.html") as page:
        assert "has the points after penalties for lateness" in page.locator("header").inner_text()
        assert Axe().run(page).violations_count == 0
        rows = {who: page.locator("#students tbody tr", has_text=who) for who in ("ada", "bob", "cyd", "dan")}
        cells = {who: row.locator("td").all_inner_texts() for who, row in rows.items()}
        most = CHECKS * len(exercises)
        assert [cells[who][0] for who in cells] == [str(total) for total in (most, most - 2, most, most)]
        assert [cells[who][1].split()[0] for who in cells] == ["14", "12", "14", "14"]
        section = page.locator(f"#of-{name}").inner_text()
        assert "Handed in late" in section and "handed in 1 d 10 h after the deadline: 14 − 2" in section
        assert "迟交" not in section
        marked = page.locator("#students [title]")
        if few:
            told = ["2026-10-05 23:10", "2026-10-07 10:00 late 14 − 2 = 12", "late", ""]
            assert [" ".join(cells[who][2].split()) for who in cells] == told
            heads = page.locator("#students thead th").all_inner_texts()
            assert [" ".join(head.split()) for head in heads][2:5] == ["exercise03", "Handed in", "exercise05"]
            assert len(cells["ada"]) == page.locator("#students tfoot td").count() == 5
            assert marked.count() == 1 and "14 − 2 · 迟交 1 天" in str(marked.get_attribute("title"))
            page.locator("th.handed button").click()
            assert students(page) == ["dan", "ada", "bob", "cyd"]
            page.locator("th", has_text="exercise05").locator("button").click()
        else:
            assert [one.get_attribute("title") for one in marked.all()] == ["+1 d 10 h: 14 − 2", "late · 迟交"]
            assert [one.get_attribute("class") for one in marked.all()] == ["s0 l", "s0 l"]
            assert page.locator(".late-key").inner_text().startswith("late, or points were taken")
            page.locator("th", has_text="01").first.locator("button").click()
            assert students(page)[0] == "bob"
            page.locator("[name=standing][value='0']").uncheck()
            assert students(page) == []


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
        told = page.locator("#of-exercise03").inner_text()
        assert "提交 3 份，其中完成 1 份" in told and "exercise03：sigmoid、tanh 与它们的导数" in told
        assert [cell.get_attribute("class") for cell in page.locator("td[class]").all()] == ["s0", "s1", "s3"]
        assert page.locator("#lessons pre").inner_text().endswith("return s * (1 + s)")


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
