"""No place of the machine that grades reaches a learner, by whatever way; names that another Python has are known."""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path

import pytest

import grader
from grader.checks.advice.imports import _NEWER, of_import, this_python
from grader.grading.redact import Redaction
from grader.text import render
from tests.forked import run_forked
from tests.sentences.test_confined import RIGHT

ROOT = Path(__file__).parents[2]

#: What learners' files do that could show a place: in each, the first function goes on to be right.
SHOWS = {
    "an import error": "from collections import Missing\n",
    "a traceback": "import traceback\ntry:\n    import torch\n    torch.ones(2) @ torch.ones(3)\nexcept Exception:\n"
    "    traceback.print_exc()\ntry:\n    import json\n    json.loads('{')\nexcept ValueError:\n"
    "    traceback.print_exc()\n",
    "a warning": "import warnings\nwarnings.simplefilter('always')\nimport torch\ntorch.tensor(torch.ones(1))\n"
    "torch.nn.functional.softmax(torch.ones(1))\n",
    "an error that is ignored": "import json\n\n\nclass A:\n    def __del__(self):\n        json.loads('{')\n\n\nA()\n",
    "prints": "import os, sys, torch, tempfile\nprint(os.getcwd(), os.path.expanduser('~'), torch.__file__, sys.path)\n"
    "print(sys.prefix, sys.executable, tempfile.gettempdir(), os.path.abspath('data.csv'), torch.__path__)\n",
    "a file": "open(os.path.abspath('data.csv'))\n".replace("open", "import os\nopen"),
    "a large file": "#" * (1 << 20),
    "an empty file": None,
    "no Python": "def f(:\n",
}


def places(folder: Path) -> list[str]:
    found = {folder, Path(grader.__file__).parent, Path(sys.prefix), Path(sys.base_prefix), Path.cwd(), Path.home()}
    texts = {text for place in found for text in (str(place), os.path.realpath(place))}
    return [text for text in texts if text not in ("/", "/usr", "/usr/local")]


@pytest.mark.slow
def test_score(tmp_path: Path) -> None:
    for name, code in SHOWS.items():
        folder = tmp_path / "in" / name.replace(" ", "-") / "exercise03"
        folder.mkdir(parents=True)
        (folder / "sigmoid_derivative.py").write_text("" if code is None else code + RIGHT, "utf-8")
    formats = [
        word for one in ("gradescope", "moodle", "prairielearn", "autolab", "ctrf") for word in ("--format", one)
    ]
    words = ("score", tmp_path / "in", "--out", tmp_path / "out", "-j", "1", "--junit", tmp_path / "out.xml", *formats)
    done = run_forked("grader", *words, cwd=tmp_path, env=os.environ | {"GRADE_COURSE": str(ROOT)})
    assert done.returncode == 0, done.stderr
    files = [path for path in (*(tmp_path / "out").rglob("*"), tmp_path / "out.xml") if path.is_file()]
    # The run's own record is the instructor's.
    texts = {path: path.read_text("utf-8") for path in files if path.name != "run.json"}
    assert len(texts) > 2 * len(SHOWS)
    shown = [(path.name, place) for path, text in texts.items() for place in places(tmp_path) if place in text]
    assert shown == []
    printed = (tmp_path / "out/results/a-traceback/exercise03.json").read_text("utf-8")
    assert "json/decoder.py" in printed and "sigmoid_derivative.py" in printed
    assert "grade-" not in (tmp_path / "out/results/prints/exercise03.json").read_text("utf-8")


def test_what_lies_below_stays_readable() -> None:
    hide = Redaction(["/var/tmp/grade-1", "/srv/course 作业"])
    library = Path(importlib.import_module("torch").__file__ or "")
    assert hide.text(f'File "{library}", line 3') == 'File "torch/__init__.py", line 3'
    python = f"python{this_python()}"
    assert hide.text(f"({importlib.import_module('typing').__file__})") == f"({python}/typing.py)"
    assert hide.text("in /var/tmp/grade-1/a.py, /var/tmp/grade-1: x") == "in a.py, .: x"
    assert hide.text("/srv/course 作业/solutions") == "solutions"
    for text in ("/usr/share/fonts", "/var/tmp/grade-12/a.py", "a/b", "https://pytorch.org/docs", "1/2 and 3 / 4", "/"):
        assert hide.text(text) == text


@pytest.mark.parametrize("piece", ["/", "/var", "/var/tmp/grade-1/", "/var/tmp/grade-"])
def test_the_time_that_much_text_takes_is_linear(piece: str) -> None:
    hide = Redaction(["/var/tmp/grade-1"])

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        hide.text(text)
        return time.process_time() - start

    small, large = (min(seconds(size) for _ in range(3)) for size in (25_000, 100_000))
    assert large < max(9 * small, 0.1), f"{small:.3f} s, of four times the size {large:.3f} s"


@pytest.mark.parametrize("name", _NEWER)
def test_the_table_of_newer_names_is_true_of_this_python(name: str) -> None:
    module, _, last = name.rpartition(".")
    try:
        there = hasattr(importlib.import_module(module), last) if module else bool(importlib.import_module(last))
    except ImportError:
        there = False
    if not there:
        try:
            importlib.import_module(name)
            there = True
        except ImportError:
            pass
    assert there == (sys.version_info >= (3, _NEWER[name]))


def test_names_that_a_newer_python_has() -> None:
    name = next(name for name, minor in _NEWER.items() if sys.version_info < (3, minor) and "." in name)
    module, _, last = name.rpartition(".")
    for told in (
        of_import("ImportError", f"cannot import name '{last}' from '{module}' (/usr/lib/{module}.py)"),
        of_import("AttributeError", f"module '{module}' has no attribute '{last}'"),
    ):
        assert told is not None
        assert f"Python 3.{_NEWER[name]} on, and Python {this_python()} grades" in render(told, "en")
        assert f"Python 3.{_NEWER[name]} 起才有，而评分用的是 Python {this_python()}" in render(told, "zh-CN")
    assert of_import("AttributeError", "module 'torch' has no attribute 'nothing'") is None
    assert of_import("ImportError", "cannot import name 'x' from 'y' " * 1_000) is not None
    assert of_import("ValueError", "cannot import name 'override' from 'typing'") is None
