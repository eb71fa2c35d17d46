"""Who must not be named in feedback."""

from itertools import chain

from ats.accounts.models import User
from candidates.applications.models import Application
from candidates.feedback.domain.safe import Names
from candidates.feedback.models import ClientWord
from candidates.interviews.models import InterviewSeat
from candidates.people.models import Candidate
from candidates.reviews.models import Review
from requisitions.models import StageKind, TeamMember

FAR = (StageKind.INTERVIEW, StageKind.ASSESSMENT, StageKind.OFFER, StageKind.HIRED)
MOST = 5_000
MOST_NEAR = 200


def names_around(application: Application) -> Names:
    """The role's team, whoever sat with the candidate or was asked, the client's people, and who else applied."""
    role = application.requisition
    ids = {
        *TeamMember.objects.filter(requisition=role.pk).values_list("user", flat=True),
        *InterviewSeat.objects.filter(interview__application=application.pk).values_list("user", flat=True),
        *Review.objects.filter(application=application.pk).values_list("reviewer", flat=True),
        *(pk for pk in (role.recruiter_id, role.hiring_manager_id) if pk),
    }
    colleagues = User.objects.filter(pk__in=ids).exclude(name="").values_list("name", flat=True)
    client = ClientWord.objects.filter(application=application.pk).values_list("said_by", flat=True)
    others = Candidate.objects.filter(applications__requisition=role.pk).exclude(pk=application.candidate_id)
    near = others.filter(applications__requisition=role.pk, applications__stage__kind__in=FAR)
    return Names(
        colleagues=list(dict.fromkeys(chain(colleagues, client))),
        candidates=_names(others, MOST),
        near=_names(near, MOST_NEAR),
        own=application.candidate.name,
        besides=(role.organisation.name, role.title),
    )


def _names(rows: "object", most: int) -> list[str]:
    pairs = rows.order_by("-pk").values_list("first_name", "last_name").distinct()[:most]  # type: ignore[attr-defined]
    return [name for first, last in pairs if (name := f"{first} {last}".strip())]
