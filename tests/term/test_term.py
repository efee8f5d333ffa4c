"""A whole term by the real commands: generate, hand out, collect in five ways, score, late days, manual points,
feedback, regrade, export.

GRADE_STUDENTS says how many students hand in six exercises, 300 before a release; otherwise six hand in two.
"""

from __future__ import annotations

import json
import re

import pytest

from grader.audit.findings import NAMED
from grader.result import Result, read_result
from tests.nbgrader.gradebooks import rows
from tests.report import readers
from tests.term.people import EXERCISES, Work
from tests.term.play import MANUAL, NEW_TEXT, WAYS, Rows, Term, plain

pytestmark = pytest.mark.slow
#: Percent taken, by hours after the deadline of all, and with two days more: 15 minutes cost nothing, each day begun 10
#: percent, together 40 at most, and more than a week everything.
TAKEN = {-30: (0, 0), 0.2: (0, 0), 5: (10, 0), 30: (20, 0), 80: (40, 20), 200: (100, 40)}
#: With three days more, and with what is excused.
TAKEN_ONCE = {("1002", "exercise03"): 10, ("1001", "exercise03"): 0}
TIMING = ("points_before", "penalty", "penalty_reason", "late", "handed_in", "due")
SAME = ("score", "max_score", "status", "checks_passed", "mistakes", "counts", *TIMING)


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Term:
    """Each part is played once, when a test first asks for it."""
    return Term(tmp_path_factory.mktemp("term"))


def percent_taken(work: Work) -> int:
    own, longer = TAKEN[work.hours]
    return TAKEN_ONCE.get(work.key, longer if work.person.id == "1003" else own)


def is_named(work: Work, found: Rows) -> bool:
    return work.mistake in found[work.key]["mistakes"].split()


def test_every_form_is_handed_out(term: Term) -> None:
    for work in term.works:
        assert (term.handout / work.exercise / f"{work.slug}.py").is_file()
        for form in ("ipynb", "nbgrader/source", "nbgrader/release"):
            assert (term.folder / form / work.exercise / f"{work.slug}.ipynb").is_file(), form


def test_points_and_penalties_are_those_counted_by_hand(term: Term) -> None:
    found = term.rows("plain")
    assert found.keys() == {work.key for work in term.works}
    wrong = [work for work in term.works if work.mistake]
    unnamed = [work for work in wrong if not is_named(work, found)]
    assert len(unnamed) <= (1 - NAMED) * len(wrong), unnamed
    for work in term.works:
        row = found[work.key]
        most, before = float(row["max_score"]), float(row["points_before"])
        if work.kind in ("reference", "variant"):
            assert before == most, work
        elif work.mistake:
            assert before < most, work
        else:
            assert before == 0, work
        penalty = 0 if work.source is None else before * percent_taken(work) / 100
        assert float(row["penalty"]) == pytest.approx(penalty, abs=0.0051), work
        assert float(row["score"]) == pytest.approx(before - float(row["penalty"])), work


@pytest.mark.parametrize("way", WAYS[1:])
def test_scores_are_equal_however_work_is_collected(term: Term, way: str) -> None:
    first, other = term.rows("plain"), term.rows(way)
    assert {key: [row[name] for name in SAME] for key, row in other.items()} == {
        key: [row[name] for name in SAME] for key, row in first.items()
    }


def test_exports_agree_with_the_table(term: Term) -> None:
    found, made = term.rows("plain"), term.out("plain") / "formats"
    for name in EXERCISES:
        mine = {work.person: found[work.key] for work in term.works if work.exercise == name}
        scores = {person: float(row["score"]) for person, row in mine.items()}
        _, most, canvas = readers.canvas((made / f"canvas/{name}.csv").read_bytes())
        by_number = {who[1]: float(points) for who, points in canvas.items()}
        assert by_number == {person.canvas: points for person, points in scores.items()}
        assert {float(most)} == {float(row["max_score"]) for row in mine.values()}
        moodle = readers.moodle((made / f"moodle/{name}.csv").read_bytes())
        assert {number: grade[0] for number, grade in moodle.items()} == {
            person.moodle: points for person, points in scores.items()
        }
        for person, points in scores.items():
            place = f"{person.id}/{name}"
            assert readers.gradescope((made / f"gradescope/{place}.json").read_bytes())["score"] == points
            # What could not be graded has no score there, only its reason.
            share = readers.prairielearn((made / f"prairielearn/{place}.json").read_bytes()).get("score", 0)
            assert share == pytest.approx(points / float(most), abs=1e-6)
            assert readers.autolab((made / f"autolab/{place}.txt").read_bytes())[1] == {name: points}
    told = json.loads((made / "results.json").read_bytes())["results"]
    after = {
        (one["student"], one["result"]["exercise"]): one["result"]["score"] - one["timing"]["penalty"] for one in told
    }
    assert after == pytest.approx({key: float(row["score"]) for key, row in found.items()})
    tests = readers.ctrf((made / "ctrf.json").read_bytes())["tests"]
    assert {tuple(test["suite"]) for test in tests} == set(found)
    assert (made / "junit.xml").read_text("utf-8").count("<testsuite ") == len(found)
    assert (made / "github/summary.md").stat().st_size
    for path in [term.out("plain") / "scores.csv", *made.glob("*/*.csv")]:
        assert readers.spreadsheet_runs(path.read_bytes()) == [], path


def test_the_class_page_has_every_student_and_no_name_is_html(term: Term) -> None:
    assert term.rows("plain")
    term.grade("report", term.out("plain"), "--html", term.folder / "class.html")
    page = (term.folder / "class.html").read_text("utf-8")
    assert "<img src=x" not in page
    letters = re.sub(r"&[#\w]+;|[^\w ]", "", page)
    assert [person.name for person in term.people if person.file_name not in letters] == []


def test_feedback_names_a_students_own_mistakes_in_their_language_and_hides_what_is_hidden(term: Term) -> None:
    found = term.rows("plain")
    term.grade("feedback", term.out("plain"))
    pages = {person.id: term.page("plain", person.id) for person in term.people}
    hidden = {}
    results = {key: read_result(content) for key, content in term.results("plain").items()}
    for work in term.works:
        page = pages[work.person.id]
        assert f'<html lang="{work.person.language}">' in page.source
        if is_named(work, found):
            assert plain(work.says[work.person.language]) in page.text, work
        if float(found[work.key]["penalty"]):
            assert plain(found[work.key]["penalty_reason"]) in page.text, work
        hidden[work.key] = seen_by_hidden_checks_alone(results[work.key])
        assert [message for message in hidden[work.key] if message in page.text] == [], work
    assert any(hidden.values()), "there was something to hide"
    term.grade("feedback", term.out("plain"), "--reveal")
    pages = {person.id: term.page("plain", person.id) for person in term.people}
    for (student, _), messages in hidden.items():
        assert [message for message in messages if message not in pages[student].text] == []


def seen_by_hidden_checks_alone(result: Result) -> list[str]:
    """What hidden checks say that no other check says, too. A page has no word on what is not written yet."""
    told = [check for check in result.checks if check.verdict != "not_implemented"]
    shown = [plain(check.message["en"]) for check in told if check.message and not check.hidden]
    hidden = [plain(check.message["en"]) for check in told if check.message and check.hidden]
    return [message for message in hidden if not any(message in other for other in shown)]


def test_a_late_second_attempt_counts_with_its_own_penalty(term: Term) -> None:
    work, second, said = term.again
    first = term.rows("plain")
    assert first[work.key]["score"] == "0" and (second[work.key]["score"], second[work.key]["penalty"]) == ("8", "2")
    names = ("score", "penalty", "late", "mistakes", "status")
    others = [other.key for other in term.works if other.exercise == work.exercise and other != work]
    assert second.keys() == {work.key, *others}
    assert [[second[key][name] for name in names] for key in others] == [
        [first[key][name] for name in names] for key in others
    ]
    # Of what nobody handed in again there is no table, and that is told.
    assert "results that have no line in this run, and are in none of its tables: 1001/exercise01, 100" in said


def test_a_corrected_course_regrades_what_changed_and_keeps_manual_points(term: Term) -> None:
    done = term.correction
    handed_in = [work for work in term.works if work.source is not None]
    kept = [work for work in handed_in if work.exercise != "exercise03"]
    assert f"Kept from the earlier run: {len(kept)}" in done.said
    for work in handed_in:
        before, after = (read_result(results[work.key]) for results in (done.results_before, done.results))
        if work in kept:
            assert done.results[work.key] == done.results_before[work.key], work
            continue
        passed = any(check.id == "sigmoid" and check.passed for check in before.checks)
        assert (after.score, after.max_score) == (before.score + passed, before.max_score + 1), work
        told = [text["en"] for check in after.checks for text in check.mistake_texts]
        assert any(NEW_TEXT in text for text in told) == (work.mistake == done.mistake), work
    query = """
        SELECT sa.student_id, a.name, g.auto_score, g.manual_score, g.needs_manual_grade FROM grade g
        JOIN submitted_notebook sn ON g.notebook_id = sn.id JOIN submitted_assignment sa ON sn.assignment_id = sa.id
        JOIN assignment a ON sa.assignment_id = a.id
    """
    book = {(student, name): tuple(row) for student, name, *row in rows(term.gradebook, query)}
    changed = {key for key, row in done.rows.items() if row["points_before"] != done.rows_before[key]["points_before"]}
    assert changed and book == {
        work.key: (float(done.rows[work.key]["points_before"]), MANUAL[0], int(work.key in changed))
        for work in handed_in
    }
    assert {row[0] for row in rows(term.gradebook, "SELECT manual_comment FROM comment")} == {MANUAL[1]}


def test_pages_after_the_correction_say_what_the_course_says_now(term: Term) -> None:
    mistake = term.correction.mistake
    term.grade("feedback", term.out("nbgrader"))
    told = {person.id for person in term.people if NEW_TEXT in term.page("nbgrader", person.id).text}
    assert told == {work.person.id for work in term.works if work.mistake == mistake and work.exercise == "exercise03"}
