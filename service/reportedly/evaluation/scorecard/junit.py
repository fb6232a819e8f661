"""The scorecard as JUnit XML: a test case an item, so that any CI shows what is wrong where."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from reportedly.evaluation.gate import Breach
from reportedly.evaluation.running import CaseResult, Run

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, not even escaped."""


def to_junit(run: Run, breaches: tuple[Breach, ...] = ()) -> str:
    """One suite; wrong items are failures, floors that broke are failures of the case `floors`."""
    return _suite(f"{run.ran.suite} on {run.ran.engine}", run.ran.suite, run.cases, breaches)


def breach_to_junit(breach: Breach) -> str:
    """A suite that could not be run for a breach."""
    return _suite(f"{breach.suite} on {breach.engine}", breach.suite, (), (breach,))


def _suite(title: str, suite: str, cases: tuple[CaseResult, ...], breaches: tuple[Breach, ...]) -> str:
    items = [(case, item) for case in cases for item in case.items]
    wrong = sum(not item.right for _, item in items)
    root = ET.Element(
        "testsuite",
        name=_clean(title),
        tests=str(len(items) + 1),
        failures=str(wrong + bool(breaches)),
        errors="0",
    )
    floors = ET.SubElement(root, "testcase", classname=_clean(suite), name="floors")
    if breaches:
        text = "\n".join(breach.message for breach in breaches)
        ET.SubElement(floors, "failure", message=f"{len(breaches)} floors broken").text = _clean(text)
    for case, item in items:
        name = f"{item.kind} {item.id}"
        element = ET.SubElement(root, "testcase", classname=_clean(f"{suite}.{case.name}"), name=_clean(name))
        if not item.right:
            ET.SubElement(element, "failure", message=_clean(f"gold {item.gold}, got {item.got}"))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
