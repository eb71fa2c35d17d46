"""Whether what is said of a planned interview makes sense."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from ats.accounts.models import User
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from requisitions.interview_plan.domain.facts import LENGTH, MOST_HOURS, MOST_PEOPLE, NO_INTERVIEW
from requisitions.interview_plan.models import InterviewFormat, InterviewPool, PlannedInterview
from requisitions.pipeline.models import Stage
from requisitions.roles.models import Requisition


def people(requisition: Requisition, user_ids: Sequence[int]) -> list[User]:
    """These people of the role's team, in the order of their names."""
    wanted = set(user_ids)
    rows = User.objects.filter(pk__in=wanted).order_by("name", "id")
    found = list(rows.filter(is_active=True, memberships__requisition=requisition).distinct())
    if len(found) < len(wanted):
        missing = rows.exclude(pk__in=[user.pk for user in found]).first()
        who = str(missing) if missing else gettext("This person")
        raise Invalid(
            gettext("%(who)s is not on the team of this role: take them in first.") % {"who": who},
            field="interviewer_ids",
        )
    if len(found) > MOST_PEOPLE:
        raise Invalid(
            gettext("More than %(MOST_PEOPLE)s people are a tribunal.") % {"MOST_PEOPLE": MOST_PEOPLE},
            field="interviewer_ids",
        )
    return found


def check(planned: PlannedInterview, *, stage: Stage | None, chosen: int) -> None:
    """Raise Invalid, naming the field, where the facts do not make sense together.

    `stage` is the one of that number in this role; `chosen` is how many people always take part.
    """
    if not planned.name or len(planned.name) > 100:
        raise Invalid(gettext("Give the interview a name of at most 100 characters."), field="name")
    if not planned.purpose or len(planned.purpose) > 300:
        raise Invalid(gettext("Say in a sentence what it is to find out."), field="purpose")
    if stage is None or stage.kind in NO_INTERVIEW:
        raise Invalid(gettext("Choose the step in which it takes place."), field="stage_id")
    if planned.format not in InterviewFormat.values:
        raise Invalid(gettext("Choose one of the list."), field="format")
    _check_figures(planned, chosen)
    _check_place(planned)


def _check_figures(planned: PlannedInterview, chosen: int) -> None:
    low, high = LENGTH
    if not low <= planned.minutes <= high:
        raise Invalid(
            gettext("Give from %(low)s to %(high)s minutes.") % {"low": low, "high": high}, field="minutes"
        )
    if not max(chosen, 1) <= planned.interviewers_needed <= MOST_PEOPLE:
        raise Invalid(
            gettext("From %(fewest)s to %(most)s people take part.")
            % {"fewest": max(chosen, 1), "most": MOST_PEOPLE},
            field="interviewers_needed",
        )
    if not 1 <= planned.scorecard_hours <= MOST_HOURS:
        raise Invalid(
            gettext("Give from 1 to %(MOST_HOURS)s working hours.") % {"MOST_HOURS": MOST_HOURS},
            field="scorecard_hours",
        )


def _check_place(planned: PlannedInterview) -> None:
    if planned.format == InterviewFormat.ON_SITE and not planned.place:
        raise Invalid(gettext("Give the address: the candidate gets it with the invitation."), field="place")
    if len(planned.place) > 300:
        raise Invalid(gettext("Keep it under 300 characters."), field="place")
    if planned.video_link:
        try:
            URLValidator(schemes=["https", "http"])(planned.video_link)
        except ValidationError:
            raise Invalid(
                gettext("Write the whole link, such as https://example.com/room."), field="video_link"
            ) from None
        if len(planned.video_link) > 200:
            raise Invalid(gettext("Keep it under 200 characters."), field="video_link")


def pool_of(requisition: Requisition, pool_id: int | None) -> InterviewPool | None:
    """The pool of this number, if it belongs to the organisation that hires."""
    if pool_id is None:
        return None
    found = InterviewPool.objects.filter(pk=pool_id, organisation=requisition.organisation_id).first()
    if found is None:
        raise Invalid(gettext("Choose one of the list."), field="pool_id")
    return found
