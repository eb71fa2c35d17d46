"""What somebody shares with others: one question to the database, each part of it answered by an index.

Of whom not everybody may know, nothing is found; nor is what hangs on a confidential role.
"""

import hashlib
from collections import defaultdict
from typing import Any

from ats.kernel.rows import listed
from candidates.applications.models import LONG_ANSWER
from candidates.documents.models import Document
from candidates.people.domain.phones import END, digits_of, is_one
from candidates.people.models import AddressKind, Candidate, FurtherAddress
from candidates.signals.domain.disposable import is_disposable
from candidates.signals.models import SignalKind

MOST = 200
"""So many people of one thing are enough to look at."""

SHARED = rf"""
    WITH found AS (
        (SELECT 'file' AS kind, d.sha256 AS said, o.candidate_id AS id FROM candidates_document d
            JOIN candidates_document o ON o.sha256 = d.sha256 AND o.candidate_id <> d.candidate_id
            WHERE d.candidate_id = %(candidate)s LIMIT %(most)s)
        UNION ALL
        (SELECT 'phone', regexp_replace(phone, '\(0\)|\D', '', 'g'), id FROM candidates_candidate
            WHERE NOT (phone = '')
            AND right(regexp_replace(phone, '\(0\)|\D', '', 'g'), {END}) = ANY(%(ends)s) LIMIT %(most)s)
        UNION ALL
        (SELECT 'phone', key, candidate_id FROM candidates_furtheraddress
            WHERE kind = 'phone' AND right(key, {END}) = ANY(%(ends)s) LIMIT %(most)s)
        UNION ALL
        SELECT 'email', email_key, id FROM candidates_candidate WHERE email_key = ANY(%(emails)s)
        UNION ALL
        SELECT 'email', key, candidate_id FROM candidates_furtheraddress
            WHERE kind = 'email' AND key = ANY(%(emails)s)
        UNION ALL
        (SELECT 'answers', md5(w.value::text), q.candidate_id FROM candidates_application p
            JOIN candidates_answer v ON v.application_id = p.id AND length(v.value::text) >= {LONG_ANSWER}
            JOIN candidates_answer w ON md5(w.value::text) = md5(v.value::text)
                AND length(w.value::text) >= {LONG_ANSWER}
            JOIN candidates_application q ON q.id = w.application_id AND q.candidate_id <> p.candidate_id
            JOIN requisitions_requisition r ON r.id = q.requisition_id AND NOT r.confidential
            WHERE p.candidate_id = %(candidate)s LIMIT %(most)s)
    )
    SELECT f.kind, f.said, f.id, c.name_key FROM found f JOIN candidates_candidate c ON c.id = f.id
    WHERE c.id <> %(candidate)s AND c.merged_into_id IS NULL AND c.anonymised_at IS NULL
        AND NOT c.only_confidential
"""  # noqa: S608 - put together from constants

Found = dict[tuple[str, str], set[int]]
"""By kind and key: the people, with the one who was asked about."""


def signals_of(candidate: Candidate) -> Found:
    """What there is to look at about this person, as things stand now."""
    if candidate.only_confidential or candidate.anonymised_at or candidate.merged_into_id:
        return {}
    asked = _asked(candidate)
    others: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for kind, said, number, name in listed(SHARED, asked):
        if kind != SignalKind.PHONE:
            others[kind, digest(said)][number] = name
        elif any(is_one(said, own) for own in asked["phones"]):
            others[kind, digest(said.lstrip("0")[-END:])][number] = name
    mine = _sorted(candidate.name_key)
    # Who has the same name is likely the same person: that is for `candidates/duplicates`, and no signal.
    found = {
        place: {candidate.pk, *people}
        for place, people in others.items()
        if any(_sorted(name) != mine for name in people.values())
    }
    return found | _alone(candidate)


def _sorted(name: str) -> tuple[str, ...]:
    return tuple(sorted(name.split()))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _alone(candidate: Candidate) -> Found:
    """What needs nobody else."""
    found: Found = {}
    if candidate.email_key and is_disposable(candidate.email_key):
        found[SignalKind.DISPOSABLE, digest(f"{candidate.pk}:{candidate.email_key}")] = {candidate.pk}
    rows = Document.objects.filter(candidate=candidate.pk).exclude(unseen="")
    for sha256 in rows.order_by("pk").values_list("sha256", flat=True):
        found[SignalKind.UNSEEN, digest(f"{candidate.pk}:{sha256}")] = {candidate.pk}
    return found


def _asked(candidate: Candidate) -> dict[str, Any]:
    further = list(FurtherAddress.objects.filter(candidate=candidate).values_list("kind", "key"))
    emails = {candidate.email_key, *(key for kind, key in further if kind == AddressKind.EMAIL)}
    numbers = {digits_of(candidate.phone), *(key for kind, key in further if kind == AddressKind.PHONE)}
    return {
        "candidate": candidate.pk,
        "emails": sorted(filter(None, emails)),
        "phones": sorted(numbers),
        "ends": sorted({number[-END:] for number in numbers if len(number) >= END}),
        "most": MOST,
    }
