"""Who hears of a decision on the evidence: those who took part in it, once they may read the others'."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from ats.accounts.models import User
from ats.kernel.languages import ours
from ats.mail import outbox
from candidates.applications.models import Application
from candidates.internal.queries import may_hear
from candidates.scorecards import mails
from candidates.scorecards.models import Debrief, Scorecard, ScorecardState


def tell(debrief: Debrief, application: Application, *, now: datetime) -> None:
    """Interviewers whose evidence is in, the recruiter and the hiring manager; not who decided it.

    Whoever still owes evidence hears nothing that could lead them: they are told once theirs is in.
    """
    cards = Scorecard.objects.filter(application=application)
    requisition = application.requisition
    took_part = Q(pk__in=cards.filter(state=ScorecardState.SUBMITTED).values("interviewer")) | Q(
        pk__in=[requisition.recruiter_id, requisition.hiring_manager_id]
    )
    people = User.objects.filter(took_part, is_active=True).exclude(pk__in=cards.owed().values("interviewer"))
    _write(debrief, application, people.order_by("pk"), now=now)


def tell_who_was_blind(application: Application, user_id: int, *, now: datetime) -> None:
    """Their evidence is in by now: what was decided meanwhile is no longer kept from them."""
    last = application.debriefs.select_related("decided_by").order_by("-decided_at", "-pk").first()
    owed = Scorecard.objects.owed().filter(application=application, interviewer=user_id)
    if last is not None and not owed.exists():
        _write(last, application, User.objects.filter(pk=user_id, is_active=True), now=now)


def _write(debrief: Debrief, application: Application, people: Iterable[User], *, now: datetime) -> None:
    requisition = application.requisition
    for user in may_hear(people, application.pk):
        if user == debrief.decided_by:
            continue
        message = outbox.write(
            mails.DECIDED,
            organisation=requisition.organisation,
            language=user.language,
            values={
                "user.first_name": user.get_short_name(),
                "decider.name": str(debrief.decided_by),
                "candidate.name": str(application.candidate),
                "requisition.title": requisition.title,
                "outcome": ours(debrief.get_outcome_display)().lower(),
                "link": settings.BASE_URL + reverse("debrief", args=[application.pk]),
            },
        )
        outbox.queue(
            mails.DECIDED,
            to=outbox.To(
                address=user.email,
                name=user.name,
                from_name=debrief.decided_by.name,
                reply_to=debrief.decided_by.email,
            ),
            message=message,
            key=f"{mails.DECIDED}:{debrief.pk}:{user.pk}",
            now=now,
            # To staff: what is kept about the candidate is for their own messages.
            about=requisition.about(),
        )
