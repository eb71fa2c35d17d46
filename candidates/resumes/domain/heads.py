"""Which words of an entry's head are the job, which the employer, and which the place: `Cook, Example Ltd – Berlin`.

No list knows all jobs, and none knows all employers. Each way of dividing the head is given points for what it makes
of the words, and the best one is taken.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from candidates.resumes.domain import data, places

STRONG = re.compile(r"\s+[|•·–—―]\s+|\s+-\s+|\t|\s{3,}|\s*\|\s*|\s+@\s+")
COMMA = re.compile(r",\s+")
JOINS = re.compile(r"\s+(?:&|and|und|et|y|e|en|i|og|och)\s+\S", re.IGNORECASE)
GENDERS = re.compile(
    r"\s*\((?:[mwfdxhi*]\s*[/|]\s*){1,3}[mwfdxhi*]\)|(?<=\w)(?::|\*|/-?)in(?:nen)?\b", re.IGNORECASE
)
ALWAYS_AT = frozenset({"at", "@", "bei", "chez", "presso", "bij", "hos"})
"""Words that mean nothing else; "en" is in as well."""
MOST_ATOMS = 7
ALIKE = 3.0
"""What it is worth that a group looks like what it is taken for."""


@dataclass(frozen=True)
class Divided:
    """A head in its parts, with the points for dividing it so, and whether the job stands before the employer."""

    what: str
    where: str
    place: str
    points: float
    what_first: bool


@lru_cache(maxsize=8192)
def is_job(text: str) -> bool:
    """It names what somebody does, as far as the words of jobs tell."""
    jobs, ends = data.words("jobs"), tuple(data.words("job_ends"))
    bare = GENDERS.sub("", text.lower())
    if any(" " in job and job in bare for job in jobs):
        return True
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", bare)
    return any(word in jobs or (len(word) > 6 and word.endswith(ends)) for word in words)


@lru_cache(maxsize=8192)
def is_firm(text: str) -> bool:
    firms = data.words("firms")
    bare = text.lower()
    words = [word.strip("(),;") for word in bare.split()]
    pairs = [" ".join(pair) for pair in itertools.pairwise(words)]
    return any(word in firms or word.rstrip(".") in firms for word in [*words, *pairs])


@lru_cache(maxsize=8192)
def is_school(text: str) -> bool:
    words = [data.plain(word) for word in re.split(r"[\s-]+", text)]
    known = {data.plain(word) for word in data.words("schools")}
    return any(
        word in known or word.endswith(("universitat", "hochschule", "gymnasium", "akademie", "schule"))
        for word in words
    )


@lru_cache(maxsize=8192)
def is_degree(text: str) -> bool:
    bare = text.lower()
    words = [word.strip("(),;:") for word in bare.split()]
    pairs = [" ".join(pair) for pair in itertools.pairwise(words)]
    degrees = data.words("degrees")
    return any(word in degrees or word.rstrip(".") in degrees for word in [*words, *pairs])


def _joined_name(text: str) -> bool:
    """`Smith, Powell and Clarke`."""
    last = re.split(r",\s+", text)[-1]
    return JOINS.search(last) is not None


@lru_cache(maxsize=20_000)
def _points(role: str, text: str, commas: int) -> float:
    job, firm, spot = is_job(text), is_firm(text), places.is_place(text)
    merged = -0.8 * commas
    if role == "what":
        return merged + (ALIKE if job else 0) - (ALIKE / 2 if firm and not job else 0) - (2 if spot else 0)
    if role == "where":
        joined = 2.0 if commas and _joined_name(text) else 0
        return (
            merged
            + joined
            + (ALIKE if firm else 0)
            - (ALIKE / 2 if job and not firm else 0)
            - (2 if spot else 0)
        )
    words = len(text.split())
    unlike = commas or words > 6 or job or firm or JOINS.search(text)
    unknown = -2.0 if unlike else 0.3
    return (ALIKE if spot else unknown) - (0 if spot else 0.8 * commas)


def divide(heads: Sequence[str], *, what_first: bool | None = None) -> Divided:
    """The best way to divide; `what_first` is what the other entries of this résumé do."""
    return max(
        (_with_order(each, what_first) for each in _ways(tuple(heads))),
        key=lambda each: each.points,
        default=Divided("", "", "", -4.0, what_first=True),
    )


def _with_order(divided: Divided, what_first: bool | None) -> Divided:
    if what_first is None or not (divided.what and divided.where):
        return divided
    bonus = 1.0 if divided.what_first == what_first else -1.0
    return Divided(divided.what, divided.where, divided.place, divided.points + bonus, divided.what_first)


@lru_cache(maxsize=4096)
def _ways(heads: tuple[str, ...]) -> tuple[Divided, ...]:
    return tuple(itertools.chain.from_iterable(_grouped(atoms) for atoms in _atoms(heads)))


def _atoms(heads: Sequence[str]) -> Iterator[list[tuple[str, bool]]]:
    """The smallest pieces, each with whether a comma alone divides it from the one before."""
    plain: list[tuple[str, bool]] = []
    for head in heads:
        for piece in STRONG.split(head):
            parts = [part.strip(" ,;()") for part in COMMA.split(piece)]
            plain += [(part, number > 0) for number, part in enumerate(parts) if part]
    yield plain[:MOST_ATOMS]
    at = re.compile(rf"\s+(?:{data.alternatives('at')})\s+", re.IGNORECASE)
    for number, (text, comma) in enumerate(plain[:MOST_ATOMS]):
        for match in at.finditer(text):
            left, right = text[: match.start()].strip(), text[match.end() :].strip()
            told = match.group().strip().lower() in ALWAYS_AT or is_job(left) or is_firm(right)
            if told and right[:1].isupper():
                yield [*plain[:number], (left, comma), (right, False), *plain[number + 1 :]][:MOST_ATOMS]


def _grouped(atoms: list[tuple[str, bool]]) -> Iterator[Divided]:
    """All ways to put neighbouring pieces into up to three groups, and to say what each group is."""
    count = len(atoms)
    for groups in range(1, min(3, count) + 1):
        for cuts in itertools.combinations(range(1, count), groups - 1):
            edges = [0, *cuts, count]
            spans = list(itertools.pairwise(edges))
            if any(not atoms[at][1] for start, end in spans for at in range(start + 1, end)):
                continue  # only commas are bridged
            texts = [", ".join(text for text, _ in atoms[start:end]) for start, end in spans]
            for roles in itertools.permutations(("what", "where", "place"), groups):
                yield _judged(texts, roles, [end - start - 1 for start, end in spans])
    if count > 3:
        yield from _first_three(atoms)


def _first_three(atoms: list[tuple[str, bool]]) -> Iterator[Divided]:
    """Where more stands there than three parts, what is left over counts against it."""
    texts = [text for text, _ in atoms]
    for places_of in itertools.combinations(range(len(texts)), 2):
        chosen = [texts[at] for at in places_of]
        for roles in (("what", "where"), ("where", "what")):
            judged = _judged(chosen, roles, [0, 0])
            rest = [text for at, text in enumerate(texts) if at not in places_of]
            spot = next((text for text in rest if places.is_place(text)), "")
            yield Divided(
                judged.what,
                judged.where,
                spot,
                judged.points - 0.8 * (len(rest) - bool(spot)),
                judged.what_first,
            )


def _judged(texts: Sequence[str], roles: Sequence[str], commas: Sequence[int]) -> Divided:
    points = sum(_points(role, text, count) for role, text, count in zip(roles, texts, commas, strict=True))
    said = dict(zip(roles, texts, strict=True))
    order = list(roles)
    points -= 1.5 * ("what" not in said) + 1.5 * ("where" not in said)
    if "place" in said:
        points += 0.5 if roles[-1] == "place" else -0.3
    first = "what" in said and ("where" not in said or order.index("what") < order.index("where"))
    return Divided(said.get("what", ""), said.get("where", ""), said.get("place", ""), points, first)


def learnt(heads: Sequence[str]) -> Divided:
    """Of a time of learning: the school, and all else as what was learnt there."""
    pieces = []
    for head in heads:
        for piece in STRONG.split(head):
            pieces += [part.strip(" ,;()") for part in COMMA.split(piece) if part.strip(" ,;()")]
    pieces = list(itertools.chain.from_iterable(_degree_apart(piece) for piece in pieces))
    schools = [piece for piece in pieces if is_school(piece)]
    school = next((piece for piece in schools if not is_degree(piece)), schools[0] if schools else "")
    spots = _spots(pieces, school)
    rest = [piece for piece in pieces if piece != school and piece not in spots]
    points = (ALIKE if school else -1.5) + (ALIKE if any(is_degree(piece) for piece in rest) else 0.0)
    if not school and len(rest) > 1:
        school = next((piece for piece in rest if not is_degree(piece)), rest[-1])
        rest.remove(school)
    points -= 0.8 * max(0, len(rest) - 2)
    what = re.sub(r"^(?:in|en)\s+", "", ", ".join(rest))
    return Divided(what, school, ", ".join(spots), points, bool(pieces) and pieces[0] != school)


def _degree_apart(piece: str) -> list[str]:
    """`PhD Princeton University` in two."""
    first, _, rest = piece.partition(" ")
    for at in reversed(list(re.finditer(rf"\s+(?:{data.alternatives('at')})\s+", piece, re.IGNORECASE))):
        if is_school(piece[at.end() :]) and not is_school(piece[: at.start()]):
            return [piece[: at.start()], piece[at.end() :]]
    if (
        is_degree(first)
        and not is_school(first)
        and is_school(rest)
        and not re.match(r"(?:of|in|en|de|d)\b", rest)
    ):
        return [first, rest]
    return [piece]


def _spots(pieces: Sequence[str], school: str) -> list[str]:
    for start in range(len(pieces)):
        tail = [piece for piece in pieces[start:] if piece != school]
        if tail and len(tail) < 3 and places.is_place(", ".join(tail)):
            return tail
    return []
