"""Files and packages that a submission brings along: taken within bounds, found by every import, and no way around what
an exercise forbids."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.reader.client import Reader
from grader.result import Result
from grader.submission.examine import InProcess
from grader.submission.model import Demands
from grader.text import LANGUAGES, render
from tests.bad_input import check, graded, short_course
from tests.reading import read_submission
from tests.sentences.test_confined import RIGHT

LAST = "def tanh_from_sigmoid(x):\n    return 2 * sigmoid(2 * x) - 1\n"
SAME = "def same(x):\n    return x\n"
SQUASH = "import torch\n\n\ndef squash(x):\n    return torch.sigmoid(x)\n"


def ending(imports: str, value: str) -> str:
    """A submission whose last function gives this value, by what is imported just before it."""
    last = f"def tanh_from_sigmoid(x):\n    y = 2 * sigmoid(2 * x) - 1\n    return {value}\n"
    return RIGHT.replace(LAST, f"{imports}\n\n\n{last}")


#: The imports before the last function, what it gives, and the files beside it. All of these are right.
WORK: dict[str, tuple[str, str, dict[str, str]]] = {
    "a file": ("from utils import same", "same(y)", {"utils.py": SAME}),
    "a relative file": ("from .utils import same", "same(y)", {"utils.py": SAME}),
    "a relative module": ("from . import utils", "utils.same(y)", {"utils.py": SAME}),
    "a relative module by another name": ("from . import utils as u", "u.same(y)", {"utils.py": SAME}),
    "all of a relative file": ("from .utils import *", "same(y)", {"utils.py": SAME}),
    "a file in a folder": ("from mylib.helpers import same", "same(y)", {"mylib/helpers.py": SAME}),
    "a module in a folder": ("import mylib.helpers as h", "h.same(y)", {"mylib/helpers.py": SAME}),
    "a dotted module": ("import mylib.helpers", "mylib.helpers.same(y)", {"mylib/helpers.py": SAME}),
    "a relative folder": ("from .mylib.helpers import same", "same(y)", {"mylib/helpers.py": SAME}),
    "a relative module of a folder": ("from .mylib import helpers", "helpers.same(y)", {"mylib/helpers.py": SAME}),
    "a package": (
        "from mylib import same",
        "same(y)",
        {"mylib/__init__.py": "from .helpers import same\n", "mylib/helpers.py": SAME},
    ),
    "a package of constants": ("import mylib", "mylib.ONE * y", {"mylib/__init__.py": "ONE = 1\n"}),
    "modules that import each other": (
        "from mylib.a import same",
        "same(y)",
        {
            "mylib/__init__.py": "",
            "mylib/a.py": "from . import b\nfrom .b import one\n\n\ndef same(x):\n    return one * x\n",
            "mylib/b.py": "one = 1\n",
        },
    ),
    "a package in a package": (
        "from mylib.deep.er import same",
        "same(y)",
        {
            "mylib/deep/er.py": "from ..consts import ONE\nfrom top import same as s\n\n\n"
            "def same(x):\n    return ONE * s(x)\n",
            "mylib/consts.py": "ONE = 1\n",
            "top.py": SAME,
            "mylib/__init__.py": "",
            "mylib/deep/__init__.py": "",
        },
    ),
    "a file that asks for another": (
        "from . import utils",
        "utils.same(y)",
        {"utils.py": "from .more import same\n", "more.py": SAME},
    ),
    "one that asks for the submission": ("", "y", {}),
    "an import in a function": ("", "__import__('utils').same(y)", {"utils.py": SAME}),
}

#: The same, where the value comes by something that the exercise forbids.
FORBIDDEN: dict[str, tuple[str, str, dict[str, str]]] = {
    "a relative file": ("from .utils import squash", "2 * squash(2 * x) - 1", {"utils.py": SQUASH}),
    "a relative module": ("from . import utils", "2 * utils.squash(2 * x) - 1", {"utils.py": SQUASH}),
    "all of a relative file": ("from .utils import *", "2 * squash(2 * x) - 1", {"utils.py": SQUASH}),
    "a file in a folder": ("from mylib.helpers import squash", "2 * squash(2 * x) - 1", {"mylib/helpers.py": SQUASH}),
    "a dotted module": ("import mylib.helpers", "2 * mylib.helpers.squash(2 * x) - 1", {"mylib/helpers.py": SQUASH}),
    "a package": (
        "from mylib import squash",
        "2 * squash(2 * x) - 1",
        {"mylib/__init__.py": "from .helpers import squash\n", "mylib/helpers.py": SQUASH},
    ),
    "a package itself": ("import mylib", "2 * mylib.squash(2 * x) - 1", {"mylib/__init__.py": SQUASH}),
    "a package's own module": (
        "from mylib.b import squash",
        "2 * squash(2 * x) - 1",
        {
            "mylib/__init__.py": "from torch import sigmoid\n",
            "mylib/b.py": "from . import sigmoid\n\nsquash = sigmoid\n",
        },
    ),
    "a package above": (
        "from mylib.deep.er import squash",
        "2 * squash(2 * x) - 1",
        {"mylib/base.py": SQUASH, "mylib/deep/er.py": "from ..base import squash\n"},
    ),
    "two modules of one name": (
        "from b.utils import squash",
        "2 * squash(2 * x) - 1",
        {"a/utils.py": SAME, "b/utils.py": SQUASH, "a/__init__.py": "", "b/__init__.py": ""},
    ),
}

#: What is said where a file is missing, in both languages.
MISSING: dict[str, tuple[str, tuple[str, str]]] = {
    "a relative file": (
        "from .utils import f",
        ("imports from utils.py, which was not found beside it", "要从 utils.py 导入"),
    ),
    "a relative folder": ("from .mylib.helpers import f", ("imports from mylib.py", "要从 mylib.py 导入")),
    "a relative name": ("from . import helpers", ("there is no helpers.py beside it", "旁边也没有 helpers.py")),
    "above": ("from ..utils import f", ("a dot too many", "点号多了")),
    "a companion by a dot": ("import plain", ("imports another by a dot", "用带点号的写法（相对导入）导入另一个文件")),
    "a companion's dots": ("import pack.a", ("a dot too many", "点号多了")),
    "a name": ("from collections import Missing", ("The module collections was found", "找到了模块 collections")),
}
#: What lies beside those.
BESIDE = {"plain.py": "from .more import one\n", "more.py": "one = 1\n", "pack/a.py": "from ..more import one\n"}


def hand_in(folder: Path, source: str, files: Mapping[str, str]) -> Path:
    for name, text in {"sigmoid_derivative.py": source, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder / "sigmoid_derivative.py"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Result]:
    place = tmp_path_factory.mktemp("companions")
    files = {}
    for number, (name, (imports, value, beside)) in enumerate(
        [
            *((f"work {name}", case) for name, case in WORK.items()),
            *((f"forbidden {name}", (imports, value, beside)) for name, (imports, value, beside) in FORBIDDEN.items()),
            *((f"missing {name}", (imports, "y", BESIDE)) for name, (imports, _) in MISSING.items()),
        ]
    ):
        files[hand_in(place / str(number), ending(imports, value), beside)] = name
    return {files[file]: result for file, result in graded(short_course(place / "course"), files).items()}


@pytest.mark.parametrize("name", WORK)
def test_work(name: str, results: Mapping[str, Result]) -> None:
    result = results[f"work {name}"]
    assert result.score == 10, (result.message, result.notes, [check.message for check in result.checks])


@pytest.mark.parametrize("name", FORBIDDEN)
def test_forbidden(name: str, results: Mapping[str, Result]) -> None:
    told = check(results[f"forbidden {name}"], "tanh_from_sigmoid")
    assert not told.passed and told.message is not None
    assert "which this exercise does not allow: see its statement" in told.message["en"], told.message


@pytest.mark.parametrize("name", MISSING)
def test_missing(name: str, results: Mapping[str, Result]) -> None:
    result = results[f"missing {name}"]
    texts = [text for text in (result.message, *result.notes) if text is not None]
    for language, part in zip(LANGUAGES, MISSING[name][1], strict=True):
        assert any(part in text[language] for text in texts), texts


def taken(folder: Path, source: str, files: Mapping[str, str]) -> tuple[set[str], list[str]]:
    found = read_submission(hand_in(folder, source, files), slug="sigmoid_derivative")
    return {*found.companions}, [render(note, "en") for note in found.notes]


def test_what_is_not_mentioned_stays_behind(tmp_path: Path) -> None:
    files = {"other.py": "", "lib/a.py": "", "lib/b.py": "", "lib/__init__.py": "", "unused/a.py": "", ".git/a.py": ""}
    assert taken(tmp_path, "from lib import a\n", files) == ({"lib/__init__.py", "lib/a.py"}, [])


def test_bounds(tmp_path: Path) -> None:
    """Files, bytes and depth are bounded, and links lead nowhere."""
    names, notes = taken(
        tmp_path / "many",
        "import lib\n" + "".join(f"from lib import m{n}\n" for n in range(40)),
        {f"lib/m{n}.py": "" for n in range(40)},
    )
    assert len(names) == 20 and "at most 20 files are taken along" in notes[0]
    large = "#" * 900_000
    names, notes = taken(tmp_path / "large", "import lib.a, lib.b\n", {"lib/a.py": large, "lib/b.py": large})
    assert names == {"lib/a.py"} and "lib/b.py" in notes[0]
    deep = "/".join("abcde")
    names, notes = taken(tmp_path / "deep", f"import {'.'.join('abcde')}.f\n", {f"{deep}/f.py": "", "a/b/c/f.py": ""})
    assert names == {"a/b/c/f.py"}
    secret = tmp_path / "secret.py"
    secret.write_text("secret = 1\n")
    linked = tmp_path / "linked"
    (linked / "lib").mkdir(parents=True)
    os.symlink(tmp_path, linked / "all")
    os.symlink(secret, linked / "lib" / "secret.py")
    assert taken(linked, "import all.secret\nimport lib.secret\n", {})[0] == set()


def test_a_folder_may_not_take_a_librarys_place(tmp_path: Path) -> None:
    names, notes = taken(tmp_path, "import torch\n", {"torch/__init__.py": "", "torch/nn.py": ""})
    assert names == set() and "it would replace the library of that name" in notes[0]


def test_the_confined_reader_finds_the_same(tmp_path: Path) -> None:
    imports, value, files = FORBIDDEN["a package"]
    file = hand_in(tmp_path, ending(imports, value), files)
    demands = Demands(("tanh_from_sigmoid",), ("torch.sigmoid",))
    reader = Reader()
    try:
        from grader.submission.read import read_submission as read

        submission = read(file, slug="sigmoid_derivative", parser=reader)
        confined = reader.examine(submission, demands)
    finally:
        reader.close()
    assert confined.forbidden == InProcess().examine(submission, demands).forbidden != {}
