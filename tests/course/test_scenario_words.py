"""What probes.py says in words is found, and shown where every language of the course has it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.course.scenario_words import ScenarioWords, names_in_results, scenarios
from grader.course.texts import texts_beside

PROBES = '''
def stepped(module, w):
    """A step with
    each rate.

    More that only an author reads.
    """
    return {"w": w, "losses of it": [1.0], "memory[:, 1:4]": w}


def right_step(original, w):
    """No scenario: it stands in for a function."""


def told_in_english_alone(module):
    """Two steps."""
    return {"not translated": 1}
'''
WORDS = '[words]\n"A step with each rate." = "用每个学习率各走一步。"\n"losses of it" = "它的损失"\n'


def words(folder: Path, languages: str, text: str = WORDS) -> ScenarioWords:
    exercise = folder / "solutions" / "exercise01"
    exercise.mkdir(parents=True, exist_ok=True)
    (folder / "course.toml").write_text(f'title = "T"\nlanguages = {languages}\n', "utf-8")
    (exercise / "texts.zh-CN.toml").write_text(text, "utf-8")
    return ScenarioWords(PROBES, texts_beside(exercise))


def test_words_are_found() -> None:
    tree = ast.parse(PROBES)
    assert dict(scenarios(tree)) == {"stepped": "A step with each rate.", "told_in_english_alone": "Two steps."}
    assert [*names_in_results(tree)] == ["losses of it", "not translated"]


def test_words_without_a_translation_are_not_shown(tmp_path: Path) -> None:
    found = words(tmp_path, '["en", "zh-CN"]')
    assert found.names == {"losses of it": {"en": "losses of it", "zh-CN": "它的损失"}}
    assert found.scenario("stepped") == {"en": "A step with each rate.", "zh-CN": "用每个学习率各走一步。"}
    assert found.scenario("told_in_english_alone") is None and found.scenario("nobody") is None


@pytest.mark.parametrize(("name", "shown"), [("stepped", "A step with each rate."), ("right_step", None)])
def test_a_course_of_one_language_needs_no_translation(name: str, shown: str | None, tmp_path: Path) -> None:
    found = words(tmp_path, '["en"]').scenario(name)
    assert found == (None if shown is None else {"en": shown})
