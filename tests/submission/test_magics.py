"""What only IPython reads, in files and in cells: what becomes of it, line by line."""

from __future__ import annotations

import ast
import json
import time

import pytest

from grader.submission.ipynb import with_numbers
from grader.submission.magics import cell_without_magics, file_without_magics

#: A file's text, and what it becomes.
FILES = {
    "%matplotlib inline\nx = 1\n": "\nx = 1\n",
    "if x:\n    !ls \\\n  -l\ny = 2": "if x:\n    pass\n\ny = 2",
    "x = !ls\ny, z = %who_ls\n": "x = get_ipython()\ny, z = get_ipython()\n",
    "%time x = f(3)\n    %time y = 1": "x = f(3)\n    y = 1",
    "%time\n%timeit f(3)": "\n",
    "pip install torch\nconda install -c pytorch torch\npython -m pip install x": "\n\n",
    "cd data\nls -l\nmkdir -p a/b\ncat a.txt": "\n\n\n",
    "!pip install x\nls = 3\ncat = ls\nrm = (1,\n2)": "\nls = 3\ncat = ls\nrm = (1,\n2)",
    "%x\ns = '''\n%kept\n!kept\n'''\nt = (7\n%3)": "\ns = '''\n%kept\n!kept\n'''\nt = (7\n%3)",
    "torch.exp?\n?torch\nx??": "\n\n",
    "In [3]: x = [1,\n   ...:      2]\n   ...: \nOut[3]: array([1,\n       2])\n\nIn [ ]: y = 2": (
        "x = [1,\n     2]\n\n\n\n\ny = 2"
    ),
    "# %%\n%%time\nx = 1\n# %%\n%%bash\nls '\n# %% b\ny = 2": "# %%\n\nx = 1\n\n\n\n# %% b\ny = 2",
    "# In[1]:\n\n\n%%html\n<b>\n\n# In[2]:\n\n\nx = 1": "\n\n\n\n\n\n# In[2]:\n\n\nx = 1",
    "get_ipython().run_cell_magic('time', '', 'x = 1\\ny = 2\\n')\nz = 3": "x = 1\ny = 2\nz = 3",
    "get_ipython().run_cell_magic('bash', '', 'ls')": "get_ipython().run_cell_magic('bash', '', 'ls')",
    "def f():\n    get_ipython().run_cell_magic('time', '', 'x = 1')": (
        "def f():\n    get_ipython().run_cell_magic('time', '', 'x = 1')"
    ),
}


@pytest.mark.parametrize("text", FILES)
def test_a_file(text: str) -> None:
    assert file_without_magics(text)[0] == FILES[text]


@pytest.mark.parametrize(
    "text",
    [
        "x = 7\ny = (x\n% 3)\n",
        "In[3]: x\nOut[3]: y\n",
        "def f():\n    '''\n%time\n    '''\n",
        "ls - l\n",
        "x = y?\n",
        "print('In [1]: x')\n",
        "# %%\n# %matplotlib inline\n",
        "%" + "x" * 100 + "(" * 300,
    ],
)
def test_what_stays_as_it_is(text: str) -> None:
    kept, notes = file_without_magics(text)
    assert (kept == text and not notes) or not _is_python(text)


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, MemoryError):
        return False
    return True


def test_each_note_names_the_first_line() -> None:
    _, notes = file_without_magics("x = 1\n%a\n%b\n# %%\n%%bash\nls\n")
    assert [note.fields["number"] for note in notes] == [4, 2]
    told: list[object] = []
    assert cell_without_magics("%%writefile a.py\nx = 1", 3, told) == "" and len(told) == 1  # type: ignore[arg-type]


def test_numbers_that_json_lacks() -> None:
    text = b'{"a": [NaN, -Infinity],\n "NaN": "\\"NaN, -Infinity\\\\", "b": {"c": Infinity}}'
    found = with_numbers(text)
    assert len(found) == len(text)
    assert json.loads(found) == {"a": [0, 0], "NaN": '"NaN, -Infinity\\', "b": {"c": 0}}
    assert with_numbers(b'{"a": "NaN"}') == b'{"a": "NaN"}'
    for broken in (b'{"a": NaN', b'"' * 1000 + b"NaN", b"NaN" * 1000, b'{"a": "NaN\n}'):
        assert len(with_numbers(broken)) == len(broken)


def test_a_long_line_takes_no_longer_than_its_length() -> None:
    image = b'"' + b"A" * 3_000_000 + b'"'
    begun = time.perf_counter()
    found = with_numbers(b'{"image": ' + image + b',\n"loss": [' + b"NaN, " * 100_000 + b"1]}")
    assert json.loads(found)["loss"][:2] == [0, 0]
    assert time.perf_counter() - begun < 3
