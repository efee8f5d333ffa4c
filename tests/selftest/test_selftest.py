"""`grade score --selftest`: every attack is stopped for root and for others, and is seen where nothing stops it.

GRADE_NEIGHBOURS says how many honest students are between the attackers: 24 by default, 2,000 before a release.
"""

from __future__ import annotations

import ast
import json
import os
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.cli.main import run
from grader.cli.selftest import report_lines
from grader.confine import tier
from grader.report.layout import cells
from grader.selftest.attack import COURSE, EXERCISE, FOLDER, read_attacks
from grader.selftest.layout import lay_out
from grader.selftest.places import FILE, PLACES
from grader.selftest.run import Finding, SelfTest
from grader.selftest.watch import Measured
from grader.selftest.witness import Witnesses
from grader.text import LANGUAGES, say
from tests.forked import run_forked

ATTACKS = {attack.name: attack for attack in read_attacks()}
ROOT = FOLDER.parents[1]
FULL = "landlock+seccomp"
confined = pytest.mark.skipif(tier() != FULL, reason=f"this machine confines by {tier()!r} only")
#: Without privileges: as user 1000 in a namespace, because Python may lie where another user can't read it.
ORDINARY = ("unshare", "--user", "--map-user=1000", "--map-group=1000") if os.geteuid() == 0 else ()
KINDS = (
    [((), ""), (ORDINARY, "1")]
    if os.environ.get("GRADE_NEIGHBOURS") is None
    else [(before, abi) for before in dict.fromkeys(((), ORDINARY)) for abi in ("", "1")]
)
#: The command with fewer attacks than it knows, and other numbers.
SOME = """
import sys
from grader.selftest import run
names = {names!r}
run.read_attacks = lambda known=run.read_attacks: [attack for attack in known() if attack.name in names]
run.selftest.__kwdefaults__.update({numbers!r})
from grader.cli.main import run
sys.exit(run(sys.argv[1:], dict()))
"""
#: Root in a worker has no capabilities, so that these fail without Landlock too, and for root no access is noted.
NEEDS_MORE_THAN_ROOT = {"reads_environments", "reads_memory_by_proc", "leaves_access_times"}


def selftest(
    folder: Path,
    *words: str,
    before: Iterable[str] = (),
    names: Iterable[str] | None = None,
    neighbours: int = 6,
    sizes: tuple[int, ...] = (),
    jobs: int = 1,
    **environment: str,
) -> tuple[int, str, dict[str, Any]]:
    """Runs the command; its exit status, what it printed, and its JSON.

    names: of the attacks; if None, the command is as it is. jobs: scorers, each of which imports PyTorch twice.
    """
    numbers = {"neighbours": neighbours, "sizes": sizes}
    python = ["-m", "grader"] if names is None else ["-c", SOME.format(names=set(names), numbers=numbers)]
    command = [*before, sys.executable, "-P", *python, "score", "--selftest", "-j", str(jobs), *words]
    found = folder / "found.json"
    done = subprocess.run(
        [*command, "--json", str(found)],
        env=os.environ | environment,
        text=True,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert found.exists(), done.stdout
    return done.returncode, done.stdout, json.loads(found.read_bytes())


def open_ones(found: dict[str, Any]) -> dict[str, list[str]]:
    """What was not stopped, and why not."""
    both = (*found["attacks"], *found["promises"])
    return {one["name"]: [why["en"] for why in one["why"]] for one in both if one["outcome"] == "not_stopped"}


@confined
def test_what_attacks_patch_is_there() -> None:
    """An attack that patches a name which the program has no more attacks nothing."""
    patched = {(path.name, name) for path in (FOLDER / "attacks").glob("*.py") for name in names_of_ours(path)}
    assert len(patched) >= 12
    assert sorted((file, name) for file, name in patched if not exists(name)) == []


def names_of_ours(path: Path) -> Iterator[str]:
    """The dotted names of the grader's own modules that a file uses, with their modules."""
    tree = ast.parse(path.read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in imports if (node.module or "").startswith("grader.")]
    modules = {alias.asname or alias.name: f"{node.module}.{alias.name}" for node in ours for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner, _, rest = ast.unparse(node).partition(".")
            if owner in modules:
                yield f"{modules[owner]}.{rest}"


def exists(name: str) -> bool:
    try:
        pkgutil.resolve_name(name)
    except AttributeError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize(("before", "abi"), KINDS)
def test_every_attack_is_stopped(before: tuple[str, ...], abi: str, tmp_path: Path) -> None:
    if before and subprocess.run([*before, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("root may make no user namespace here, as in Docker: run this test as an ordinary user")
    # What the kernel stops depends on privileges and on Landlock's version. How long hostile sources take to read, what
    # neighbours get and what the trusted side withstands by itself does not: once is enough.
    by_kernel = {name for name, attack in ATTACKS.items() if attack.holds not in ("", "wire")}
    if "GRADE_NEIGHBOURS" in os.environ:
        names, numbers = None, {"jobs": 2}
    elif before:
        names, numbers = by_kernel, {}
    else:  # that a source's time grows with its size alone, tests/submission/test_shapes.py shows
        names, numbers = ATTACKS.keys(), {"jobs": 2, "neighbours": 24, "sizes": (30_000,)}
    status, said, found = selftest(tmp_path, before=before, names=names, **numbers, GRADE_LANDLOCK_ABI=abi)
    assert open_ones(found) == {}
    assert (status, found["held"], found["confinement"]) == (0, True, FULL), said
    tried = ATTACKS.keys() if names is None else names
    missing = {one["name"] for one in found["attacks"] if one["outcome"] == "not_tried"}
    ordinary = bool(before) or os.geteuid() != 0
    assert missing == {name for name in tried if ordinary and ATTACKS[name].needs == "root"}
    assert len(re.findall(r"(?m)^stopped ", said)) == len(tried) - len(missing)


@confined
@pytest.mark.slow
@pytest.mark.usefixtures("packages_change")
def test_without_landlock_exactly_what_it_stops_succeeds(tmp_path: Path) -> None:
    names = {name for name, attack in ATTACKS.items() if attack.holds == "landlock"}
    others = {"empties_a_file_by_reading", "links_to_the_solutions", "forks", "kills_a_process", "connects_by_tcp"}
    status, _, found = selftest(tmp_path, "--allow-unconfined", names=names | others, GRADE_LANDLOCK_ABI="0")
    assert (status, found["held"], found["confinement"]) == (4, False, "seccomp")
    succeeded = set(open_ones(found))
    assert succeeded - {"neighbours"} <= names
    assert names - succeeded <= NEEDS_MORE_THAN_ROOT


@pytest.mark.slow
def test_what_nothing_confines_is_not_stopped(tmp_path: Path) -> None:
    why = {
        "forks": "it did what it was after, and said so",
        "kills_a_process": "it ended another process",
        "connects_by_tcp": "it reached a socket",
        "connects_to_an_abstract_socket": "it reached a socket",
        "reads_memory_by_call": "it read a secret",
        "runs_a_program": "it made a file outside of its folder",
        "truncates_a_file": "it changed a file that is not its own",
        "imports_the_solutions": "it got 4 points, and only 1 were its own",
    }
    # Each of these workers imports PyTorch.
    names = {*why, "exits"}
    status, said, found = selftest(tmp_path, "--allow-unconfined", names=names, neighbours=1, GRADE_WORKER="plain")
    assert (status, found["confinement"]) == (4, "none")
    seen = open_ones(found)
    assert set(seen) - {"neighbours"} == set(why)
    assert {name: reason for name, reason in why.items() if reason not in seen[name]} == {}
    assert said.count("NOT STOPPED") == len(why) and "stopped      ends its process with status 0" in said


@pytest.mark.slow
def test_answers_known_by_heart_are_right_for_the_seed_that_they_are_of(tmp_path: Path) -> None:
    """Nothing but the seed makes that attack fail."""
    place = tmp_path / "class/somebody" / EXERCISE
    place.mkdir(parents=True)
    (place / FILE).write_text((FOLDER / "attacks/memorised_answers.py").read_text())
    words = ["score", str(tmp_path / "class"), "--out", str(tmp_path / "out"), "--course", str(COURSE), "--seed", "0"]
    run_forked("grader", *words, check=True)
    result = json.loads((tmp_path / f"out/results/somebody/{EXERCISE}.json").read_bytes())
    assert {check["id"]: check["verdict"] for check in result["checks"]} == {
        "square": "passed",
        "cube": "passed",
        "any_shape": "error",
    }


def test_every_attack_has_a_row_and_every_row_an_attack() -> None:
    files = {path.stem for path in (FOLDER / "attacks").glob("*.py")}
    assert not files & set(PLACES)
    assert files | set(PLACES) == set(ATTACKS)
    for language in LANGUAGES:
        assert len({attack.title[language] for attack in ATTACKS.values()}) == len(ATTACKS)


def test_the_document_counts_them_right() -> None:
    told = (ROOT / "docs/security.md").read_text("utf-8").replace("\n", " ")
    counts = Counter(attack.holds for attack in ATTACKS.values())
    assert f"a class in which {len(ATTACKS)} attackers sit" in told
    for holds, words in (
        ("wire", " fail because of where the verdict is made"),
        ("landlock", " because of Landlock"),
        ("seccomp", " because of seccomp"),
        ("either", " because of either"),
    ):
        assert f" {counts[holds]}{words}" in told


def test_nothing_is_left_to_fill_in(tmp_path: Path) -> None:
    attacks = [attack for attack in ATTACKS.values() if attack.source is not None]
    with Witnesses() as witnesses:
        made = lay_out(tmp_path, attacks, 3, witnesses)
    sources = [path.read_text("utf-8") for path in made.all.rglob(FILE)]
    assert len(sources) == len(attacks) + 3
    assert [match for source in sources for match in re.findall("@[A-Z_]+@", source)] == []


def outcome(*findings: Finding) -> SelfTest:
    return SelfTest(FULL, findings, (), Measured(1, 1, 0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_wider_than_a_terminal(language: str) -> None:
    reasons = (say("it read a secret"), say("it reached a socket"), say("it did what it was after, and said so"))
    found = [Finding(attack.name, attack.title, "not_stopped", reasons) for attack in ATTACKS.values()]
    lines = report_lines(outcome(*found), language)
    assert max(map(cells, lines)) <= 80


def test_words_that_go_with_it_or_do_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "--json", "-", "--lang", "en"], {}) == 2
    assert "--json goes with --selftest" in capsys.readouterr().err
    assert run(["score", "submitted", "--selftest", "--lang", "en"], {}) == 2
    assert "leave out submitted" in capsys.readouterr().err
    for words in ([], ["--out", str(tmp_path / "out")], [str(tmp_path)]):
        assert run(["score", *words, "--lang", "en"], {}) == 2
        assert "grade score submitted --out scored" in capsys.readouterr().err
