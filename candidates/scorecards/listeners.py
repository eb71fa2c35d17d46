"""What happens to interviews and applications, and what it means for evidence."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.accounts.queries.succession import Held, Level, holder, touches
from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.kernel.staff_words import gettext, ngettext
from candidates.applications.actions import fetch
from candidates.applications.models import Application, ApplicationState
from candidates.interviews.models import Interview, InterviewState
from candidates.scorecards.actions import follow, notify
from candidates.scorecards.models import Scorecard, ScorecardState
from candidates.scorecards.pages import cards

__all__ = ["cards"]


@subscribe(
    "interview.booked",
    "interview.moved",
    "interview.cancelled",
    "interview.held",
    "interview.no_show",
    "interview.interviewer_replaced",
)
def on_interview(activity: Activity) -> None:
    follow.follow(interview_id=activity.data["interview_id"], by=user_of(activity), now=activity.occurred_at)


@subscribe(
    "application.rejected",
    "application.withdrawn",
    "application.hired",
    "application.decision_undone",
    "application.kept_from_manager",
)
def on_ending(activity: Activity) -> None:
    follow.follow_application(
        application_id=activity.application_id or 0, by=user_of(activity), now=activity.occurred_at
    )


@subscribe("user.deactivated", "user.reactivated")
def on_leaving_and_coming_back(activity: Activity) -> None:
    follow.follow_person(user_id=activity.subject_id or 0, by=user_of(activity), now=activity.occurred_at)


@touches(Level.APPLICATION, Application)
def applications_scored(user: User) -> QuerySet[Scorecard, int]:
    unwritten = Scorecard.objects.filter(interviewer=user).exclude(state=ScorecardState.SUBMITTED)
    active = unwritten.filter(application__state=ApplicationState.ACTIVE)
    return active.values_list("application", flat=True)


@holder
def evidence_held(user: User) -> list[Held]:
    owed = Scorecard.objects.owed().filter(interviewer=user)
    number = owed.filter(interview__in=Interview.objects.filter(state=InterviewState.HELD)).count()
    said = ngettext("%(number)s scorecard to hand in", "%(number)s scorecards to hand in", number)
    what = said % {"number": number}
    return [Held(what, goes=gettext("noted as never given: ask for it first"))] if number else []


@subscribe("scorecard.handed_in")
def no_longer_blind(activity: Activity) -> None:
    """Who handed in after the decision hears of it now."""
    application = _in_play(activity)
    if application is not None:
        notify.tell_who_was_blind(application, activity.data["interviewer_id"], now=activity.occurred_at)


def _in_play(activity: Activity) -> Application | None:
    application = fetch.found(activity.application_id or 0)
    if application is None or application.state != ApplicationState.ACTIVE:
        return None
    return application
