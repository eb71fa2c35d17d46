"""What a reader of one kind of file hands back. Runs in the shut-in process only (`child.py`)."""

from dataclasses import dataclass, field

MAX_CHARACTERS = 200_000

Size = tuple[int, int]


@dataclass
class Found:
    """The words of a file, the sizes of its pages' pictures, and in words what of it was left unread."""

    text: str
    pages: list[Size] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
