"""What an application's page shows of its interviews and the evidence, and the page that takes it from a mail."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.forms import Form
from django.http import QueryDict

from ats.accounts.models import User
from ats.by_mail.domain import purposes
from ats.by_mail.domain.purposes import Done, Purpose, Shown
from ats.by_mail.models import MailKey
from ats.kernel.errors import NotAllowed, WrongState
from ats.kernel.rows import listed
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application
from candidates.applications.pages.cards import Panel, hides, panel
from candidates.applications.queries.decided import Decided, decides
from candidates.scheduling.pages.cards import arranging
from candidates.scorecards import actions, queries
from candidates.scorecards.actions.nudge import BY_MAIL
from candidates.scorecards.domain import evidence
from candidates.scorecards.models import Debrief, Outcome, ScorecardState
from candidates.scorecards.pages.forms import ScorecardForm

TELLING = frozenset({"scorecard.handed_in", "scorecard.corrected", "scorecard.nudged", "debrief.decided"})
"""Verbs from which somebody who has yet to write would learn who else has, or what they made of it."""


@panel
def interviews_panel(application: Application, user: User, now: datetime) -> Panel | None:
    """When who met, or meets, the candidate; the way to arrange more, to one's own scorecard and the debrief."""
    standing = queries.standing_of(application, user, now=now)
    times = arranging(application, user)
    if not standing.interviews and not standing.mine and times is None:
        return None
    context = {
        "application": application,
        "times": times,
        "standing": standing,
        "now": now,
        "may_read": user.has_perm("candidates.view_debrief", application),
    }
    return Panel("candidates/scorecards/panel.html", context)


OWED = """
    SELECT application_id FROM candidates_scorecard
    WHERE state = 'draft' AND interviewer_id = %(viewer)s AND application_id = ANY(%(applications)s)
    UNION
    SELECT a.id FROM candidates_interviewseat s
    JOIN candidates_shadowing h ON h.seat_id = s.id AND h.evidence = ''
    JOIN candidates_interview i ON i.id = s.interview_id AND i.state IN ('booked', 'held')
    JOIN candidates_application a ON a.id = i.application_id AND a.state = 'active'
    WHERE s.user_id = %(viewer)s AND NOT s.released AND a.id = ANY(%(applications)s)
"""


@hides(*TELLING)
def from_the_blind(applications: Collection[int], viewer: User) -> Iterable[int]:
    return [pk for (pk,) in listed(OWED, {"applications": list(applications), "viewer": viewer.pk})]


@decides
def in_the_debrief(application: Application, user: User) -> Decided | None:
    """The last decision on the evidence, where it is a no."""
    rows = Debrief.objects.visible_to(user).filter(application=application).select_related("decided_by")
    last = rows.order_by("-decided_at", "-pk").first()
    if last is None or last.outcome != Outcome.DECLINE:
        return None
    return Decided(
        where=gettext("in the debrief"),
        by=str(last.decided_by),
        at=last.decided_at,
        words=last.reason,
        reason="interviews",
    )


# --- From the mail


def show(key: MailKey, given: QueryDict | None, now: datetime) -> Shown:
    """One's own scorecard, while it is still to be written; never anybody else's."""
    page = queries.scorecard_page(key.user, key.subject_id)
    card = page.scorecard
    if not key.user.has_perm("candidates.write_scorecard", card):
        raise NotAllowed(gettext("This is not yours to write."))
    if card.state != ScorecardState.DRAFT or card.interview.starts_at > now:
        raise WrongState(gettext("It is in already, or not needed any more."))
    role = card.application.requisition
    if role.confidential:
        raise NotAllowed(gettext("This role is confidential by now: it opens with a sign-in alone."))
    form = ScorecardForm(given, asked=page.asked, scorecard=card, label_suffix="")
    context = {"page": page, "scorecard": card}
    return Shown("candidates/scorecards/by_mail.html", form, role.organisation, context)


def write(key: MailKey, form: Form, now: datetime) -> Done:
    """Handed in where it is whole; what is not is kept as a draft, which nobody else sees."""
    assert isinstance(form, ScorecardForm)
    card = form.scorecard
    # The notes for oneself are not part of this page, and stay as they are.
    content = replace(form.content, private_notes=card.private_notes)
    given = {"scorecard_id": card.pk, "revision": form.cleaned_data["revision"], "content": content}
    if evidence.missing(content, [each.mark for each in form.asked]):
        actions.save_draft(**given, by=key.user, now=now)
        return Done(
            gettext(
                "Kept as a draft, which nobody else sees. Sign in to write what is missing, and hand it in."
            )
        )
    actions.hand_in(**given, by=key.user, now=now)
    said = gettext("Your evidence about %(candidate)s is in.")
    return Done(said % {"candidate": card.application.candidate})


purposes.declare([Purpose(name=BY_MAIL, show=show, act=write)])
