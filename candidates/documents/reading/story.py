"""Paragraphs as they are written, and boxes that hang on them. Runs in the shut-in process only (`child.py`)."""

from dataclasses import dataclass, field


@dataclass
class _Paragraph:
    """Its own words, and the lines of boxes that hang on it before its first word or behind one."""

    words: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


class Story:
    """The lines of one run of text. A box within a paragraph does not tear the words that it hangs on."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._paragraphs: list[_Paragraph] = []

    @property
    def text(self) -> str:
        return "".join(self.lines)

    @property
    def in_paragraph(self) -> bool:
        return bool(self._paragraphs)

    def begin(self) -> None:
        self._paragraphs.append(_Paragraph())

    def write(self, words: str) -> None:
        (self._paragraphs[-1].words if self._paragraphs else self.lines).append(words)

    def end(self) -> None:
        if self._paragraphs:
            paragraph = self._paragraphs.pop()
            lines = paragraph.before
            lines += [*paragraph.words, "\n", *paragraph.after]
            self.hang(lines)

    def hang(self, lines: list[str]) -> None:
        """Lines beside the paragraph that is being written."""
        if not self._paragraphs:
            self.lines += lines
        elif any(words.strip() for words in self._paragraphs[-1].words):
            self._paragraphs[-1].after += lines
        elif self._paragraphs[-1].before:
            self._paragraphs[-1].before += lines
        else:
            self._paragraphs[-1].before = lines
