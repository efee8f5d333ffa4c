"""`%grade`, in real kernels that nbclient drives."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from grader.learner.record import load
from tests.report.pages import CJK

pytestmark = pytest.mark.slow

COURSE = Path(__file__).parents[2]
RIGHT = (COURSE / "solutions/exercise03/reference.py").read_text("utf-8")
WRONG = RIGHT.replace("return s * (1 - s)", "return s * (1 + s)")


#: Prints the process ids of the kernel's grading processes.
PIDS = """\
import psutil
print([child.pid for child in psutil.Process().children() if "grader.scorers.scorer" in child.cmdline()])
"""


def ran(folder: Path, *sources: str) -> list[list[Any]]:
    """The outputs of each cell, after all have run in one kernel that works in `folder`."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    # Jupyter's "python3" is the interpreter that asks for it.
    client = NotebookClient(notebook, kernel_name="python3", timeout=120)
    client.execute(cwd=str(folder), env={**os.environ, "GRADE_COURSE": str(COURSE), "GRADE_LANG": "en"})
    return [cell.outputs for cell in notebook.cells]


def shown(outputs: list[Any], kind: str = "text/plain") -> str:
    return "".join(output["data"][kind] for output in outputs if output.output_type == "display_data")


def printed(outputs: list[Any], name: str = "stdout") -> str:
    """A kernel may send what a cell prints in several pieces."""
    return "".join(output["text"] for output in outputs if output.output_type == "stream" and output.name == name)


def errors(outputs: list[Any]) -> str:
    return printed(outputs, "stderr")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    """A notebook as a learner works: loads the extension in the middle, fixes, grades again, looks at the kernel."""
    return ran(
        tmp_path_factory.mktemp("notebook"),
        "import sys",
        WRONG,
        "%load_ext grader",
        "%grade exercise03",
        RIGHT,
        "%grade exercise03",
        "%grade 3 --lang zh-CN --seed 5",
        "%grade 03 --seed 5 --lang zh-CN",
        "%grade",
        "%grade exercise99",
        "%grade exercise03 --sed 1",
        "%grade 'exercise03",
        "",
        "import torch\ntorch.sigmoid = lambda x: 0 * x\ndef sigmoid(x):\n    return torch.sigmoid(x)",
        "%grade exercise03",
        PIDS,
        "%grade list",
        "%grade hint 3 2\n%grade next --lang zh-CN",
        "%grade exercise03 -q --seed 5",
        "%grade exercise03 -v --seed 5",
        "%grade exercise03 -q -v",
        "%grade exercise03 --part one",
        "%grade hint",
    )


def test_a_wrong_answer_is_told_with_its_mistake_and_its_lines(session: list[list[Any]]) -> None:
    text, html = shown(session[3]), shown(session[3], "text/html")
    assert "with a plus for the minus" in " ".join(text.split())
    number = WRONG[: WRONG.index("s * (1 + s)")].count("\n") + 1
    assert f"cell 2, line {number} | return s * (1 + s)" in " ".join(text.split())
    assert "<summary>sigmoid_grad is the derivative at the input x</summary>" in html
    assert html.count("<details open>") == 1


def test_a_cell_that_ran_again_counts_as_it_is_now(session: list[list[Any]]) -> None:
    assert shown(session[5]).startswith("Score: 10 of 10")
    assert "Well done" in shown(session[5], "text/html")


def test_both_languages_and_the_same_seed_the_same_report(session: list[list[Any]]) -> None:
    assert shown(session[6]).startswith("得分：10 / 10")
    assert shown(session[6]) == shown(session[7])


def test_what_needs_no_grading_is_printed_as_in_a_terminal(session: list[list[Any]]) -> None:
    assert "Unit 1: " in printed(session[16]) and "  exercise03  " in printed(session[16])
    hinted = printed(session[17])
    assert hinted.startswith("exercise03, hint 2 of 3\n") and CJK.search(hinted)


def test_one_line_or_every_reason(session: list[list[Any]]) -> None:
    (line,) = printed(session[18]).splitlines()
    assert line.startswith("exercise03: ") and ". To fix first: " in line
    assert shown(session[18]) == ""
    html, folded = shown(session[19], "text/html"), shown(session[14], "text/html")
    assert html.count("<details open>") == html.count("<details") - html.count("<details>") > 2
    assert folded.count("<details open>") == 1


@pytest.fixture(scope="module")
def reloaded(tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    """A notebook that grades what is in NumPy, then loads the extension again and again, and at last becomes another
    course's."""
    backprop = (COURSE / "solutions/exercise12/reference.py").read_text("utf-8")
    grade = "%reload_ext grader\n%grade exercise03"
    return ran(
        tmp_path_factory.mktemp("reloaded"),
        "%load_ext grader",
        backprop,
        "%grade 12",
        "import sys; print('torch' in sys.modules)",
        RIGHT,
        grade,
        PIDS,
        grade,
        PIDS,
        "# grade course: other-1234\n%grade exercise03",
        "%unload_ext grader",
        PIDS,
    )


def test_the_kernel_imports_no_torch(reloaded: list[list[Any]]) -> None:
    assert shown(reloaded[2]).startswith("Score: 12 of 12")
    assert printed(reloaded[3]) == "False\n"


def test_reloading_keeps_the_process_and_unloading_ends_it(reloaded: list[list[Any]]) -> None:
    assert shown(reloaded[5]).startswith("Score: 10 of 10") and shown(reloaded[7]).startswith("Score: 10 of 10")
    assert errors(reloaded[7]) == "" and [output.output_type for output in reloaded[7]] == ["display_data"]
    assert printed(reloaded[6]) == printed(reloaded[8]) != "[]\n"
    assert printed(reloaded[11]) == "[]\n"


def test_an_interrupt_leaves_a_kernel_that_grades(tmp_path: Path) -> None:
    """In a notebook of its own: the cell that interrupts is part of what is graded then."""
    outputs = ran(
        tmp_path,
        "%load_ext grader",
        RIGHT,
        # Only in the kernel: what is graded next would interrupt itself.
        "import _thread, sys, threading\n"
        "if 'ipykernel' in sys.modules: threading.Timer(0.3, _thread.interrupt_main).start()\n"
        "%grade exercise03",
        "%grade exercise03",
    )
    assert "Stopped before the end; nothing was graded." in errors(outputs[2])
    assert shown(outputs[3]).startswith("Score: 10 of 10")


def test_a_notebook_of_another_course_is_not_graded_with_this_one(reloaded: list[list[Any]]) -> None:
    text = " ".join(shown(reloaded[9]).split())
    assert "handed out by the course other-1234" in text and "Score: 0 of 10" in text
    assert "Next:" not in text


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (8, "grade: Which exercise? For example: %grade exercise03"),
        (9, "grade: no exercise is called exercise99"),
        (10, "grade: There is no option --sed. Is it --seed?"),
        (11, "grade: %grade can't read these words: No closing quotation"),
        (20, "grade: Either -v or -q, not both."),
        (21, "grade: exercise03 has no parts; leave out --part."),
        (22, "grade: Which exercise? For example: grade hint exercise03"),
    ],
)
def test_wrong_use_is_a_sentence(cell: int, sentence: str, session: list[list[Any]]) -> None:
    assert errors(session[cell]).startswith(sentence)
    assert "Traceback" not in errors(session[cell])


def test_what_the_kernel_patches_is_its_own(session: list[list[Any]]) -> None:
    text = shown(session[14])
    assert "torch.sigmoid" in text
    assert not text.startswith("Score: 10 of 10")


def test_hidden_checks_show_nothing_in_either_form(session: list[list[Any]]) -> None:
    assert "This check is hidden: it shows neither inputs nor values." in " ".join(shown(session[3]).split())
    html = shown(session[3], "text/html")
    hidden = html[html.index("far from 0 the small derivatives keep six digits (hidden)</summary>") :]
    assert "<pre" not in hidden.partition("</details>")[0] and "figure" not in hidden.partition("</details>")[0]


def test_no_process_outlives_the_kernel(session: list[list[Any]]) -> None:
    (pid,) = json.loads(printed(session[15]))
    ended = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < ended:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's."""
    folder = tmp_path_factory.mktemp("learner")
    (folder / ".grade").mkdir()
    return folder


@pytest.fixture(scope="module")
def learners(folder: Path) -> list[list[Any]]:
    """A notebook in there."""
    attack = WRONG.replace("s * (1 + s)", "'<img src=x>'") + "\nprint('</pre><script>alert(1)</script>')"
    lines = ["%load_ext grader", WRONG, "%grade 3", RIGHT, "%grade 3", attack, "%grade exercise03"]
    reference = (COURSE / "solutions/exercise25/reference.py").read_text("utf-8")
    words = ("--part sparse", "--part ica", "--function soft_threshold  # alone", "--function relu")
    return ran(folder, *lines, reference, *(f"%grade 25 {word}" for word in words))


def test_a_learners_folder_remembers_what_a_notebook_graded(learners: list[list[Any]], folder: Path) -> None:
    assert [output.output_type for output in learners[2]] == ["display_data"]
    assert learners[4][-1]["text"] == "exercise03 is complete. Attempts: 2, hints: 0.\nNext: grade exercise01\n"
    assert load(folder).of("exercise03").attempts == 3


def test_a_part_or_a_function_is_graded_alone_and_not_remembered(learners: list[list[Any]], folder: Path) -> None:
    outputs = learners[8:]
    assert shown(outputs[0]).startswith("Score of the part sparse: 4.75 of 4.75")
    assert "Sparse code (--part sparse)" in shown(outputs[0], "text/html")
    assert "Autoencoder" not in shown(outputs[0], "text/html")
    assert "exercise25 has no part ica" in errors(outputs[1])
    assert shown(outputs[2]).startswith("Score: 2.5 of 2.5")
    assert "no check that is about relu alone; functions with such checks: autoencoder_loss," in errors(outputs[3])
    assert load(folder).of("exercise25").attempts == 0


def test_markup_that_a_submission_prints_stays_text(learners: list[list[Any]]) -> None:
    html = shown(learners[6], "text/html")
    assert "<script" not in html and "<img" not in html
    assert "&lt;script&gt;" in html
