"""The catalogues: what is read of a .po is what Babel reads, a .mo holds the same, and nothing is lost by an update."""

from __future__ import annotations

import gettext
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from babel.messages.pofile import read_po

from grader.text import LANGUAGES, catalogue, join, listed, render, say
from grader.text.catalogue import catalogue_file, from_mo, po_to_json, to_mo
from grader.text.update import extracted, faults, update

ROOT = Path(__file__).parents[2]
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: de\\n"\n'


def read(po: str) -> dict[str, str]:
    strings = msgspec.json.decode(po_to_json(po.encode()), type=list[str])
    return dict(zip(strings[::2], strings[1::2], strict=True))


def babels(po: str) -> dict[str, str]:
    entries = read_po(io.BytesIO(po.encode()), locale="de")
    return {str(one.id): str(one.string) for one in entries if one.id and one.string and not one.fuzzy}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_clone_and_a_wheel_have_the_same_translations(language: str) -> None:
    texts = babels(catalogue_file(language).read_text("utf-8"))
    compiled = to_mo(texts)
    standard = gettext.GNUTranslations(io.BytesIO(compiled))
    assert len(texts) > 1000
    assert catalogue(language) == texts
    assert {key: text for key, text in from_mo(compiled).items() if key} == texts
    assert {key: standard.gettext(key) for key in texts} == texts


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ('msgid "a"\nmsgstr "b"\n', {"a": "b"}),
        (
            'msgid ""\n"one "\n"two\\n"\n"three"\nmsgstr ""\n"eins "\n"zwei\\n"\n"drei"\n',
            {"one two\nthree": "eins zwei\ndrei"},
        ),
        ('msgid "say \\"x\\""\nmsgstr "\\\\ sag \\"x\\"\\t"\n', {'say "x"': '\\ sag "x"\t'}),
        ('#. told\n#: a.py:3\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n', {}),
        ('#, python-brace-format, fuzzy\n#| msgid "old"\nmsgid "{a}"\nmsgstr "{a}"\n', {}),
        ('# not fuzzy at all\nmsgid "a"\nmsgstr "b"\n', {"a": "b"}),
        ('msgid "a"\nmsgstr ""\n', {}),
        ('msgid "a"\nmsgstr "b"\n\n#~ msgid "c"\n#~ msgstr "d"\n', {"a": "b"}),
        ('msgid "fuzzy"\nmsgstr "unscharf"\n\nmsgid "a"\nmsgstr "b"\n', {"fuzzy": "unscharf", "a": "b"}),
    ],
)
@pytest.mark.parametrize("lines", ["\n", "\r\n"])
def test_a_po_is_read_as_babel_reads_it(entry: str, found: dict[str, str], lines: str) -> None:
    po = f"{HEAD}\n{entry}"
    assert babels(po) == found
    assert read(po.replace("\n", lines)) == found


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_what_is_joined_is_parted_as_each_language_does(count: int) -> None:
    parts = [say("{text}", text=f"s{number}") for number in range(count)]
    assert render(join(parts), "en") == " ".join(f"s{number}" for number in range(count))
    assert render(join(parts), "zh-CN") == "".join(f"s{number}" for number in range(count))
    assert render(join(parts, "; "), "zh-CN") == "；".join(f"s{number}" for number in range(count))
    assert render(listed(parts), "en") == ", ".join(f"s{number}" for number in range(count))
    assert render(listed(parts), "zh-CN") == "、".join(f"s{number}" for number in range(count))
    assert render(join(parts, "\n"), "zh-CN") == "\n".join(f"s{number}" for number in range(count))


# --- the maintainers' command


@pytest.fixture
def brought(tmp_path: Path) -> Callable[..., list[str]]:
    """Updates a catalogue from this source, unless that is left out, and says what is amiss then."""
    po = tmp_path / "grader.po"

    def bring(source: str, **options: bool) -> list[str]:
        package = tmp_path / "package"
        package.mkdir(exist_ok=True)
        (package / "a.py").write_text(source, "utf-8")
        template = extracted(package)
        update(po, "de", template, **options)
        return list(faults(po, "de", template))

    return bring


def translate(po: Path, sentence: str, text: str) -> None:
    content = po.read_text("utf-8")
    assert f'msgid "{sentence}"\nmsgstr ""' in content
    po.write_text(content.replace(f'msgid "{sentence}"\nmsgstr ""', f'msgid "{sentence}"\nmsgstr "{text}"'), "utf-8")


def test_an_update_keeps_what_was_translated(brought: Callable[..., list[str]], tmp_path: Path) -> None:
    po = tmp_path / "grader.po"
    first = "x = f\"{say('the house number {n} is red', n=1)}\"\n# translators: an animal\nsay('cat')\n"
    assert brought(first) == ["not translated: cat", "not translated: the house number {n} is red"]
    assert "#. an animal\n#: package/a.py\nmsgid" in po.read_text("utf-8")
    assert "#, python-brace-format\nmsgid" in po.read_text("utf-8")
    translate(po, "cat", "Katze")
    translate(po, "the house number {n} is red", "Haus {m} ist rot")
    assert brought(first) == ["other fields than the English has: Haus {m} ist rot"]
    po.write_text(po.read_text("utf-8").replace("{m}", "{n}"), "utf-8")
    before = po.read_bytes()
    assert brought(first) == [] and po.read_bytes() == before
    second = 'say("the house number {n} is blue", n=1)\n'
    assert brought(second) == [
        "marked fuzzy, to be looked at: the house number {n} is blue",
        "left over, commented out: cat",
    ]
    assert read(po.read_text("utf-8")) == {}
    assert brought(first) == ["marked fuzzy, to be looked at: the house number {n} is red"]
    assert read(po.read_text("utf-8")) == {"cat": "Katze"}
    assert brought('say("cat")\n', drop=True) == []
    assert read(po.read_text("utf-8")) == {"cat": "Katze"}


@pytest.mark.parametrize("words", [["--chekc"], ["de", "--check"], ["klingon"], [""]])
def test_wrong_use_of_the_command(words: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "grader.text.update", *words], capture_output=True, text=True, check=False
    )
    assert run.returncode == 2 and "usage: python -m grader.text.update" in run.stderr


# --- the wheel


@pytest.mark.slow
def test_a_wheel_has_compiled_catalogues_alone_and_speaks_chinese(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(command, cwd=tmp_path, check=True)
    (file,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(file) as wheel:
        locale = [name for name in wheel.namelist() if "/locale/" in name]
        wheel.extractall(tmp_path / "installed")
    assert locale == ["grader/text/locale/zh_CN/LC_MESSAGES/grader.mo"]
    run = subprocess.run(
        [sys.executable, "-P", "-m", "grader", "--help", "--lang", "zh-CN"],
        env={"PYTHONPATH": str(tmp_path / "installed"), "PYTHONUTF8": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith("深度学习练习的自动评分")
    assert (tmp_path / "installed/grader/report/templates/page.html").is_file()
    assert not (ROOT / "grader/text/locale/zh_CN/LC_MESSAGES/grader.mo").exists()
