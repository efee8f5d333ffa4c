"""This user's own folder for what `grade` remembers from one command to the next, wherever that is run.

It decides which code runs as this user, so it counts only while nobody else can write to it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from grader.errors import UsageError
from grader.text import say

_NAME = "grade"


def state_folder(*, make: bool = False) -> Path | None:
    """`$XDG_STATE_HOME/grade`, else `~/.local/state/grade`; None where there is none yet.

    make: make it, for this user alone. Raises UsageError where it is another user's or others may write to it, OSError
    where it can't be made.
    """
    variable = os.environ.get("XDG_STATE_HOME", "")
    home = Path(variable if variable.startswith("/") else os.path.expanduser("~/.local/state"))
    folder = home / _NAME
    if make:
        home.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    for place in (home, folder):
        try:
            status = os.stat(place) if place is home else os.lstat(place)
        except (FileNotFoundError, NotADirectoryError):
            return None
        _expect_own(place, status)
    return folder


def others_may_write(status: os.stat_result) -> bool:
    """Whether anybody but the file's owner and root may write to it.

    The group that many systems make for a user alone is nobody else.
    """
    if status.st_mode & stat.S_IWOTH:
        return True
    return bool(status.st_mode & stat.S_IWGRP) and not _is_private(status.st_gid)


def _is_private(group: int) -> bool:
    """Whether it is the group of this user's own name, with nobody else in it."""
    if group == 0:
        return True  # root's own
    try:
        import grp
        import pwd

        found, user = grp.getgrgid(group), pwd.getpwuid(os.geteuid())
    except (ImportError, KeyError):
        return False
    return found.gr_name == user.pw_name and set(found.gr_mem) <= {user.pw_name}


def _expect_own(folder: Path, status: os.stat_result) -> None:
    sticky = status.st_mode & stat.S_ISVTX and folder.name != _NAME
    if not stat.S_ISDIR(status.st_mode):
        problem = say(
            "{folder} must be a folder: grade keeps there which courses you trust. Move away what is there.",
            folder=str(folder),
        )
    elif status.st_uid not in (os.geteuid(), 0):
        problem = say(
            "{folder} belongs to another user, so what it says of the courses that you trust does not "
            "count. Set XDG_STATE_HOME to a folder of your own.",
            folder=str(folder),
        )
    elif others_may_write(status) and not sticky:
        problem = say(
            "Others may write to {folder}, so what it says of the courses that you trust does not "
            "count. Close it to them: chmod go-w {folder}",
            folder=str(folder),
        )
    else:
        return
    raise UsageError(problem)
