"""docs/writing-exercises.md and docs/probes.md do what they say: their files are written, their commands run, their
output is looked for."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from grader.boundary.submission_run import KEPT_OUTPUT, LOAD_SHARE
from grader.course.model import Limits
from grader.scorers.gpu import CONTEXTS_MB
from tests.forked import run_forked

ROOT = Path(__file__).parents[2]
PAGES = ("writing-exercises.md", "writing-exercises.zh-CN.md")
PROBES = ("probes.md", "probes.zh-CN.md")
BLOCK = re.compile(r"(?:<!-- (\w+)(?:: (\S+))? -->\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[tuple[str, str, str, str]]:
    """Every fenced block: what its mark says (file or run), the mark's word, the block's language, its text."""
    return BLOCK.findall((ROOT / "docs" / page).read_text("utf-8"))


@pytest.mark.parametrize("pages", [PAGES, PROBES], ids=lambda pages: pages[0])
def test_both_pages_have_the_same_blocks_and_each_command_is_marked(pages: tuple[str, str]) -> None:
    first, second = map(blocks, pages)
    assert first == second and len(first) > 12
    assert [text for mark, _, language, text in first if (language == "sh") != (mark == "run")] == []


def test_each_page_states_the_default_limits() -> None:
    defaults = msgspec.structs.asdict(Limits())
    for page in PAGES:
        text = (ROOT / "docs" / page).read_text("utf-8")
        assert [name for name, value in defaults.items() if f"`{name} = {value:g}`" not in text] == []
    told = re.findall(r"(?m)^\| `(\w+)`: [^|]+ \| (\d+) ", (ROOT / "docs/security.md").read_text("utf-8"))
    assert {name: float(value) for name, value in told} == defaults


def test_pages_state_what_follows_from_the_limits() -> None:
    memory = Limits().memory_mb
    each, on_gpu = (f"{size / 1024:g} GiB" for size in (memory, CONTEXTS_MB + memory))
    kept, share = f"{KEPT_OUTPUT / 1024:g} KB", f"{LOAD_SHARE:.0%}"
    told = {
        "scale.md": (f"{CONTEXTS_MB / 1024:g} GiB per scorer", f"usually {on_gpu}.", f"({each} each)"),
        "scale.zh-CN.md": (f"每个进程按 {CONTEXTS_MB / 1024:g} GiB", f"一般是 {on_gpu}。", f"（每份 {each}）"),
        "writing-exercises.md": (f"the first {kept};", f"at most {share} of"),
        "writing-exercises.zh-CN.md": (f"前 {kept}；", f"`total_seconds` 的 {share}，"),
        "security.md": (f"| {kept} |", f"| {share}, "),
    }
    for page, texts in told.items():
        words = " ".join((ROOT / "docs" / page).read_text("utf-8").split())
        assert [text for text in texts if text not in words] == [], page


@pytest.mark.slow
@pytest.mark.parametrize("page", [PAGES[0], PROBES[0]])
def test_the_page_does_what_it_says(page: str, tmp_path: Path) -> None:
    course, output = tmp_path / "my-course", ""
    for mark, word, language, text in blocks(page):
        if mark == "file":
            path = course / word
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        elif mark == "run":
            output, place = "", course if course.exists() else tmp_path
            for line in text.splitlines():
                if line.startswith("cd "):
                    place /= line.removeprefix("cd ")
                    continue
                done = run(line, place)
                # What the mark says is the last command's.
                assert done.returncode == (int(word or 0) if text.endswith(f"{line}\n") else 0), (line, done)
                output += done.stdout
        elif language == "text":
            assert [line for line in text.splitlines() if line not in output] == [], output


def run(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """One line of a page: `grade` is forked, all else is the shell's."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("GRADE_", "PYTEST_"))}
    environ |= {"LC_ALL": "C.UTF-8", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environ['PATH']}"}
    program, *words = shlex.split(line, comments=True)
    if program == "grade":
        return run_forked("grader", *words, cwd=cwd, env=environ)
    return subprocess.run(["bash", "-c", line], cwd=cwd, env=environ, capture_output=True, text=True, check=False)
