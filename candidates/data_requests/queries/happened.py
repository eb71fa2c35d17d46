"""What happened, in words: each line as the candidate's page says it, or as it stands on record without names.

Names of colleagues stand in the places of these sentences, and what the house weighs before it tells anything. So of
what has no words for candidates, only what was given as a reason or a file's name is filled in.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ats.activity import verbs
from ats.activity.models import Activity
from ats.kernel.languages import shipped
from ats.kernel.when import day_in
from candidates.applications.models import Application
from candidates.data_requests.queries.masking import DECIDED
from candidates.people.models import Candidate

KEY = re.compile(r"\{([a-z_]+)\}")
FILLED = frozenset({"filename", "subject", "reason", "why", "note", "problem"})
NOT_TOLD = (
    *(
        "offer.drafted",
        "offer.changed",
        "offer.submitted",
        "offer.approved",
        "offer.refused",
        "offer.dropped",
    ),
    *("availability.", "shadowing.", "slate.", "scorecard.nudged", "promise.nudged", "promise.passed"),
    *("promise.still_owed", "application.stand_in_chosen", "application.letter_held_back", "celebration."),
    *("interview.replied", "interview.time_proposed", "interview.time_refused", "message.scheduled"),
    *("message.overtaken", "message.put_back"),
)
"""Verbs, or how they begin: what colleagues settle among each other, and offers before there was one."""
CHUNK = 500


def happened(candidate: Candidate, *, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """Oldest first; two queries."""
    hidden = _since_untold(candidate)
    rows = Activity.objects.filter(candidate_id=candidate.pk).order_by("occurred_at", "pk")
    fields = rows.values("verb", "occurred_at", "actor_kind", "application_id", "data")
    for row in fields.iterator(chunk_size=CHUNK):
        verb = verbs.known().get(row["verb"])
        since = hidden.get(row["application_id"])
        is_hidden = since is not None and row["occurred_at"] >= since and row["verb"] != "promise.broken"
        if verb is None or is_hidden or row["verb"].startswith(NOT_TOLD):
            continue
        yield {
            "at": row["occurred_at"],
            "by": {"candidate": "you", "user": "us"}.get(row["actor_kind"], "accord"),
            "verb": row["verb"],
            "words": _words(verb, row["data"] or {}, zone),
            "is_for_them": verb.candidate_text is not None,
        }


def _since_untold(candidate: Candidate) -> dict[int | None, datetime]:
    """From when on nothing is told of an application: it is decided, and they do not know."""
    rows = Application.objects.filter(candidate=candidate, state__in=DECIDED, told_at=None)
    return {pk: since for pk, since in rows.values_list("pk", "decided_at") if since is not None}


def _words(verb: verbs.Verb, data: dict[str, Any], zone: ZoneInfo) -> str:
    if verb.candidate_text is None:
        return KEY.sub(lambda place: _value(place[1], data), verb.text).strip()
    known = defaultdict(str, data)
    known |= {
        name: shipped(str(data[name])) for name in ("what", "to_candidate", "to_stage") if data.get(name)
    }
    known |= {
        name: day_in(datetime.fromisoformat(data[f"{name}_at"]), zone)
        for name in ("due", "was_due")
        if data.get(f"{name}_at")
    }
    known["to_candidate"] = known["to_candidate"] or known["to_stage"]
    return shipped(verb.candidate_text).format_map(known).strip(" :")


def _value(key: str, data: dict[str, Any]) -> str:
    return str(data[key]) if key in FILLED and data.get(key) else "…"
