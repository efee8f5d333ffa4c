"""`grade generate --as bundle`, and grading in what it makes."""

from __future__ import annotations

import json
import lzma
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from grader.checks.outcomes import Record, read_record, record_bytes
from grader.course.bundle import Bundle, digest_of, read_bundle
from grader.course.find import find_course, find_exercise
from grader.errors import UsageError
from grader.grading.grade_files import repeated_grading
from grader.grading.grader import Grader
from grader.result import Result
from grader.sealing import answers
from grader.sealing.generate import generate_bundle
from tests.forked import run_forked
from tests.sealing.comparing import compared, written
from tests.sealing.tiny_bundle import MISTAKES, REFERENCE, course_in
from tests.tiny import grading

pytestmark = pytest.mark.slow

DOUBLING = "solutions/exercise04"
#: Answers that nobody recorded: two errors in two functions, in one; what is known as nothing; and what is no answer.
OTHERS = {
    "two functions": REFERENCE.replace("x + x", "x * x").replace("x * 0.5", "x * 0.25"),
    "pair": REFERENCE.replace("x + x", "x * x").replace("return twofold", "return twofold + 1"),
    "elsewhere": REFERENCE.replace("x + x", "torch.cos(x)"),
    "written otherwise": REFERENCE.replace("x + x", "(x**3) / x"),
    "raises": REFERENCE.replace("x * 0.5", "x[0, 0, 0]"),
    "hangs": REFERENCE.replace("twofold = x + x", "raise SystemExit"),
    "stub": REFERENCE.replace("twofold = x + x", 'raise NotImplementedError("double")'),
    "nothing": "def half(x):\n    return x\n",
    "no Python": "def half(x:\n",
}


def grade(*words: str | Path, cwd: Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "GRADE_COURSE"}
    return run_forked("grader", *words, "--lang", lang, cwd=cwd, env=env)


@pytest.fixture(scope="module", autouse=True)
def few_answers() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers, "PAIRS", 2)
        patch.setattr(answers, "MUTANTS", 3)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, few_answers: None) -> Path:
    """A folder with a course and its bundle for two seeds."""
    folder = tmp_path_factory.mktemp("sealed")
    course = find_course(course_in(folder / "course"))
    told: list[tuple[int, int]] = []
    made = generate_bundle(
        course, course.exercises, folder / "bundle", seeds=2, seed=1, recorded=lambda *done: told.append(done)
    )
    assert made.not_sealed == ("exercise05",)
    assert told == [(0, 4), (1, 4), (2, 4), (2, 4), (4, 4)]  # of the second exercise nothing is recorded
    (folder / "doubling.py").write_text(OTHERS["written otherwise"], "utf-8")
    return folder


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A bundle to spoil."""
    return Path(shutil.copytree(folder / "bundle", tmp_path / "bundle"))


def bundle_of(folder: Path) -> Bundle:
    return read_bundle(folder / "bundle")


def test_results_are_those_of_the_full_course(folder: Path, tmp_path: Path) -> None:
    exercise = find_exercise(find_course(folder / "course"), "exercise04")
    own = list(answers.answers_of(exercise))
    paths = written(tmp_path, "doubling", [*own, *OTHERS.values()])
    named: set[str] = set()
    with grading(folder / "course", "exercise04") as full, grading(folder / "bundle", "exercise04") as sealed:
        for number, path in enumerate(paths):
            for seed in bundle_of(folder).seeds[: 1 + number % 2]:  # every other one with both
                wanted, result = full(path, seed), sealed(path, seed)  # the one that ends last begins first
                compared(wanted, result, recorded=number < len(own))
                named |= {name for check in result.checks for name in check.mistakes}
    assert named >= {"thrice", "squared", "shifted", "quarter", "fourfold"}


def lines_of_the_solution() -> set[str]:
    """Of the reference and its mistakes, those that a learner's file and the checks do not have."""
    lines = [line.strip() for text in (REFERENCE, MISTAKES) for line in text.splitlines()]
    shown = ("import ", "from ", "#", '"""', "def ", "@")
    marked = REFERENCE.replace("### END", "### BEGIN").split("### BEGIN SOLUTION")[1::2]
    assert len(marked) == 4
    return {line for line in lines if line and not line.startswith(shown)} | {"x + x", "x * 0.25", "3 * x", "4 * x"}


def test_nothing_of_the_solution_is_in_it(folder: Path) -> None:
    contents = {path: path.read_bytes() for path in (folder / "bundle").rglob("*") if path.is_file()}
    records = {path: lzma.decompress(content) for path, content in contents.items() if path.suffix == ".bin"}
    assert len(records) == 2
    assert not [path for path in contents if path.name in ("reference.py", "mistakes.py") or "variants" in path.parts]
    for text in [*contents.values(), *records.values()]:
        for line in lines_of_the_solution():
            assert line.encode() not in text, line
        assert b"secret" not in text.lower() and "秘密".encode() not in text
    assert b"this is three times x" in next(iter(records.values()))


def test_a_learner_works_in_it(folder: Path, tmp_path: Path) -> None:
    started = grade("init", "work", "--course", folder / "bundle", cwd=tmp_path)
    assert started.returncode == 0, started.stderr
    file = tmp_path / "work/exercise04/doubling.py"
    assert 'raise NotImplementedError("double")' in file.read_text("utf-8")
    untouched = grade("exercise04", cwd=tmp_path / "work")
    assert untouched.returncode == 1 and "Score: 0 of 4" in untouched.stdout
    file.write_text(OTHERS["written otherwise"], "utf-8")
    named = grade("4", cwd=tmp_path / "work", lang="zh-CN")
    assert named.returncode == 1 and "这是 x 的平方" in named.stdout
    assert "只在学校评分，这里不计分（2 分）：double 的一半又是 x" in named.stdout.replace("\n", "")
    file.write_text(REFERENCE, "utf-8")
    right = grade("4", "--json", "-", cwd=tmp_path / "work")
    result = msgspec.json.decode(right.stdout, type=Result)
    assert right.returncode == 0 and result.passed and (result.score, result.max_score) == (4.0, 4.0)
    assert result.seed in bundle_of(folder).seeds
    assert [note["en"] for note in result.notes] == [
        "Graded at school only, and not counted here (2 points): half of the double is x again",
        "The hidden checks (0.5 points) are graded at school only, and not counted here.",
    ]
    course = find_course(folder / "bundle")
    with repeated_grading(course, course.exercises[0]) as again:  # as `grade watch` does it
        for wanted in (4.0, 4.0):
            again.get_ready(bool)
            assert again.grade(file).score == wanted
    for words, says in (
        (("list",), "4 / 4  exercise04"),
        (("solution", "4"), "comes without the solution"),
        (("practice",), "needs the full course"),
        (("score", ".", "--out", "scored"), "needs the full course"),
        (("audit",), "needs the full course"),
    ):
        done = grade(*words, cwd=tmp_path / "work")
        assert says in done.stdout + done.stderr, words


def test_what_needs_the_reference_says_so(folder: Path) -> None:
    own = folder / "bundle" / DOUBLING
    options = ("--submission", folder / "doubling.py", "-p", "no:cacheprovider")
    done = run_forked("pytest", own / "checks.py", *options, cwd=folder)
    assert done.returncode == 1 and "needs the full course" in " ".join(done.stdout.split())
    course = find_course(folder / "bundle")
    grader = Grader(course, course.exercises, seed=bundle_of(folder).seeds[0], device="cuda")
    with pytest.raises(UsageError, match="recorded on the CPU"):
        grader.plan(course.exercises[0])


def test_hidden_checks_are_in_it_if_asked_for_and_a_bundle_is_replaced(folder: Path) -> None:
    before = shutil.copytree(folder / "bundle", folder / "whole")
    (before / "notes.txt").write_text("mine", "utf-8")
    (before / "solutions/exercise06").mkdir()
    (before / "solutions/exercise06/stub.py").write_text("of an older one", "utf-8")
    resign(before, "solutions/exercise06/stub.py")
    options = ("--as", "bundle", "--out", "whole", "--seeds", "1", "--seed", "1", "--hidden", "--course", "course")
    made = grade("generate", *options, cwd=folder)
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines()[:2] == [
        "exercise04, graded at school only: half of the double is x again",
        "Graded at school only, as a whole: exercise05",
    ]
    done = grade("exercise04", "doubling.py", "--course", "whole", "--json", "-", cwd=folder)
    hidden = [check for check in msgspec.json.decode(done.stdout, type=Result).checks if check.hidden]
    assert [(check.id, check.verdict) for check in hidden] == [("secret", "passed")]
    assert len(list(before.glob(f"{DOUBLING}/records/*"))) == 1
    assert (before / "notes.txt").exists() and not (before / "solutions/exercise06").exists()
    assert read_bundle(folder / "whole").exercises["exercise04"].hidden_points == 0


def edit(bundle: Path, name: str, old: str, new: str) -> None:
    text = (bundle / name).read_text("utf-8")
    assert old in text
    (bundle / name).write_text(text.replace(old, new, 1), "utf-8")


def resign(bundle: Path, name: str) -> None:
    """Have bundle.json say that the file is as it was made."""
    stated = json.loads((bundle / "bundle.json").read_text("utf-8"))
    stated["files"][name] = digest_of((bundle / name).read_bytes())
    (bundle / "bundle.json").write_text(json.dumps(stated), "utf-8")


def without_a_check(bundle: Path) -> None:
    """As one would cut it out who knows how."""
    for path in bundle.glob(f"{DOUBLING}/records/*"):
        record = read_record(path.read_bytes())
        kept = {name: calls for name, calls in record.checks.items() if name != "root"}
        path.write_bytes(record_bytes(msgspec.structs.replace(record, checks=kept)))
        resign(bundle, path.relative_to(bundle).as_posix())


def with_swapped_records(bundle: Path) -> None:
    one, other = sorted(bundle.glob(f"{DOUBLING}/records/*"))
    one.write_bytes(other.read_bytes())
    other.unlink()
    other.write_bytes(b"no record")
    for path in (one, other):
        resign(bundle, path.relative_to(bundle).as_posix())


def without_records(bundle: Path) -> None:
    shutil.rmtree(bundle / DOUBLING / "records")


def added(bundle: Path) -> None:
    (bundle / DOUBLING / "reference.py").write_text(REFERENCE, "utf-8")


@pytest.mark.parametrize(
    ("spoil", "words", "says"),
    [
        (lambda at: edit(at, f"{DOUBLING}/checks.py", "points=1", "points=9"), (), "checks.py in the bundle"),
        (lambda at: edit(at, "course.toml", "Tiny", "Other"), (), "course.toml in the bundle"),
        (lambda at: edit(at, "bundle.json", '"grader": "', '"grader": "0.0'), (), "by version 0.0"),
        (lambda at: edit(at, "bundle.json", '"torch": "', '"torch": "1'), (), "pip install torch==1"),
        (lambda at: edit(at, "bundle.json", "{", "["), (), "bundle.json in the bundle"),
        (without_records, (), "is not as it was made"),
        (added, (), "reference.py in the bundle"),
        (without_a_check, (), "no record of the check root"),
        (with_swapped_records, (), "is no record of exercise04"),
        (lambda at: None, ("--seed", "5"), "no seed 5. Its seeds are: "),
    ],
)
def test_what_was_edited_is_not_graded(
    copy: Path, folder: Path, spoil: Callable[[Path], None], words: tuple[str, ...], says: str
) -> None:
    spoil(copy)
    done = grade("exercise04", folder / "doubling.py", "--course", copy, *words, cwd=copy.parent)
    assert done.returncode == 2 and not done.stdout, done.stdout + done.stderr
    assert says in " ".join(done.stderr.split())


def test_an_edited_bundle_is_told_at_the_first_step(copy: Path, tmp_path: Path) -> None:
    assert grade("init", "work", "--course", copy, cwd=tmp_path).returncode == 0
    work = tmp_path / "work"
    told = grade("solution", "exercise04", cwd=work)
    assert told.returncode == 2 and "comes without the solution" in told.stderr
    edit(copy, f"{DOUBLING}/checks.py", "points=1", "points=9")
    told = grade("list", cwd=work)
    assert told.returncode == 2 and "a bundle that is not as it was made" in " ".join(told.stderr.split())
    for words, folder in ((("init", "other", "--course", copy), tmp_path), (("trust", copy), tmp_path)):
        told = grade(*words, cwd=folder)
        assert told.returncode == 2 and "checks.py in the bundle" in " ".join(told.stderr.split())
    assert not (tmp_path / "other").exists()


def test_a_bundle_is_written_again_and_nothing_else_is_overwritten(folder: Path, copy: Path) -> None:
    def again(out: Path) -> subprocess.CompletedProcess[str]:
        options = ("--as", "bundle", "--out", out, "--seeds", "1", "--course", "course")
        return grade("generate", "exercise05", *options, cwd=folder)

    assert "nothing was written" in again(copy).stderr and (copy / "bundle.json").exists()
    edit(copy, "exercises/exercise04/doubling.py", "double", "dbl")
    assert "doubling.py in" in again(copy).stderr
    (copy / "bundle.json").unlink()
    assert "is no bundle" in again(copy).stderr
    done = grade("generate", "--as", "py", "--seeds", "2", "--out", "x", "--course", "course", cwd=folder)
    assert done.returncode == 2 and "--seeds and --hidden are for --as bundle" in done.stderr
    sealed = grade("generate", "--as", "bundle", "--out", "x", "--course", "bundle", cwd=folder)
    assert sealed.returncode == 2 and "needs the full course" in sealed.stderr


def test_a_record_is_data(folder: Path) -> None:
    path = next((folder / "bundle" / DOUBLING / "records").iterdir())
    record = read_record(path.read_bytes())
    assert isinstance(record, Record) and record_bytes(record) == path.read_bytes()
    with pytest.raises(ValueError, match="end-of-stream"):
        read_record(path.read_bytes()[:-9])
