from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from grader.errors import GradeError, SubmissionError, UsageError
from grader.submission.syntax import parse
from tests.reading import read_submission


def refused(path: Path, **options: Any) -> GradeError:
    with pytest.raises(GradeError) as caught:
        read_submission(path, slug="sigmoid_derivative", **options)
    assert type(caught.value) in (UsageError, SubmissionError)
    return caught.value


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "my work 作业"
    folder.mkdir()
    return folder / "我的 答案.py"


def test_reads_a_file_with_chinese_and_spaces_in_its_path(file: Path) -> None:
    file.write_bytes("x = '值'\r\ny = 2\rz = 3\n".encode("utf-8-sig"))
    submission = read_submission(file, slug="sigmoid_derivative")
    assert submission.chunks[0].source == "x = '值'\ny = 2\nz = 3\n"
    parsed = parse(submission)
    assert (submission.name, parsed.line(2), parsed.place(3)) == ("我的 答案.py", "y = 2", (None, 3))
    assert len(submission.sha256) == 64


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"x = 1\0", "null bytes"),
        ("x = 1".encode("utf-16"), "UTF-16"),
        ("x = 1\n# 作业，求导数\n".encode("gbk"), "saved as GBK (see line 2)"),
        (b"x = 1\n\n# \xff\xff\n", "line 3 of"),
        (b"# coding: punycode\nx = 1\n", "encoding punycode"),
        (b"# coding: no-such\nx = 1\n", "encoding no-such"),
        ("# coding: gbk\nx = 'é'\n".encode("latin-1"), "is not gbk"),
    ],
)
def test_what_is_no_python_text(file: Path, content: bytes, told: str) -> None:
    file.write_bytes(content)
    error = refused(file)
    assert error.exit_status == 3 and told in str(error)


def test_a_named_encoding_is_followed(file: Path) -> None:
    file.write_bytes("#!/usr/bin/python\n# -*- coding: gbk -*-\nx = '导数'\n".encode("gbk"))
    assert "导数" in read_submission(file, slug="s").chunks[0].source
    file.write_bytes("x = 1\ny = 2\n# coding: gbk\nz = '导数'\n".encode())
    assert "导数" in read_submission(file, slug="s").chunks[0].source


def test_no_file_and_folders_are_wrong_use(tmp_path: Path) -> None:
    for path in (tmp_path / "none.py", tmp_path / "none" / "none.py", Path("a\0b.py"), tmp_path):
        assert refused(path).exit_status == 2


def test_a_name_too_long_or_of_odd_bytes(tmp_path: Path) -> None:
    assert refused(tmp_path / ("a" * 300 + ".py")).exit_status == 3
    error = refused(tmp_path / "\udcff\x1b[31m.py")
    str(error).encode()
    assert "\x1b" not in str(error)


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "answer.py")
    assert "is a pipe" in str(refused(tmp_path / "answer.py"))


def test_a_socket_and_a_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("answer.py")
        assert "is a socket" in str(refused(Path("answer.py")))
    assert "is a device" in str(refused(Path("/dev/zero")))


def test_links(tmp_path: Path) -> None:
    (tmp_path / "real.py").write_text("x = 1")
    for name, target in {"good": "real.py", "zero": "/dev/zero", "loop": "loop.py", "gone": "nothing"}.items():
        (tmp_path / f"{name}.py").symlink_to(target)
    assert read_submission(tmp_path / "good.py", slug="s").chunks[0].source == "x = 1"
    assert "hand in the file itself" in str(refused(Path("good.py"), root=tmp_path))
    assert "is a device" in str(refused(tmp_path / "zero.py"))
    assert "leads to no file" in str(refused(tmp_path / "loop.py"))
    assert "leads to no file" in str(refused(tmp_path / "gone.py"))


@pytest.mark.parametrize(
    ("suffix", "told"), [(".py", "at most 1 MiB"), (".ipynb", "at most 256 MiB"), (".txt", "neither a .py file")]
)
def test_a_huge_file_is_refused_unread(tmp_path: Path, suffix: str, told: str) -> None:
    path = tmp_path / f"huge{suffix}"
    with path.open("wb") as sparse:
        sparse.truncate(300 << 20)
    assert told in str(refused(path))


def test_companions_are_those_it_mentions(file: Path) -> None:
    folder = file.parent
    file.write_text("import helper\nimport torch\nfrom link import x\n")
    contents = {"helper": "import 深层", "深层": "", "unused": "x", "torch": "x", "sigmoid_derivative": "import helper"}
    for name, text in contents.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    (folder / "link.py").symlink_to("/etc/passwd")
    submission = read_submission(file, slug="sigmoid_derivative")
    assert submission.companions == {"helper.py": "import 深层".encode(), "深层.py": b""}
    assert [note.fields["file"] for note in submission.notes] == ["torch.py"]


def test_companions_are_bounded(file: Path) -> None:
    file.write_text("\n".join(f"import h{i}" for i in range(30)))
    for i in range(30):
        (file.parent / f"h{i}.py").write_bytes(b"#" * (300_000 if i < 10 else 10))
    submission = read_submission(file, slug="s")
    assert len(submission.companions) <= 20 and sum(map(len, submission.companions.values())) <= 1 << 20
    assert len(submission.companions) + len(submission.notes) == 30


def cell(source: str | list[str], kind: str = "code") -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "metadata": {}, "outputs": [{"data": {"x": [1, {"y": None}]}}]}


def notebook(path: Path, *sources: str | list[str], **changes: Any) -> Path:
    metadata = {"kernelspec": {"name": "python3", "language": "python"}}
    document = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": metadata,
        "cells": [cell("# Title", "markdown"), *map(cell, sources)],
    }
    path.write_text(json.dumps(document | changes), "utf-8")
    return path


def test_a_notebooks_cells_with_their_lines(tmp_path: Path) -> None:
    path = notebook(tmp_path / "a.ipynb", ["import torch\n", "x = 1"], "  ", "def f():\n    return 2")
    submission = read_submission(path, slug="s")
    assert [(chunk.label, chunk.source, chunk.first_line) for chunk in submission.chunks] == [
        ("1", "import torch\nx = 1", 1),
        ("3", "def f():\n    return 2", 3),
    ]
    parsed = parse(submission)
    assert parsed.place(4) == ("3", 2) and parsed.line(4) == "    return 2"


def test_magics_are_left_out_and_told(tmp_path: Path) -> None:
    source = (
        '%matplotlib inline\nx = """\n% kept\n"""\ny = (7\n% 4)\nif x:\n'
        "    !ls \\\n  -l\nfiles = !ls\nx.sum?\nz = 5 \\\n% 3"
    )
    submission = read_submission(
        notebook(tmp_path / "a.ipynb", source, "%%bash\nrm -rf x", "%%time\nb = 1", "# 50%\nc = 1 % 2"), slug="s"
    )
    assert submission.chunks[0].source == (
        '\nx = """\n% kept\n"""\ny = (7\n% 4)\nif x:\n    pass\n\nfiles = get_ipython()\n\nz = 5 \\\n% 3'
    )
    assert [chunk.label for chunk in submission.chunks] == ["1", "3", "4"]
    assert len(parse(submission).trees) == 3
    assert submission.chunks[1].source == "\nb = 1"
    assert [note.fields["cell"] for note in submission.notes] == [1, 2, 3]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("x = 1", "isn't JSON"),
        ("[1, 2]", "no notebook"),
        ('{"a": 1}', "no notebook"),
        ('{"nbformat": 4, "cells": 3}', "damaged notebook: cells is"),
        ('{"nbformat": 3, "worksheets": []}', "old format 3"),
        ('{"nbformat": 9, "cells": []}', "format 9"),
        ('{"nbformat": 4, "cells": []}', "no code cell"),
        ('{"nbformat": 4, "metadata": {"language_info": {"name": "R"}}, "cells": []}', "notebook for R"),
        ("[" * 100_000, "notebook"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": "' + "x" * (2 << 20) + '"}]}', "over 1 MiB"),
    ],
)
def test_what_is_no_notebook(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(content)
    error = refused(path)
    assert error.exit_status == 3 and told in str(error)
