"""What no exercise needs and hides what code does: forbidden wherever an exercise forbids anything, unless it allows
it (exercise.toml)."""

from __future__ import annotations

#: Code made of text, objects made of bytes or found by walking the interpreter. As in `Exercise.forbidden`.
HIDING = (
    "eval", "exec", "compile", "builtins.eval", "builtins.exec", "builtins.compile", "pickle.loads", "pickle.load",
    "pickle.Unpickler", "marshal.loads", "runpy.*", "codeop.*", "sys._getframe", "inspect.currentframe",
    "inspect.stack", "gc.get_objects", "gc.get_referrers", "gc.get_referents", ".f_globals", ".f_locals", ".f_back",
    ".f_builtins", ".tb_frame", ".gi_frame", ".__globals__", ".__subclasses__", ".__annotations__", ".__builtins__",
)  # fmt: skip


def hiding_but(allowed: tuple[str, ...]) -> tuple[str, ...]:
    """What stays forbidden where these are allowed: a module is so with all that is in it, a builtin by itself."""
    return tuple(entry for entry in HIDING if not any(_is_of(entry, name) for name in allowed))


def can_be_allowed(name: str) -> bool:
    """Whether allowing it changes anything."""
    return any(_is_of(entry, name) for entry in HIDING)


def roots() -> tuple[str, ...]:
    """The modules, builtins and attributes that can be allowed, for a sentence."""
    found = (entry if entry.startswith(".") else entry.partition(".")[0] for entry in HIDING)
    return tuple(dict.fromkeys(name for name in found if name != "builtins"))


def _is_of(entry: str, name: str) -> bool:
    return entry.removeprefix("builtins.") == name or (not name.startswith(".") and entry.startswith(f"{name}."))
