"""The project as a whole: README.md's commands, versions, translations, documents, and what no file may say."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import string
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from grader.course.exercises import main as exercises_command
from grader.text import LANGUAGES
from grader.text.update import catalogues, extracted, faults

ROOT = Path(__file__).parents[1]
READMES = ("README.md", *(f"README.{language}.md" for language in LANGUAGES if language != "en"))
MOST_LINES = 500


def tracked(*suffixes: str) -> list[Path]:
    """The files that git knows, of these suffixes or of all."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


# --- the commands of README.md


def command_of(readme: str, name: str) -> str:
    text = (ROOT / readme).read_text("utf-8")
    found = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found, f"{readme} has no command {name}"
    return found[1]


@pytest.mark.parametrize("name", ["setup", "tests"])
def test_ci_runs_the_command_that_every_readme_prints(name: str) -> None:
    printed = subprocess.run([ROOT / ".ci/command", name], capture_output=True, text=True, check=True).stdout
    assert [command_of(readme, name) for readme in READMES] == [printed] * len(READMES)
    assert f'bash -euo pipefail -c "$(.ci/command {name})"' in (ROOT / ".ci/run").read_text("utf-8")


def test_commands_name_files_that_are_there() -> None:
    words = (command_of("README.md", "setup") + command_of("README.md", "tests")).split()
    files = {word for word in words if word.endswith((".py", ".txt"))}
    assert len(files) == 3
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_unknown_command_is_an_error() -> None:
    run = subprocess.run([ROOT / ".ci/command", "no-such"], capture_output=True, check=False)
    assert (run.returncode, run.stdout) == (1, b"")


def functions(tree: ast.Module) -> set[str]:
    """The bodies of the module's functions, docstrings left out."""
    bodies = [node.body for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {"\n".join(ast.unparse(line) for line in body if not _is_text(line)) for body in bodies}


def _is_text(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def test_each_document_leads_to_the_same_in_the_other_language() -> None:
    for chinese in (ROOT / "docs").glob("*.zh-CN.md"):
        english = chinese.with_name(chinese.name.replace(".zh-CN", ""))
        assert english.read_text("utf-8").split("\n\n")[1] == f"[中文]({chinese.name})"
        assert chinese.read_text("utf-8").split("\n\n")[1] == f"[English]({english.name})"


def test_worked_submission_passes_and_is_not_the_reference() -> None:
    file = ROOT / "examples/exercise03/sigmoid_derivative.py"
    command = [sys.executable, "-m", "grader", "exercise03", str(file), "--course", str(ROOT), "--json", "-"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert json.loads(run.stdout)["score"] == 10
    reference = ast.parse((ROOT / "solutions/exercise03/reference.py").read_bytes())
    answers = ast.parse(file.read_bytes())
    assert len(functions(reference)) == len(functions(answers)) == 5
    assert functions(reference) & functions(answers) == set()


# --- the pictures that the READMEs open with


@pytest.mark.slow
def test_pictures_of_the_readmes_show_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make = imported("docs/pictures/make.py")
    for name in ("report", "page"):  # each of a language is made once, and compared with what is there twice
        monkeypatch.setattr(make, name, made_once(getattr(make, name)))
    assert (make.main(["--check"]), capsys.readouterr().err) == (0, "")
    shutil.copytree(ROOT / "docs/pictures", tmp_path / "pictures")
    stale = tmp_path / "pictures/report.zh-CN.svg"
    stale.write_text(stale.read_text("utf-8").replace("0.247", "0.248"), "utf-8")
    shutil.copy(tmp_path / "pictures/page.zh-CN.png", tmp_path / "pictures/page.png")
    monkeypatch.setattr(make, "HERE", tmp_path / "pictures")
    told = "out of date: page.png, report.zh-CN.svg; to make them: docs/pictures/make.py\n"
    assert (make.main(["--check"]), capsys.readouterr().err) == (1, told)


def imported(path: str) -> Any:
    """A program of this checkout as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made_once(make: Callable[[Path, str], str]) -> Callable[[Path, str], str]:
    made: dict[str, str] = {}

    def kept(file: Path, language: str) -> str:
        if language not in made:
            made[language] = make(file, language)
        return made[language]

    return kept


# --- exercises/


def test_exercises_are_generated_and_found_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "course.toml", tmp_path)
    shutil.copy(ROOT / "texts.zh-CN.toml", tmp_path)
    shutil.copytree(ROOT / "solutions/exercise03", tmp_path / "solutions/exercise03")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_COURSE", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C")
    assert exercises_command(["--check"]) == 1
    assert "exercise03/README.md" in capsys.readouterr().err
    assert exercises_command([]) == 0
    assert exercises_command(["--check"]) == 0
    (tmp_path / "exercises/exercise03/README.md").write_text("edited", "utf-8")
    assert exercises_command(["--check"]) == 1
    assert exercises_command([]) == 2
    assert "edited by hand" in capsys.readouterr().err
    assert exercises_command(["--force"]) == 2


# --- versions


def project() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def pins() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): Version(version) for name, version in pinned}


def requirements(name: str, extra: str) -> Iterator[Requirement]:
    for line in metadata.requires(name) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def test_constraints_cover_every_dependency_within_its_range() -> None:
    pinned = pins()
    waiting, seen = [("grade-dl", ""), ("grade-dl", "dev")], set[tuple[str, str]]()
    while waiting:
        seen.add(of := waiting.pop())
        for requirement in requirements(*of):
            name = canonicalize_name(requirement.name)
            # torch built for CUDA pins these itself, and each CUDA has others.
            if name.startswith(("nvidia-", "cuda-", "triton")):
                continue
            if name != "grade-dl":
                assert name in pinned, f"constraints.txt lacks {name}"
                assert requirement.specifier.contains(pinned[name]), f"{requirement} does not allow {pinned[name]}"
            waiting += {(name, extra) for extra in ("", *requirement.extras)} - seen
    assert len(seen) >= 12
    assert sorted(pinned.keys() - {name for name, _ in seen}) == []


def promised_pythons() -> list[str]:
    """Every release of every Python that pyproject.toml names, and further ones to come, from 3.11.0."""
    words = [line.rpartition(" ")[2] for line in project()["project"]["classifiers"]]  # type: ignore[index]
    return [f"{word}.{patch}" for word in words if re.fullmatch(r"3\.\d+", word) for patch in range(30)]


def left_out(needs: str) -> list[str]:
    """The promised Pythons that a package with this Requires-Python can't be installed on."""
    fits = SpecifierSet(needs)
    return [python for python in promised_pythons() if not fits.contains(python)]


def test_every_pin_fits_every_python_that_is_promised() -> None:
    """Where one does not, pip searches for minutes, and then names another package than that one."""
    floor = project()["project"]["requires-python"]  # type: ignore[index]
    assert floor == f">={promised_pythons()[0].removesuffix('.0')}"
    needs = {name: metadata.metadata(name).get("Requires-Python") or "" for name in pins()}
    # What is installed says this of its own version only.
    others = sorted(name for name in needs if Version(metadata.version(name)).public != pins()[name].public)
    assert {name: needs[name] for name in needs if name not in others and left_out(needs[name])} == {}
    if others:
        pytest.skip(f"not the pinned versions: {', '.join(others)}: pip install -c constraints.txt -e '.[dev]'")


def test_a_pin_that_fits_only_later_releases_is_noticed() -> None:
    assert left_out(">=3.11.5")[:2] == ["3.11.0", "3.11.1"] and left_out("!=3.12.1,<3.14") == ["3.12.1"]
    assert left_out("") == left_out(">=3.9") == []
    assert "3.13.0" in left_out(">=3.11,<3.13")


def test_no_solution_is_copied_by_an_editable_install() -> None:
    build = project()["tool"]["hatch"]["build"]["targets"]["wheel"]  # type: ignore[index]
    # Whatever force-include names lies in site-packages even where the install is editable; workers can read there.
    assert list(build["force-include"]) == ["course.toml", "texts.zh-CN.toml"]
    assert build["sources"]["solutions"] == "grader/_course/solutions"


# --- skips


@pytest.mark.parametrize(("forbidden", "closing"), [("", "2 skipped"), ("1", "1 skipped, 1 error")])
def test_skips_fail_where_they_are_forbidden(forbidden: str, closing: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests/conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = gpu: needs one\n", "utf-8")
    (tmp_path / "test_skips.py").write_text(
        "import pytest\n@pytest.mark.gpu\ndef test_gpu(): pytest.skip('no GPU')\n"
        "@pytest.mark.skip(reason='later')\ndef test_later(): pass\n",
        "utf-8",
    )
    environ = {**os.environ, "GRADE_NO_SKIPS": forbidden}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]
    run = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert closing in run.stdout
    assert run.returncode == (1 if forbidden else 0)


# --- files


#: Spelled in pieces, for this file is searched as well.
FOREIGN = re.compile(
    "|".join((r"(?<![\w.~-])/" + r"work/", "/opt/" + "pypi", "/tmp/" + "brief", "an" + "thropic", r"\.pye" + "nv/"))
)
#: A registry's host, or any other that nobody meant to send readers to, is not among these.
HOSTS = {
    "download.pytorch.org",
    "pytorch.org",
    "json-schema.org",
    "doi.org",  # the digits of exercise 36, and
    "creativecommons.org",  # their licence
    "www.w3.org",
    "nbgrader.readthedocs.io",
    "127.0.0.1",  # where tests serve pages
    "localhost",
    "evil.example",  # a name that can be nobody's
}


def test_no_file_names_another_place() -> None:
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        hosts = {host.lower() for host in re.findall(r"https?://([A-Za-z0-9.-]+[A-Za-z0-9])", text)}
        foreign = sorted({*FOREIGN.findall(text), *(hosts - HOSTS)})
        found += [f"{path.relative_to(ROOT)}: {', '.join(foreign)}"] if foreign else []
    assert found == []


def test_no_file_is_too_long() -> None:
    lengths = {path: len(path.read_bytes().splitlines()) for path in tracked(".py", ".md", ".toml", ".sh", "")}
    assert [f"{path.relative_to(ROOT)}: {n} lines" for path, n in lengths.items() if n > MOST_LINES] == []


# --- documents


def test_documents_link_to_files_that_are_there() -> None:
    broken = []
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
        assert path.name != "README.md" or len(links) > 3
        broken += [f"{path.name}: {link}" for link in links if "://" not in link and not (path.parent / link).exists()]
    assert broken == []


def test_every_field_of_a_result_is_documented() -> None:
    schema = json.loads((ROOT / "grader/report/schema.json").read_bytes())
    page = (ROOT / "docs/result.md").read_text("utf-8")
    sections = dict(re.findall(r"^## `(\w+)`.*?\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE))
    fields = {name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) for name, text in sections.items()}
    assert fields == {name: list(struct["properties"]) for name, struct in schema["$defs"].items()}


# --- translations


def said() -> Iterator[tuple[str, ast.Call]]:
    """Every `say(...)` of the program, with its place."""
    for path in sorted((ROOT / "grader").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def templates() -> dict[str, str]:
    """English template → where it is said."""
    return {
        call.args[0].value: place
        for place, call in said()
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def places(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}


def test_every_sentence_is_a_literal_with_exactly_its_fields() -> None:
    wrong = []
    for place, call in said():
        template = call.args[0] if len(call.args) == 1 else None
        if not (isinstance(template, ast.Constant) and isinstance(template.value, str)):
            wrong.append(f"{place}: the template must be one literal")
        elif None not in (given := {keyword.arg for keyword in call.keywords}) and given != places(template.value):
            wrong.append(f"{place}: {template.value!r} does not fit its fields")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_sentence_is_translated_and_no_translation_is_left_over(language: str) -> None:
    folder = language.replace("-", "_")
    assert list(faults(catalogues()[folder], folder, extracted())) == [], "python -m grader.text.update"


def test_what_is_extracted_is_what_is_said() -> None:
    sentences = {str(entry.id) for entry in extracted() if entry.id}
    # A field and nothing else reads the same in every language.
    assert sentences == {text for text in templates() if not re.fullmatch(r"\{\w+\}", text)}


def test_architecture_names_every_folder_and_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    package = ROOT / "grader"
    folders = {f"{path.name}/" for path in package.iterdir() if (path / "__init__.py").exists()}
    assert (
        set(re.findall(r"(?m)^\| `(\w+/)` \|", text.partition("## Folders of")[2].partition("## Other")[0])) == folders
    )
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py", "__main__.py"}
    named = re.findall(r"`(\w+\.py)`", text.partition("Modules of their own:")[2].partition("\n\n")[0])
    assert sorted(named) == sorted(modules)
    others = {
        name
        for row in re.findall(r"(?m)^\| (`.*?`) \|", text.partition("## Other")[2])
        for name in row[1:-1].split("`, `")
    }
    paths = [path.relative_to(ROOT).parts for path in tracked()]
    there = {f"{path[0]}/" if len(path) > 1 else path[0] for path in paths} - {"grader/", ".gitignore", "LICENSE"}
    assert others == {name for name in there if not name.endswith(".md")}
