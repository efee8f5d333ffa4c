from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.exercises import exercises_files, write_exercises
from grader.course.faults import CourseError
from grader.course.handout import handed_out
from grader.course.init import make_learner_folder
from grader.course.learner import learner_config
from grader.course.read import read_course
from grader.course.stub import cut_stub
from grader.errors import UsageError


def test_stub_in_english_only_loses_the_solution(course_folder: Path) -> None:
    stub = cut_stub(read_course(course_folder).exercises[0], ("en",))
    assert '    raise NotImplementedError("sigmoid")\n' in stub
    assert '        y = x\n        raise NotImplementedError("Net.forward")\n' in stub
    assert "exp" not in stub and "SOLUTION" not in stub


def test_stub_docstrings_by_language(course_folder: Path) -> None:
    exercise = read_course(course_folder).exercises[0]
    chinese = ast.parse(cut_stub(exercise, ("zh-CN",)))
    assert ast.get_docstring(chinese) == "sigmoid 及其导数。\n\n用 \\sigma 表示。"
    both = ast.parse(cut_stub(exercise, ("en", "zh-CN")))
    documented = [node for node in ast.walk(both) if isinstance(node, ast.FunctionDef)]
    assert [ast.get_docstring(node) for node in documented] == [
        "The sigmoid.\n\n逐元素的 sigmoid。",
        "Forward.\n\n前向。",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    ### END SOLUTION\n\n\nclass", "\n\nclass", "BEGIN SOLUTION again"),
        ("        ### BEGIN SOLUTION\n        return", "        return", "END SOLUTION without BEGIN"),
        ("import torch\n", "import torch\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n", "outside of a function"),
        ("import torch\n", "import torch\ndef extra():\n    'Extra.'\n", "docstring of extra is missing"),
        ('        """Forward."""\n', "", "no docstring at Net.forward"),
        ("import torch\n", "import (\n", "not valid Python"),
    ],
)
def test_faults_of_a_reference(course_folder: Path, old: str, new: str, told: str) -> None:
    exercise = read_course(course_folder).exercises[0]
    path = exercise.folder / "reference.py"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(CourseError, match=told):
        cut_stub(exercise, ("en", "zh-CN"))


def test_a_starter_stands_in_the_place_of_a_solution(course_folder: Path) -> None:
    exercise = read_course(course_folder).exercises[0]
    (exercise.folder / "starter.toml").write_text('sigmoid = "y = -x\\nreturn y"\n"Net.forward" = "return y"\n')
    given = handed_out(exercise, ("en", "zh-CN"))
    assert '逐元素的 sigmoid。\n    """\n    y = -x\n    return y\n' in given
    assert "        y = x\n        return y\n" in given
    assert "NotImplementedError" not in given
    (exercise.folder / "starter.toml").write_text('sigmoide = "return x"\n')
    with pytest.raises(CourseError, match=r"starter\.toml:1: sigmoide is no function whose solution is cut"):
        handed_out(exercise, ("en",))


def test_exercises_are_written_once_and_checked(course_folder: Path, tmp_path: Path) -> None:
    course, target = read_course(course_folder), tmp_path / "exercises"
    names = set(exercises_files(course))
    assert "exercise03/README.zh-CN.md" in names and "exercise12/backprop.py" in names and len(names) == 6
    assert set(write_exercises(course, target, check=True)) == names and not target.exists()
    assert set(write_exercises(course, target)) == names
    assert write_exercises(course, target, check=True) == () == write_exercises(course, target)


def test_changed_sources_are_brought_up_to_date(course_folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "exercises"
    write_exercises(read_course(course_folder), target)
    (course_folder / "solutions" / "exercise03" / "statement.md").write_text("# New\n")
    (course_folder / "solutions" / "exercise12").rename(tmp_path / "away")
    course = read_course(course_folder)
    stale = ("exercise03/README.md", "exercise12/README.md", "exercise12/README.zh-CN.md", "exercise12/backprop.py")
    assert write_exercises(course, target, check=True) == stale == write_exercises(course, target)
    assert (target / "exercise03" / "README.md").read_text() == "# New\n"
    assert not (target / "exercise12" / "backprop.py").exists()


def test_an_edit_is_never_overwritten(course_folder: Path, tmp_path: Path) -> None:
    course, target = read_course(course_folder), tmp_path / "exercises"
    write_exercises(course, target)
    stub = target / "exercise03" / "sigmoid_derivative.py"
    stub.write_text("mine")
    (course_folder / "solutions" / "exercise12" / "statement.md").write_text("# New\n")
    with pytest.raises(UsageError, match=r"exercise03/sigmoid_derivative\.py"):
        write_exercises(course, target)
    assert stub.read_text() == "mine" and (target / "exercise12" / "README.md").read_text() == "# Do it\n"
    assert write_exercises(course, target, check=True) == ("exercise03/sigmoid_derivative.py", "exercise12/README.md")


def test_windows_line_ends_are_no_edit(course_folder: Path, tmp_path: Path) -> None:
    course = read_course(course_folder)
    write_exercises(course, tmp_path)
    stub = tmp_path / "exercise03" / "sigmoid_derivative.py"
    stub.write_bytes(stub.read_bytes().replace(b"\n", b"\r\n"))
    assert write_exercises(course, tmp_path, check=True) == ()


def test_a_learners_folder_grows_and_keeps_work(
    course_folder: Path, tmp_path: Path, add_exercise: Callable[[str, str], Path]
) -> None:
    folder = tmp_path / "my work 我的"
    made = make_learner_folder(read_course(course_folder), folder, "zh-CN")
    assert len(made.written) == 5 and made.kept == ()
    assert (folder / "exercise03" / "README.md").read_text("utf-8") == "# 动手\n"
    assert learner_config(folder).language == "zh-CN" and learner_config(folder).course == str(course_folder)
    stub = folder / "exercise03" / "sigmoid_derivative.py"
    stub.write_text("mine")
    add_exercise("exercise20", "newer")
    made = make_learner_folder(read_course(course_folder), folder, "zh-CN")
    assert made.kept == ("exercise03/sigmoid_derivative.py",) and stub.read_text() == "mine"
    assert made.written == ("exercise20/README.md", "exercise20/newer.py")


def test_a_learners_folder_that_cannot_be(course_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="Choose another folder"):
        make_learner_folder(read_course(course_folder), tmp_path / "file", "en")


def test_a_language_that_the_course_lacks(course_folder: Path, tmp_path: Path) -> None:
    make_learner_folder(read_course(course_folder), tmp_path / "new", "fr")
    assert (tmp_path / "new" / "exercise03/README.md").read_text("utf-8") == "# Do it\n"
