from __future__ import annotations

import ast
import time

import pytest

from grader.errors import SubmissionError
from grader.submission.companions import companion_names
from grader.submission.forbidden import Use, uses_and_affected
from grader.submission.model import Chunk, Submission
from grader.submission.names import defined_names, missing_names
from grader.submission.syntax import parse


def submission(*sources: str) -> Submission:
    chunks, line = [], 1
    for number, source in enumerate(sources, start=1):
        chunks.append(Chunk(str(number) if len(sources) > 1 else None, source, line))
        line += source.count("\n") + 1
    return Submission(name="a.py", sha256="", chunks=tuple(chunks))


@pytest.mark.parametrize(
    ("code", "told", "marked"),
    [
        ("x = 1\ndef f(x)\n    pass", "a.py, line 2: a colon", "def f(x)\n        ^"),
        ("def f(x):\nreturn 1", "line 2: something indented must follow `def f(x):`", None),
        ("x = 1\n  y = 2", "indented further", None),
        ("if x:\n    a = 1\n  b = 2", "fits no line above", None),
        ("if x:\n        a = 1\n\tb = 2", "tabs and spaces", None),
        ("f = (1，2)", "type ,", "f = (1，2)\n      ^"),
        ("x\u200b = 1", "invisible character", None),
        ("f(1, 2", "the ( here is never closed", "f(1, 2\n ^"),
        ("f(1))", "a ) too many", None),
        ("x = 'abc", "no closing quote", None),
        ("if x = 1: pass", "write ==", None),
        ("x = 1\nreturn x", "line 2: this return stands outside", None),
        ("y = '导数' 1", "look at the place marked", None),
        ("(" * 5000, "", None),
        ("-" * 200_000 + "1", "nested too deeply", None),
        ("x = '\ud800'", "can't read this", None),
    ],
)
def test_syntax_errors_in_a_beginners_words(code: str, told: str, marked: str | None) -> None:
    with pytest.raises(SubmissionError) as caught:
        parse(submission(code))
    assert told in str(caught.value)
    if marked:
        assert caught.value.detail is not None and caught.value.detail.lines[0].source == marked


def test_a_bad_cell_is_dropped_and_told() -> None:
    parsed = parse(submission("x = 1", "def f(:", "y = 2\nz = 3"))
    assert [chunk.label for chunk in parsed.submission.chunks] == ["1", "3"]
    assert parsed.trees[1].body[1].lineno == 4
    assert len(parsed.submission.notes) == 1
    with pytest.raises(SubmissionError, match="code cell 1, line 1"):
        parse(submission("def f(:", "1 +"))


def test_defined_names() -> None:
    code = (
        "import os.path, numpy as np\nfrom torch import *\ndef f(a, /, b, *, c): inner = 1\n"
        "class Net:\n    def __init__(self, d): pass\ng = lambda x, y: x\na, (b, *c) = 1, (2, 3)\n"
        "try:\n    def h(*args): pass\nexcept ImportError as e:\n    k = 1\n"
        "if __name__ == '__main__':\n    hidden = 1\nfor i in range(3):\n    w = (q := i)\n"
    )
    names = defined_names([ast.parse(code)])
    assert set(names) == {"os", "np", "f", "Net", "g", "a", "b", "c", "h", "k", "i", "w", "q"}


def test_missing_names_offer_near_ones() -> None:
    names = defined_names([ast.parse("def sigmoid_gradient(x): ...\ndef tanhGrad(x): ...\ndef sigmoid(x): ...")])
    missing = missing_names(["sigmoid", "sigmoid_grad", "tanh_grad", "relu"], names)
    assert [(item.name, item.near) for item in missing] == [
        ("sigmoid_grad", "sigmoid_gradient"),
        ("tanh_grad", "tanhGrad"),
        ("relu", None),
    ]
    assert missing_names(["relu"], defined_names([ast.parse("from helper import *")])) == ()


FORBIDDEN = ("torch.sigmoid", "torch.nn.functional.sigmoid", "torch.autograd.*", ".sigmoid", ".backward")


def uses(*codes: str, forbidden: tuple[str, ...] = FORBIDDEN) -> list[tuple[str, int, str | None]]:
    """Parsed as `parse` does; name, line and function of each use."""
    return [(use.name, use.line, use.function) for use in found(*codes, forbidden=forbidden)]


def found(*codes: str, forbidden: tuple[str, ...] = FORBIDDEN) -> tuple[Use, ...]:
    return uses_and_affected(parse(submission(*codes)).trees, forbidden)[0]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import torch as t\ndef f(x): return t.sigmoid(x)", "torch.sigmoid"),
        ("import torch\ndef f(x):\n    return torch.nn.functional.sigmoid(x)", "torch.nn.functional.sigmoid"),
        ("import torch.nn.functional as F\ndef f(x): return F.sigmoid(x)", "torch.nn.functional.sigmoid"),
        ("from torch.nn import functional\ndef f(x): return functional.sigmoid(x)", "torch.nn.functional.sigmoid"),
        ("import torch\nF = torch.nn.functional\nG = F\ndef f(x): return G.sigmoid(x)", "torch.nn.functional.sigmoid"),
        ("import torch\nt, n = torch, 1\ndef f(x): return t.sigmoid(x)", "torch.sigmoid"),
        ("import torch\ndef f(x, t=torch): return t.sigmoid(x)", "torch.sigmoid"),
        ("from torch import *\ndef f(x): return sigmoid(x)", "torch.sigmoid"),
        ("def f(x):\n    from torch import sigmoid as s\n    return s(x)", "torch.sigmoid"),
        ("import torch\ndef f(x): return getattr(torch, 'sig' + 'moid')(x)", "torch.sigmoid"),
        ("import torch\nn = 'moid'\ndef f(x): return getattr(torch, f'sig{n}')(x)", "torch.sigmoid"),
        ("import torch\ndef f(x): return torch.__dict__['sigmoid'](x)", "torch.sigmoid"),
        ("import torch\ndef f(x): return vars(torch)['sigmoid'](x)", "torch.sigmoid"),
        ("import importlib\ndef f(x): return importlib.import_module('to' 'rch').sigmoid(x)", "torch.sigmoid"),
        ("def f(x): return __import__('torch.nn').sigmoid(x)", "torch.sigmoid"),
        ("import sys\ndef f(x): return sys.modules['torch'].sigmoid(x)", "torch.sigmoid"),
        ("import torch\ndef f(x): return torch.autograd.grad(x, x)", "torch.autograd.grad"),
        ("import torch.autograd as ag\ndef f(x): return ag.functional.vjp(x, x)", "torch.autograd.functional.vjp"),
        ("def f(x): x.sum().backward()", ".backward"),
        ("def f(x): return x.sigmoid()", ".sigmoid"),
        ("def f(x): return getattr(x, 'sigmoid')()", ".sigmoid"),
        ("import torch\ndef f(x): return torch.Tensor.sigmoid(x)", ".sigmoid"),
        ("from torch import Tensor as T\ndef f(x): return T.sigmoid(x)", ".sigmoid"),
        (
            "import torch\nclass A:\n    def sigmoid(self): pass\ndef f(x):\n    y = torch.exp(x)\n "
            "   return y.sigmoid()",
            ".sigmoid",
        ),
        ("import torch\ndef f(x):\n    return [torch.sigmoid(v) for v in x]", "torch.sigmoid"),
    ],
)
def test_a_use_is_found(code: str, name: str) -> None:
    assert (name, "f") in [(use, function) for use, _, function in uses(code)]


@pytest.mark.parametrize(
    "code",
    [
        "import torch\ndef sigmoid(x): return 1 / (1 + torch.exp(-x))\ndef f(x): return sigmoid(x)",
        "from torch import *\ndef sigmoid(x): return 1 / (1 + exp(-x))\ndef f(x): return sigmoid(x)",
        "def f(x):\n    sigmoid = 1 / x\n    return sigmoid",
        "from torch import *\ndef f(sigmoid): return sigmoid",
        "from torch.autograd import *\ndef f(x): return len(range(abs(x)))",
        "import torch\ndef f(x):\n    '''torch.sigmoid(x)'''\n    # torch.sigmoid\n    return 'torch.sigmoid'",
        "class Net:\n    def sigmoid(self, x): return x\n    def forward(self, x): return self.sigmoid(x)",
        "class Net:\n    def __init__(self): self.sigmoid = abs\n    def f(self): return self.sigmoid(1)",
        "class Layer:\n    def backward(self, g): return g\ndef f(layers, g):\n    for layer in layers:\n"
        "        g = layer.backward(g)\n    return g",
        "class Layer:\n    def backward(self, g): return g\nclass Sub(Layer):\n    def backward(self, g):\n"
        "        return super().backward(g)\nnet = Sub()\nnet.backward(1)",
        "import torch\ndef f(x: torch.autograd.Variable) -> torch.autograd.Variable: return x",
        "import torch.autograd as ag\nfrom torch import autograd",
        "import torch\nif __name__ == '__main__':\n    print(torch.sigmoid(1))",
        "import helper as torch\ndef f(x): return torch.sigmoid(x)",
        "import torch\ndef f(x, torch): return torch.exp(x)",
        "import special\ndef f(x): return special.sigmoid(x)",
        "import torch\ntorch.manual_seed(0)\nx = torch.tensor(1.).sigmoid_grad",
    ],
)
def test_no_false_alarm(code: str) -> None:
    assert uses(code) == []


def test_where_a_use_stands() -> None:
    code = "import torch\nclass Net:\n    def forward(self, x):\n        return torch.sigmoid(x) + torch.sigmoid(-x)\n"
    (use,) = found(code)
    assert (use.line, use.function, use.source) == (4, "Net", "torch.sigmoid")
    assert uses("import torch", "a = 1\nb = torch.sigmoid(a)") == [("torch.sigmoid", 3, None)]
    assert uses("import sklearn.svm\nx = sklearn.svm.SVC()", forbidden=("sklearn",)) == [
        ("sklearn.svm", 1, None),
        ("sklearn.svm.SVC", 2, None),
    ]


def test_affected_follows_what_functions_mention() -> None:
    code = (
        "import torch\nact = torch.sigmoid\ndef helper(x): return act(x)\ndef f(x): return [helper(v) for v in x]\n"
        "def g(x): return x\ndef h(act): return act(1)\ndef test_g(): assert g(1) == torch.sigmoid(1)\n"
        "alias = f\nprint(torch.sigmoid(g(1)))\n"
    )
    tree = ast.parse(code)
    reached = uses_and_affected([tree], FORBIDDEN)[1]
    assert set(reached) == {"act", "helper", "f", "test_g", "alias"}
    assert reached["f"].line == 3 and reached["act"].line == 2


@pytest.mark.parametrize(
    ("allowed", "names"),
    [
        ((), {"U", "f", "g", "h"}),
        (("pickle",), {"g", "h"}),
        (("pickle.load", "eval"), {"U", "h"}),
        (("inspect", ".f_back", "eval"), {"U", "f"}),
    ],
)
def test_what_hides_is_found_unless_allowed(allowed: tuple[str, ...], names: set[str]) -> None:
    code = (
        "import builtins, inspect, pickle\nclass U(pickle.Unpickler): pass\ndef f(x): return pickle.load(x)\n"
        "def g(x): return builtins.eval(x)\ndef h(): return inspect.stack()[0].f_back\n"
    )
    assert set(uses_and_affected([ast.parse(code)], FORBIDDEN, allowed)[1]) == names
    companion = {"helper.py": code.encode()}
    assert set(companion_names(companion, FORBIDDEN, allowed)) == {f"helper.{name}" for name in names}


def test_an_import_hands_the_answer_out_unless_redefined() -> None:
    for code, names in [
        ("from torch import sigmoid", {"sigmoid"}),
        ("from torch import sigmoid\ndef sigmoid(x): return x\ndef f(x): return sigmoid(x)", set()),
        ("from torch import sigmoid\ns = sigmoid\ndef sigmoid(x): return s(x)", {"s", "sigmoid"}),
        ("import torch.autograd.functional\nx = torch.exp", set()),
    ]:
        tree = ast.parse(code)
        assert set(uses_and_affected([tree], FORBIDDEN)[1]) == names


def test_through_companions() -> None:
    companions = {
        "helper.py": b"from deep import s\ndef squash(x): return s(x)\ndef fine(x): return x",
        "deep.py": b"import torch\ns = torch.sigmoid",
        "bad.py": b"def (",
    }
    names = companion_names(companions, FORBIDDEN)
    assert set(names) == {"helper.s", "helper.squash", "deep.s"}
    code = "import helper\ndef f(x): return helper.squash(x)\ndef g(x): return helper.fine(x)"
    assert uses(code, forbidden=FORBIDDEN + names) == [("helper.squash", 2, "f")]


@pytest.mark.parametrize(
    "code",
    [
        "\n".join(f"a{i} = [a{j} for _ in a{j}] if a{j} else a{j}" for i in range(300) for j in [i + 1] * 5),
        "a = b\nb = a\n" * 500 + "a.sigmoid",
        "x = " + "f." * 900 + "sigmoid",
        "\n".join(f"n{i} = f'{{n{i + 1}}}{{n{i + 1}}}{{n{i + 1}}}'" for i in range(50)) + "\ngetattr(x, n0)",
        "x = " + "1 + " * 900 + "1",
        "torch.sigmoid\n" * 20_000,
    ],
)
@pytest.mark.filterwarnings("error")
def test_hostile_files_take_no_time(code: str) -> None:
    start = time.process_time()
    trees = parse(submission(code)).trees
    uses_and_affected(trees, FORBIDDEN)
    assert time.process_time() - start < 10


def reached(code: str) -> set[str]:
    return set(uses_and_affected([ast.parse(code)], FORBIDDEN)[1])


def test_two_uses_on_one_line_are_two() -> None:
    assert reached("import torch\nsigmoid = torch.sigmoid; other = torch.sigmoid") == {"sigmoid", "other"}


def test_aliases_are_followed_far_in_both_directions() -> None:
    chain = [f"a{i + 1} = a{i}" for i in range(50)]
    for lines in (chain, chain[::-1]):
        code = "\n".join(("import torch", "def f(x): return a50.sigmoid(x)", *lines, "a0 = torch"))
        assert ("torch.sigmoid", 2, "f") in uses(code)
    long = "\n".join(f"a{i + 1} = a{i}" for i in range(1997))
    assert ("torch.sigmoid", 2000, None) in uses(f"import torch\na0 = torch\n{long}\na1997.sigmoid")


def test_of_many_alternatives_the_forbidden_one_is_kept() -> None:
    choice = " if x else ".join([f"torch.x{i}" for i in range(50)] + ["torch"])
    assert ("torch.sigmoid", 3, "f") in uses(f"import torch\nt = {choice}\ndef f(x): return t.sigmoid(x)")


@pytest.mark.parametrize(
    "code",
    [
        "import torch\ndef f(x): return torch" + ".x.torch" * 300 + ".sigmoid(x)",
        "import torch\ndef f(x): return torch.sigmoid(x)" + ".x()" * 400,
        "import torch\ndef f(x): return getattr(torch, " + "''.join([" * 25 + "'sigmoid'" + "])" * 25 + ")(x)",
    ],
)
def test_a_use_deep_within(code: str) -> None:
    assert "torch.sigmoid" in [name for name, _, _ in uses(code)]


def test_what_a_report_quotes_is_short_whatever_stands_there() -> None:
    argument = "[" * 90 + ", ".join(f"f'{{a{i}}}'" for i in range(2000)) + "]" * 90
    codes = [f"import torch\ntorch.sigmoid({argument}).x.sigmoid()", "from torch import " + "sigmoid, " * 3000 + "x"]
    for code in codes:
        assert found(code) and all(len(use.source) <= 120 and len(use.name) <= 200 for use in found(code))
    with pytest.raises(SubmissionError) as caught:
        parse(submission("x = 1; " * 3000 + "a b; " + "x" * 5000))
    assert caught.value.detail is not None and len(caught.value.detail.lines[0].source) < 500
    assert caught.value.detail.lines[0].source.endswith("^")


@pytest.mark.parametrize(
    ("code", "told"),
    [("x = (" + "a," * 300_000 + ")", "made of 300004 names"), ("import a" + ".a" * 2000, "more than 1000 parts")],
)
def test_what_is_too_much_for_python_is_refused(code: str, told: str) -> None:
    with pytest.raises(SubmissionError, match=told):
        parse(submission(code))


def test_text_comments_and_numbers_may_fill_a_file() -> None:
    prose = '"""' + "a few words of prose, and more of it\n" * 20_000 + '"""\n'
    for filler in (prose, "# a comment\n" * 80_000, "\n" * 1_000_000, "x = [" + "0.12345, " * 100_000 + "]\n"):
        assert len(parse(submission(f"{filler}def f(x): return x")).trees) == 1
