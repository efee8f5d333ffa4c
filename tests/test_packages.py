"""Where packages are, on folders laid out for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.packages import contents, is_packages, linked, search_path
from tests.bad_input import ROOT

STANDARD = os.path.dirname(os.__file__)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Somebody's home into which pip has installed `tool`, beside papers, and a folder of their own modules."""
    for name in (
        "tool/__init__.py",
        "tool.py",
        "tool-1.0.dist-info/RECORD",
        "papers/letter.txt",
        "mine/random.py",
        "site-packages/other/__init__.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    owned = ["tool/__init__.py,sha256=x,1", '"tool.py",,', "../../bin/tool,,", "gone/x.py,,", "/etc/passwd,,"]
    (tmp_path / "tool-1.0.dist-info/RECORD").write_text("\n".join([*owned, "tool-1.0.dist-info/RECORD,,"]))
    return tmp_path


def test_what_pip_installed_and_nothing_else_is_granted(home: Path) -> None:
    assert is_packages(str(home)) and not is_packages(str(home / "mine")) and not is_packages(str(home / "none"))
    assert contents(str(home)) == [str(home / name) for name in ("tool", "tool-1.0.dist-info", "tool.py")]
    assert contents(str(home / "site-packages")) == [str(home / "site-packages")]


def test_a_link_among_packages_is_followed_unless_it_leads_around_them(home: Path) -> None:
    (home / "site-packages/linked").symlink_to(home / "tool")
    (home / "site-packages/everything").symlink_to(home)
    (home / "site-packages/root").symlink_to("/")
    assert linked(str(home / "site-packages")) == [str(home / "tool")]


def test_the_standard_library_comes_first_and_a_learners_folder_not_at_all(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = str(home / "site-packages")
    path = ["", str(home / "mine"), str(home), "relative", STANDARD, f"{STANDARD}/lib-dynload", site, site]
    assert search_path(path) == [STANDARD, f"{STANDARD}/lib-dynload", str(home), site, str(ROOT)]
    monkeypatch.chdir(home)
    assert str(home) not in search_path(path), "the working folder, whatever lies in it"
