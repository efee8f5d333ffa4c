"""Submissions that want points without the work: each gets none for the checks that it attacks, and its report stays
readable. What `grade score --selftest` tries is not repeated here.

What an attack could still do by computing the right answer in a hidden way is listed in docs/security.md.
"""

from __future__ import annotations

import csv
import json
import os
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from grader.course.find import find_course, find_exercise
from grader.grading.grader import Grader
from grader.grading.prepare import prepare
from grader.report.views import learner_view
from grader.result import Result
from grader.scorers.engine import ScoreSettings
from grader.scoring.score import score
from grader.submission.examine import InProcess
from grader.submission.model import Chunk, Prepared, Submission
from grader.table import uncell
from tests.bad_input import ROOT, report

COURSE = find_course(ROOT)
HEAD = "import torch, sys, operator\nfrom torch import nn\nimport torch.nn.functional as F\nimport numpy as np\n"


def submission(source: str, companions: Mapping[str, bytes] | None = None) -> Submission:
    return Submission(name="a.py", sha256="", chunks=(Chunk(None, source, 1),), companions=dict(companions or {}))


def prepared(exercise: str, source: str, companions: Mapping[str, bytes] | None = None) -> Prepared:
    return prepare(find_exercise(COURSE, exercise), submission(source, companions), InProcess())


# -- a forbidden function under a name that is not written out --------------------------------------------------------

SIGMOID = [
    'getattr(torch, "".join(["sig", "moid"]))(x)',
    'getattr(torch, "diomgis"[::-1])(x)',
    'getattr(torch, "sig%s" % "moid")(x)',
    'getattr(torch, "sig{}".format("moid"))(x)',
    'getattr(torch, "sigXmoid".replace("X", ""))(x)',
    'getattr(torch, "SIGMOID".lower())(x)',
    'getattr(torch, b"sigmoid".decode())(x)',
    'getattr(torch, "sigmoi" + chr(100))(x)',
    'getattr(torch, ["tanh", "sigmoid"][-1])(x)',
    "getattr(torch, sigmoid.__name__)(x)",
    'operator.methodcaller("sigmoid")(x)',
    'operator.attrgetter("special.expit")(torch)(x)',
    'x.__getattribute__("sigmoid")()',
    'object.__getattribute__(x, "sigmoid")()',
    'vars(torch).get("sigmoid")(x)',
    'torch.__dict__.__getitem__("sigmoid")(x)',
    '__import__("inspect").getattr_static(torch, "sigmoid")(x)',
    'eval("torch.sigmoid")(x)',
    'eval("".join(c for c in "torch.sig_moid" if c != "_"))(x)',
    '__builtins__["eval"]("torch.sigmoid")(x)',
    '__import__("builtins").eval("torch.sigmoid")(x)',
    'sys.modules.get("torch").special.expit(x)',
    '__import__("pkgutil").resolve_name("torch:sigmoid")(x)',
    '__import__("pydoc").locate("torch.sigmoid")(x)',
    '__import__("pickle").loads(b"ctorch\\nsigmoid\\n.")(x)',
    "F.torch.sigmoid(x)",
    "F.math.tanh(0.0) + x",
    "nn.modules.activation.torch.special.expit(x)",
    '{"m": torch.special}["m"].expit(x)',
    "[m.expit(x) for m in (torch.special,)][0]",
    "(lambda m: m.expit(x))(torch.special)",
    "nn.modules.Sigmoid()(x)",
    "torch._VF.sigmoid(x)",
    "torch._C._VariableFunctions.sigmoid(x)",
    "torch._C._special.special_expit(x)",
    "[torch.ops][0].aten.sigmoid.default(x)",
    'torch.jit.CompilationUnit("def f(x):\\n  return torch.sigmoid(x)").f(x)',
    "F.silu(x) / x",
    "torch._C._nn.silu(x) / x",
    "F.glu(torch.stack([torch.ones_like(x), x]), dim=0).squeeze(0)",
    "(1 + x / 2 - F.tanhshrink(x / 2)) / 2",
    "torch.distributions.transforms.SigmoidTransform()(x)",
    "torch.from_numpy((1 + np.core.umath.tanh(x.numpy() / 2)) / 2)",
    'sys._getframe(1).f_globals["torch"].special.expit(x)',
]
DERIVATIVE = [
    "F.torch.autograd.grad(sigmoid(x).sum(), x)[0]",
    "torch._functorch.eager_transforms.grad(lambda v: sigmoid(v).sum())(x)",
    "torch.autograd.graph._engine_run_backward((sigmoid(x).sum(),), (one,), False, False, (x,), False)[0]",
    "torch.autograd.Variable._execution_engine.run_backward((sigmoid(x).sum(),), (one,), False, False, (x,), True)[0]",
    'operator.methodcaller("backward")(sigmoid(x).sum()) or x.grad',
    "sigmoid(x).grad_fn(torch.ones_like(x))",
    '__import__("sympy").diff("1/(1+exp(-t))", "t")',
]
WHOLE_FILES = {
    "by globals()": "f = torch.sigmoid\ndef sigmoid(x): return globals()['f'](x)",
    "a function that sets an attribute": "def _(): sigmoid.f = torch.sigmoid\ndef sigmoid(x): return sigmoid.f(x)\n_()",
    "a function that patches torch": "def _(): torch.exp = torch.sigmoid\n_()\ndef sigmoid(x): return torch.exp(x)",
    "annotation": "def sigmoid(x: torch.sigmoid): return sigmoid.__annotations__['x'](x)",
    "annotation that binds": "def _(x: (f := torch.sigmoid)): pass\ndef sigmoid(x): return f(x)",
    "its own main": "__name__ = '__main__'\nif __name__ == '__main__':\n    f = torch.sigmoid\n"
    "def sigmoid(x): return f(x)",
    "main by globals()": "globals()['__name__'] = '__main__'\nif __name__ == '__main__':\n    f = torch.sigmoid\n"
    "def sigmoid(x): return f(x)",
    "match": "def sigmoid(x):\n    match torch:\n        case object(sigmoid=f): return f(x)",
    "exec": "exec('def sigmoid(x): return torch.sigmoid(x)')",
    "namespace imported": "from torch import __dict__ as d\ndef sigmoid(x): return d['sigmoid'](x)",
}
NO_NUMPY = [
    'sys.modules["torch"].tensor(logits)',
    'sys.modules.get("to" + "rch").tensor(logits)',
    '[m for n, m in sys.modules.items() if n[:4] == "torc"][0].tensor(logits)',
    'sys._getframe(1).f_globals["torch"].tensor(logits)',
    '__import__("gc").get_objects()',
    '__import__("importlib").import_module("torch")',
    'exec("import torch")',
]


@pytest.mark.parametrize("expression", SIGMOID)
def test_a_ready_made_sigmoid_is_found(expression: str) -> None:
    assert "sigmoid" in prepared("exercise03", f"{HEAD}def sigmoid(x):\n    return {expression}").forbidden


@pytest.mark.parametrize("expression", DERIVATIVE)
def test_a_ready_made_derivative_is_found(expression: str) -> None:
    own = "def sigmoid(x): return 1 / (1 + torch.exp(-x))"
    found = prepared("exercise03", f"{HEAD}{own}\ndef sigmoid_grad(x):\n    return {expression}").forbidden
    assert "sigmoid_grad" in found and "sigmoid" not in found


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_hidden_use_is_found(name: str) -> None:
    found = prepared("exercise03", HEAD + WHOLE_FILES[name]).forbidden
    assert "sigmoid" in found or "" in found


@pytest.mark.parametrize("expression", NO_NUMPY)
def test_torch_is_found_where_only_numpy_is_allowed(expression: str) -> None:
    assert "loss" in prepared("exercise12", f"import sys\ndef loss(logits, y):\n    return {expression}").forbidden


def test_a_companion_that_cannot_be_searched_is_not_trusted() -> None:
    """Python itself would import it: the submission may register the codec."""
    companion = {"helper.py": b"# coding: my_codec\nfrom torch import sigmoid as s\n"}
    source = "import helper\ndef sigmoid(x): return helper.s(x)\ndef tanh(x): return x"
    assert set(prepared("exercise03", source, companion).forbidden) == {"sigmoid"}
    broken = {"helper.py": b"def ("}
    assert not prepared("exercise03", "def sigmoid(x): return x  # no helper", broken).forbidden


@pytest.mark.parametrize(
    "source",
    [
        "import torch\n@torch.compile\ndef sigmoid(x): return 1 / (1 + torch.exp(-x))",
        "import re, torch\nP = re.compile('a')\ndef sigmoid(x): return 1 / (1 + torch.exp(-x))",
        "import torch\ndef sigmoid(x, model=torch.nn.Linear(1, 1)):\n    model.eval()\n    return x",
        "import torch\ndef sigmoid(x): return getattr(torch, 'exp')(x) / (1 + vars(torch)['exp'](x))",
        "import torch\ndef sigmoid(x):\n    for name in ('exp', 'log'): y = getattr(torch, name)(x)\n    return y",
        "import torch\nfrom torch import sigmoid as unused\ndef sigmoid(x): return 1 / (1 + torch.exp(-x))",
        "import torch\ndef sigmoid(x): return 1 / (1 + torch.exp(-x))\nif __name__ == '__main__':\n"
        "    print(torch.sigmoid(1), vars())",
        "import os, torch\ndef sigmoid(x): return x if os.environ.get('sigmoid') else torch.exp(x).pow(-1)",
        "import torch\ndef sigmoid(x: 'torch.sigmoid') -> torch.nn.Sigmoid: return x",
        "import torch\ndef sigmoid(x):\n    print('sigmoid'[::-1], '%s' % 'sigmoid', '{:>9}'.format(3))\n    return x",
        "import torch, sys\ndef sigmoid(x): return x / '%9999999999d'.count('9')",
    ],
)
def test_what_only_looks_alike_is_allowed(source: str) -> None:
    assert not {"sigmoid", ""} & prepared("exercise03", source).forbidden.keys()


def test_constants_that_would_fill_the_memory_are_not_worked_out() -> None:
    texts = ('"%999999999d" % 1', '"{:999999999}".format(1)', '"a" * 10**12', '"a" * (1 << 60)', '"%*d" % (10**9, 1)')
    for text in texts:
        source = f"import torch\ndef sigmoid(x): return getattr(torch, {text})(x)"
        tracemalloc.start()
        prepared("exercise03", source)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 10_000_000, text


# -- answers without a computation ------------------------------------------------------------------------------------

STUB = "".join(f"\ndef {name}(x): return x" for name in ("tanh", "sigmoid_grad", "tanh_grad", "tanh_from_sigmoid"))
IDENTITY = "\ndef sigmoid(x): return x" + STUB
NOTHING = """
def train_step(model, x, y, loss_fn, optimizer): return 0.0
def train(model, loader, loss_fn, optimizer, epochs): return [0.0] * epochs
def evaluate(model, loader, loss_fn): return 0.0
"""


def replies(header: str, buffers: str = "[]") -> str:
    """A submission in the place of the worker's own answers."""
    return f"""
from grader.wire import messages as m
from grader.worker import child
from grader.source_line import SourceLine
from grader.wire.values import Facts, Raised
BAD = "\\x1b[2J\\u202e\\x00[red]]]>"
def nested(depth, inside):
    node = None
    for _ in range(depth): node = inside(node)
    return node
child.WorkerLoop.called = lambda self, r, payload: ({header}, {buffers})
{IDENTITY}"""


def array(shape: str, offset: int = 0, nbytes: int = 512, stride: str = "None", facts: str = "None") -> str:
    return replies(
        f'm.Returned(r.id, m.ArrayNode("tensor", "float64", {shape}, {offset}, {nbytes}, {stride}, {facts}))',
        "[memoryview(bytes(512))]",
    )


#: Exercise, source. None of them may get a point.
WORTHLESS = {
    "a shape from one number": ("exercise03", array("[64]", 0, 8, "[0]")),
    "a shape without end": ("exercise03", array("[1 << 26, 1 << 26]")),
    "a shape without numbers": ("exercise03", array("[0] + [1 << 26]", 0, 0)),
    "facts": ("exercise03", array("[64]", facts="Facts((10**18,), BAD * 99, True, True, True, (-1, 10**18))")),
    "NaN with a message": (
        "exercise03",
        replies(
            'm.Returned(r.id, m.ArrayNode("tensor", "float64", [64], 0, 512))',
            '[memoryview(__import__("struct").pack("<Q", 0x7FF8DEAD0000BEEF) * 64)]',
        ),
    ),
    "one buffer many times": (
        "exercise03",
        replies(
            'm.Returned(r.id, m.SequenceNode("list", [m.ArrayNode("tensor", "float64", [64], 0, 512)] * 15000))',
            "[memoryview(bytes(512))]",
        ),
    ),
    "keys that collide": (
        "exercise03",
        replies('m.Returned(r.id, m.DictNode([m.FloatNode("nan")] * 3 + [m.IntNode("1"), True], [BAD] * 5))'),
    ),
    "many values": ("exercise03", replies('m.Returned(r.id, m.SequenceNode("list", [None] * 150000))')),
    "long digits": ("exercise03", replies('m.Returned(r.id, m.IntNode("9" * 400000))')),
    "long hexadecimals": ("exercise03", replies('m.Returned(r.id, m.FloatNode("0x" + "1" * 900000 + "p-3600000"))')),
    "lists in lists": ("exercise03", replies('m.Returned(r.id, nested(400, lambda n: m.SequenceNode("list", [n])))')),
    "keys in keys": ("exercise03", replies("m.Returned(r.id, nested(470, lambda n: m.DictNode([n], [None])))")),
    "modified": ("exercise03", replies("m.Returned(r.id, modified=[10**18, -5])")),
    "state": ("exercise03", replies('m.Returned(r.id, state=["patched:" + BAD, "x" * 100000, "seed", "dtype"])')),
    "an exception's text": (
        "exercise03",
        replies(
            'm.Returned(r.id, error=Raised("exception", BAD * 9, BAD * 9000, '
            "(SourceLine(-10**18, BAD * 9, BAD, BAD),) * 2))"
        ),
    ),
    "not implemented": (
        "exercise03",
        replies('m.Returned(r.id, error=Raised("not_implemented", "", "", (SourceLine(1, "", BAD * 500),)))'),
    ),
    "a signature": ("exercise03", replies('m.Returned(r.id, error=Raised("signature", BAD * 900, BAD * 900))')),
    "a missing name": ("exercise03", replies('m.Returned(r.id, error=Raised("missing", BAD, BAD * 900))')),
    "an absent module's name": ("exercise03", replies('m.Returned(r.id, error=Raised("absent", BAD, BAD * 900))')),
    "a piece that runs": ("exercise03", replies("m.Running(r.id, 0)")),
    "a type's name": ("exercise03", replies("m.Returned(r.id, m.OpaqueNode(BAD * 5000))")),
    "a text and a key": ("exercise03", replies("m.Returned(r.id, m.DictNode([BAD * 5000], [BAD * 5000]))")),
    "a handle": ("exercise03", replies("m.Returned(r.id, m.RemoteNode(-1, BAD * 5000))")),
    "a probe": ("exercise03", replies('m.Returned(r.id, m.ProbeNode("flatter", [], False))')),
    "a callback": ("exercise03", replies("m.CallbackRequest(r.id, 10**9, [])")),
    "another request's answer": ("exercise03", replies("m.Returned(r.id + 1)")),
    "another reply": ("exercise03", replies('m.Loaded(r.id, ["sigmoid"], [], [])')),
    "gradients": ("exercise03", replies('m.Returned(r.id, gradients=[m.FloatNode("nan")] * 5000)')),
    "torch by the caller's frame": (
        "exercise12",
        """
import sys
def loss(logits, y):
    t = sys._getframe(1).f_globals["torch"]
    return t.nn.functional.cross_entropy(t.tensor(logits), t.tensor(y)).item()
def forward(params, x): return None
def backward(params, cache, y): return None
""",
    ),
    "NaN everywhere": (
        "exercise12",
        """
import numpy as np
def forward(params, x): return np.full((len(x), len(params["b2"])), np.nan), None
def loss(logits, y): return float("nan")
def backward(params, cache, y): return {key: np.full_like(value, np.nan) for key, value in params.items()}
""",
    ),
    "other probes": (
        "exercise15",
        """
import gc, torch
probes = next(o for o in gc.get_objects() if isinstance(o, dict) and "evaluate_watching_mode" in o and "Bench" in o)
facts = {"loss returned": 0.0, "graph built": False, "gradients enabled afterwards": True,
         "parameters require grad afterwards": True, "mode afterwards": "train"}
for name in ("train_steps", "train_epochs", "evaluate_once", "evaluate_watching_gradients", "evaluate_watching_mode"):
    probes[name] = lambda *args, **kwargs: facts
"""
        + NOTHING,
    ),
    "an optimizer that says it stepped": (
        "exercise15",
        """
import gc, torch
for cls in torch.optim.Optimizer.__subclasses__():
    cls.step = lambda self, closure=None: self.record.events.append("optimizer.step")
torch.Tensor.backward = lambda self, *args: None
torch.Tensor.detach = lambda self: torch.zeros(())
"""
        + NOTHING,
    ),
    "records of one's own": (
        "exercise15",
        """
import torch
def train_step(model, x, y, loss_fn, optimizer):
    model.record.events += ["backward", "optimizer.step"]
    model.record.parameters.append(torch.cat([p.detach().reshape(-1) for p in model.parameters()]))
    return 0.0
def train(model, loader, loss_fn, optimizer, epochs):
    return [train_step(model, None, None, loss_fn, optimizer) for _ in range(epochs) for _ in loader]
def evaluate(model, loader, loss_fn):
    model.record.graph = False
    return 0.0
""",
    ),
}


def constants(own: float, W2: float, b2: float, rest: float) -> tuple[str, str]:
    """A network of constants, each right if one believes the others."""
    return (
        "exercise12",
        f"""
import numpy as np
def forward(params, x): return np.full((len(x), len(params["b2"])), {own}), None
def loss(logits, y): return 0.0
def backward(params, cache, y):
    values = {{"W1": {rest}, "b1": {rest}, "W2": {W2}, "b2": {b2}}}
    return {{key: np.full_like(array, values[key]) for key, array in params.items()}}
""",
    )


#: These have the right shapes, which is worth half a point, and no more.
SHAPES_ONLY = {
    "gradients that vanish": constants(0.0, 1e-300, 1e-300, 1e-300),
    "gradients of a dead layer": constants(-1.0, -1.0, 1.0, 0.0),
    "gradients that overflow": constants(1e200, float("1e308"), 1e200, 1e200),
}
LEAK = (
    """
import sys
SEEN = []
sys.modules["grader.worker.state"].PRISTINE.changes = lambda **_: ["patched:" + text for text in SEEN[-5:]]
def sigmoid(x):
    SEEN.append("sec" + "ret" + str(tuple(x.shape)))  # in one piece, the report would quote it as a line of theirs
    return x
"""
    + STUB
)
ATTACKS = WORTHLESS | SHAPES_ONLY | {"a hidden check's inputs as names": ("exercise03", LEAK)}


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    """Graded without the search for forbidden names: what must hold against these is the comparison."""
    found: dict[str, Result] = {}
    exercises = [find_exercise(COURSE, name) for name in ("exercise03", "exercise12", "exercise15")]
    with Grader(COURSE, exercises, seed=1) as grader:
        for name, (id, source) in ATTACKS.items():
            ready = prepared(id, source)
            if "sys._getframe" not in source:
                ready = msgspec.structs.replace(ready, forbidden={})
            found[name] = grader.grade(find_exercise(COURSE, id), "a.py", ready)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", WORTHLESS)
def test_it_gains_nothing_and_harms_nobody(name: str, results: dict[str, Result]) -> None:
    result = results[name]
    assert result.status in ("graded", "error", "limit")
    assert {check.id: check.points for check in result.checks if check.points} == {}
    assert len(msgspec.json.encode(result)) < 200_000
    for language in ("en", "zh-CN"):
        text = report(learner_view(result), language)
        assert all(character.isprintable() or character == "\n" for character in text)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES_ONLY)
def test_constants_are_no_backward_pass(name: str, results: dict[str, Result]) -> None:
    assert {check.id for check in results[name].checks if check.points} <= {"shapes"}


@pytest.mark.slow
def test_the_learner_is_told_no_hidden_input(results: dict[str, Result]) -> None:
    result = results["a hidden check's inputs as names"]
    assert result.status == "graded" and result.score == 0
    assert b"secret" not in msgspec.json.encode(learner_view(result))


# -- a class of hostile names -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_class_with_hostile_names_and_links(tmp_path: Path) -> None:
    root = tmp_path / "class"
    answer = (ROOT / "solutions" / "exercise03" / "reference.py").read_text("utf-8")

    def folder(student: str) -> Path:
        made = root / student / "exercise03"
        made.mkdir(parents=True)
        return made

    honest = ["alice", "--help", 'a,b"c', "new\nline\x1b[2J", "\u202etxt", "=1+1"]
    for student in honest:
        (folder(student) / "sigmoid_derivative.py").write_text(answer, "utf-8")
    (folder("link") / "sigmoid_derivative.py").symlink_to(ROOT / "solutions" / "exercise03" / "reference.py")
    (folder("neighbour") / "sigmoid_derivative.py").symlink_to(root / "alice" / "exercise03" / "sigmoid_derivative.py")
    os.mkfifo(folder("pipe") / "sigmoid_derivative.py")
    (folder("folder") / "sigmoid_derivative.py").mkdir()
    helped = folder("helped")
    (helped / "sigmoid_derivative.py").write_text("from reference import *\n", "utf-8")
    (helped / "reference.py").symlink_to(ROOT / "solutions" / "exercise03" / "reference.py")
    (root / "linked").symlink_to(root / "alice")
    other_encoding = os.fsdecode(b"\xd7\xf7")
    (folder(other_encoding) / "sigmoid_derivative.py").write_text(answer, "utf-8")
    (folder("renamed") / f"{other_encoding}.py").write_text(answer, "utf-8")

    score(root, tmp_path / "out", course=COURSE, seed=1, settings=ScoreSettings(jobs=1, allow_unconfined=True))

    with open(tmp_path / "out" / "scores.csv", encoding="utf-8", newline="") as file:
        rows = {uncell(row["student"]): float(row["score"]) for row in csv.DictReader(file)}
    assert {student for student, points in rows.items() if points} == set(honest)
    assert set(rows) == {path.name.encode("utf-8", "backslashreplace").decode() for path in root.iterdir()}
    for student in honest:
        saved = json.loads((tmp_path / "out" / "results" / student / "exercise03.json").read_text("utf-8"))
        assert saved["passed"]
