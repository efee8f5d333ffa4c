"""Plotting does nothing in a worker, whatever is asked of it. In a process of its own: imports stay changed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.bad_input import ROOT

PREPARED = "from grader.calls.plots import draw_nothing; draw_nothing()\n"


def ran(code: str) -> str:
    words = [sys.executable, "-c", PREPARED + code]
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=60, cwd=ROOT).stdout


@pytest.mark.parametrize(
    "code",
    [
        "import matplotlib; matplotlib.use('Agg'); import matplotlib.pyplot as plt; plt.plot([1], "
        "[2])[0].set_color('r')",
        "from matplotlib.animation import FuncAnimation as F; F(None, lambda i: i, frames=3).save('a.gif', dpi=2)",
        "import matplotlib.pyplot as plt; fig, (a, b) = plt.subplots(2); a.plot(); n, bins, p = plt.hist([1])",
        "import matplotlib.pyplot as plt\nfor a in plt.gcf().axes: a.twinx()\nlist(zip(plt.gca(), [1]))",
        "import seaborn as sns; sns.set_theme(); sns.heatmap([[1]]) + 1 * sns.x / 2 - 3",
        "import plotly.graph_objects as go; go.Figure(data=[go.Bar(y=[1])]).show()",
        "from IPython.display import display, HTML; display(HTML('x')); import IPython; "
        "IPython.get_ipython().magic('m')",
        "from mpl_toolkits.mplot3d import Axes3D; from pylab import *",
        "import matplotlib.pyplot as plt\nwith plt.ioff() as x: float(x); x[1] = x[2:3]; isinstance(x, plt.Axes)",
        "import matplotlib.pyplot as plt\nclass Mine(plt.Axes):\n  def draw(self): pass\nMine().draw()",
    ],
)
def test_whatever_is_asked_works(code: str) -> None:
    assert ran(code) == ""


def test_a_decorated_function_stays_the_learners() -> None:
    code = "from ipywidgets import interact\n@interact\ndef f(x): return x\n@interact(x=3)\ndef g(x): return x\n"
    assert ran(code + "print(f(1), g(2))") == "1 2\n"


def test_a_library_that_was_imported_before_stays() -> None:
    """With all its parts, as one that an exercise warms. Any two packages of Python's own show it."""
    code = """
import json, sys
import grader.calls.plots as plots
plots.PLOTTING = {"json", "xmlrpc"}
plots.draw_nothing()
import json.tool, xmlrpc.client
print(json.tool.main.__module__, type(xmlrpc.client.anything()).__name__)
"""
    assert ran(code) == "json.tool FakePlotting\n"


def test_other_imports_are_as_they_were() -> None:
    code = "import json\ntry: import plots_of_my_own\nexcept ModuleNotFoundError as e: print(e.name, json.__name__)"
    assert ran(code) == "plots_of_my_own json\n"
