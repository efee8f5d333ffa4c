"""`.ci/versions` grades what it installed: here the packages of this environment, on a course of one exercise."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
EXERCISE = "exercise03"


def program() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("versions", str(ROOT / ".ci/versions"))
    spec = importlib.util.spec_from_loader("versions", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    for name in ("solutions", "exercises"):
        shutil.copytree(ROOT / name / EXERCISE, folder / name / EXERCISE)
    for name in ("course.toml", "texts.zh-CN.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.mark.slow
def test_what_is_installed_grades_references_stubs_and_a_mistake(course: Path, tmp_path: Path) -> None:
    versions = program()
    said = versions.graded(Path(sys.executable), course, tmp_path)
    assert said == "1 references: full marks; 1 stubs: 0; the mistake is named"
    versions.MISTAKE = "another"
    with pytest.raises(versions.Failed, match="the mistake another is named sigmoid_exponent_sign"):
        versions.graded(Path(sys.executable), course, tmp_path / "again")
