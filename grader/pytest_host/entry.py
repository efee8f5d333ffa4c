"""What pytest finds by itself when the grader is installed: the options. Without `--submission` it does nothing more.

Loaded into every pytest run of the environment, so it imports nothing else.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--submission` and what goes with it."""
    group = parser.getgroup("grader", "grading a submission")
    group.addoption(
        "--submission",
        action="append",
        metavar="[EXERCISE=]FILE",
        default=[],
        help="run checks.py files against this submission; again for each further exercise",
    )
    group.addoption("--grade-seed", type=int, metavar="N", help="repeat the inputs of an earlier run")
    group.addoption("--grade-device", default="cpu", metavar="DEVICE", help="cpu, cuda or mps")


def pytest_configure(config: pytest.Config) -> None:
    """Register the plugin proper where there is something to grade."""
    if config.getoption("--submission"):
        from grader.pytest_host.standalone import register

        register(config)
    else:
        config.addinivalue_line("markers", "grade_check(mark): a graded check; made by grader.checks.check")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say what a check lacks here, rather than that there is no fixture called compare."""
    if item.get_closest_marker("grade_check") and not item.config.getoption("--submission"):
        pytest.fail("This is a graded check: run pytest with --submission FILE.", pytrace=False)
