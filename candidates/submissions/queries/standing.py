"""Whether somebody is put forward, has said yes to a client or no, and counts as ours there."""

from collections.abc import Iterable
from datetime import datetime

from ats.accounts.models import User
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application, ApplicationState
from candidates.submissions.domain.period import quiet_until
from candidates.submissions.models import Ownership, Submission, SubmissionState

WITH = ("organisation", "asked_by", "noted_by", "forward_by", "ownership__owner")


def is_over_for_them(application: Application) -> bool:
    """Whether the candidate knows that it is over: a decision that they were not told yet must not show by this."""
    if application.state == ApplicationState.ACTIVE:
        return False
    return application.state == ApplicationState.WITHDRAWN or application.told_at is not None


def of_application(application: Application) -> Submission | None:
    """What there is of it; without a question where its organisation never was a client."""
    if application.requisition.organisation.client_since is None:
        return None
    return Submission.objects.filter(application=application).select_related(*WITH).first()


def is_held(application: Application) -> bool:
    """Whether the client's people must know nothing of it yet."""
    return bool(held([application]))


def held(applications: Iterable[Application]) -> list[Application]:
    """Those of them of which the client's people must know nothing yet; no question where none is a client's."""
    known = {one.pk: one for one in applications if one.requisition.organisation.client_since is not None}
    rows = Submission.objects.held().filter(application__in=known) if known else ()
    return [known[row.application_id] for row in rows]


def check_put_forward(*applications: Application, people: Iterable[User] | None = None) -> None:
    """Raise WrongState where one is not put forward yet and one of these people is the client's; None: at all.

    Who recruits is of the house, and may meet them before.
    """
    if people is not None and all(user.recruits for user in people):
        return
    for application in held(applications)[:1]:
        said = gettext(
            "%(name)s is not put forward to %(client)s yet: that wants their yes first. Ask them for it on their page."
        )
        client = application.requisition.organisation
        raise WrongState(said % {"name": application.candidate.name, "client": client})


def owned(candidate_id: int, organisation_id: int, *, now: datetime) -> Ownership | None:
    rows = Ownership.objects.in_force(now).filter(candidate=candidate_id, organisation=organisation_id)
    return rows.select_related("owner").first()


def _answers(candidate_id: int, client: HiringOrganisation) -> list[Submission]:
    """What they answered about this client, the last answer first."""
    rows = Submission.objects.filter(
        candidate=candidate_id, organisation=client, answered_at__isnull=False
    ).select_related("application__requisition")
    return sorted(rows, key=lambda row: row.back_at or row.answered_at or row.created_at, reverse=True)


def standing_yes(candidate_id: int, client: HiringOrganisation, *, now: datetime) -> Submission | None:
    """Their yes to this client, which holds for its further roles: the last word they said, and not long ago.

    Nothing stands where they said no or took a yes back since, or the period is over.
    """
    last = next(iter(_answers(candidate_id, client)), None)
    if last is None or last.state != SubmissionState.FORWARD or last.answered_at is None:
        return None
    return last if now < quiet_until(last.answered_at, client.owned_months) else None


def quiet_since_a_no(candidate_id: int, client: HiringOrganisation, *, now: datetime) -> datetime | None:
    """Until when they are not asked about this client again, since they said no; None where they may be.

    Who came back themselves since, by applying there, or by saying yes, may be asked.
    """
    last = next(iter(_answers(candidate_id, client)), None)
    if last is None or last.state not in {SubmissionState.NO, SubmissionState.BACK}:
        return None
    said_at = last.back_at or last.answered_at
    assert said_at is not None
    until = quiet_until(said_at, client.owned_months)
    return until if now < until else None
