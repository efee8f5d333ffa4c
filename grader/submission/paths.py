"""Dotted paths of imported things, and which of them are forbidden.

A path extends another by one part and is made once, whatever leads to it, so no text grows along a chain of
attributes. What of it could still turn out to be forbidden is carried along as places in a tree of the entries.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

#: A path's text is shown up to so many parts and characters; of a longer one, the entry that forbids it.
_PARTS = 20
_LONGEST = 200


class _Entries:
    """A place in the tree of forbidden entries. `exact` ends here; `below` forbids whatever follows."""

    __slots__ = ("below", "children", "exact")

    def __init__(self) -> None:
        self.children: dict[str, _Entries] = {}
        self.exact: str | None = None
        self.below: str | None = None


class Path:
    """A dotted path. entry: what forbids it or a part of it, None if nothing does. private: some part but the first
    begins with an underscore. through: the last companion that it runs through, and the name right after it."""

    __slots__ = ("_all", "_places", "entry", "parent", "part", "private", "through")

    def __init__(self, all_paths: Paths, parent: Path | None, part: str) -> None:
        self._all = all_paths
        self.parent = parent
        self.part = part
        self.private: bool = parent is not None and (parent.private or part.startswith("_"))
        places, entry = all_paths.follow(parent._places if parent else None, part)
        self._places: tuple[_Entries, ...] = places
        self.through: str | None = parent.through if parent else None
        if parent is not None and parent.part in all_paths.companions:
            self.through = f"{parent.part}.{part}"
        # What lies below a forbidden thing is forbidden, too.
        self.entry: str | None = (parent and parent.entry) or entry

    def child(self, part: str) -> Path:
        """The path with one part more."""
        return self._all.child(self, part)

    def extended(self, text: str) -> Path:
        """The path with all the parts of a dotted text more."""
        path = self
        for part in text.split("."):
            path = path.child(part)
        return path

    @property
    def leads_on(self) -> bool:
        """Whether something at or below it is forbidden."""
        return bool(self._places or self.entry)

    @property
    def is_class(self) -> bool:
        """Whether it looks like a class's name."""
        return self.part[:1].isupper()

    @property
    def text(self) -> str:
        """As it would be written; for one that is too long to show, the entry that forbids it."""
        parts: list[str] = []
        path: Path | None = self
        while path is not None and len(parts) <= _PARTS:
            parts.append(path.part[:_LONGEST])
            path = path.parent
        text = ".".join(reversed(parts))
        return text if len(parts) <= _PARTS and len(text) <= _LONGEST else (self.entry or text)[:_LONGEST]


class Paths:
    """All paths of one search.

    An entry is a dotted name (with all below it) or `a.b.*` for all below only. It is looked for at a path's start
    and, since a library hands out others and itself (torch.nn.functional.torch.sigmoid), at each later part with
    which an entry begins. companions: names of modules, of which a path tells that it runs through them.
    """

    def __init__(self, entries: Iterable[str], companions: Container[str] = ()) -> None:
        self.companions = companions
        self._entries = _Entries()
        self._roots: set[str] = set()
        self._children: dict[tuple[Path | None, str], Path] = {}
        self._modules: dict[str, Path] = {}
        for entry in entries:
            self._add(entry)

    def _add(self, entry: str) -> None:
        place = self._entries
        parts = entry.removesuffix(".*").split(".")
        for part in parts:
            place = place.children.setdefault(part, _Entries())
        if entry.endswith(".*"):
            place.below = entry
        else:
            place.exact = entry
        if "." in entry:
            self._roots.add(parts[0])

    def child(self, parent: Path | None, part: str) -> Path:
        """The path that extends `parent`, or that begins with the part."""
        key = parent, part
        found = self._children.get(key)
        if found is None:
            found = self._children[key] = Path(self, parent, part)
        return found

    def of(self, text: str) -> Path:
        """The path of a dotted text."""
        first, _, rest = text.partition(".")
        start = self.child(None, first)
        return start.extended(rest) if "." in text else start

    def imported(self, module: str | None, name: str) -> Path:
        """The path of `import name`, or of `from module import name`."""
        if module is None:
            return self.of(name)
        if module not in self._modules:
            self._modules[module] = self.of(module)
        return self._modules[module] if name == "*" else self._modules[module].extended(name)

    def every(self, *texts: str) -> frozenset[Path]:
        """The paths of several texts."""
        return frozenset(map(self.of, texts))

    def follow(self, places: tuple[_Entries, ...] | None, part: str) -> tuple[tuple[_Entries, ...], str | None]:
        """The places after one part more, from those before it (None at a path's start), and the entry that forbids."""
        before = places or ()
        if places is None or part in self._roots:
            before = (*before, self._entries)
        after = tuple(place.children[part] for place in before if part in place.children)
        entries = (*(place.below for place in before), *(place.exact for place in after))
        return after, next((entry for entry in entries if entry), None)
