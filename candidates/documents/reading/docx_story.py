"""One run of text in a DOCX: its body, a header, its footnotes.

Runs in the shut-in process only (`child.py`).
"""

import re
from xml.etree.ElementTree import Element

from candidates.documents.reading import asides, xml
from candidates.documents.reading.docx_parts import Part
from candidates.documents.reading.story import Story

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

GONE = ("del", "delText", "moveFrom")
"""What a tracked change took away, or moved from here to elsewhere."""
SKIPPED = {_FALLBACK, *(space + name for space in (_W, _W_STRICT) for name in GONE)}
RUBY = {_W + "ruby", _W_STRICT + "ruby"}
MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
HYPERLINK = re.compile(r'HYPERLINK\s+"([^"]+)"')


def words_of(part: Part) -> str:
    story = _Story(part)
    for element, closing in xml.walk(part.root, skip=SKIPPED, whole=RUBY):
        if isinstance(element.tag, str):
            (story.closes if closing else story.opens)(element)
    return story.text


class _Story(Story):
    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self._instructions: list[str] = []

    def opens(self, element: Element) -> None:
        name = _name(element)
        if name == "p":
            self.begin()
        elif name == "t":
            self.write(element.text or "")
        elif name in MARKS:
            self.write(MARKS[name])
        elif element.tag in RUBY:
            self.write(asides.ruby(_text(element, "rubyBase"), _text(element, "rt")))
        elif name == "instrText":
            self._instructions[-1:] = ["".join(self._instructions[-1:]) + (element.text or "")]
        elif name == "fldChar":
            self._field(_attribute(element, "fldCharType"))
        elif name == "altChunk":
            self.write(self.part.document(_attribute(element, "id")).strip() + "\n")
        else:
            self._draws(element)

    def _draws(self, element: Element) -> None:
        if element.tag == _DIAGRAM:
            self.hang([self.part.diagram(_attribute(element, "dm"))])
        elif element.tag == _CHART:
            self.hang([self.part.chart(_attribute(element, "id"))])
        elif element.tag == _WORD_ART:
            self.hang([element.get("string", "") + "\n"])
        elif element.tag == _M + "t":
            self.write(element.text or "")

    def closes(self, element: Element) -> None:
        name = _name(element)
        if name == "p":
            self.end()
        elif name == "tc":
            self.write("\t")
        elif name == "hyperlink":
            self.write(asides.link(self.part.address(_attribute(element, "id"))))
        elif name == "fldSimple":
            self.write(_linked(_attribute(element, "instr")))

    def _field(self, kind: str) -> None:
        """A field of several runs: what it does, then what it shows."""
        if kind == "begin":
            self._instructions.append("")
        elif kind == "end" and self._instructions:
            self.write(_linked(self._instructions.pop()))


def _linked(instruction: str) -> str:
    found = HYPERLINK.search(instruction)
    return asides.link(found[1]) if found else ""


def _name(element: Element) -> str:
    space, _, name = element.tag.rpartition("}")
    return name if f"{space}}}" in {_W, _W_STRICT} else ""


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _text(element: Element, name: str) -> str:
    """The words in those of its parts that have this name."""
    return "".join(
        each.text or ""
        for part in element
        if _name(part) == name
        for each in part.iter()
        if _name(each) == "t"
    )
