"""What the page of an application and that of a person say of being put forward."""

from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application, ApplicationState
from candidates.people.models import Candidate
from candidates.submissions.models import Ownership, Submission, SubmissionState
from candidates.submissions.queries.listing import was_hired_within
from candidates.submissions.queries.standing import of_application, owned, quiet_since_a_no, standing_yes
from candidates.submissions.rules import PUT_FORWARD


@dataclass(frozen=True, kw_only=True)
class Stands:
    """How one application stands with its client, and what its viewer can do about it."""

    row: Submission
    ownership: Ownership | None
    """How its candidate counts as ours there now, by whichever application."""
    is_open: bool
    """In play, and not put forward."""
    may: bool
    may_ask: bool
    may_put: bool
    """There is a yes that stands, for another role of this client."""
    quiet_until: datetime | None
    others: bool
    """Somebody else put them forward: it is for them, or for a lead."""

    @property
    def is_forward(self) -> bool:
        return self.row.state == SubmissionState.FORWARD

    @property
    def is_no(self) -> bool:
        return self.row.state == SubmissionState.NO

    @property
    def hired_within(self) -> bool:
        return was_hired_within(self.row)


def stands(application: Application, *, user: User, now: datetime) -> Stands | None:
    """None where its organisation never was a client; up to four queries."""
    row = of_application(application)
    if row is None:
        return None
    row.application = application
    is_open = application.state == ApplicationState.ACTIVE and row.state != SubmissionState.FORWARD
    may = is_open and user.has_perm(PUT_FORWARD, application)
    client, person = row.organisation, application.candidate_id
    yes = standing_yes(person, client, now=now) if is_open else None
    quiet = quiet_since_a_no(person, client, now=now) if is_open else None
    found = owned(person, client.pk, now=now)
    theirs = {user.pk, application.requisition.recruiter_id}
    others = found is not None and not user.oversees and found.owner_id not in theirs
    return Stands(
        row=row,
        ownership=found,
        is_open=is_open,
        may=may,
        may_ask=may and not others and row.state == SubmissionState.WAITING and yes is None and quiet is None,
        may_put=may and not others and yes is not None,
        quiet_until=quiet,
        others=is_open and others,
    )


def owned_of(candidate: Candidate, *, now: datetime) -> list[Ownership]:
    """At which clients a person counts as ours now, for their page; one query."""
    rows = Ownership.objects.in_force(now).filter(candidate=candidate)
    return list(rows.select_related("organisation", "owner").order_by("organisation__name", "pk"))
