"""What code can't do while it is graded is named where it is the reason, and what works without it goes on."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pytest

from grader.checks.advice.advise import advise
from grader.confine import tier
from grader.result import Result
from grader.text import LANGUAGES
from grader.wire.values import Raised
from tests.bad_input import check, graded, short_course

pytestmark = pytest.mark.skipif(tier() != "landlock+seccomp", reason="this machine can't confine submissions")

RIGHT = """\
import torch


def sigmoid(x):
    return torch.exp(-torch.logaddexp(torch.zeros_like(x), -x))


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(-x)


def tanh_grad(x):
    e = torch.exp(-2 * x.abs())
    return 4 * e / (1 + e) ** 2


def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1
"""
RIGHT = RIGHT.replace(
    "    return 2 * sigmoid(2 * x) - 1\n\n\ndef sigmoid_grad",
    """\
    e = torch.exp(-2 * x.abs())
    return torch.sign(x) * (1 - e) / (1 + e)


def sigmoid_grad""",
)

PROCESS = ("can't start other processes or programs", "不能启动其他进程或程序")
NETWORK = ("it has no network", "评分时没有网络")
FILES = ("in its own working folder only", "自己工作文件夹里的文件")
ATTRIBUTES = ("can't make links", "不能建立链接")
NOT_BESIDE = ("and no others", "没有别的")

#: What a function does beside its work → what is said.
REFUSED: dict[str, tuple[str, tuple[str, str]]] = {
    "run": ("import subprocess\nsubprocess.run(['ls'])", PROCESS),
    "a shell": ("import subprocess\nsubprocess.check_output('nvidia-smi', shell=True)", PROCESS),
    "popen": ("import os\nos.popen('ls').read()", PROCESS),
    "a process": ("import multiprocessing\nmultiprocessing.Process(target=print).start()", PROCESS),
    "a pool": ("from multiprocessing import Pool\nwith Pool(2) as pool:\n    pool.map(abs, [1, -1])", PROCESS),
    "a queue": ("import multiprocessing as mp\nmp.Queue()", PROCESS),
    "an executor": ("import concurrent.futures as c\nc.ProcessPoolExecutor(2).submit(abs, 1)", PROCESS),
    "spawn": ("import torch.multiprocessing as mp\nmp.spawn(print, nprocs=2)", PROCESS),
    "workers": (
        "from torch.utils.data import DataLoader\nnext(iter(DataLoader([1, 2], num_workers=2)))",
        ("num_workers=0", "num_workers=0"),
    ),
    "fork": ("import os\nos.fork()", ("is not allowed", "系统不允许")),
    "urlopen": ("import urllib.request\nurllib.request.urlopen('http://pytorch.org/data.csv')", NETWORK),
    "https": ("from urllib.request import urlretrieve\nurlretrieve('https://pytorch.org/a.zip', 'a.zip')", NETWORK),
    "a socket": ("import socket\nsocket.create_connection(('127.0.0.1', 80))", NETWORK),
    "a name": ("import socket\nsocket.gethostbyname('pytorch.org')", NETWORK),
    "torch.hub": ("torch.hub.load_state_dict_from_url('https://pytorch.org/resnet18.pth')", NETWORK),
    "a download": ("torch.hub.download_url_to_file('https://pytorch.org/a', 'a')", NETWORK),
    "a server": ("import http.server\nhttp.server.HTTPServer(('', 0), None)", NETWORK),
    "a file outside": ("open('/etc/passwd')", FILES),
    "writes outside": ("open('/tmp/out.txt', 'w')", FILES),
    "a folder outside": ("import os\nos.makedirs('/content/drive')", FILES),
    "lists outside": ("import os\nos.listdir('/root')", FILES),
    "permissions": ("import os, pathlib\npathlib.Path('a').touch()\nos.chmod('a', 0o600)", ATTRIBUTES),
    "a link": ("import os\nos.symlink('a', 'b')", ATTRIBUTES),
    "a large file": ("open('a', 'wb').write(bytes(5 << 20))", ("larger than 4 MB", "不能超过 4 MB")),
    "many files": ("files = [open(f'f{n}', 'w') for n in range(100)]", ("some fifty files open", "大约五十个文件")),
    "data beside": ("open('data.csv')", NOT_BESIDE),
    "data by NumPy": ("import numpy as np\nnp.loadtxt('train.csv')", NOT_BESIDE),
    "a model": ("torch.load('model.pt')", NOT_BESIDE),
    "input": ("input('n: ')", ("Nobody is there to type", "没有人在键盘前输入")),
    "shared memory": ("x.share_memory_()", ("share no memory", "共享内存")),
    "wrapped in another": (
        "import subprocess\ntry:\n    subprocess.run(['ls'])\nexcept OSError as error:\n"
        "    raise RuntimeError('it did not work') from error",
        PROCESS,
    ),
}

#: What goes on although something is not possible, and what it is told or shows.
WORKS: dict[str, tuple[str, tuple[str, str]]] = {
    "torch.compile": (
        RIGHT.replace("def sigmoid(", "@torch.compile\ndef sigmoid("),
        ("torch.compile does nothing", "torch.compile 不起作用"),
    ),
    "torch.compile with options": (
        RIGHT.replace("def tanh(", "@torch.compile(mode='reduce-overhead')\ndef tanh("),
        ("torch.compile does nothing", "torch.compile 不起作用"),
    ),
    "torch.compile of a call": (
        RIGHT + "tanh = torch.compile(tanh, fullgraph=True)\n",
        ("torch.compile does nothing", "torch.compile 不起作用"),
    ),
    "a compiled module": (
        RIGHT + "net = torch.nn.Linear(1, 1)\nnet.compile()\nnet(torch.ones(1))\n",
        ("torch.compile does nothing", "torch.compile 不起作用"),
    ),
    "os.system": ("import os\nos.system('clear')\n" + RIGHT, ("os.system does nothing", "os.system 不起作用")),
    "threads": (RIGHT + "import concurrent.futures as c\nlist(c.ThreadPoolExecutor(2).map(abs, [1]))\n", ("", "")),
    "asyncio": (RIGHT + "import asyncio\nasyncio.run(asyncio.sleep(0))\n", ("", "")),
    "own files": (RIGHT + "open('a.txt', 'w').write('x')\nassert open('a.txt').read() == 'x'\n", ("", "")),
    "under the main guard": (
        RIGHT + "if __name__ == '__main__':\n    import subprocess\n    subprocess.run(['ls'])\n",
        ("", ""),
    ),
}

#: What a file does with its output before it prints a mark and ✓.
OUTPUTS = {
    "a wrapper": "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')",
    "a wrapper of what is detached": "sys.stdout = io.TextIOWrapper(sys.stdout.detach(), encoding='utf-8')",
    "a writer": "sys.stdout = codecs.getwriter('utf-8')(sys.stdout.buffer)",
    "a writer of what is detached": "sys.stdout = codecs.getwriter('utf-8')(sys.stdout.detach())",
    "both": "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\n"
    "sys.stderr = io.TextIOWrapper(sys.stderr.buffer, encoding='utf-8')",
    "reconfigure": "sys.stdout.reconfigure(encoding='utf-8')\nsys.stdin.reconfigure(encoding='utf-8')",
    "the descriptor": "sys.stdout = open(sys.stdout.fileno(), 'w', encoding='utf-8', buffering=1, closefd=False)",
    "unbuffered": "sys.stdout = os.fdopen(os.dup(1), 'w', encoding='utf-8')",
    "a class of its own": "class Tee:\n    def __init__(self, *to): self.to = to\n"
    "    def write(self, text): [one.write(text) for one in self.to]\n"
    "    def flush(self): [one.flush() for one in self.to]\n"
    "sys.stdout = Tee(sys.stdout, io.StringIO())",
    "the first one": "sys.stdout = io.StringIO()\nsys.stdout = sys.__stdout__",
}


def inside(code: str) -> str:
    """A right submission of which one function does this first."""
    return RIGHT.replace("def tanh_grad(x):\n", f"def tanh_grad(x):\n{textwrap.indent(code, '    ')}\n")


def wrapped(code: str) -> str:
    return f"import codecs, io, os, sys\n{code}\nprint('mark', '完成 ✓')\n{RIGHT}"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Result]:
    place = tmp_path_factory.mktemp("confined")
    course = short_course(place / "course", call_seconds=20, load_seconds=20, total_seconds=60)
    sources = {f"refused {name}": inside(code) for name, (code, _) in REFUSED.items()}
    sources |= {f"works {name}": code for name, (code, _) in WORKS.items()}
    sources |= {f"output {name}": wrapped(code) for name, code in OUTPUTS.items()}
    files = {}
    for number, (name, source) in enumerate(sources.items()):
        files[place / f"n{number}.py"] = name
        (place / f"n{number}.py").write_text(source, "utf-8")
    return {files[file]: result for file, result in graded(course, files).items()}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, results: Mapping[str, Result]) -> None:
    result = results[f"refused {name}"]
    told = check(result, "tanh_grad").message
    assert told is not None and result.score == 6.5, result.checks
    for language, part in zip(LANGUAGES, REFUSED[name][1], strict=True):
        assert part in told[language], told


@pytest.mark.parametrize("name", WORKS)
def test_works(name: str, results: Mapping[str, Result]) -> None:
    result = results[f"works {name}"]
    assert result.score == 10, [check.message for check in result.checks]
    notes = " ".join(note[language] for note in result.notes for language in LANGUAGES)
    assert all(part in notes for part in WORKS[name][1])
    assert any(WORKS[name][1]) or not notes


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_that_was_wrapped_anew(name: str, results: Mapping[str, Result]) -> None:
    result = results[f"output {name}"]
    assert (result.score, result.stdout) == (10, "mark 完成 ✓\n"), (result.message, result.stdout)


def test_no_word_of_confinement_where_it_is_not_the_reason() -> None:
    """An unconfined process, as on macOS, tells of no refusal; nor does a word that means nothing say anything."""
    from grader.calls import refused

    assert not refused.confined and refused.refused(PermissionError(1, "Operation not permitted")) == ""
    for word in ("", "no such word", "process\0"):
        assert advise(Raised("exception", "PermissionError", "[Errno 1] Operation not permitted", (), word)) is None
    assert advise(Raised("exception", "ValueError", "x", (), "connection")) is not None
