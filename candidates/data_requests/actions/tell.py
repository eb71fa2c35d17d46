"""What is written about requests: to whom they are about, in their language, and to whoever owes the answer."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from ats.accounts.models import Role, User
from ats.kernel.kept import kept
from ats.kernel.languages import later
from ats.mail import outbox
from ats.mail.models import OutgoingMail
from ats.mail.outbox import To
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from candidates.compose import letters, words
from candidates.data_requests.models import DataComplaint, DataCorrection
from candidates.internal.models import KeptFrom
from candidates.internal.queries import recruiter_of
from candidates.people.models import Candidate


def to_person(
    role: str,
    *,
    name: str,
    address: str,
    language: str,
    organisation: HiringOrganisation | None,
    key: str,
    now: datetime,
    about: dict[str, int],
    **values: str,
) -> OutgoingMail:
    """A message about their data, to somebody who need not be a candidate."""
    facts = {
        "candidate.first_name": name,
        "organisation.name": organisation.name if organisation else later(lambda: gettext("our hiring team")),
    }
    return outbox.queue(
        role,
        to=To(
            address=address,
            name=name,
            from_name=organisation.name if organisation else "",
            reply_to=organisation.reply_to if organisation else "",
        ),
        message=outbox.write(role, values=facts | values, organisation=organisation, language=language),
        key=key,
        now=now,
        about=about,
    )


def owners_of_correction(correction: DataCorrection) -> list[User]:
    """Who recruits for what they applied for last; whoever leads, where they have not applied."""
    rows = Application.objects.whole().filter(candidate=correction.candidate_id)
    newest = rows.order_by("-applied_at", "-pk").first()
    if newest is None:
        return leads()
    recruiter = recruiter_of(newest)
    return [recruiter] if recruiter.is_active else leads()


def leads() -> list[User]:
    """Who answers for the whole house: the recruiting leads, or the administrators where there are none."""
    return _leads([person for person in _overseers() if person.works_for is None])


def _overseers() -> list[User]:
    return list(User.objects.filter(is_active=True, role__in=[Role.LEAD, Role.ADMIN]).order_by("pk"))


def _leads(people: list[User]) -> list[User]:
    return [person for person in people if person.role == Role.LEAD] or people


def leads_for(candidate: Candidate) -> list[User]:
    """Those of them from whom nothing of this candidate is kept, and who work for an organisation that knows them."""
    kept = KeptFrom.objects.in_force().filter(application__candidate=candidate)
    hidden = set(kept.values_list("user", flat=True))
    known = [person for person in _overseers() if person.pk not in hidden]
    if any(person.works_for is not None for person in known):
        rows = Application.objects.filter(candidate=candidate)
        there = set(rows.values_list("requisition__organisation", flat=True))
        known = [person for person in known if not there or any(map(person.may_work_for, there))]
    return _leads(known)


def to_colleagues(
    role: str, row: DataCorrection | DataComplaint, people: Iterable[User], *, now: datetime
) -> None:
    """One message to each; `row` says what it is, whose, and by when."""
    for person in people:
        values = {
            "user.first_name": person.get_short_name(),
            "person.name": row.name if isinstance(row, DataComplaint) else row.candidate.name,
            "request.what": what(row),
            "request.due": words.day(row.due_at, ZoneInfo(person.time_zone)),
            "link": letters.staff_link(path_of(row)),
        }
        key = f"{role}:{row._meta.model_name}:{row.pk}:{person.pk}:{now:%Y%m%d%H%M}"
        message = outbox.write(role, values=values, organisation=None, language=person.language)
        outbox.queue(role, to=letters.to_user(person), message=message, key=key, now=now)


def what(row: DataCorrection | DataComplaint) -> str:
    if isinstance(row, DataComplaint):
        return kept("a complaint about how we handle data")
    return kept("a request to put data right")


def path_of(row: DataCorrection | DataComplaint) -> str:
    kind = "complaints" if isinstance(row, DataComplaint) else "corrections"
    return f"/data-requests/{kind}/{row.pk}/"
