"""What manager and new hire answer, each for themselves, before they read the other's."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import lawful, staff_words
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.lawful import Place
from partners.outcomes import workflow
from partners.outcomes.actions.fetch import OF_REVIEW, of_link, review
from partners.outcomes.domain.answers import Said, fields
from partners.outcomes.models import AnswerSide, OutcomeReview, ReviewAnswer, ReviewState
from partners.outcomes.rules import REVIEW


@transaction.atomic
def answer_as_manager(*, review_id: int, said: Said, by: User, now: datetime) -> ReviewAnswer:
    """The manager's review, with the day on which they spoke with each other."""
    row = review(review_id, by, REVIEW)
    _check_talked(row, said.talked_on, now=now)
    texts = {"words": "\n".join([said.words, *(words for _, words in said.outcomes)])}
    place = Place(name=f"outcome-review:{row.pk}", what="a review", about=row.about())
    lawful.check(texts, place=place)
    answer = _keep(row, AnswerSide.MANAGER, said, by=by, now=now)
    data = {"hire_id": row.outcome.hire_id, "day": row.day}
    record("outcome.reviewed", subject=row, by=by, now=now, data=data)
    return answer


@transaction.atomic
def answer_as_new_hire(*, token: str, day: int, said: Said, now: datetime) -> ReviewAnswer:
    """The new hire's own answers, from their link."""
    outcome = of_link(token, now)
    row = OutcomeReview.objects.select_related(*OF_REVIEW).filter(outcome=outcome, day=day).first()
    if row is None:
        raise WrongState(gettext("Nobody has asked this yet."))
    answer = _keep(row, AnswerSide.NEW_HIRE, said, by=None, now=now)
    data = {"hire_id": outcome.hire_id, "day": day}
    candidate = outcome.hire.application.candidate
    record("outcome.answered", subject=row, by=candidate, now=now, data=data)
    return answer


def _check_talked(row: OutcomeReview, talked_on: date | None, *, now: datetime) -> None:
    today = now.astimezone(row.outcome.partnership.requisition.organisation.calendar.zone).date()
    starts_on = row.outcome.starts_on
    if talked_on is None:
        raise Invalid(
            staff_words.gettext("Say on which day you two spoke with each other."), field="talked_on"
        )
    if talked_on > today or (starts_on is not None and talked_on < starts_on):
        raise Invalid(staff_words.gettext("Give a day between the first one and today."), field="talked_on")


def _keep(
    row: OutcomeReview, side: AnswerSide, said: Said, *, by: User | None, now: datetime
) -> ReviewAnswer:
    given = set(row.answers.values_list("side", flat=True))
    if side in given:
        raise WrongState(gettext("This has been answered already."))
    if row.state != ReviewState.OPEN:
        raise WrongState(gettext("This is not asked at the moment."))
    columns = fields(said, expected=row.outcome.expected, points=row.outcome.points)
    answer = ReviewAnswer.objects.create(review=row, side=side, by=by, given_at=now, **columns)
    if given | {side} == set(AnswerSide):
        workflow.check(row.state, ReviewState.DONE)
        row.state, row.remind_at = ReviewState.DONE, None
        row.save(update_fields=["state", "remind_at"])
    return answer
