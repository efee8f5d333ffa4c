"""A student's results in all exercises of a class's run, as a page to give back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from grader.report.page import results_page
from grader.report.student import Student
from grader.report.wording import points
from grader.result import Result
from grader.text import Message, Text, say


class Course(msgspec.Struct, frozen=True):
    """What pages call a course and its exercises. title: empty where a run did not note it."""

    title: Text
    titles: Mapping[str, Text]


def student_page(
    student: Student, results: Sequence[Result], *, language: str, course: Course, made: str, note: Message | None
) -> bytes:
    """The page of these results, in the learner's view; `language` is shown until another one is chosen.

    note: on hidden checks, such as when they will be shown. made: when the page was made, as a date and time.
    """
    score, most = (sum(of) for of in ([one.score for one in results], [one.max_score for one in results]))
    return results_page(
        results,
        template="studentpage.html",
        language=language,
        course=course.title or say("Your results"),
        titles=course.titles,
        footer=say("Made by grade {version} on {date}.", version=results[0].grader if results else "", date=made),
        brief=False,
        unfolded=len(results) <= 1,
        called=student.called,
        lead=[say("Score: {score} of {most}", score=points(score), most=points(most)), *([note] if note else [])],
    )
