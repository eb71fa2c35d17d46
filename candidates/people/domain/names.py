"""What can be a name. Any script, any number of names; we greet by it in our mail, so it is nobody's address."""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from candidates.people.domain.keys import one_line

WANTED = gettext_lazy("Write a name; one is enough.")
ONE_IS_ENOUGH = gettext_lazy("Leave it empty if you have one name.")
TITLES = "dr|prof|st|md|mr|ms|mrs|mx|jr|sr|fr|sra|dra|ing|mag|rev"
ENDINGS = (
    "com|net|org|info|biz|io|co|xyz|top|app|link|shop|site|online|club|store|live|dev|page|click|pro|tech|space"
    "|website|world|life|news|win|bet|vip|fun|icu|work|cloud|agency|support|[a-z]{2}"
)
ADDRESS = re.compile(
    rf"://|\bwww\.|@|\bhttps?:|\.(?:com|net|org|info|biz|io|co|xyz|top|ru|cn|me|link|app)\b|\.[a-z]{{2,}}/"
    rf"|(?<![\w.])(?!(?:{TITLES})\.)[\w-]{{2,}}\.(?:{ENDINGS})(?![\w.-])"
    r"|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])",
    re.IGNORECASE,
)
"""What mail programs would make a link of."""
DOTS = str.maketrans("\u3002\uff0e\uff61\u2024", "....")
UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their class, and a gap to every eye."""
MOST_MARKS = 6
"""So many marks on one letter no script needs; more would be drawn over the lines above and below."""


def lone_one_first(data: Any) -> Any:
    """What was sent of a form, with a name that came alone as the last in the place of the first."""
    if not data or one_line(data.get("first_name", "")) or not one_line(data.get("last_name", "")):
        return data
    moved = data.copy()
    moved["first_name"], moved["last_name"] = data["last_name"], ""
    return moved


def problem(name: str) -> str:
    """Why this cannot be kept as a name, in words for whoever typed it; empty for a name and for nothing."""
    text = one_line(name)
    if text and not _can_be_seen(text):
        return gettext("Write the name in letters that can be seen.")
    if _most_marks(text) > MOST_MARKS:
        return gettext("Write the name with fewer marks on its letters.")
    plain = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    if ADDRESS.search(unicodedata.normalize("NFKC", plain).translate(DOTS)):
        return gettext("Write the name alone, without an address.")
    return ""


def _can_be_seen(text: str) -> bool:
    return any(unicodedata.category(letter)[0] in "LNPS" and letter not in UNSEEN for letter in text)


def _most_marks(text: str) -> int:
    most = run = 0
    for letter in text:
        run = run + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        most = max(most, run)
    return most
