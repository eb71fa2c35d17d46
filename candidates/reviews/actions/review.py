"""Putting candidates before a manager, and the manager's answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ats.accounts.models import User
from ats.activity.record import announce, record
from ats.kernel.access import get_for, lock, lock_all
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.languages import ours
from ats.kernel.prepared import Prepared
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.applications.models import Application, ApplicationState
from candidates.compose import lawful
from candidates.internal.queries import kept_applications, partner_of, partners_of
from candidates.reviews.actions import present
from candidates.reviews.models import Review, ReviewState, Slate, Verdict
from candidates.submissions.queries import check_put_forward
from requisitions.models import Criterion, CriterionKind, Requisition

MET = {"yes": gettext_lazy("Met"), "no": gettext_lazy("Not met"), "unclear": gettext_lazy("Unclear")}
"""How a must-have can be judged."""

MAX_TEXT = 4000


def ask(
    *,
    application_ids: Iterable[int],
    reviewer_id: int | None = None,
    by: User,
    now: datetime,
    note: str = "",
) -> Slate:
    """Put these candidates of one requisition before its hiring manager, or somebody else of its team.

    One slate, one mail. Raises `Conflict` if all of them are before that person already.
    """
    with transaction.atomic():
        applications = _lock(application_ids, by)
        requisition = applications[0].requisition
        reviewer = _reviewer(applications, reviewer_id)
        waiting = present.without_open_review(applications, reviewer)
        if not waiting:
            raise Conflict(
                gettext("%(reviewer)s has been asked already and has not answered yet.")
                % {"reviewer": reviewer}
            )
        lawful.check(waiting[0], {"note": note}, where="slate", what="The note with a slate, for")
        slate = present.present(waiting, reviewer=reviewer, by=by, now=now, note=note.strip()[:MAX_TEXT])
        for application in waiting if reviewer_id in {None, requisition.hiring_manager_id} else []:
            due_at = present.due_at(requisition, now)
            announce("review.before_manager", subject=application, by=by, now=now, data={"due_at": due_at})
        present.write_mail(slate, now=now)
    return slate


def ask_on_entering(*, application_id: int, by: User, now: datetime) -> Slate | None:
    """The candidate has entered a stage of review: ask the hiring manager, unless that was done.

    Moves that follow each other closely become one slate and one mail. None where there is nothing to ask.
    """
    with transaction.atomic():
        application = Application.objects.whole().get(pk=application_id)
        reviewer = partner_of(application)
        if reviewer is None or not present.without_open_review([application], reviewer):
            return None
        return present.join_or_present(application, reviewer=reviewer, by=by, now=now)


def answer(
    *,
    review_id: int,
    verdict: str,
    reason: str,
    criteria: Mapping[int, Mapping[str, str]],
    by: User,
    now: datetime,
) -> Review:
    """The reviewer's yes, no or unsure, with the reason and a mark (`MET`) for every must-have.

    With the hiring manager's answer the next move is the recruiter's. An unsure may later become a yes or
    a no; anything else that was answered before is a `Conflict`.
    """
    with transaction.atomic():
        review = _lock_review(review_id, by)
        _check_may_answer(review, verdict)
        reason = reason.strip()
        if not reason:
            raise Invalid(gettext("Say in a few words what decided it."), field="reason")
        review.criteria = _judged(review.application.requisition_id, criteria)
        said = {f"text_{number}": mark["text"] for number, mark in review.criteria.items()}
        lawful.check(
            review.application, said | {"reason": reason}, where=f"view-{review.pk}", what="The view on"
        )
        review.state, review.verdict, review.reason = ReviewState.ANSWERED, verdict, reason[:MAX_TEXT]
        review.settled_at = now
        review.save(update_fields=["state", "verdict", "reason", "criteria", "settled_at"])
        record("review.answered", subject=review, by=by, now=now, data=_answer_data(review))
    return review


def change_due(*, slate_id: int, due_at: datetime) -> None:
    """The views of this slate are due at another time: the agreement of the partners says so."""
    Review.objects.open().filter(slate=slate_id).update(due_at=due_at)


def cancel(*, application_id: int, why: str, by: User | None, now: datetime) -> int:
    """Take back what is still open about this application; how many questions that were."""
    with transaction.atomic(savepoint=False):
        open_ones = _open_ones(application=application_id)
        if not open_ones:  # as nearly always
            return 0
        reviews = Review.objects.filter(pk__in=open_ones).order_by("pk")
        for review in reviews.select_related("reviewer", "application__requisition"):
            _cancel(review, why=why, by=by, now=now)
    return len(open_ones)


def cancel_of(*, application_id: int, reviewer_id: int, why: str, by: User | None, now: datetime) -> None:
    """Take back what is asked of one person about this application."""
    with transaction.atomic():
        lock(Application, application_id)
        open_ones = Review.objects.open().filter(application=application_id, reviewer=reviewer_id)
        for review in open_ones.select_related("reviewer", "application__requisition"):
            _cancel(review, why=why, by=by, now=now)


@Prepared
def _open_ones(*, application: int) -> "QuerySet[Review, int]":
    rows = Review.objects.open().filter(application=application).order_by("pk")
    return rows.select_for_update(no_key=True).values_list("pk", flat=True)


def hand_over(*, requisition_id: int, by: User | None, now: datetime) -> Slate | None:
    """What the former hiring manager has not answered goes to the present one."""
    with transaction.atomic():
        requisition = Requisition.objects.select_related(
            "hiring_manager", "recruiter", "organisation__calendar"
        ).get(pk=requisition_id)
        left = present.with_those_who_left(requisition)
        if not left or requisition.hiring_manager is None:
            return None
        for review in left:
            _cancel(review, why="the role has a new hiring manager", by=by, now=now)
        rows = Application.objects.whole().active().filter(pk__in=[review.application_id for review in left])
        kept = kept_applications(requisition.hiring_manager, (review.application_id for review in left))
        applications = list(rows.exclude(pk__in=kept))
        waiting = present.without_open_review(applications, requisition.hiring_manager)
        if not waiting:
            return None
        presenter = by or requisition.recruiter
        slate = present.present(waiting, reviewer=requisition.hiring_manager, by=presenter, now=now, note="")
        present.write_mail(slate, now=now)
    return slate


def _lock(application_ids: Iterable[int], by: User) -> list[Application]:
    ids = set(application_ids)
    lock_all(Application, ids)
    applications = list(Application.objects.whole().visible_to(by).filter(pk__in=ids).order_by("pk"))
    if len(applications) != len(ids) or not ids:
        raise Missing(gettext("One of these applications is not visible."))
    if len({application.requisition_id for application in applications}) > 1:
        raise Invalid(gettext("A slate holds candidates of one role."), field="application_ids")
    if not by.has_perm("candidates.ask_review", applications[0]):
        raise Missing(gettext("One of these applications is not visible."))
    for application in applications:
        if application.state != ApplicationState.ACTIVE:
            raise WrongState(
                gettext("%(candidate)s is not in play for this role any more.")
                % {"candidate": application.candidate}
            )
    return applications


def _reviewer(applications: Sequence[Application], reviewer_id: int | None) -> User:
    """Who is asked about all of these; never somebody from whom one of them is kept."""
    requisition = applications[0].requisition
    if reviewer_id is None or reviewer_id == requisition.hiring_manager_id:
        if requisition.hiring_manager is None:
            raise Invalid(
                gettext("This role has no hiring manager yet: name one first."), field="reviewer_id"
            )
        return _partner(applications)
    reviewer = User.objects.filter(
        pk=reviewer_id, is_active=True, memberships__requisition=requisition
    ).first()
    if reviewer is None:
        raise Invalid(gettext("Only somebody of the hiring team can be asked."), field="reviewer_id")
    check_put_forward(*applications, people=[reviewer])
    if kept_applications(reviewer, (application.pk for application in applications)):
        raise WrongState(
            gettext("One of these works for %(reviewer)s: choose somebody else.") % {"reviewer": reviewer}
        )
    return reviewer


def _partner(applications: Sequence[Application]) -> User:
    """The hiring manager, or who stands in for them with all of these."""
    check_put_forward(*applications, people=filter(None, [applications[0].requisition.hiring_manager]))
    partners = partners_of(applications)
    found = {partner.pk if partner else None: partner for partner in partners.values()}
    without = next((one for one in applications if partners[one.pk] is None), None)
    if without is not None:
        manager = without.requisition.hiring_manager
        raise WrongState(
            gettext("%(candidate)s works for %(manager)s: choose who stands in, on their page.")
            % {"candidate": without.candidate, "manager": manager}
        )
    if len(found) > 1:
        raise WrongState(gettext("Somebody stands in with one of these: ask about them by themselves."))
    (partner,) = found.values()
    assert partner is not None
    return partner


def _lock_review(review_id: int, by: User) -> Review:
    """The review under its application's lock, which every move takes first."""
    rows = Review.objects.select_related("reviewer")
    place = rows.filter(pk=review_id).values_list("application", flat=True).first()
    lock(Application, place or 0)
    review = get_for(rows, review_id, user=by, permission="candidates.answer_review", for_update=True)
    review.application = Application.objects.whole().get(pk=review.application_id)
    return review


def _check_may_answer(review: Review, verdict: str) -> None:
    if verdict not in Verdict.values:
        raise Invalid(gettext("Choose yes, unsure or no."), field="verdict")
    if review.application.state != ApplicationState.ACTIVE or review.state == ReviewState.CANCELLED:
        raise WrongState(gettext("Your view is not needed any more: the application has moved on."))
    decides = review.verdict == Verdict.UNSURE and verdict != Verdict.UNSURE
    if review.state == ReviewState.ANSWERED and not decides:
        raise Conflict(
            gettext("You have already answered: %(verdict)s.")
            % {"verdict": review.get_verdict_display().lower()}
        )


def _judged(requisition_id: int, criteria: Mapping[int, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """A mark for every must-have of the role, with its words as they are today."""
    judged = {}
    for must in Criterion.objects.filter(requisition=requisition_id, kind=CriterionKind.MUST).order_by(
        "position", "pk"
    ):
        given = criteria.get(must.pk, {})
        if given.get("met") not in MET:
            raise Invalid(
                gettext("Say whether this is met: %(must)s") % {"must": must.name}, field=f"met_{must.pk}"
            )
        text = given.get("text", "").strip()[:MAX_TEXT]
        judged[str(must.pk)] = {"name": must.name, "met": given["met"], "text": text}
    return judged


def _cancel(review: Review, *, why: str, by: User | None, now: datetime) -> None:
    review.state, review.settled_at = ReviewState.CANCELLED, now
    review.save(update_fields=["state", "settled_at"])
    data: dict[str, Any] = {
        "slate": review.slate_id,
        "reviewer": str(review.reviewer),
        "reviewer_id": review.reviewer_id,
        "why": why,
    }
    record("review.cancelled", subject=review, by=by, now=now, data=data)


def _answer_data(review: Review) -> dict[str, Any]:
    return {
        "slate": review.slate_id,
        "reviewer": str(review.reviewer),
        "reviewer_id": review.reviewer_id,
        "side": present.side_of(review.reviewer, review.application),
        "verdict": review.verdict,
        "verdict_label": ours(review.get_verdict_display)().lower(),
        "criteria": list(review.criteria.values()),
        "body": review.reason,
    }
