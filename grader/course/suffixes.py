"""How the name of a file with code may end: what was saved or downloaded may have got a capital letter, or an ending
more."""

from __future__ import annotations

#: How a name may end → what the file is by that: Python code, or a notebook.
_KINDS = {
    ".py.txt": ".py",
    ".ipynb.txt": ".ipynb",
    ".ipynb.json": ".ipynb",
    ".py.py": ".py",
    ".ipynb.ipynb": ".ipynb",
    ".py": ".py",
    ".ipynb": ".ipynb",
}
#: In which forms a file is sought that is not named.
SOUGHT = (".py", ".ipynb", ".PY", ".IPYNB", ".py.txt", ".ipynb.txt", ".ipynb.json")


def code_kind(name: str) -> str | None:
    """The suffix that a name means: ".py" or ".ipynb"; None for a name that is no such file's."""
    return _KINDS.get(code_ending(name).lower())


def code_ending(name: str) -> str:
    """The part of a name that tells its kind, as it is written; empty if none does."""
    lower = name.lower()
    return next((name[-len(end) :] for end in _KINDS if lower.endswith(end) and len(lower) > len(end)), "")


def code_stem(name: str) -> str:
    """The name without that part."""
    return name.removesuffix(code_ending(name))
