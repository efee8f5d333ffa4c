"""The command that adds packages is the one that works here: for a clone, for a wheel, with pipx, without pip."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pytest

from grader import installing

REQUIRED = installing.metadata.requires("grade-dl")


class Installed:
    """A distribution as pip leaves it. direct_url: the text of its direct_url.json."""

    requires = REQUIRED

    def __init__(self, direct_url: str | None) -> None:
        self._direct_url = direct_url

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return self._direct_url


def as_installed(monkeypatch: pytest.MonkeyPatch, direct_url: object) -> None:
    text = direct_url if direct_url is None or isinstance(direct_url, str) else json.dumps(direct_url)
    monkeypatch.setattr(installing.metadata, "distribution", lambda name: Installed(text))


@pytest.mark.parametrize("pinned", [True, False])
def test_a_clone_is_installed_again_with_the_extra(
    pinned: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = tmp_path / "my clone"
    clone.mkdir()
    (clone / "constraints.txt").write_text("") if pinned else None
    as_installed(monkeypatch, {"url": clone.as_uri(), "dir_info": {"editable": True}})
    constraints = ["-c", str(clone / "constraints.txt")] if pinned else []
    wanted = [sys.executable, "-m", "pip", "install", *constraints, "-e", f"{clone}[page]"]
    assert shlex.split(installing.extra_command("page")) == wanted


@pytest.mark.parametrize(
    "direct_url",
    [
        None,
        "{",
        "[]",
        {"url": "file:///gone", "dir_info": {"editable": True}},
        {"url": "file:///", "dir_info": {}},
        {"url": "file:///x/grade_dl-0.1.0-py3-none-any.whl", "archive_info": {}},
    ],
)
def test_any_other_installation_gets_the_packages_of_the_extra(
    direct_url: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_installed(monkeypatch, direct_url)
    words = shlex.split(installing.extra_command("instructor"))
    assert words[:4] == [sys.executable, "-m", "pip", "install"]
    needed = ["jupytext>=1.16", "nbgrader<0.10,>=0.9.5", "psycopg[binary]>=3.1", "pyyaml>=6"]
    assert sorted(word.lower() for word in words[4:]) == needed


def test_pipx_runs_its_own_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "grade-dl").mkdir()
    (tmp_path / "grade-dl/pipx_metadata.json").write_text("{}")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "grade-dl"))
    assert installing.install_command(["tqdm>=4"]) == "pipx runpip grade-dl install 'tqdm>=4'"


def test_without_pip_uv_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing.metadata, "distributions", lambda name: iter(()))
    assert installing.install_command(["tqdm"]) == f"uv pip install --python {sys.executable} tqdm"


def test_where_nothing_is_known_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "_NAME", "no-such-package")
    assert installing.extra_command("ray").endswith("pip install 'no-such-package[ray]'")
