from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.course.checklist import read_checks
from grader.course.digest import course_digest
from grader.course.faults import CourseError, line_of
from grader.course.read import read_course


def test_reads_everything(course_folder: Path) -> None:
    course = read_course(course_folder)
    assert [exercise.id for exercise in course.exercises] == ["exercise03", "exercise12"]
    exercise = course.exercises[0]
    assert (exercise.number, exercise.slug, exercise.points) == (3, "sigmoid_derivative", 3.0)
    assert exercise.title["zh-CN"] == "导数" and exercise.hints[0]["en"] == "Look at the product."
    assert (exercise.limits.call_seconds, exercise.limits.memory_mb, exercise.limits.load_seconds) == (2.0, 512, 10.0)
    assert course.units[0].title["en"] == "Neurons" and course.broken == ()


def test_only_what_is_forbidden_everywhere_can_be_allowed(course_folder: Path) -> None:
    path = course_folder / "solutions" / "exercise03" / "exercise.toml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("points = 3", 'points = 3\nallowed = ["pickle", "eval", "gc", ".f_back", "inspect.stack"]')
    )
    assert read_course(course_folder).exercises[0].allowed == ("pickle", "eval", "gc", ".f_back", "inspect.stack")
    path.write_text(text.replace("points = 3", 'points = 3\nallowed = ["pickle", "torch.sigmoid", 3]'))
    error = str(dict(read_course(course_folder).broken)[path.parent])
    assert (
        "allowed can't contain torch.sigmoid: it is for what is forbidden in every exercise (eval, exec, compile, pic"
        in error
    )
    assert "allowed can't contain 3" in error


def test_every_fault_at_once_with_its_line(course_folder: Path) -> None:
    path = course_folder / "solutions" / "exercise03" / "exercise.toml"
    text = path.read_text("utf-8").replace("points = 3", "points = 0\ncolour = 1\ndevice = 'tpu'")
    text = text.replace('title = "The derivative"\n', "")
    path.write_text(text.replace("memory_mb = 512", 'memory_mb = "much"').replace('"torch.sigmoid"', '"torch sigmoid"'))
    error = dict(read_course(course_folder).broken)[path.parent]
    told = [(fault.fields["line"], fault.fields["problem"].template) for fault in error.faults]
    assert sorted(told) == [
        (1, "{key} is missing"),
        (3, "{key} is {value}; it must be above 0 and finite"),
        (4, "unknown key {key}; known here: {known}"),
        (5, "{key} is one of {known}, not {value}"),
        (7, "{key} can't contain {value}"),
        (11, "{key} must be {kind}, not {value}"),
    ]
    assert f"{path}:4: unknown key colour" in str(error)


@pytest.mark.parametrize("damage", ["slug = ", 'slug = "x"\nslug = "y"', ""])
def test_a_broken_exercise_leaves_the_others(course_folder: Path, damage: str) -> None:
    (course_folder / "solutions" / "exercise03" / "exercise.toml").write_text(damage)
    (course_folder / "solutions" / "exercise04").mkdir()
    course = read_course(course_folder)
    assert [exercise.id for exercise in course.exercises] == ["exercise12"]
    assert [folder.name for folder, _ in course.broken] == ["exercise03", "exercise04"]


def test_slug_taken_and_unit_unknown(course_folder: Path) -> None:
    path = course_folder / "solutions" / "exercise12" / "exercise.toml"
    original = path.read_text("utf-8")
    path.write_text(original.replace("backprop", "sigmoid_derivative"))
    assert "taken by exercise03" in str(read_course(course_folder).broken[0][1])
    path.write_text(original.replace("unit = 1", "unit = 9"))
    assert ":2: course.toml has no unit 9" in str(read_course(course_folder).broken[0][1])


def test_line_of_finds_keys_in_arrays_of_tables() -> None:
    toml = '[[hints]]\nen = """\n[[hints]]\n"""\n[[hints]]\nen = 1\n[a.b]\n"c d" = 2\n'
    assert line_of(toml, ("hints", 1, "en")) == 6
    assert line_of(toml, ("a", "b", "c d")) == 8
    assert line_of(toml, ("a", "b", "absent")) == 7


def test_checks_visible_first(course_folder: Path) -> None:
    checks = read_checks(read_course(course_folder).exercises[0])
    assert [(check.id, check.points, check.hidden) for check in checks] == [
        ("values", 2.0, False),
        ("secret", 1.0, True),
    ]
    assert checks[0].title == {"en": "the values", "zh-CN": "函数值"}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ('@check(points=P, title="a")\ndef test_a(): ...', ":1: points must be written out"),
        ("@check(points=1)\ndef test_a(): ...", ":2: @check of test_a lacks title"),
        ('@check(points=1, title="a")\ndef test_a(): ...', "texts.zh-CN.toml:4: the title of check a is missing"),
        ('@check(points=1, title="a")\ndef test_a(): ...', "texts.zh-CN.toml:5: checks.py has no check secret"),
        ('@check(points=0, title="a")\ndef test_a(): ...', ":1: points can't be 0"),
        ('@check(points=True, title="a")\ndef test_a(): ...', ":1: points must be written out"),
        ('@check(pts=1, title="a")\ndef test_a(): ...', ":1: @check has no keyword pts"),
        ("def test_a(): ...", ":1: test_a has no @check"),
        ('@check(points=1, title="a")\ndef a(): ...', "top-level function"),
        ('@check(points=1, title="a")\ndef test_a(): ...\n' * 2, "defined twice"),
        ("def test_a(:", "not valid Python"),
        ("", "no check here"),
    ],
)
def test_faults_of_checks(course_folder: Path, code: str, told: str) -> None:
    exercise = read_course(course_folder).exercises[0]
    (exercise.folder / "checks.py").write_text(code)
    with pytest.raises(CourseError, match=r"(checks\.py|texts\.zh-CN\.toml):\d") as caught:
        read_checks(exercise)
    assert told in str(caught.value)


def test_digest_follows_names_and_bytes_not_caches(course_folder: Path) -> None:
    course = read_course(course_folder)
    exercise = course.exercises[0]
    before = course_digest(course, exercise)
    assert len(before) == 16 and int(before, 16) >= 0
    (exercise.folder / "__pycache__").mkdir()
    (exercise.folder / "__pycache__" / "checks.pyc").write_bytes(b"x")
    assert course_digest(course, exercise) == before
    (exercise.folder / "checks.py").rename(exercise.folder / "check.py")
    assert course_digest(course, exercise) != before


def test_stays_light(course_folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; import grader.course.init, grader.course.checklist\n"
        "import grader.submission.forbidden, grader.submission.syntax, grader.submission.names\n"
        "from grader.course.read import read_course; read_course(Path(sys.argv[1]))\n"
        "print([m for m in ('torch', 'numpy', 'pytest', 'rich', 'jupytext', 'nbformat') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code, str(course_folder)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
