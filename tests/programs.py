"""Programs that some tests take and a bare machine lacks: the test skips there, and says what to install."""

from __future__ import annotations

import shutil

import pytest


def program(name: str, packages: str = "") -> str:
    """The path of this program. Skips the test where it is missing; packages: those of Debian that have it."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"this test takes {name}: sudo apt-get install {packages or name}")
    return found


def browser_program() -> str:
    """Debian's chromium, beside fonts that have Chinese."""
    return program("chromium", "chromium fontconfig fonts-noto-cjk")
