"""The scorecard as JUnit XML: a test case an item, so that any CI shows what is wrong where."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from reportedly.evaluation.gate import Breach
from reportedly.evaluation.running import Run

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, not even escaped."""


def to_junit(run: Run, breaches: tuple[Breach, ...] = ()) -> str:
    """One suite; wrong items are failures, floors that broke are failures of the case `floors`."""
    items = [(case, item) for case in run.cases for item in case.items]
    wrong = sum(not item.right for _, item in items)
    root = ET.Element(
        "testsuite",
        name=_clean(f"{run.ran.suite} on {run.ran.engine}"),
        tests=str(len(items) + 1),
        failures=str(wrong + bool(breaches)),
        errors="0",
    )
    floors = ET.SubElement(root, "testcase", classname=_clean(run.ran.suite), name="floors")
    if breaches:
        text = "\n".join(breach.message for breach in breaches)
        ET.SubElement(floors, "failure", message=f"{len(breaches)} floors broken").text = _clean(text)
    for case, item in items:
        name = f"{item.kind} {item.id}"
        element = ET.SubElement(root, "testcase", classname=_clean(f"{run.ran.suite}.{case.name}"), name=_clean(name))
        if not item.right:
            ET.SubElement(element, "failure", message=_clean(f"gold {item.gold}, got {item.got}"))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
