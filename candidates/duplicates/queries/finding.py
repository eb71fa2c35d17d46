"""Who may be the same as somebody: one question to the database, each part of it answered by an index."""

from collections import Counter, defaultdict
from typing import Any

from ats.kernel.rows import listed
from candidates.duplicates.domain.employers import employer
from candidates.duplicates.domain.links import ways
from candidates.duplicates.models import Reason
from candidates.people.domain.keys import name_key
from candidates.people.domain.phones import END, digits_of, is_one
from candidates.people.models import AddressKind, Candidate, FurtherAddress

MOST_OF_A_KIND = 50
"""More who share a telephone or a file are no two records of one person."""
MOST_LOOKED_AT = 300

ALIKE = rf"""
    WITH found AS (
        SELECT id, 'email' AS reason, '' AS said FROM candidates_candidate WHERE email_key = ANY(%(emails)s)
        UNION ALL
        SELECT candidate_id, 'email', '' FROM candidates_furtheraddress
            WHERE kind = 'email' AND key = ANY(%(emails)s)
        UNION ALL
        (SELECT id, 'phone', regexp_replace(phone, '\(0\)|\D', '', 'g') FROM candidates_candidate
            WHERE NOT (phone = '')
            AND right(regexp_replace(phone, '\(0\)|\D', '', 'g'), {END}) = ANY(%(ends)s) LIMIT {MOST_LOOKED_AT})
        UNION ALL
        (SELECT candidate_id, 'phone', key FROM candidates_furtheraddress
            WHERE kind = 'phone' AND right(key, {END}) = ANY(%(ends)s) LIMIT {MOST_LOOKED_AT})
        UNION ALL
        (SELECT id, 'link', '' FROM candidates_candidate
            WHERE NOT (links = '[]') AND links ?| %(links)s::text[] LIMIT %(most)s)
        UNION ALL
        (SELECT id, 'employer', headline FROM candidates_candidate
            WHERE name_key = ANY(%(names)s) AND %(employer)s <> '' LIMIT {MOST_LOOKED_AT})
        UNION ALL
        (SELECT DISTINCT candidate_id, 'file', '' FROM candidates_document WHERE sha256 IN (
            SELECT sha256 FROM candidates_document WHERE candidate_id = %(candidate)s) LIMIT %(most)s)
    )
    SELECT f.id, f.reason, f.said, c.name_key FROM found f JOIN candidates_candidate c ON c.id = f.id
    WHERE c.id <> %(candidate)s AND c.merged_into_id IS NULL AND c.anonymised_at IS NULL
        AND NOT c.only_confidential
"""  # noqa: S608 - put together from constants
"""Of whom not everybody may know, nobody is reminded: who came through a confidential role stays out of it."""


def alike(candidate: Candidate) -> dict[int, frozenset[str]]:
    """The numbers of those who may be the same person, each with the reasons; none for who must not be found."""
    if candidate.only_confidential or candidate.anonymised_at or candidate.merged_into_id:
        return {}
    asked = _asked(candidate)
    rows = [row for row in listed(ALIKE, asked) if _holds(row[1], row[2], asked)]
    shared = Counter(row[1] for row in rows)
    crowded = {each for each in (Reason.PHONE, Reason.FILE, Reason.LINK) if shared[each] >= MOST_OF_A_KIND}
    found: dict[int, set[str]] = defaultdict(set)
    for number, reason, _, _ in rows:
        if reason not in crowded:
            found[number].add(reason)
    for number, _, _, name in rows:
        if number in found and Reason.EMPLOYER not in found[number] and name in asked["names"]:
            found[number].add(Reason.NAME)
    return {number: frozenset(reasons) for number, reasons in found.items()}


def _holds(reason: str, said: str, asked: dict[str, Any]) -> bool:
    """What an index alone does not say."""
    if reason == Reason.PHONE:
        return any(is_one(said, number) for number in asked["phones"])
    return reason != Reason.EMPLOYER or employer(said) == asked["employer"]


def _asked(candidate: Candidate) -> dict[str, Any]:
    further = FurtherAddress.objects.filter(candidate=candidate).values_list("kind", "key")
    emails = {candidate.email_key, *(key for kind, key in further if kind == AddressKind.EMAIL)}
    numbers = {digits_of(candidate.phone), *(key for kind, key in further if kind == AddressKind.PHONE)}
    first, last = candidate.first_name, candidate.last_name
    return {
        "candidate": candidate.pk,
        "emails": sorted(filter(None, emails)),
        "phones": sorted(numbers),
        "ends": sorted({number[-END:] for number in numbers if len(number) >= END}),
        "links": ways(candidate.links),
        "names": sorted({name_key(first, last), name_key(last, first)} - {""}),
        "employer": employer(candidate.headline),
        "most": MOST_OF_A_KIND,
    }
