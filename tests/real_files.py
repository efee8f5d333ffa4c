"""Files as learners hand them in, and what must come of each: the rows that test_real_files.py grades.

A case is a row in one of the tables: its file, what comes of it, and a part of what the learner reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from textwrap import indent
from typing import Any

#: All of exercise 03 but its last function.
MOST = """\
import torch


def sigmoid(x):
    return torch.exp(-torch.logaddexp(torch.zeros_like(x), -x))


def tanh(x):
    e = torch.exp(-2 * x.abs())
    return torch.sign(x) * (1 - e) / (1 + e)


def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(-x)


def tanh_grad(x):
    e = torch.exp(-2 * x.abs())
    return 4 * e / (1 + e) ** 2

"""
LAST = """
def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1
"""
#: Where MOST ends, and what the whole is worth without LAST.
N, REST = MOST.count("\n") + 1, 6.5


class Case:
    """name: of the file. score, exit: of the whole. told: parts of what is read, by language; `quiet`: no note."""

    def __init__(
        self,
        source: str | list[str] | bytes,
        *told: str,
        score: float = 10,
        name: str = "",
        quiet: bool = False,
        exit: int | None = None,
        beside: Mapping[str, str] | None = None,
    ) -> None:
        self.content = (
            source if isinstance(source, bytes) else (source if isinstance(source, str) else notebook(source)).encode()
        )
        self.name = name or ("sigmoid_derivative.py" if isinstance(source, str) else "sigmoid_derivative.ipynb")
        self.told, self.score, self.quiet = told, score, quiet
        self.exit = exit if exit is not None else 0 if score == 10 else 1
        self.beside = beside or {}


def notebook(cells: list[str], outputs: str = "[]") -> str:
    code = [
        {"cell_type": "code", "source": cell, "metadata": {}, "outputs": [], "execution_count": None} for cell in cells
    ]
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": code})
    return text.replace('"outputs": []', f'"outputs": {outputs}')


def between(code: str) -> str:
    return f"{MOST}{code}\n{LAST}"


def last(before: str, header: str = "def tanh_from_sigmoid(x):", first: str = "pass") -> str:
    """The last function with something around it."""
    return f"{MOST}{before}\n{header}\n    {first}\n    return 2 * sigmoid(2 * x) - 1\n"


def forging(header: Any, more: str = "") -> str:
    """A frame written into whatever is open, in a statement of its own."""
    text = json.dumps(header)
    code = f'import os, struct; text = {text!r}.encode(); frame = struct.pack("<4sIQ", b"GRD1", len(text), 0) + text'
    write = f"""for at in range(3, 64):
    try:
        os.write(at, frame + {more!r}.encode())
    except OSError:
        pass"""
    return between(f"if True:\n    {code}\n    " + write.replace("\n", "\n    "))


HERE, THERE = f"line {N}", f"第 {N} 行"

#: Code at top level that raises, ends the process, crashes or goes on without end, in a file.
STATEMENTS = {
    "raises": Case(between("print(undefined)"), f"Line {N} raised NameError", f"{THERE}抛出了 NameError"),
    "exits": Case(between("exit()"), f"ends the program while it is being loaded, in {HERE}", "就结束了程序", "main"),
    "ends by os": Case(between("import os; os._exit(0)"), f"in {HERE}", f"{THERE}在加载时就结束了程序"),
    "hangs": Case(between("while 1:\n    1"), f"Line {N} took longer than 2 s", f"{THERE}运行超过 2 秒", "__main__"),
    "sleeps in C": Case(between("import time\ntime.sleep(99)"), f"Line {N + 1} took longer", f"第 {N + 1} 行运行超过"),
    "crashes": Case(between("import ctypes\nctypes.string_at(0)"), f"Line {N + 1} was left out", "SIGSEGV", "已略去"),
    "prints without end": Case(between("while 1: print('x' * 999)"), f"Line {N} was left out", "printed more than"),
    "recurses": Case(between("def f(): return f()\n\n\nf()"), f"Line {N + 3} raised RecursionError"),
    "reads standard input": Case(between("n = int(input('n: '))"), f"Line {N} raised EOFError"),
    "opens its own data": Case(between("data = open('data.csv').read()\nprint(data)"), "FileNotFoundError"),
    "asserts": Case(between("assert sigmoid(torch.zeros(1)) == 1, 'no'"), f"Line {N} raised AssertionError: no"),
    "asks for much memory": Case(between("big = [0] * 10 ** 12"), f"Line {N} asked for more memory", "申请的内存"),
    "many tensors": Case([MOST, "\ntorch.ones(10 ** 12)", LAST], "Cell 2, line 2 asked for more"),
    "three loops": Case(
        between("from time import sleep\nwhile True: sleep(1)\nfor _ in iter(int, 1): sleep(1)\nwhile 1: sleep(1)"),
        f"Line {N + 3} took",
    ),
    "seven ends": Case(
        between("import os\n" + "os._exit(1)\n" * 7),
        "Too much of your code was stopped",
        "not run: 3",
        "另外 3 条语句没有运行",
    ),
    "loops in a helper": Case(
        f"import helper\n{MOST}{LAST}",
        "Line 1 took longer",
        beside={"helper.py": "import time\nwhile True:\n    time.sleep(1)\n"},
    ),
    "raises in a block": Case(
        between("for i in range(3):\n    x = torch.zeros(2)\n    x @ i\n"), f"Line {N + 2} raised"
    ),
    "raises first": Case("1 / 0\n" + MOST + LAST, "Line 1 raised ZeroDivisionError"),
    "several on a line": Case(between("a = 1; b = undefined; c = 2"), f"Line {N} raised NameError"),
    "forges how far it is": Case(
        forging({"type": "running", "id": 1, "piece": 10**9}), f"Line {N} was left out", "could not be understood"
    ),
    "forges what is lost": Case(
        forging(
            {
                "type": "loaded",
                "id": 1,
                "names": [],
                "absent": ["x" * 99, "%s{0}"],
                "state": [],
                "lost": [{"chunk": 9, "line": -3, "error": {"kind": "absent", "type_name": "", "message": "{x}" * 99}}],
            },
            "x" * 70000,
        ),
        f"Line {N} was left out",
    ),
    "a future import": Case(
        '"""Mine."""\nfrom __future__ import annotations\n' + between("1 / 0") + "\n\ndef extra(x: Nope): ...\n",
        f"Line {N + 2} raised ZeroDivisionError",
    ),
    "a decorator that raises": Case(
        last("", "@undefined\ndef tanh_from_sigmoid(x):"),
        f"tanh_from_sigmoid is not there: line {N + 1}, which",
        f"没有 tanh_from_sigmoid：定义它的第 {N + 1} 行",
        "NameError",
        score=REST,
    ),
    "a default that hangs": Case(
        last("", "def tanh_from_sigmoid(x, n=[1 for _ in iter(int, 1)]):"),
        "was left out, as a note says",
        f"Line {N + 1} took longer",
        score=REST,
    ),
    "defined in a block that raises": Case(
        f"{MOST}if True:\n    1 / 0\n{LAST.replace(chr(10), chr(10) + '    ')}", f"is not there: {HERE}", score=REST
    ),
    "replaced by what raises": Case(
        f"{MOST}{LAST}\ntanh_from_sigmoid = undefined(tanh_from_sigmoid)\n", f"Line {N + 4} raised NameError"
    ),
}

#: The same in notebooks: the advice is another.
CELLS = {
    "a cell raises": Case([MOST, "1 / 0", LAST], "Cell 2 raised ZeroDivisionError", "第 2 个代码单元格第 1 行抛出了"),
    "a cell trains": Case(
        [MOST, LAST, "import time\nwhile True:\n    time.sleep(1)"],
        "Cell 3, line 2 took longer",
        "delete that cell",
        "请删掉这个单元格",
    ),
    "a cell exits": Case([MOST, "import sys\nsys.exit(0)", LAST], "Cell 2, line 2 ends the program", "会结束程序"),
    "a cell ends by os": Case([MOST, "import os\nos._exit(1)", LAST], "Cell 2, line 2 ends the program"),
    "a cell crashes": Case([MOST, "import os\nos.abort()", LAST], "Cell 2, line 2 was left out", "SIGABRT"),
    "all in one cell": Case([between("while True:\n    pass")], f"Cell 1, line {N} took longer"),
    "what follows from it": Case([MOST, "x = undefined\nx + 1\nx + 2", LAST], "Cell 2 raised NameError: name 'und"),
    "a cell that is no Python": Case([MOST, "for x in:", LAST], "a cell was left out"),
    "a function lost in a cell": Case(
        [MOST, "1 / 0\n" + LAST.replace("x)", "x, n=undefined)", 1)],
        "is not there: cell 2, line 3",
        "第 2 个代码单元格第 3 行",
        score=REST,
    ),
}

#: Modules that are not installed here. `absent_one` stands for pandas, tqdm and the like.
MODULES = {
    "imported": Case("import absent_one as a\n" + MOST + LAST, "There is no module absent_one", "没有 absent_one"),
    "a name of it": Case(f"from absent_one import bar\n{MOST}{LAST}", "There is no module absent_one"),
    "a part of it": Case(f"import absent_one.sub.part as p, absent_two.x\n{MOST}{LAST}", "absent_one", "absent_two"),
    "a name of a part": Case(f"from absent_one.sub import a, b as c\n{MOST}{LAST}", "There is no module absent_one"),
    "all of it": Case(f"from absent_one import *\n{MOST}{LAST}", "There is no module absent_one"),
    "before others in a cell": Case(
        ["import absent_one, math\nimport torch", MOST, LAST], "There is no module absent_one"
    ),
    "used at top level": Case(
        "import absent_one\n" + between("absent_one.show(3)"), f"Line {N + 1} was left out: it", "absent_one", "已略去"
    ),
    "iterated at top level": Case(
        ["from absent_one import bar\n" + MOST, "for _ in bar(range(3)):\n    pass", LAST],
        "Cell 2, line 1 was left out",
    ),
    "used in a function": Case(
        last("from absent_one import bar", first="x = bar(x)"),
        "uses absent_one, a module that is not installed",
        "用到了模块 absent_one",
        score=REST,
    ),
    "imported in a function": Case(last("", first="import absent_one"), quiet=True),
    "used where imported": Case(last("", first="import absent_one; absent_one.log(x)"), "uses absent_one", score=REST),
    "as a decorator": Case(
        last("from absent_one import jit", "@jit\ndef tanh_from_sigmoid(x):"),
        "which defines it, uses absent_one",
        "用到了 absent_one",
        score=REST,
    ),
    "as a decorator's part": Case(
        last("import absent_one", "@absent_one.jit(cache=True)\ndef tanh_from_sigmoid(x):"),
        "uses absent_one",
        score=REST,
    ),
    "as an annotation": Case(
        last("import absent_one as a\nfrom absent_two import F", 'def tanh_from_sigmoid(x: F[a.T, "n"]) -> a.T:'),
        "There is no module absent_one",
    ),
    "as a base class": Case("import absent_one\n" + between("class Net(absent_one.Module):\n    pass"), "was left out"),
    "as an imported base": Case("from absent_one import M\n" + between("class Net(M):\n    pass"), "was left out"),
    "with a way to do without": Case(
        between("try:\n    import absent_one\nexcept ImportError:\n    absent_one = None")
        + "assert absent_one is None\n",
        quiet=True,
    ),
    "with a way in a function": Case(
        last(
            "def has():\n    try:\n        import absent_one\n        return True\n    except ImportError:\n"
            "        return False\n",
            first="assert not has()",
        ),
        quiet=True,
    ),
    "a caller does without": Case(
        f"{MOST}def get():\n    import absent_one\n    return absent_one\n\n\ntry:\n    get()\nexcept ImportError:\n"
        f"    found = False\nassert not found\n{LAST}",
        quiet=True,
    ),
    "asked for before": Case(
        between("import importlib.util\nassert importlib.util.find_spec('absent_one') is None"), quiet=True
    ),
    "in a helper": Case(
        f"from helper import double\n{MOST}{LAST}",
        "There is no module absent_one",
        beside={"helper.py": "import absent_one\n\n\ndef double(x):\n    return 2 * x\n"},
    ),
    "a known one": Case("import jax.numpy\n" + MOST + LAST, "The module jax is not installed", "没有安装模块 jax"),
    "misspelled": Case("import numppy as np\n" + MOST + LAST, "Is numpy meant?", "是不是想写 numpy"),
    "misspelled, of Python": Case("from colections import deque\n" + MOST + LAST, "Is collections meant?"),
    "a slip below torch": Case(
        "import torch.nm as nn\n" + MOST + LAST,
        "Line 1 raised ModuleNotFoundError: No module named 'torch.nm'",
        "Is torch.nn meant?",
        "是不是想写 torch.nn",
    ),
    "a name that torch lacks": Case("from torch.nn import Linaer\n" + MOST + LAST, "cannot import name 'Linaer'"),
    "only for its type": Case(
        last("from absent_one import Frame", first="assert not isinstance(x, Frame)"), "absent_one"
    ),
}

_EXPORTED = json.dumps("\n" + LAST)
#: What only IPython understands, wherever it was exported to.
EXPORTED = {
    "magics in a file": Case(
        f"%load_ext autoreload\n!pip install torch\n{MOST}%matplotlib inline\n{LAST}",
        "IPython lines such as %load_ext autoreload were left out",
        "只有 IPython 认识的行",
    ),
    "a magic in a function": Case(last("", first="!nvidia-smi"), "IPython lines such as !nvidia-smi"),
    "pip without a sign": Case(f"pip install torch\n{MOST}{LAST}", "IPython lines such as pip install torch"),
    "pip without a sign, in a cell": Case(["pip install -q torch\ncd ..", MOST, LAST], "such as pip install -q torch"),
    "cells with a mark": Case(
        f"# %% [markdown]\n# Text\n# %%\n%%time\n{MOST}\n# %%\n%%bash\necho 'a b\n# %%\n{LAST}",
        "%%bash is no Python",
        "%%bash 不是 Python",
    ),
    "a timed cell": Case([f"%%time\n{MOST}", LAST], "%%time"),
    "a timed statement": Case([MOST, "%time y = sigmoid(torch.zeros(2))\nassert y.sum() == 1", LAST], quiet=True),
    "an exported timed cell": Case(
        f"{MOST}\nget_ipython().run_cell_magic('time', '', {_EXPORTED})\n", "run_cell_magic", "已在原处展开"
    ),
    "an exported cell of a shell": Case(between("get_ipython().run_cell_magic('bash', '', 'exit 1')"), quiet=True),
    "exported magics": Case(
        "#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\n\nget_ipython().system('pip install x')\n"
        f"get_ipython().run_line_magic('matplotlib', 'inline')\n{MOST}\n\n# In[ ]:\n\n{LAST}",
        quiet=True,
    ),
    "magics called in a function": Case(last("", first="get_ipython().run_line_magic('time', '1')"), quiet=True),
    "asks whether it is in IPython": Case(
        between("try:\n    get_ipython()\n    inside = True\nexcept NameError:\n    inside = False\nassert not inside"),
        quiet=True,
    ),
    "prompts of IPython": Case(
        "In [1]: import torch\n\n"
        + "".join(
            f"In [{n}]: " + body.strip().replace("\n", "\n   ...: ") + "\n   ...: \n\nIn [9]: 1 + 1\nOut[9]: 2\n\n"
            for n, body in enumerate([*MOST.partition("import torch")[2].strip().split("\n\n\n"), LAST], 2)
        ),
        "line 1: IPython's prompts, such as In [1]:, and what it showed were left out",
        "提示符",
    ),
    "a file of one's own that is not there": Case(f"from my_utils import plot\n{MOST}{LAST}", "hand it in beside"),
    "prompts in a cell": Case(["In [1]: x = (1,\n   ...:      2)\nOut[1]: (1, 2)", MOST, LAST], quiet=True),
    "a cell that writes a file": Case(
        [f"%%writefile mine.py\n{LAST}", MOST],
        "%%writefile only writes its text into",
        "only writes",
        "tanh_from_sigmoid is not defined",
        score=REST,
        exit=3,
    ),
    "shows a value": Case(
        [MOST, "display(sigmoid(torch.zeros(2)))", LAST.replace("return", "display(x)\n    return")], quiet=True
    ),
    "what a shell gives": Case([MOST, "files = !ls\nprint(len(files.grep('x')) if files else 0)", LAST]),
    "colab in a file": Case(
        "from google.colab import drive, files\ndrive.mount('/content/drive')\nup = files.upload()\n" + MOST + LAST,
        quiet=True,
    ),
    "colab in a function": Case(last("", first="import google.colab.output; google.colab.output.clear()"), quiet=True),
    "not on colab": Case(
        between(
            "try:\n    import google.colab\n    there = True\nexcept ImportError:\n    there = False\nassert not there"
        ),
        quiet=True,
    ),
    "colab's folder": Case(
        [
            "from google.colab import drive\ndrive.mount('/d')\n%cd /d/My Drive\nimport os\n"
            "os.chdir('/d/My Drive')\n" + MOST,
            LAST,
        ],
        "Cell 1 raised FileNotFoundError",
    ),
    "kaggle": Case(
        "from kaggle_secrets import UserSecretsClient\nkey = UserSecretsClient().get_secret('k')\n" + MOST + LAST,
        quiet=True,
    ),
    "await in a cell": Case([MOST, "import asyncio\nx = await asyncio.sleep(0, 3)\nassert x == 3", LAST], quiet=True),
    "await in a file": Case(
        between("import asyncio\nawait asyncio.gather(asyncio.sleep(0), asyncio.sleep(0))"), quiet=True
    ),
    "async for and with": Case(
        [
            MOST,
            "import asyncio\nlock = asyncio.Lock()\nasync def numbers():\n    yield 1\n",
            "async with lock:\n    found = [n async for n in numbers()]\nasync for n in "
            "numbers():\n    found.append(n)\n"
            "assert found == [1, 1]",
            LAST,
        ],
        quiet=True,
    ),
    "await that never ends": Case([MOST, "import asyncio\nawait asyncio.Event().wait()", LAST], "Cell 2, line 2 took"),
    "await that raises": Case(
        [MOST, "import asyncio\n\nawait asyncio.wait_for(asyncio.sleep(9), 0.01)", LAST],
        "Cell 2 raised TimeoutError in line 3",
    ),
    "asyncio.run": Case(
        between("import asyncio\nasync def main(): return 1\nassert asyncio.run(main()) == 1"), quiet=True
    ),
    "await in a plain function": Case(last("", first="await x"), "await", score=0, exit=3),
}

_NUMBERS = '[{"output_type": "display_data", "metadata": {}, "data": {"a": [NaN, -Infinity, {"b": Infinity}]}}]'
_LITERAL = 'text = "NaN, -Infinity: [NaN]"\nassert len(text) == 21 and text.startswith("NaN")'
#: Names and forms of files.
FORMS = {
    "NaN in outputs": Case(notebook([MOST, LAST], _NUMBERS).encode(), name="a.ipynb", quiet=True),
    "NaN on lines": Case(
        json.dumps(json.loads(notebook([MOST, LAST, _LITERAL], _NUMBERS)), indent=1).encode(),
        name="a.ipynb",
        quiet=True,
    ),
    "NaN in a string": Case(notebook([MOST, _LITERAL, LAST], _NUMBERS).encode(), name="a.ipynb", quiet=True),
    "capital letters": Case(MOST + LAST, name="SIGMOID.PY", quiet=True),
    "capital letters of a notebook": Case([MOST, LAST], name="a.IPYNB", quiet=True),
    "one ending more": Case(MOST + LAST, name="sigmoid_derivative.py.txt", quiet=True),
    "one ending more of a notebook": Case([MOST, LAST], name="a.ipynb.json", quiet=True),
}

_INDENTED = LAST.replace("\n", "\n    ").rstrip(" ")
_AT_THE_TOP = (
    "tanh_from_sigmoid is not defined at the top level of your file",
    "tanh_from_sigmoid 没有定义在文件的最外层",
)
#: The last function stands where nothing calls it.
ELSEWHERE: dict[str, Case] = {
    "class": Case(f"{MOST}\nclass Mine:{_INDENTED}", "inside the class Mine", *_AT_THE_TOP, score=REST, exit=3),
    "main guard": Case(
        f"{MOST}\nif __name__ == '__main__':{_INDENTED}", "under `if __name__", *_AT_THE_TOP, score=REST, exit=3
    ),
    "function": Case(f"{MOST}\ndef main():{_INDENTED}", "inside the function main", *_AT_THE_TOP, score=REST, exit=3),
    "comment": Case(
        f"{MOST}{LAST.strip().replace('def ', '# def ').replace('    return', '#     return')}\n",
        "in a comment",
        *_AT_THE_TOP,
        score=REST,
        exit=3,
    ),
    "string": Case(f"{MOST}\n'''{LAST}'''\n", "inside a string", *_AT_THE_TOP, score=REST, exit=3),
}
_WHOLE = indent((MOST + LAST).partition("torch\n")[2], "    ")
_ALL = ("sigmoid, tanh, sigmoid_grad, tanh_grad, tanh_from_sigmoid: this stands", "tanh、sigmoid_grad、")
#: All functions stand there, so that the sentence lists their names.
ELSEWHERE |= {
    f"{name} of all": Case(f"import torch\n{opening}:\n{_WHOLE}", told, *_ALL, score=0, exit=3)
    for name, opening, told in (
        ("class", "class Mine", "inside the class Mine"),
        ("main guard", "if __name__ == '__main__'", "under `if __name__"),
        ("function", "def main()", "inside the function main"),
    )
}

TABLES: dict[str, Case] = {
    f"{title}: {name}": case
    for title, table in (
        ("statement", STATEMENTS),
        ("cell", CELLS),
        ("module", MODULES),
        ("exported", EXPORTED),
        ("form", FORMS),
        ("elsewhere", ELSEWHERE),
    )
    for name, case in table.items()
}
