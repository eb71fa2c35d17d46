"""What can be read in words without understanding them: lines, what two texts share, and amounts of money."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

WORD = re.compile(r"[^\W\d_]{2,}")
STEM, SHORTEST = 5, 4
"""Words that begin with the same letters are of one family, in most languages: shipping, shipped; deliver, delivery.

Of shorter words those say something that stand in capitals: SQL, GTFS, UX.
"""
_EMPTY = """
    about above across after again all also always among another anybody anything anywhere around because been
    before behind being below beside best better between both could each either else enough ever every everybody
    everyone everything everywhere first from good have having here into itself just knows last less like long
    made make makes many more most much must need needs neither never nobody nothing only other others ours over
    people person same shall should some somebody someone something soon such than that their theirs them then
    there these they thing things think this those through together towards under until upon used very want
    wants well were what when where whether which while whom whose will with within without work works would
    year years your
    aber alle allem allen aller alles also andere anderen auch beide beiden damit dann dass deine deren diese
    diesem diesen dieser dieses doch durch eine einem einen einer eines etwas euch euer gegen haben hatte immer
    jede jedem jeden jeder jedes kann keine keinen konnte können mehr mein meine menschen muss müssen nach nicht
    nichts noch oder ohne schon sehr sein seine sich sind soll sollen unser unsere unter viel viele weil wenn
    werden wird wurde zwischen über
    ainsi alors antes après aunque aussi autre autres avant avec avoir beaucoup cada cela celle celui cette ceux
    chaque comme como cuando dans depuis desde deux donc donde dont elle elles ellos encore entre esta este esto
    estos faire gente hacer hacia hasta leur leurs mais moins mucho muchos même nada notre nous nuestra nuestro
    otra otro otros para parce pendant pero personas plus poco porque pour puede pueden quand quel quelle quien
    sans según sino sobre solo sont sous también tanto tiene todo todos tous tout toute toutes très usted vers
    votre vous être
"""
EMPTY = frozenset(_EMPTY.split())
"""Words that every text has, whatever it is about (in English, German, French, Spanish): sharing one says nothing."""

_GROUP = r"[.,'\u2019\u00a0\u202f ]"
"""What stands between thousands, from place to place."""
_NUMBER = rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:[.,]\d{{1,2}})?|\d+(?:[.,]\d{{1,2}})?"
MONEY = re.compile(
    rf"(?P<before>[€$£¥₹]|\b[A-Z]{{3}}\b)\s?(?P<a>{_NUMBER})(?P<ka>\s?[kK]\b)?"
    rf"|(?P<b>{_NUMBER})(?P<kb>\s?[kK]\b)?\s?(?P<after>[€$£¥₹]|zł|\b[A-Z]{{3}}\b)"
)
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN"}


def lines(text: str) -> list[str]:
    """What a field of one thing a line says, without bullets."""
    found = (line.strip().lstrip("-*•· ").strip() for line in text.splitlines())
    return [line for line in found if line]


def stems(text: str) -> set[str]:
    """The beginnings of the words that say what it is about."""
    return {word.casefold()[:STEM] for word in WORD.findall(text) if _says_something(word)}


def _says_something(word: str) -> bool:
    if len(word) < SHORTEST:
        return word.isupper()
    return word.casefold() not in EMPTY


def speaks_of(line: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts has a word in common with the line that says what it is about."""
    wanted = stems(line)
    return any(_of_one_family(one, other) for text in texts for other in stems(text) for one in wanted)


def _of_one_family(one: str, other: str) -> bool:
    """The same beginning; where a word is all there is of it, that of the other: ship and shipped."""
    return one == other or (min(len(one), len(other)) == SHORTEST and one[:SHORTEST] == other[:SHORTEST])


def amounts(text: str, currency: str) -> list[Decimal]:
    """The amounts of money of this currency that a text names, in its order."""
    found = []
    for match in MONEY.finditer(text):
        sign = match["before"] or match["after"]
        if SIGNS.get(sign, sign) == currency:
            thousands = bool(match["ka"] or match["kb"])
            value = _amount(match["a"] or match["b"])
            if value is not None:
                found.append(value * 1000 if thousands else value)
    return found


def _amount(written: str) -> Decimal | None:
    """`68,000`, `68.000`, `68 000`, `24,50`: what stands in groups of three are thousands."""
    plain = re.sub(rf"{_GROUP}(?=\d{{3}}(?!\d))", "", written).replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
