"""Files that Python can't read, and names that stand where they do not run: told exactly, in both languages."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.errors import SubmissionError
from grader.submission.examine import InProcess
from grader.submission.fstrings import without_new_fstrings
from grader.submission.model import Demands, Submission
from grader.submission.stopped import reason
from grader.text import LANGUAGES, Message, render
from tests.reading import read_submission

FUNCTION = "import torch\n\n\ndef f(x):\n    return x\n"
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
GRADES = (f"Python {HERE} grades your code", f"评分用的是 Python {HERE}")

#: What was pasted along, other languages, and typing errors: code, its line that is told of, and the sentences' parts.
UNREADABLE: dict[str, tuple[str, int, str, str]] = {
    "merge marks": (
        FUNCTION + "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n",
        6,
        "a mark that Git leaves",
        "合并冲突标记",
    ),
    "merge marks in a body": (
        "def f(x):\n<<<<<<< ours\n    return 1\n=======\n    return 2\n>>>>>>> theirs\n",
        2,
        "a mark that Git leaves",
        "合并冲突标记",
    ),
    "the end of a merge": (FUNCTION + "=======\nx = 2\n>>>>>>> other\n", 6, "a mark that Git leaves", "合并冲突标记"),
    "prompt": (">>> import torch\n>>> torch.ones(1)\ntensor([1.])\n", 1, "begins with >>>", "以 >>> 开头"),
    "prompt of a block": (FUNCTION + "def g(x):\n... return x\n", 7, "begins with ...", "以 ... 开头"),
    "Markdown": ("Here it is:\n", 1, "Python can't read this line", "Python 看不懂这一行"),
    "fence": ("```py\n" + FUNCTION + "```\n", 1, "a mark around code in Markdown", "Markdown 的代码块标记"),
    "fence at the end": (FUNCTION + "```\n", 6, "a mark around code in Markdown", "Markdown 的代码块标记"),
    "line numbers": (
        "1  import torch\n2  def f(x):\n3      return x\n",
        1,
        "begin with their own numbers",
        "以行号开头",
    ),
    "line numbers with dots": ("  7. import torch\n  8. x = 1\n", 1, "begin with their own numbers", "以行号开头"),
    "diff": ("+import torch\n+def f(x):\n+    return x\n", 1, "a comparison of two versions", "两个版本的对比"),
    "entity": ("if 1 &lt; 2:\n    pass\n", 1, "&lt; is how a web page writes <", "&lt; 是网页里 < 的写法"),
    "HTML": ("<p>import torch</p>\n", 1, "is HTML", "是 HTML"),
    "typographic quotes": ("print(“x”)\n", 1, "only the straight ones", "只认英文的直引号"),
    "single typographic quotes": ("x = ‘a’\n", 1, "only the straight ones", "只认英文的直引号"),
    "full-width brackets": ("x = f（1）\n", 1, "type (", "改输入 ("),
    "full-width colon": ("def f(x)：\n    return x\n", 1, "full-width character", "全角字符"),
    "full-width comma": ("x = (1，2)\n", 1, "type ,", "改输入 ,"),
    "Chinese full stop": ("x = 1。\n", 1, "。", "。"),
    "minus of print": ("x = 3 − 1\n", 1, "no sign of Python's; type -", "请输入 -"),
    "times of print": ("x = 3 × 2\n", 1, "type *", "请输入 *"),
    "superscript": ("x = 3²\n", 1, "a power is written **2", "乘方写成 **2"),
    "non-breaking space": ("def f():\n\u00a0\u00a0return 1\n", 2, "U+00A0", "U+00A0"),
    "zero-width space": ("x = 1\u200b\n", 1, "delete it", "请删掉它"),
    "tabs and spaces": ("def f():\n\tx = 1\n        return x\n", 3, "tabs and spaces are mixed", "制表符"),
    "C comment": ("// sigmoid\n", 1, "a comment begins with #", "注释以 # 开头"),
    "C and": ("x = 1 && 2\n", 1, "writes and, not &&", "写 and"),
    "C or": ("x = 1 || 2\n", 1, "writes or, not ||", "写 or"),
    "else if": ("if 1:\n    x = 1\nelse if 2:\n    x = 2\n", 3, "writes elif", "elif"),
    "not equal": ("x = 1 <> 2\n", 1, "!=, not <>", "!="),
    "function": ("function f(x) { return x }\n", 1, "writes def, not function", "用 def 定义函数"),
    "let": ("let x = 1\n", 1, "no let, var or const", "不写 let"),
    "typed variable": ("float x = 1.0\n", 1, "no type stands before", "前面不写类型"),
    "print": ("print x\n", 1, "print is a function", "print 是函数"),
    "else without if": ("x = 1\nelse:\n    x = 2\n", 2, "belongs to no if", "找不到对应的 if"),
    "keyword as name": ("lambda = 0.5\n", 1, "a word of Python's own", "Python 的关键字"),
    "keyword as function": ("def class(x):\n    pass\n", 1, "a word of Python's own", "Python 的关键字"),
    "def without brackets": ("def f:\n    pass\n", 1, "round brackets with the parameters", "必须有圆括号"),
    "empty body": ("def f(x):\nreturn x\n", 2, "must follow `def f(x):`", "`def f(x):` 之后"),
    "octal": ("x = 07\n", 1, "can't begin with 0", "不能以 0 开头"),
    "digit first": ("2nd = 1\n", 1, "can't begin with a digit", "不能以数字开头"),
    "default first": ("def f(x=1, y):\n    pass\n", 1, "without a default value", "没有默认值的参数"),
    "name first": ("f(x=1, 2)\n", 1, "arguments without a name", "不写名字的参数"),
    "parameter twice": ("def f(x, x):\n    pass\n", 1, "x stands twice", "x 在这些参数里出现了两次"),
    "comma missing": ("x = [1 2]\n", 1, "a comma or an operator missing", "少了逗号"),
    "brackets differ": ("x = [1)\n", 1, "the bracket that is open is [", "没有闭合的括号是 ["),
    "assigns to a call": ("f(x) = 1\n", 1, "on the left of =", "= 的左边"),
    "try alone": ("try:\n    x = 1\ny = 2\n", 3, "a try: stands above", "上面有 try:"),
    "Windows path": ("open('C:\\Users\\ada')\n", 1, "a \\ begins a special character", "用来开始一个特殊字符"),
    "await in a def": ("def f():\n    await g()\n", 2, "async def", "async def"),
    "break outside": ("x = 1\nbreak\n", 2, "only inside a loop", "只能写在循环里面"),
    "triple quotes": ("x = '''a\n", 1, "three quotation marks", "三引号"),
    "backslash": ("x = 1 \\ + 2\n", 1, "at the very end of a line", "一行的最末尾"),
}

#: Newer syntax: the first version of Python that reads it, the code, its line, and the sentence's parts.
NEWER: dict[str, tuple[tuple[int, int], str, int, str]] = {
    "quotes": ((3, 12), 'd = {"a": 1}\nprint(f"{d["a"]}")\n', 2, "Python 3.12"),
    "backslash": ((3, 12), "x = f\"{'\\n'.join(['a'])}\"\n", 1, "Python 3.12"),
    "comment": ((3, 12), 'x = f"{1 # one\n}"\n', 1, "Python 3.12"),
    "nested": ((3, 12), 'x = f"{f"{f"{1}"}"}"\n', 1, "Python 3.12"),
    "format": ((3, 12), 'w = {"a": 3}\nx = f"{1:>{w["a"]}}" + f\'{2!r}\'\n', 2, "Python 3.12"),
    "type": ((3, 12), "type Vector = list[float]\n", 1, "Python 3.12"),
    "generic type": ((3, 12), "type Pair[T] = tuple[T, T]\n", 1, "Python 3.12"),
    "generic function": ((3, 12), "def f[T](x: T) -> T:\n    return x\n", 1, "Python 3.12"),
    "generic class": ((3, 12), "x = 1\n\nclass A[T, *Ts]:\n    pass\n", 3, "Python 3.12"),
    "except": ((3, 14), "try:\n    x = 1\nexcept ValueError, TypeError:\n    x = 2\n", 3, "Python 3.14"),
    "except of modules": ((3, 14), "try:\n    x = 1\nexcept a.B, c.D, E:\n    x = 2\n", 3, "Python 3.14"),
    "template": ((3, 14), "x = t'a {1}'\n", 1, "Python 3.14"),
}

#: What looks like newer syntax, and no Python reads.
NOT_NEWER = (
    'print(f"{d["a"}")\n',
    'x = f"{a b["c"]}"\n',
    'x = f"}"\n',
    "type X = = 1\n",
    "def f[T(x):\n    pass\n",
    "def f[T](x:\n    pass\n",
    "try:\n    x\nexcept A, :\n    pass\n",
    "x = t'a' 'b' c\n",
    'x = f"{"\n',
    "x = f'{}'\n",
    'print(f"{x["a"]}" 1 2)\n',
)


def unreadable(code: str) -> Message:
    with pytest.raises(SubmissionError) as caught:
        InProcess().examine(submission(code), Demands(("f",), ()))
    return caught.value.message


def submission(code: str) -> Submission:
    found = InProcess().content(code.encode(), "a.py", is_notebook=False, names=frozenset())
    return Submission(name="a.py", sha256="", chunks=found.chunks)


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable(name: str) -> None:
    code, line, *parts = UNREADABLE[name]
    told = unreadable(code)
    for language, part, place in zip(LANGUAGES, parts, (f"a.py, line {line}: ", f"a.py 第 {line} 行："), strict=True):
        assert render(told, language).startswith(place) and part in render(told, language), render(told, language)


@pytest.mark.parametrize(
    ("line", "column", "kind", "told"),
    [
        ("x = 3²", 5, "decimal", "a power is written **2"),
        ("x = 12\u200b", 6, "decimal", "(U+200B) here"),
        ("x = (1.5，2)", 8, "decimal", "a full-width character"),
        ("x = 0x1f）", 8, "hexadecimal", "a full-width character"),
        ("x = 2—1", 5, "decimal", "type -"),
        ("x = 2x", 5, "decimal", "followed directly by letters"),
        ("x = 2π", 5, "decimal", "followed directly by letters"),
        ("x = 12", 6, "decimal", "followed directly by letters"),
    ],
)
def test_the_words_of_python_before_3_11_4(line: str, column: int, kind: str, told: str) -> None:
    """A sign that is none of Python's, right behind a number: those point at the number's last digit."""
    error = SyntaxError(f"invalid {kind} literal", ("a.py", 1, column, line))
    assert told in render(reason(error, f"{line}\n", 1), "en")


@pytest.mark.parametrize("name", NEWER)
def test_newer_syntax(name: str) -> None:
    version, code, line, needed = NEWER[name]
    if sys.version_info >= version:
        ast.parse(code)
        return
    told = unreadable(FUNCTION + code)
    for language, grades in zip(LANGUAGES, GRADES, strict=True):
        text = render(told, language)
        assert needed in text and grades in text and str(line + FUNCTION.count("\n")) in text, text


@pytest.mark.parametrize("code", NOT_NEWER)
def test_what_no_python_reads_is_not_called_newer(code: str) -> None:
    told = render(unreadable(code), "en")
    assert "Python 3.1" not in told, told


def test_f_strings_of_any_kind_are_told_apart_in_linear_time() -> None:
    for text in ('f"' * 2_000, 'f"{' * 2_000, "f'{" * 3 + "x" * 5_000, '{"' * 2_000, "f'''{" * 500, 'f"{a!' * 1_000):
        without_new_fstrings(text)
    assert without_new_fstrings('print(f"{d["a"]}", "b", 1)  # f"') == 'print(\'\', "b", 1)  # f"'


#: Where f stands instead, and parts of what is said.
ELSEWHERE: dict[str, tuple[str, str, str]] = {
    "class": (
        "class Solution:\n    def f(self, x):\n        return x\n",
        "f: this stands inside the class Solution (line 2)",
        "f：写在了类 Solution 里面（第 2 行）",
    ),
    "guard": (
        "if __name__ == '__main__':\n    def f(x):\n        return x\n",
        'under `if __name__ == "__main__":` (line 2)',
        '`if __name__ == "__main__":` 下面（第 2 行）',
    ),
    "function": (
        "def main():\n    def f(x):\n        return x\n",
        "inside the function main (line 2)",
        "函数 main 里面",
    ),
    "function in a class": (
        "class A:\n    def g(self):\n        f = 1\n",
        "inside the function g (line 3)",
        "函数 g 里面",
    ),
    "string": ("'''\ndef f(x):\n    return x\n'''\n", "inside a string (line 1)", "字符串里（第 1 行）"),
    "string of a name": ("code = '''def f(x):\n    return x'''\n", "inside a string (line 1)", "字符串里（第 1 行）"),
    "comment": ("x = 1\n# def f(x):\n#     return x\n", "in a comment (line 2)", "注释里（第 2 行）"),
    "nowhere": ("x = 1\n", "f is not defined", "没有定义 f"),
    "class and nothing of the kind": ("class A:\n    def g(self): ...\n", "f is not defined", "没有定义 f"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_elsewhere(name: str) -> None:
    code, *parts = ELSEWHERE[name]
    missing = InProcess().examine(submission(code), Demands(("f",), ())).missing
    assert missing is not None
    for language, part in zip(LANGUAGES, parts, strict=True):
        assert part in render(missing, language), render(missing, language)


def test_names_of_one_place_are_told_together() -> None:
    code = "class S:\n    def f(self): ...\n    def g(self): ...\n\n\ndef main():\n    def h(): ...\n"
    missing = InProcess().examine(submission(code), Demands(("f", "g", "h", "none"), ())).missing
    assert missing is not None
    lines = render(missing, "en").split("\n")
    assert [line.partition(":")[0] for line in lines] == ["f, g", "h", "none is not defined; the exercise asks for it"]


def cell(kind: str, source: str) -> dict[str, Any]:
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "source": source, "metadata": {}, **code}


@pytest.mark.parametrize(
    ("cells", "english", "chinese"),
    [
        (
            [("markdown", "# Title"), ("code", "x = 1"), ("markdown", "def f(x):\n    return x")],
            "in a Markdown cell of the notebook (cell 3",
            "Markdown 单元格里（第 3 个单元格",
        ),
        (
            [("code", "x = 1"), ("raw", "def f(x):\n    return x")],
            "in a raw cell of the notebook (cell 2",
            "原始（Raw）单元格",
        ),
        (
            [("code", "x = 1"), ("code", "def f(x):\n    return x +")],
            "in code cell 2, which was left out",
            "第 2 个代码单元格",
        ),
        ([("code", "x = 1\nclass A:\n    def f(self): ...")], "(code cell 1, line 3)", "第 1 个代码单元格第 3 行"),
    ],
)
def test_cells(cells: list[tuple[str, str]], english: str, chinese: str, tmp_path: Path) -> None:
    file = tmp_path / "a.ipynb"
    text = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell(*one) for one in cells]}
    file.write_text(json.dumps(text), "utf-8")
    missing = InProcess().examine(read_submission(file, slug="f"), Demands(("f",), ())).missing
    assert missing is not None and english in render(missing, "en"), missing
    assert chinese in render(missing, "zh-CN")


def test_many_cells_of_text_are_read_within_bounds(tmp_path: Path) -> None:
    file = tmp_path / "a.ipynb"
    cells = [cell("markdown", f"def f{n}(x): ...\n" * 50) for n in range(2_000)]
    file.write_text(
        json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [*cells, cell("code", "x = 1")]}),
        "utf-8",
    )
    assert len(read_submission(file, slug="f").asides) == 200
