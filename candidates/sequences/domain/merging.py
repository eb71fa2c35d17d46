"""What a mail of a sequence would say with nothing in it: the places of which somebody has nothing."""

import re
from collections.abc import Mapping

PLACE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


def empty_places(text: str, values: Mapping[str, str]) -> list[str]:
    """The placeholders in this text for which there is nothing to say, in their order."""
    return [name for name in dict.fromkeys(PLACE.findall(text)) if not str(values.get(name, "")).strip()]
