"""`python -m benchmarks WHAT...`, where each is one of `COMMANDS` or `all`; `--help` tells the options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from benchmarks import (
    chain,
    cluster,
    cold,
    daily,
    gradebook,
    hostile,
    judge,
    live,
    page,
    parts,
    reports,
    scale,
    score,
    truth,
    warm,
)
from benchmarks.measure import adopt_orphans
from benchmarks.show import Table, machine

COMMANDS: dict[str, Callable[..., Iterable[Table]]] = {
    "cold": cold.measure,
    "chain": chain.measure,
    "warm": warm.measure,
    "daily": daily.measure,
    "score": score.measure,
    "scale": scale.measure,
    "cluster": cluster.measure,
    "hostile": hostile.measure,
    "parts": parts.measure,
    "gradebook": gradebook.measure,
    "reports": reports.measure,
    "page": page.measure,
    "live": live.measure,
    "judge": judge.measure,
    "truth": truth.measure,
}
#: What some take beside `quick`, named as the options are.
TAKEN = {
    "score": ("nbgrader",),
    "scale": ("most",),
    "cluster": ("most",),
    "reports": ("most",),
    "truth": ("only", "seed", "seeds"),
}


def main() -> None:
    """Measure what is asked for, print tables, write the figures."""
    options = _options()
    adopt_orphans()
    os.environ["GRADE_WARM"] = "0"  # but where the server is what is measured
    facts = machine()
    print("; ".join(f"{name} {fact}" for name, fact in facts.items()))
    found: dict[str, list[Table]] = {}
    for name in COMMANDS if "all" in options.what else options.what:
        found[name] = []
        for table in _measure(name, options):  # some take hours: each is shown as soon as it is there
            table.show()
            found[name].append(table)
    assert "torch" not in sys.modules, "the measuring process would share PyTorch's pages with what it measures"
    if options.json:
        figures = {name: {table.title: table.values for table in tables} for name, tables in found.items()}
        content = msgspec.json.encode({"machine": facts, "quick": options.quick, "figures": figures})
        options.json.write_bytes(msgspec.json.format(content, indent=2) + b"\n")


def _measure(name: str, options: argparse.Namespace) -> Iterable[Table]:
    taken = {option: getattr(options, option) for option in TAKEN.get(name, ())}
    return COMMANDS[name](quick=options.quick, **taken)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="What grading costs, and whether it is true. Linux only."
    )
    parser.add_argument(
        "what", nargs="*", default="all", choices=(*COMMANDS, "all"), metavar="WHAT", help=", ".join(COMMANDS)
    )
    parser.add_argument("--quick", action="store_true", help="a few runs of each, to see that it works")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE")
    parser.add_argument(
        "--nbgrader", type=Path, metavar="PROGRAM", help="nbgrader's program, if it is not in this environment"
    )
    parser.add_argument(
        "--most",
        type=int,
        default=10_000,
        metavar="N",
        help="scale, cluster, reports: no class of more (default: 10000)",
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="EXERCISE", help="truth: of these exercises alone")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="truth: the first seed (default: 0)")
    parser.add_argument(
        "--seeds", type=int, default=1, metavar="N", help="truth: right answers with so many (default: 1)"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
