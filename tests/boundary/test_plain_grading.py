"""Where nothing can be forked, the same submissions get the same verdicts, and the report says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_input import SUBMISSIONS, graded, report, short_course

NAMES = ("right", "wrong_shape", "loops_in_python")


@pytest.mark.slow
def test_plain_workers_give_the_same_verdicts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = short_course(tmp_path / "course")
    files = [SUBMISSIONS / f"{name}.py" for name in NAMES]
    confined = graded(course, files)
    monkeypatch.setenv("GRADE_WORKER", "plain")
    plain = graded(course, files)
    for file, result in plain.items():
        assert result.confinement == "none"
        assert [check.verdict for check in result.checks] == [check.verdict for check in confined[file].checks]
        assert [check.message for check in result.checks] == [check.message for check in confined[file].checks]
        assert "ran unconfined here" in report(result, "en") and "没有受到隔离" in report(result, "zh-CN")
        assert "unconfined" not in report(confined[file], "en")
