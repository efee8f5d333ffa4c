"""Every exercise's first screens: what to fix first and the keys fit on 24 rows of 80 columns, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.audit.mistakes import Mistakes
from grader.cli.watch.screen import Screen
from grader.cli.watch.visit import Visit
from grader.course.find import find_course
from grader.course.model import Exercise
from grader.course.stub import cut_stub
from grader.follow.files import Places
from grader.follow.inbox import Inbox
from grader.follow.memory import Memory
from grader.grading.grade_files import grade_files
from grader.report.layout import visible
from grader.report.screenful import plain, rows
from grader.report.views import learner_view
from grader.report.wording import located, mistakes_in, near, reason_of, titled, to_fix
from grader.result import Result
from grader.text import Message, Text, render

ROOT = Path(__file__).parents[2]
COURSE = find_course(ROOT)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Exercise, Result]]:
    """Each exercise's stub, and a wrong answer."""
    files = []
    for exercise in COURSE.exercises:
        mistakes = Mistakes(exercise)
        for text in (cut_stub(exercise, ("en",)), mistakes.submission(next(iter(mistakes.by_name)))):
            folder = tmp_path_factory.mktemp("work", numbered=True)
            (file := folder / f"{exercise.slug}.py").write_text(text, "utf-8")
            files.append((exercise, file))
    graded = grade_files(COURSE, files)
    return [(exercise, learner_view(result)) for (exercise, _), result in zip(files, graded, strict=True)]


def screens(
    exercise: Exercise, results: list[Result], language: str, capsys: pytest.CaptureFixture[str]
) -> Iterator[list[str]]:
    """What a learner sees who saved these one after another, line by line."""
    screen = Screen(language, keys=True)
    visit = Visit(COURSE, exercise, Places(COURSE), Inbox(), screen, Memory(COURSE), [])
    for result in results:
        visit._take(result)
        yield [plain(line) for line in capsys.readouterr().out.split("\n")[1:-1]]


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def sentences(result: Result) -> Iterator[Message | Text]:
    """What has to be read first."""
    check = to_fix(result)[0]
    yield titled(check)
    if (reason := reason_of(check)) is not None:
        yield located(reason, check.detail, near(result.submission), innermost=check.verdict != "failed")
    yield from mistakes_in(check)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_to_fix_first_and_the_keys_are_on_every_screen(
    language: str,
    results: list[tuple[Exercise, Result]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    for columns, lines in ((80, 24), (40, 24), (100, 50)):
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("LINES", str(lines))
        for exercise in COURSE.exercises:
            graded = [result for other, result in results if other is exercise]
            for result, shown in zip(graded, screens(exercise, graded, language, capsys), strict=True):
                text = bare("".join(shown))
                assert sum(rows(line, columns) for line in shown) < lines, "\n".join(shown)
                assert shown[0].startswith(exercise.id) and "q " in "".join(shown[-3:])
                assert not re.search(r"\bgrade (exercise|hint|list|next|solution)", " ".join(shown))
                if columns >= 80 and len(result.checks) >= 8:  # the few of exercise 0 have a line each
                    assert re.search(r"[✓✗○!]{8}", "".join(shown)), "the table in one line"
                    for sentence in sentences(result):
                        assert bare(visible(render(sentence, language))) in text, "\n".join(shown)
