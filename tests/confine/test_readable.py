"""The plan of what a worker may read, on folders laid out for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.confine import readable_paths
from grader.confine.landlock import READ, READ_DIR


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def granted(folder: Path, *, hidden: list[Path], search: list[Path]) -> dict[str, int]:
    """What is granted below `folder`, by path relative to it."""
    grants = readable_paths(hidden=map(str, hidden), search=map(str, search))
    return {g.path[len(str(folder)) + 1 :]: g.access for g in grants if g.path.startswith(f"{folder}/")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path.resolve()


def test_a_hidden_folder_below_a_readable_one(folder: Path) -> None:
    touch(folder / "site-packages", "a.py", "b/b.py", "grader/text/t.py", "grader/c.py")
    got = granted(folder, hidden=[folder / "site-packages/grader/text"], search=[folder / "site-packages"])
    assert got == {
        "site-packages": READ_DIR,
        "site-packages/a.py": READ,
        "site-packages/b": READ,
        "site-packages/grader": READ_DIR,
        "site-packages/grader/c.py": READ,
    }


def test_a_virtual_environment_below_a_hidden_repository(folder: Path) -> None:
    touch(folder, "repo/course.toml", "repo/.venv/lib/site-packages/a.py")
    search = [folder / "repo", folder / "repo/src", folder / "repo/.venv/lib/site-packages"]
    got = granted(folder, hidden=[folder / "repo"], search=search)
    assert got == {"repo/.venv/lib/site-packages": READ}


def test_an_editable_installs_folder_is_not_granted(folder: Path) -> None:
    touch(folder, "repo/grader/a.py", "lib/dist-packages/b.py")
    search = [folder / "repo", folder / "lib/dist-packages", folder / "none/site-packages"]
    got = granted(folder, hidden=[], search=search)
    assert got == {"lib/dist-packages": READ}


def test_links_are_resolved_and_never_lead_to_what_is_hidden(folder: Path) -> None:
    touch(folder, "repo/pkg/a.py", "real/site-packages/b.py", "real/site-packages/other/o.py")
    os.symlink(folder / "real", folder / "lib")
    os.symlink(folder / "repo/pkg", folder / "real/site-packages/pkg")
    os.symlink(folder / "real/site-packages/other", folder / "alias")
    got = granted(folder, hidden=[folder / "repo", folder / "alias"], search=[folder / "lib/site-packages"])
    assert got == {"real/site-packages": READ_DIR, "real/site-packages/b.py": READ}


def test_a_readable_folder_that_is_hidden_itself(folder: Path) -> None:
    touch(folder, "site-packages/a.py")
    assert granted(folder, hidden=[folder / "site-packages"], search=[folder / "site-packages"]) == {}


def test_a_hidden_modules_compiled_form_is_hidden(folder: Path) -> None:
    touch(folder / "site-packages", "s.py", "__pycache__/s.cpython-311.pyc", "__pycache__/t.pyc")
    got = granted(folder, hidden=[folder / "site-packages/s.py"], search=[folder / "site-packages"])
    assert READ not in (got["site-packages"], got["site-packages/__pycache__"])
    assert [path for path, access in got.items() if access == READ] == ["site-packages/__pycache__/t.pyc"]


def test_the_machines_secrets_are_not_granted() -> None:
    paths = {grant.path for grant in readable_paths(hidden=[])}
    for secret in ("/", "/home", "/root", "/tmp", "/var", "/proc", "/sys", "/dev", "/etc", "/usr", "/run", os.getcwd()):
        assert secret not in paths
