"""Which of two records has which field."""

from collections.abc import Mapping

from candidates.duplicates.domain.choices import FIELDS

TAKE = "take_"


def chosen(sent: Mapping[str, str]) -> dict[str, str]:
    """What was sent for each field; one that was not sent is as proposed. The action says what is wrong with it."""
    return {name: sent[TAKE + name] for name in FIELDS if TAKE + name in sent}
