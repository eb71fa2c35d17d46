"""Somebody of whom only the team of a confidential role knows has come to us outside it, too, or so it seems.

Neither side learns of the other: the team hears it, and the person alone can say on their own page that it is they.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.faults import each_apart
from ats.kernel.access import lock_all
from ats.kernel.errors import Missing
from ats.mail import outbox
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.internal.queries import recruiter_of
from candidates.people.models import Candidate, CandidateQuerySet

BATCH = 100
NOTICE = "portal.known_openly"


def untold() -> CandidateQuerySet:
    """Those whose team does not know yet that their address was given outside their confidential role."""
    openly = Candidate.objects.filter(email_key=OuterRef("email_key"), only_confidential=False)
    kept = Candidate.objects.filter(only_confidential=True, noted_openly_at=None, anonymised_at=None)
    # Who stands beside somebody beyond a wall came by no such role: there nobody may hear of the other.
    theirs = Application.objects.filter(candidate=OuterRef("pk"))
    came_openly = Exists(theirs.filter(requisition__confidential=False))
    return kept.filter(Exists(openly)).exclude(
        came_openly & ~Exists(theirs.filter(requisition__confidential=True))
    )


@transaction.atomic
def tell_teams(now: datetime) -> int:
    """Tell the recruiters of those whose address was given outside their confidential role; once for each."""
    ids = list(untold().order_by("pk").values_list("pk", flat=True)[:BATCH])
    lock_all(Candidate, ids)
    locked = untold().filter(pk__in=ids).without_words().order_by("pk")
    return len(each_apart(locked, lambda candidate: _tell_team(candidate, now)))


def _tell_team(candidate: Candidate, now: datetime) -> None:
    candidate.noted_openly_at = now
    candidate.save(update_fields=["noted_openly_at"])
    record("candidate.known_openly", subject=candidate, by=None, now=now)
    applications = Application.objects.filter(candidate=candidate, requisition__confidential=True)
    for application in applications.select_related("requisition__recruiter").order_by("pk"):
        _tell(recruiter_of(application), candidate, application, now=now)


def _tell(user: User, candidate: Candidate, application: Application, *, now: datetime) -> None:
    values = {
        "user.first_name": user.get_short_name(),
        "candidate.name": candidate.name,
        "job.title": application.requisition.title,
        "link": letters.staff_link(f"/candidates/{candidate.pk}/"),
    }
    outbox.queue(
        NOTICE,
        to=letters.to_user(user),
        message=outbox.write(NOTICE, values=values, organisation=None, language=user.language),
        key=f"{NOTICE}:{candidate.pk}:{user.pk}",
        now=now,
        about={"requisition_id": application.requisition_id},
    )


@transaction.atomic
def say_whether_same(*, candidate: Candidate, is_same: bool, now: datetime) -> None:
    """The person says whether they have come to us outside the confidential role, too."""
    lock_all(Candidate, [candidate.pk])
    candidate = Candidate.objects.without_words().get(pk=candidate.pk)
    if not candidate.only_confidential or candidate.noted_openly_at is None:
        raise Missing("Nothing is asked of them.")
    if candidate.is_same_person == is_same:
        return
    candidate.is_same_person = is_same
    candidate.save(update_fields=["is_same_person"])
    said = "have" if is_same else "have not"
    record("candidate.said_who", subject=candidate, by=candidate, now=now, data={"said": said})
