"""What an exercise's probes.py says in words: what its scenarios do, and the names in their results.

The words are in the course's first language; `[words]` in the texts of each further one has their translations.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.course.texts import AuthoredTexts
from grader.text import Text


class ScenarioWords:
    """The words that have a translation in every language of the course.

    names: what a name in a result is called in each language.
    """

    def __init__(self, source: str, texts: AuthoredTexts) -> None:
        self._texts = texts
        self._tree = ast.parse(source)
        found = {name: self._in_all(name) for name in names_in_results(self._tree)}
        self.names: dict[str, Text] = {name: text for name, text in found.items() if text is not None}

    def scenario(self, name: str) -> Text | None:
        """What the scenario of this name does."""
        says = dict(scenarios(self._tree)).get(name)
        return self._in_all(says) if says else None

    def _in_all(self, words: str) -> Text | None:
        text = self._texts.of("words", words, words)
        return text if text.keys() >= {*self._texts.others} else None


def scenarios(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each public function that gets the submission's module, and the first paragraph of its docstring."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.args.args:
            says = ast.get_docstring(node)
            if says and node.args.args[0].arg == "module":
                yield node.name, " ".join(says.split("\n\n")[0].split())


def names_in_results(tree: ast.Module) -> Iterator[str]:
    """Keys of dicts that are words and no code: they have a blank in them, and are no slice."""
    for node in ast.walk(tree):
        for key in node.keys if isinstance(node, ast.Dict) else []:
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and _are_words(key.value):
                yield key.value


def _are_words(key: str) -> bool:
    return " " in key and "[:" not in key
