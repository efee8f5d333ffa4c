"""A tiny course, for tests that are about what an exercise holds: whatever a test does not say is as here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from grader.course.find import find_course, find_exercise
from grader.grading.grader import Grader
from grader.result import Result

COURSE = """
title = "Tiny"
[[units]]
number = 1
title = "One"
"""
#: The reference of an exercise with two functions, and a mistake in one of them.
DOUBLING = '''
def double(x):
    """2·x"""
    return 2 * x


def half(x):
    """x/2"""
    return x / 2
'''
TRIPLED = """
from grader.checks import mistake


@mistake("double", "this is three times x")
def tripled(x):
    return 3 * x
"""

Files = Mapping[str, str]  # name → text


def exercise_toml(slug: str, points: float, more: str = "", title: str = "") -> str:
    """In the first unit. more: further lines. title: its slug, if left out."""
    title = title or slug.capitalize()
    return f'slug = "{slug}"\nunit = 1\npoints = {points}\nsource = "C 1"\ntitle = "{title}"\n{more}'


def tiny_course(folder: Path, exercises: Mapping[str, Files], top: Files | None = None) -> Path:
    """The folder, with a course in it. exercises: by name, such as exercise04; top: files beside solutions/."""
    files = {"course.toml": COURSE, **(top or {})}
    for exercise, own in exercises.items():
        files |= {f"solutions/{exercise}/{name}": text for name, text in {"statement.md": "# Tiny\n", **own}.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@contextmanager
def grading(course: Path, name: str) -> Iterator[Callable[[Path, int], Result]]:
    """Grades files of this exercise, each with a seed, as `grade_exercise` does, but all in one grader: starting one
    takes longer than what these tests do with it."""
    found = find_course(course)
    exercise = find_exercise(found, name)
    with Grader(found, [exercise], seed=0) as grader:

        def grade(path: Path, seed: int) -> Result:
            grader.reseed(seed)
            prepared = grader.read(exercise, path)
            return prepared if isinstance(prepared, Result) else grader.grade(exercise, str(path), prepared)

        yield grade
