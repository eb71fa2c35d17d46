"""The words about the end of a promise, and who was told by law in time."""

from candidates.promises.queries.told import By, Told, told_by_law
from candidates.promises.queries.words import ENDED, Text, digest_of, last_date, may_end, texts

__all__ = [
    "ENDED",
    "By",
    "Text",
    "Told",
    "digest_of",
    "last_date",
    "may_end",
    "texts",
    "told_by_law",
]
