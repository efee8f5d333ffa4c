"""Results as JUnit XML, for CI servers."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from grader.result import CheckResult, Result, Verdict
from grader.text import Text, render, say

#: The element that tells a CI server of a verdict; none for passed.
_ELEMENT: dict[Verdict, str] = {
    "failed": "failure",
    "not_implemented": "failure",
    "error": "error",
    "limit": "error",
    "grader_error": "error",
    "skipped": "skipped",
}

#: What XML 1.0 can't carry, not even escaped (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(results: list[Result], language: str) -> bytes:
    """One <testsuite> per result, one <testcase> per check, with points as properties; UTF-8."""
    suites = ET.Element("testsuites", name="grade")
    for result in results:
        suites.append(_suite(result, language))
    ET.indent(suites)
    text: bytes = ET.tostring(suites, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _suite(result: Result, language: str) -> ET.Element:
    suite = ET.Element("testsuite", name=result.exercise, file=_xml(result.submission), time=f"{result.seconds:.3f}")
    _properties(suite, score=result.score, max_score=result.max_score, status=result.status, seed=result.seed)
    if result.course_title is not None:
        _properties(suite, course_id=result.course_id, course=render(result.course_title, language))
    for check in result.checks:
        suite.append(_case(result.exercise, check, language))
    if result.status != "graded":
        suite.append(_whole(result, language))
    for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{element}"))))
    suite.set("tests", str(len(suite.findall("testcase"))))
    ET.SubElement(suite, "system-out").text = _xml(result.stdout)
    return suite


def _case(exercise: str, check: CheckResult, language: str) -> ET.Element:
    case = ET.Element("testcase", classname=exercise, name=_xml(render(check.title, language)))
    _properties(case, id=check.id, points=check.points, max_points=check.max_points, verdict=check.verdict)
    for mistake in check.mistakes:
        _properties(case, mistake=mistake)
    if check.verdict in _ELEMENT:
        _outcome(case, _ELEMENT[check.verdict], check.verdict, check.message, language)
    return case


def _whole(result: Result, language: str) -> ET.Element:
    """A case that stands for the submission itself, which could not be graded."""
    name = render(say("the submission can be graded"), language)
    case = ET.Element("testcase", classname=result.exercise, name=_xml(name))
    _outcome(case, "error", result.status, result.message, language)
    return case


def _outcome(case: ET.Element, element: str, kind: str, message: Text | None, language: str) -> None:
    text = _xml(render(message, language)) if message else kind
    outcome = ET.SubElement(case, element, message=text)
    if element != "skipped":
        outcome.set("type", kind)
        outcome.text = text


def _properties(parent: ET.Element, **values: object) -> None:
    properties = parent.find("properties")
    if properties is None:
        properties = ET.SubElement(parent, "properties")
    for name, value in values.items():
        ET.SubElement(properties, "property", name=name, value=_xml(str(value)))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
