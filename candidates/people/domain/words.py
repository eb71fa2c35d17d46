"""What is taken for a word, in texts and in questions: said in SQL for texts, and again for questions in ASCII.

Both go through the same preparation, so that they meet: without accents and case, taken apart at every sign
("ISO-27001" is "ISO 27001", "Node.js" is "Node" and "js"), and the few names that are nothing but signs spelled
out. Left to itself PostgreSQL's parser would make numbers below zero, hosts and tags.
"""

import re

SPELLED = (("c++", "cplusplus "), ("c#", "csharp "), ("f#", "fsharp "))
GAPS = "<>&-+/@~."
"""What the parser would read more into; all other signs are gaps to it anyway."""
UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]"
"""Marks within a word that nobody sees: they go, and leave no gap."""
NET = r"(^|[^[:alnum:]]|\m(?:asp|ado|vb))\.net"
"""The platform, and not the end of some address; whoever asks for "net" or "dotnet" means it too."""
NUMBERED = r"\m([[:alpha:]]+)([-/ \u00a0]?)([0-9]{1,5})\M"
"""A word and its number: "Java 8", "Java-8" and "Java8", and neither "K8s" nor "2AA"."""
SHORTEST_STEM = 3
"""Who asks for "html" means "HTML5" too; shorter ones are halves of codes ("EC2", "SE1", "W2"), or what stands before
any number ("of 59"), and would make up half of what is found by."""

_NET = re.compile(r"(^|[^a-z0-9]|\b(?:asp|ado|vb))\.net")
_GAPS = str.maketrans(dict.fromkeys(GAPS, " "))


def bare(text: str, *, unaccent: str = "unaccent") -> str:
    """The SQL of a text without accents, case and marks; `unaccent` names the function that takes accents off."""
    return f"lower({unaccent}(regexp_replace({text}, '{UNSEEN}', '', 'g')))"


def apart(text: str) -> str:
    """The SQL that takes a bare text apart."""
    sql = f"regexp_replace({text}, '{NET}', '\\1 dotnet net', 'g')"
    for told, word in (*SPELLED, *((sign, " ") for sign in GAPS)):
        sql = f"replace({sql}, '{told}', '{word}')"
    return sql


def numbered(text: str) -> str:
    """The SQL of what else a bare text says with its numbers: "java8" of "Java 8", and "java" of "Java8"."""
    return f"""(
        SELECT coalesce(string_agg(CASE WHEN m[2] <> '' THEN m[1] || m[3] ELSE m[1] END, ' '), '')
        FROM regexp_matches({text}, '{NUMBERED}', 'g') AS m
        WHERE m[2] IN ('-', '/') OR length(m[1]) >= {SHORTEST_STEM}
    )"""  # noqa: S608 - put together from constants of this file


def prepared(text: str) -> str:
    """What the SQL makes of a text of ASCII alone, for which no database need be asked."""
    text = _NET.sub(r"\1 dotnet net", text.lower())
    for told, word in SPELLED:
        text = text.replace(told, word)
    return text.translate(_GAPS)
