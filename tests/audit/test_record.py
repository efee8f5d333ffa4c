"""`grade audit --record`: an audit that found nothing need not be repeated until something changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import grader
from grader.audit import record
from grader.course.find import find_course
from tests.audit.command import grade

pytestmark = pytest.mark.slow


def test_what_changed_is_audited_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert grade("new", "exercise01_square", "--course", "course", cwd=tmp_path).returncode == 0
    course = tmp_path / "course"
    folder = course / "solutions/exercise01"
    kept = folder.parent / record.NAME

    def known() -> set[str]:
        return set(record.unchanged(find_course(course)))

    assert known() == set()
    assert grade("audit", "--seeds", "2", cwd=course).returncode == 0 and not kept.exists()
    done = grade("audit", "--seeds", "2", "--record", cwd=course)
    assert done.returncode == 0, done.stdout
    assert known() == {"exercise01"}

    # Any file of the exercise; but not what Python leaves there.
    (folder / "__pycache__").mkdir(exist_ok=True)
    (folder / "__pycache__/checks.pyc").write_bytes(b"x")
    assert known() == {"exercise01"}
    text = (folder / "checks.py").read_text("utf-8")
    (folder / "checks.py").write_text(text + "\n# another line\n", "utf-8")
    assert known() == set()
    (folder / "checks.py").write_text(text, "utf-8")
    (folder / "variants/more.py").write_text("def square(x):\n    return x ** 2\n")
    assert known() == set()
    (folder / "variants/more.py").unlink()
    assert known() == {"exercise01"}

    # The grader's code, and what computes.
    copy = Path(shutil.copytree(Path(grader.__file__).parent, tmp_path / "grader"))
    monkeypatch.setattr(grader, "__file__", str(copy / "__init__.py"))
    assert known() == {"exercise01"}
    for name, is_known in (("report/svg.py", {"exercise01"}), ("course/edits.py", set()), ("wire/codec.py", set())):
        text = (copy / name).read_text("utf-8")
        (copy / name).write_text(text + "# another line\n", "utf-8")
        assert known() == is_known, name
        (copy / name).write_text(text, "utf-8")
    assert known() == {"exercise01"}
    monkeypatch.undo()
    monkeypatch.setattr(record, "version", lambda name: "0.1")
    assert known() == set()
    monkeypatch.undo()

    # A file that is none is no record; and an exercise that falls short loses its own.
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-9])
    assert known() == set()
    kept.write_bytes(whole)
    (folder / "variants/wrong.py").write_text("def square(x):\n    return 2 * x\n")
    assert grade("audit", "--seeds", "1", "--record", cwd=course).returncode == 1
    (folder / "variants/wrong.py").unlink()
    assert known() == set()
