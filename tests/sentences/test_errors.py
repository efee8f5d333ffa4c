"""What is said of an exception stands beside the exception's own words, whole, and in both languages."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
import torch

from grader.checks.advice.python import BY_PYTHON
from grader.checks.advice.pytorch import BY_PYTORCH
from grader.checks.advice.quote import LONGEST, quoted, with_stop
from grader.course.find import find_course
from grader.result import CheckResult, Result
from grader.text import LANGUAGES, render
from tests.bad_input import check, graded, short_course
from tests.sentences.errors import ERRORS, HELPERS, SETUP

FUNCTIONS = ("sigmoid", "tanh", "sigmoid_grad", "tanh_grad", "tanh_from_sigmoid")
NAMES = list(ERRORS)


def source(names: list[str]) -> str:
    """A submission whose functions raise these, one each; those of a last file that are left over raise the first."""
    bodies = [ERRORS[name][0] for name in (names * len(FUNCTIONS))[: len(FUNCTIONS)]]
    functions = [
        f"\n\ndef {function}(x):\n{textwrap.indent(body, '    ')}\n"
        for function, body in zip(FUNCTIONS, bodies, strict=True)
    ]
    return SETUP + HELPERS + "".join(functions)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    place = tmp_path_factory.mktemp("errors")
    course = short_course(place / "course", call_seconds=20, load_seconds=20, total_seconds=60)
    toml = course.folder / "solutions" / "exercise03" / "exercise.toml"
    toml.write_text(re.sub(r"(?ms)^forbidden = \[.*?^\]", "", toml.read_text("utf-8")), "utf-8")
    course = find_course(course.folder)
    files = []
    for start in range(0, len(NAMES), len(FUNCTIONS)):
        file = place / f"errors{start:03}.py"
        file.write_text(source(NAMES[start : start + len(FUNCTIONS)]), "utf-8")
        files.append(file)
    found = graded(course, files)
    return [found[file] for file in files]


def own_words(name: str) -> str:
    """The exception as Python and PyTorch tell it here, on one line."""
    space: dict[str, object] = {}
    body = textwrap.indent(ERRORS[name][0], "    ")
    exec(f"{SETUP}{HELPERS}\n\ndef function(x):\n{body}", space)
    with pytest.raises(Exception) as caught:
        space["function"](torch.ones(3))  # type: ignore[operator]
    return f"{caught.type.__name__}: {re.sub(r'[ ]+', ' ', str(caught.value).replace(chr(10), ' '))}".strip()


def of(results: list[Result], name: str) -> CheckResult:
    file, place = divmod(NAMES.index(name), len(FUNCTIONS))
    return check(results[file], FUNCTIONS[place])


@pytest.mark.parametrize("name", NAMES)
def test_sentence(name: str, results: list[Result]) -> None:
    _, english, chinese = ERRORS[name]
    told = of(results, name)
    assert told.verdict == "error" and told.message is not None, told
    assert english in told.message["en"], told.message["en"]
    assert chinese in told.message["zh-CN"], told.message["zh-CN"]
    words = own_words(name)
    assert len(words) > LONGEST or words.removesuffix(".") in told.message["en"], (words, told.message["en"])
    for text in told.message.values():
        assert not re.search(r"\.\.(?!\.)(?<!\.\.\.)|。。|\.。|[?!]\.|[?!]。", text.replace("...", "")), text


def test_every_row_is_raised_by_something(results: list[Result]) -> None:
    """No row that a later version of PyTorch words otherwise stays behind unseen, but for those that are many of one
    kind, and those of other versions."""
    messages = [check(result, name).message for result in results for name in FUNCTIONS]
    told = " ".join(message["en"] for message in messages if message)
    other_tables = (
        "exit()",
        "Nobody is there",
        "share no memory",
        "its folder holds your file",
        "at its top",
        "deepcopy",
    )
    sentences = [sentence for table in (BY_PYTORCH, *BY_PYTHON.values()) for sentence in table.values() if sentence]
    rows = {render(sentence, "en") for sentence in sentences}
    unseen = [text for text in rows if text not in told and not any(part in text for part in other_tables)]
    assert unseen == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one", "one"),
        ("  a\n  b\tc  ", "a b c"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("First one. " + "x" * LONGEST, "First one. …"),
        ("A line\n" + "x " * LONGEST, "A line …"),
        ("x" * 2000, "x" * (LONGEST - 2) + " …"),
    ],
)
def test_own_words_are_cut_between_sentences_only(text: str, shown: str) -> None:
    assert quoted(text) == shown and len(quoted(text)) <= LONGEST


def test_long_words_without_sentences_are_cut_between_words() -> None:
    shown = quoted("word " * 400)
    assert len(shown) <= LONGEST and shown.endswith("word …")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a", "a。"), ("a.", "a。"), ("a?", "a?"), ("a!", "a!"), ("a …", "a …"), ("它。", "它。"), ("a)", "a)。")],
)
def test_one_full_stop_and_no_second(text: str, shown: str) -> None:
    assert render(with_stop(text), "zh-CN") == shown
    assert render(with_stop(text), "en") == (shown if text == "它。" else shown.replace("。", "."))


def test_hostile_words_take_no_time(tmp_path: Path) -> None:
    """Words that a submission makes up are looked at in linear time, and bounded where they are shown."""
    attack = "raise RuntimeError('cannot import name ' + \"'a' from 'b\" * 10**6 + '. ' * 10**6)"
    file = tmp_path / "attack.py"
    file.write_text(source(NAMES[:5]).replace("return V.dim - 1", attack), "utf-8")
    result = graded(short_course(tmp_path / "course"), [file])[file]
    message = check(result, "sigmoid").message
    assert message is not None and all(len(message[language]) < 1_500 for language in LANGUAGES)
