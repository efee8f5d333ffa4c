"""Follows a learner's file through whatever an editor does to it.

Notifications only say when to look. What is there is then looked up: a file written in place, renamed over,
deleted and written anew, or in a folder that was renamed, is the same to us: it is there, and it is another one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.course.find import newest_in, no_exercises, own_folders, sought_folders
from grader.course.model import Course, Exercise
from grader.errors import UsageError
from grader.follow.inbox import Event, Gone, Moved, Saved

#: Milliseconds: between two looks at what was reported, and the longest wait for a burst of reports to end.
_STEP, _DEBOUNCE = 10, 40
#: Seconds between looks that nothing asked for: some file systems report nothing, and so do folders that are not there.
_POLL = 0.5
#: Seconds for which a file may be gone or empty before it counts: many editors do that while they save.
_SETTLE = 0.3

#: When a file was written, its size, and which file it is.
Print = tuple[int, int, int]


class Look(msgspec.Struct, frozen=True):
    """The learner's file, and the Python files beside it by name, as they were at one moment. inner: those in folders
    that the last result took along, by path."""

    path: Path
    print: Print
    beside: dict[str, Print]
    inner: dict[str, Print] = {}

    def same(self, other: Look, companions: frozenset[str]) -> bool:
        """Whether nothing changed that a result depends on. Of the files that are not taken along only their coming
        and going matters: one of them may be what an import waits for."""
        return (
            (self.path, self.print, self.beside.keys()) == (other.path, other.print, other.beside.keys())
            and all(self.beside[name] == other.beside[name] for name in companions & self.beside.keys())
            and all(self.inner.get(name) == other.inner[name] for name in companions & other.inner.keys())
        )


class Places:
    """Where the learner's files are. Once one was found outside the course, none is taken from the course any more: a
    file that is gone for a moment must not be mistaken for the stub that ships with the course."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._own = False

    def folders(self, exercise: Exercise) -> list[Path]:
        """The folders to look into, in order."""
        return own_folders(exercise) if self._own else sought_folders(self._course, exercise)

    def first(self) -> Exercise:
        """The first exercise of which there is a file, else the first of all. Raises UsageError if there is none."""
        if not self._course.exercises:
            raise UsageError(no_exercises(self._course))
        for exercise in self._course.exercises:
            with suppress(UsageError):
                newest_in(own_folders(exercise), exercise)
                return exercise
        return self._course.exercises[0]

    def find(self, exercise: Exercise) -> Path:
        """The file. Raises UsageError where there is none, OSError where the working folder is gone."""
        path = newest_in(self.folders(exercise), exercise)
        self._own = self._own or path.parent in own_folders(exercise)
        return path


class Others:
    """The files of all exercises, to notice which of them a learner turns to."""

    def __init__(self, course: Course, places: Places) -> None:
        self._exercises, self._places = course.exercises, places
        self._seen: dict[str, Print] = {}
        self.saved()

    def saved(self) -> list[str]:
        """The ids of the exercises whose files were saved since the last look, without those seen for the first time:
        these were handed out."""
        saved = []
        for exercise in self._exercises:
            # One that is gone for a moment is still known by what it was.
            with suppress(OSError, UsageError):
                now = _print(newest_in(self._places.folders(exercise), exercise))
                if self._seen.get(exercise.id, now) != now:
                    saved.append(exercise.id)
                self._seen[exercise.id] = now
        return saved

    def folders(self) -> list[Path]:
        """The folders that they are in, or may be."""
        return list(dict.fromkeys(folder for other in self._exercises for folder in self._places.folders(other)))


class Follower:
    """A context manager within which `put` gets an event for every change, from a thread of its own.

    companions: names of the files beside it that it takes along. others: told of too, where one of them is saved.
    """

    def __init__(
        self,
        places: Places,
        exercise: Exercise,
        companions: Callable[[], frozenset[str]],
        put: Callable[[Event], None],
        others: Others,
    ) -> None:
        self._places, self._exercise, self._companions, self._put = places, exercise, companions, put
        self._others = others
        self._stopped = threading.Event()
        self._seen: Look | None = None
        self._first = True
        self._since = 0.0
        self.look()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> None:
        """Begin to follow. An event for the file as it is now has been put."""
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        """Put nothing from now on."""
        self._stopped.set()

    def look(self) -> bool:
        """Look once; False where the file is gone or empty, and may be back at once."""
        found, before = self._found(), self._seen
        if not self._first and (found is before or (found and before and found.same(before, self._companions()))):
            self._seen, self._since = found, 0.0
            return True
        gone = found is None or found.print[1] == 0
        self._since = (self._since or time.monotonic()) if gone else 0.0
        if gone and not self._first and time.monotonic() - self._since < _SETTLE:
            return False
        self._seen, self._since, self._first = found, 0.0, False
        if not self._stopped.is_set():
            self._put(Gone() if found is None else Saved())
        return True

    def _follow(self) -> None:
        import watchfiles

        while not self._stopped.is_set():
            folders = self._present()
            try:
                changes = watchfiles.watch(
                    *folders,
                    watch_filter=None,
                    step=_STEP,
                    debounce=_DEBOUNCE,
                    rust_timeout=int(_POLL * 1000),
                    yield_on_timeout=True,
                    recursive=False,
                    stop_event=self._stopped,
                    raise_interrupt=False,
                )
                for _ in changes if folders else ():
                    while not self.look():
                        time.sleep(_SETTLE / 6)
                    self._turn()
                    if self._present() != folders:
                        break
                else:
                    self._stopped.wait(_POLL)
            except Exception:
                # No more watches to be had, or a folder that vanished at this moment: looking now and then must do.
                self._stopped.wait(_POLL)
                self.look()
                self._turn()

    def _turn(self) -> None:
        """Tell of another exercise whose file was saved; of several at once, a learner saved none."""
        if self._stopped.is_set():
            return
        saved = self._others.saved()
        if len(saved) == 1 and saved != [self._exercise.id]:
            self._put(Moved(saved[0]))

    def _present(self) -> dict[Path, int]:
        """The folders that are there, and which they are: another one may have taken a folder's name."""
        present = {}
        with suppress(OSError):
            for folder in self._others.folders():
                if folder.is_dir():
                    present[folder] = folder.stat().st_ino
        return present

    def _found(self) -> Look | None:
        """What is there now; None if the file is not."""
        try:
            path = self._places.find(self._exercise)
            others = [other for other in path.parent.iterdir() if other.suffix == ".py" and other != path]
            beside = {other.name: _print(other) for other in others if not other.name.startswith(".")}
            inner = {name: path.parent / name for name in self._companions() if "/" in name}
            return Look(path, _print(path), beside, {name: _print(at) for name, at in inner.items() if at.is_file()})
        except (OSError, UsageError):
            return None


def _print(path: Path) -> Print:
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ino
