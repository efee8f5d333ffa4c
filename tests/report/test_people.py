"""How a class's page calls its students."""

from __future__ import annotations

import pytest

from grader.report.classpage.people import People
from grader.report.student import Student


@pytest.mark.parametrize("names", [("张伟", "张伟"), ("Ada" * 100 + "x", "Ada" * 100 + "y"), ("Ada\x01", "Ada\\x01")])
def test_names_that_are_shown_alike_have_their_ids(names: tuple[str, str]) -> None:
    people = People({id: Student(id, name) for id, name in zip("ab", names, strict=True)})
    assert people.called("a") != people.called("b") and people.called("b").endswith(" (b)")


def test_who_has_no_name_is_called_by_the_id() -> None:
    people = People({"a": Student("a", "Ada"), "b": Student("b")})
    assert [people.called(id) for id in "abc"] == ["Ada", "b", "c"]
