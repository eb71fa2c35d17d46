"""What clients send as JSON: whatever it is, it is read, or refused with words."""

import json
import re
from typing import Any

from rest_framework import parsers
from rest_framework.exceptions import ParseError

DEEP = "This is nested too deeply."
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
UNWRITABLE = "There is a NUL or half a character in a text: nothing here can hold it."


class JSONParser(parsers.JSONParser):
    """As ever; what is nested beyond reading, and texts that no table holds, are mistakes of who sends them."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            found = super().parse(stream, media_type, parser_context)
            _check(found)
        except RecursionError as error:
            raise ParseError(DEEP) from error
        return found


def _check(found: Any) -> None:
    """`ParseError` for NULs and lone surrogates, in keys too: JSON can spell what is no text."""
    text = json.dumps(found, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ParseError(UNWRITABLE) from error
    if NUL.search(text):
        raise ParseError(UNWRITABLE)
