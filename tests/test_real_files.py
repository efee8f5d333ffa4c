"""What learners really hand in: exported notebooks, modules that are not installed, code at top level that hangs, ends
the process or raises. Each costs what it is, in every language by name; what is right keeps its points.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.course.model import Course
from grader.report.views import exit_status
from grader.result import Result
from tests.bad_input import check, graded, report, short_course
from tests.real_files import ELSEWHERE, REST, TABLES


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return short_course(tmp_path_factory.mktemp("real files") / "course", total_seconds=16)


@pytest.fixture(scope="module")
def results(
    request: pytest.FixtureRequest, course: Course, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Result]:
    """The results of the cases that were selected, graded in one go."""
    names = {
        item.callspec.params["case"]
        for item in request.session.items
        if item.path == request.path and "case" in getattr(getattr(item, "callspec", None), "params", {})
    }
    folder = tmp_path_factory.mktemp("handed in")
    files: dict[Path, str] = {}
    for number, name in enumerate(sorted(names)):
        case, place = TABLES[name], folder / str(number)
        place.mkdir()
        for beside, text in case.beside.items():
            (place / beside).write_text(text, "utf-8")
        (place / case.name).write_bytes(case.content)
        files[place / case.name] = name
    return {files[path]: result for path, result in graded(course, files).items()}


@pytest.mark.slow
@pytest.mark.parametrize("case", TABLES)
def test_case(case: str, results: dict[str, Result]) -> None:
    wanted, result = TABLES[case], results[case]
    texts: list[Any] = [result.message, *result.notes, *(one.message for one in result.checks if not one.passed)]
    said = "\n".join(text[language] for text in texts if text is not None for language in ("en", "zh-CN"))
    assert (result.score, exit_status(result)) == (wanted.score, wanted.exit), said
    assert all(part in said for part in wanted.told), said
    assert not (wanted.quiet and result.notes), said
    assert all(note["en"] != note["zh-CN"] for note in result.notes)
    for language in ("en", "zh-CN"):
        assert "Traceback" not in report(result, language)


@pytest.mark.slow
def test_no_check_asks_whether_a_function_that_stands_elsewhere_was_deleted(results: dict[str, Result]) -> None:
    for name in ELSEWHERE:
        said = check(results[f"elsewhere: {name}"], "tanh_from_sigmoid").message
        assert said is not None and not any("deleted" in text or "删掉" in text for text in said.values()), said


@pytest.mark.slow
def test_what_is_lost_costs_its_own_function_only(results: dict[str, Result]) -> None:
    lost = [results[name] for name, case in TABLES.items() if case.score == REST and name in results]
    assert all(check(result, "tanh_grad").passed and not check(result, "tanh_from_sigmoid").passed for result in lost)
