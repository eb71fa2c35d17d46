"""What stands in the way of putting two records together, in words; nothing where it may be done."""

from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise

from ats.accounts.models import User
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application
from candidates.people.models import Candidate

BOTH_IN_PLAY = """
    SELECT a.id FROM candidates_application a JOIN candidates_application o ON o.requisition_id = a.requisition_id
    WHERE a.candidate_id = %s AND o.candidate_id = %s AND a.state = 'active' AND o.state = 'active' ORDER BY a.id
"""
AT_ONE_TIME = """
    SELECT 1 FROM candidates_interview a JOIN candidates_interview o
        ON tstzrange(a.starts_at, a.ends_at) && tstzrange(o.starts_at, o.ends_at)
    WHERE a.candidate_id = %s AND o.candidate_id = %s AND a.state = 'booked' AND o.state = 'booked'
        AND NOT a.doubled AND NOT o.doubled LIMIT 1
"""


@dataclass(frozen=True)
class Obstacle:
    said: str | Promise
    application: Application | None = None
    """The one of the first that has to end before, where the reader may see it."""


def between(kept: Candidate, lost: Candidate, user: User) -> list[Obstacle]:
    found = [Obstacle(said) for said in [*_of_people(kept, lost), *_on_their_way(kept, lost)]]
    return found + _both_in_play(kept, lost, user) + _at_one_time(kept, lost)


def _of_people(kept: Candidate, lost: Candidate) -> list[str]:
    if kept.pk == lost.pk:
        return [gettext("Nobody is put together with themselves: choose two people.")]
    if kept.merged_into_id or lost.merged_into_id:
        return [gettext("One of these was put together with another record already. Open the page again.")]
    if kept.anonymised_at or lost.anonymised_at:
        return [gettext("The data of one of them were erased: there is nothing to put together.")]
    if kept.only_confidential or lost.only_confidential:
        return [
            gettext(
                "One of them came through a confidential role alone, and stays by themselves until others may know."
            )
        ]
    return []


def _on_their_way(kept: Candidate, lost: Candidate) -> list[str]:
    """The rooms above and below are known here by the names of their relations."""
    found = []
    people = Candidate.objects.filter(pk__in=[kept.pk, lost.pk])
    if people.filter(erasures__state__in=["waiting", "erased"]).exists():
        found.append(
            gettext("One of them is about to be erased: it is done, or called off, before anything else.")
        )
    if people.filter(data_copies__state="making").exists():
        found.append(gettext("A copy of the data of one of them is being made. Try again in some minutes."))
    held = people.filter(legal_holds__lifted_at=None, legal_holds__isnull=False).distinct()
    if held.count() == 2:
        found.append(gettext("Both are held by a legal hold of their own: lift one of them first."))
    return found


def _both_in_play(kept: Candidate, lost: Candidate, user: User) -> list[Obstacle]:
    with connection.cursor() as cursor:
        cursor.execute(BOTH_IN_PLAY, [kept.pk, lost.pk])
        ids = [number for (number,) in cursor.fetchall()]
    if not ids:
        return []
    seen = Application.objects.visible_to(user).filter(pk__in=ids).select_related("requisition")
    found = [
        Obstacle(
            gettext("Both are in play for %(role)s: end one of the two applications first.")
            % {"role": row.requisition.title},
            row,
        )
        for row in seen.order_by("pk")
    ]
    # Of a role that the reader may not know, no more is said than that somebody else has to do it.
    unseen = Obstacle(gettext("Ask a recruiting lead to put these two together."))
    return found if len(found) == len(ids) else [*found, unseen]


def _at_one_time(kept: Candidate, lost: Candidate) -> list[Obstacle]:
    with connection.cursor() as cursor:
        cursor.execute(AT_ONE_TIME, [kept.pk, lost.pk])
        if cursor.fetchone() is None:
            return []
    return [Obstacle(gettext("Both have an interview at one time: move one of them first."))]
