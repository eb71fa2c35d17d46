"""What an ODT would load or run: in its text, its styles and the objects inside it.

Runs in the shut-in process only (`child.py`).
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from candidates.documents.domain.findings import Holds
from candidates.documents.reading import xml
from candidates.documents.reading.active import ELSEWHERE, ORDINARY_LINK

NEEDS = ("defusedxml.ElementTree",)

TAGS = {
    "object-ole": Holds.EMBEDDED,
    "plugin": Holds.EMBEDDED,
    "applet": Holds.SCRIPT,
    "script": Holds.SCRIPT,
    "execute-macro": Holds.SCRIPT,
    "dde-source": Holds.FIELDS,
    "dde-connection": Holds.FIELDS,
    "dde-connection-decl": Holds.FIELDS,
}


def look(path: Path) -> set[Holds]:
    found: set[Holds] = set()
    with xml.archive(path) as archive:
        for name in archive.namelist():
            if name.lower().startswith(("scripts/", "basic/")) and not name.endswith(("/", "-lb.xml")):
                found.add(Holds.SCRIPT)
            elif name.lower().endswith(".xml"):
                for each in xml.tree(archive, name).iter():
                    found.update(_of(each))
    return found


def _of(each: Element) -> Iterator[Holds]:
    name = str(each.tag).rpartition("}")[2]
    values = {key.rpartition("}")[2]: value for key, value in each.attrib.items()}
    if name in TAGS and not (name == "script" and not len(each) and not each.text and not each.attrib):
        yield TAGS[name]
    if name == "event-listener":
        yield Holds.SCRIPT
    elif "href" in values:
        yield from _address(name, values["href"])


def _address(name: str, href: str) -> Iterator[Holds]:
    outside = bool(ELSEWHERE.match(href))
    if name == "a":
        if outside and not ORDINARY_LINK.match(href):
            yield Holds.LAUNCH
    elif name == "template":
        # A word processor notes where its own template lies on that machine; nobody loads it from there.
        if outside and href.lower().lstrip().startswith(("http", "ftp", "smb", "//", "\\\\")):
            yield Holds.TEMPLATE
    elif name == "form":
        if outside:
            yield Holds.SENDS
    elif outside or href.startswith(("../", "/")):
        yield Holds.REMOTE
    elif name == "object":
        yield Holds.EMBEDDED
