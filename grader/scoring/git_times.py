"""When a submission in a clone was last changed, by git's own record.

A student may have made the repository, and its settings can name programs for git to run. So git is never pointed at
it, but at an empty repository of ours that borrows the other one's objects: those are data.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.errors import GradeError
from grader.intake.identity import as_text
from grader.intake.names import clipped
from grader.intake.when import When, read_when
from grader.submission.folder import read_below
from grader.text import say

#: Bytes of HEAD, of a branch's file, and of the list of all branches and tags.
_MOST_HEAD, _MOST_REFS = 4096, 4 << 20
#: For one file: no history of somebody who means well takes longer.
_SECONDS = 10
_MEMORY_KB = 4 << 20
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF = re.compile(r"ref: (refs/[^\s:]+)")


class GitTimes:
    """Asks git for the time of commits. Made by `git_times`."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository

    def of(self, root: Path, file: Path) -> When | None:
        """The time of the last commit that changed `file`, below `root`, whose first folder is a clone; None if that
        folder is none, or the file was never committed."""
        clone = Path(file.parts[0])
        commit = _head(root, clone)
        if commit is None:
            return None
        found = self._ask((root / clone / ".git").resolve(), commit, file.relative_to(clone))
        if found is None:
            fault = say("git can't read the history of {folder}, so the time is not known", folder=_named(clone))
            return When(fault=fault)
        return read_when(found, f"git, {_named(file)}", None) if found else None

    def _ask(self, git: Path, commit: str, file: Path) -> str | None:
        borrowed = {"GIT_OBJECT_DIRECTORY": str(git / "objects"), "GIT_SHALLOW_FILE": str(git / "shallow")}
        own = {"PATH": os.environ.get("PATH", os.defpath), "GIT_DIR": str(self._repository)}
        try:
            done = subprocess.run(
                ["sh", "-c", _BOUNDED, "sh", *_LOG, commit, "--", str(file)],
                env={**own, **_ALONE, **borrowed},
                cwd=self._repository,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired, ValueError):
            return None
        return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else None


#: Objects are hostile data, too, so git has bounds. Not every system knows the first one.
_BOUNDED = f'ulimit -v {_MEMORY_KB} 2>/dev/null; ulimit -t {_SECONDS}; exec "$@"'
_LOG = (
    *("git", "--literal-pathspecs", "-c", "core.commitGraph=false"),
    *("log", "-1", "--format=%cI", "--end-of-options"),
)
#: No settings of the machine's or the user's, nothing fetched, nothing replaced.
_ALONE = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "",
    "LC_ALL": "C",
}


@contextmanager
def git_times() -> Iterator[GitTimes]:
    """Within it, git can be asked."""
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder)
        for name in ("objects", "refs"):
            (repository / name).mkdir()
        (repository / "HEAD").write_text("ref: refs/heads/none\n")
        (repository / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
        yield GitTimes(repository)


def _named(path: Path) -> str:
    return clipped(as_text(str(path)))


def _head(root: Path, clone: Path) -> str | None:
    """The commit that is checked out, read without git."""
    try:
        head = _text(root, clone / ".git/HEAD", _MOST_HEAD)
        if _COMMIT.fullmatch(head):
            return head
        ref = _REF.fullmatch(head)
        if ref is None or ".." in ref[1].split("/"):
            return None
        return _branch(root, clone, ref[1])
    except GradeError:
        return None


def _branch(root: Path, clone: Path, ref: str) -> str | None:
    try:
        commit = _text(root, clone / ".git" / ref, _MOST_HEAD)
    except GradeError:
        packed = _text(root, clone / ".git/packed-refs", _MOST_REFS).splitlines()
        commit = next((line.split(" ")[0] for line in packed if line.endswith(f" {ref}")), "")
    return commit if _COMMIT.fullmatch(commit) else None


def _text(root: Path, path: Path, most: int) -> str:
    """Raises GradeError if it can't be read."""
    return read_below(root, path, most).decode(errors="replace").strip()
