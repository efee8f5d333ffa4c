"""A language that the grader learns is a folder with a .po and nothing else; results from before it speak it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from grader.report.jsonfile import to_json
from grader.result import read_result
from grader.text import Message, say
from grader.text.stored import in_all_languages, storable
from tests.report.classes import write_class

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "tests/report/results"
#: What a translator has done in an evening.
GERMAN = {
    "English": "Deutsch",
    "Language": "Sprache",
    "Commands:": "Befehle:",
    "{call} raised {error}": "{call} löste {error} aus",
    "{text}.": "{text}.",
    "It happened in line {number}: {source}": "Das war in Zeile {number}: {source}",
    "In {function}: {reason}": "In {function}: {reason}",
    "{where} uses {name} (`{source}`), which this exercise does not allow: see its statement.": (
        "{where} benutzt {name} (`{source}`), was hier selbst zu schreiben ist."
    ),
    "Line {line}": "Zeile {line}",
}
SAID = "sigmoid_grad(x) löste AttributeError: 'Tensor' object has no attribute 'no_such_method'. aus"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program and one catalogue more."""
    folder = tmp_path_factory.mktemp("program")
    shutil.copytree(ROOT / "grader", folder / "grader")
    po = folder / "grader/text/locale/de/LC_MESSAGES/grader.po"
    po.parent.mkdir(parents=True)
    entries = (f"msgid {json.dumps(key)}\nmsgstr {json.dumps(text)}\n" for key, text in GERMAN.items())
    po.write_text("\n".join(['msgid ""\nmsgstr ""\n"Language: de\\n"\n', *entries]), "utf-8")
    return folder


def run(program: Path, *words: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(program), "PYTHONUTF8": "1", **environ}
    command = [sys.executable, "-P", *words]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def test_the_command_speaks_it(program: Path, tmp_path: Path) -> None:
    shown = run(program, "-m", "grader", "--help", "--lang", "de", folder=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "") and "--lang en|de|zh-CN" in shown.stdout
    by_locale = run(program, "-m", "grader", "--help", folder=tmp_path, LC_ALL="de_AT.UTF-8")
    assert by_locale.stdout == shown.stdout
    refused = run(program, "-m", "grader", "--help", "--lang", "fr", folder=tmp_path)
    assert refused.returncode == 2 and "the languages there are: en, de, zh-CN" in refused.stderr


def test_last_years_results_are_shown_in_it(program: Path, tmp_path: Path) -> None:
    """The page of a class, from one result with its messages as data and one of an older grader, without."""
    files = {"ada": "with_data.json", "bob": "without_data.json"}
    contents = {name: (RESULTS / file).read_bytes() for name, file in files.items()}
    write_class(tmp_path / "scored", [(name, read_result(content)) for name, content in contents.items()])
    for name, content in contents.items():
        (tmp_path / f"scored/results/{name}/exercise03.json").write_bytes(content)
    made = run(program, "-m", "grader", "report", "scored", "--lang", "de", folder=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert '<html lang="de">' in page and "Deutsch</span>" in page and "Sprache · 语言" in page
    assert page.count("löste AttributeError") == 1  # ada's; bob's stays English
    assert "抛出了异常" in page


@pytest.mark.parametrize("view", ["to_junit([result], 'de')", "feedback(result, 'de')"])
def test_every_view_of_a_result_file_shows_it(view: str, program: Path, tmp_path: Path) -> None:
    source = (
        "import sys; from grader.result import read_result; from grader.report.junit import to_junit\n"
        "from grader.report.feedback import feedback\n"
        f"result = read_result(open(sys.argv[1], 'rb').read()); shown = {view}\n"
        "print(shown.decode() if isinstance(shown, bytes) else shown)"
    )
    new, old = (
        run(program, "-c", source, str(RESULTS / file), folder=tmp_path)
        for file in ("with_data.json", "without_data.json")
    )
    assert new.stderr == old.stderr == ""
    assert "Das war in Zeile 15: return x.no_such_method()" in new.stdout and "Zeile" not in old.stdout
    assert "It happened in line 15" in old.stdout and "It happened" not in new.stdout


def test_an_old_result_reads_and_is_written_again_as_it_was() -> None:
    content = (RESULTS / "without_data.json").read_bytes()
    old, again = json.loads(content), json.loads(to_json(read_result(content)))
    assert (old.pop("schema"), again.pop("schema")) == (1, 2)
    for was, check in zip(old["checks"], again["checks"], strict=True):
        name, text = was.pop("mistake"), was.pop("mistake_text")
        assert (check.pop("mistakes"), check.pop("mistake_texts")) == (([name], [text]) if name else ([], []))
    assert (again.pop("message_data"), again.pop("notes_data"), again.pop("pictures")) == (None, [], [])
    assert (again.pop("part"), again.pop("parts")) == ("", [])
    assert {check.pop("part") for check in again["checks"]} == {""}
    assert [check.pop("message_data") for check in again["checks"]] == [None] * len(old["checks"])
    details = [check["detail"] for check in again["checks"] if check["detail"]]
    assert {(detail.pop("code"), detail.pop("prints")) for detail in details} == {("", "")}
    assert again == old


# --- data that are not as they should be

TEXT = {"en": "x"}


@pytest.mark.parametrize(
    "data",
    [
        None,
        Message("no sentence of ours: {x}", {"x": 1}),
        Message("{x.__class__}", {"x": 1}),
        Message("{x:>999999999}", {"x": 1}),
        Message("{call} raised {error}", {"call": "f(x)"}),
        Message("{call} raised {error}", {"call": "f(x)", "error": Message("{x!r:>999999999}", {"x": 1})}),
        Message(
            "{file} could not be read within {seconds:g} s, so none of it was graded.", {"file": "a", "seconds": "b"}
        ),
    ],
)
def test_what_is_none_of_our_sentences_is_left_in_english(data: Message | None) -> None:
    assert in_all_languages(TEXT, data) == TEXT


def test_a_sentence_goes_through_a_file() -> None:
    inner = say("{text}.", text="\ud800 {braces}")
    message = say("{call} raised {error}", call=Path("a/b"), error=inner, big=1 << 70, none=None, flag=True)
    read = msgspec.json.decode(msgspec.json.encode(storable(say("{text}", text=1 << 70))), type=Message)
    assert read == Message("{text}", {"text": str(1 << 70)})
    assert in_all_languages(TEXT, storable(message)) == {"en": "x", "zh-CN": "a/b 抛出了异常 \ud800 {braces}。"}
