"""What is kept from reviewers who have yet to answer; and the page on which they answer from their mail."""

from collections.abc import Collection, Iterable
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
from candidates.applications.pages.cards import hides
from candidates.applications.queries.decided import Decided, decides
from candidates.reviews import actions, queries
from candidates.reviews.actions import present
from candidates.reviews.forms import AnswerForm
from candidates.reviews.models import Review, ReviewState, Verdict

WAITING = """
    SELECT application_id FROM candidates_review
    WHERE state = 'open' AND reviewer_id = %(viewer)s AND application_id = ANY(%(applications)s)
"""


@hides("review.answered")
def from_who_has_yet_to_answer(applications: Collection[int], viewer: User) -> Iterable[int]:
    """Their view is to be their own."""
    return [pk for (pk,) in listed(WAITING, {"applications": list(applications), "viewer": viewer.pk})]


@decides
def after_reading(application: Application, user: User) -> Decided | None:
    """The last answer of those who were asked for their view, where it is a no."""
    rows = Review.objects.visible_to(user).filter(application=application, state=ReviewState.ANSWERED)
    last = rows.select_related("reviewer").order_by("-settled_at", "-pk").first()
    if last is None or last.verdict != Verdict.NO or last.settled_at is None:
        return None
    missing = any(mark.get("met") == "no" for mark in last.criteria.values())
    return Decided(
        where=gettext("after reading the application"),
        by=str(last.reviewer),
        at=last.settled_at,
        words=last.reason,
        reason="missing-must-have" if missing else "",
    )


# --- From the mail


def show(key: MailKey, given: QueryDict | None, now: datetime) -> Shown:
    """One candidate, as whoever was asked sees them today: while it is still theirs to answer."""
    page = queries.review_page(key.user, key.subject_id)
    if not key.user.has_perm("candidates.answer_review", page.review):
        raise NotAllowed(gettext("This is somebody else's to answer now."))
    if page.review.state != ReviewState.OPEN or not page.may_change:
        raise WrongState(
            gettext("It is not asked any more: it was answered, or the application has moved on.")
        )
    role = page.review.application.requisition
    if role.confidential:
        raise NotAllowed(gettext("This role is confidential by now: it opens with a sign-in alone."))
    form = AnswerForm(given, must_haves=page.must_haves, review=page.review, label_suffix="")
    context = {"page": page, "review": page.review}
    return Shown("candidates/reviews/by_mail.html", form, role.organisation, context)


def answer(key: MailKey, form: Form, now: datetime) -> Done:
    """The view, and the way to the next who waits for the same person."""
    assert isinstance(form, AnswerForm)
    answered = actions.answer(
        review_id=key.subject_id,
        verdict=form.cleaned_data["verdict"],
        reason=form.cleaned_data["reason"],
        criteria=form.criteria(),
        by=key.user,
        now=now,
    )
    said = gettext("You said %(verdict)s to %(candidate)s.") % {
        "verdict": answered.get_verdict_display().lower(),
        "candidate": answered.application.candidate,
    }
    following = queries.next_for(key.user, after=answered)
    further = present.by_mail_link(following, now=now) if following is not None else ""
    return Done(said, further)


purposes.declare([Purpose(name=present.BY_MAIL, show=show, act=answer)])
