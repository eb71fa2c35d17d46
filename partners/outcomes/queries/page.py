"""What the page of one hire shows to who is signed in, and to the new hire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext

from ats.accounts.models import User
from ats.kernel import staff_words
from ats.kernel.access import permitted
from ats.kernel.errors import Missing, WrongState
from partners.outcomes.domain import sight
from partners.outcomes.models import (
    AnswerSide,
    HireOutcome,
    HireOutcomeState,
    OutcomeLink,
    OutcomeReview,
    ReviewAnswer,
    ReviewState,
)
from partners.outcomes.queries.brief import expected_of, points_of
from partners.outcomes.rules import AGREE, REVIEW, VIEW, is_managers_side
from partners.partnerships.domain.wording import in_sentence

WHOLE = (
    "agreed_by",
    "hire__application__candidate",
    "partnership__requisition__organisation__calendar",
    "partnership__requisition__recruiter",
    "partnership__requisition__hiring_manager",
)
MOST_SHOWN = 30


@dataclass(frozen=True)
class Shown:
    """One side's answer as a viewer reads it; without one: it is still waited for, or kept from them."""

    side: AnswerSide
    answer: ReviewAnswer | None
    is_given: bool


@dataclass(frozen=True)
class OfDay:
    """One review: when it is, whose answers are there, and whether the viewer writes theirs."""

    review: OutcomeReview
    sides: list[Shown]
    may_write: bool
    on: date | None


@dataclass(frozen=True)
class OutcomePage:
    outcome: HireOutcome
    expected: list[dict[str, str]]
    """As agreed, or as the brief says them until then."""
    points: list[str]
    reviews: list[OfDay]
    may_agree: bool
    is_manager: bool

    @property
    def person(self) -> Any:
        return self.outcome.hire.application.candidate


def page(user: User, application_id: int) -> OutcomePage:
    """The newest hire of this application, for who may see it; five queries, two more until something is agreed."""
    rows = HireOutcome.objects.visible_to(user).filter(hire__application=application_id)
    reviews = Prefetch("reviews", OutcomeReview.objects.prefetch_related("answers__by"))
    seen = (
        rows.select_related(*WHOLE)
        .prefetch_related(reviews, "partnership__requisition__members")
        .order_by("-pk")
    )
    outcome = permitted(HireOutcome, application_id, seen[:1], user=user, permission=VIEW)
    role, is_manager = outcome.partnership.requisition, is_managers_side(user, outcome)
    recruits = user.oversees or role.recruiter_id == user.pk
    may_write = is_manager and user.has_perm(AGREE, outcome)
    reading = Reading(is_manager, recruits, may_write)
    return OutcomePage(
        outcome=outcome,
        expected=outcome.expected or expected_of(outcome.partnership),
        points=outcome.points or points_of(outcome.partnership),
        reviews=[reading.of(review) for review in outcome.reviews.all()],
        may_agree=may_write and outcome.state == HireOutcomeState.RUNNING,
        is_manager=is_manager,
    )


@dataclass(frozen=True)
class Reading:
    """As whom somebody reads the answers."""

    is_manager: bool
    recruits: bool
    may_write: bool

    def of(self, review: OutcomeReview) -> OfDay:
        given = {AnswerSide(answer.side): answer for answer in review.answers.all()}
        return OfDay(
            review=review,
            sides=[self._shown(side, given) for side in AnswerSide],
            may_write=self.may_write and review.state == ReviewState.OPEN and AnswerSide.MANAGER not in given,
            on=review.opens_at.date() if review.opens_at else None,
        )

    def _shown(self, side: AnswerSide, given: Mapping[AnswerSide, ReviewAnswer]) -> Shown:
        answer = given.get(side)
        # Who still has to write reads nobody else's: two answers that nobody has coloured.
        waits = self.is_manager and side == AnswerSide.NEW_HIRE and AnswerSide.MANAGER not in given
        may = answer is not None and not waits
        seen = (
            answer
            if may and sight.reads(answer, is_manager=self.is_manager, recruits=self.recruits)  # type: ignore[arg-type]
            else None
        )
        return Shown(side, seen, answer is not None)


def review_to_write(user: User, review_id: int) -> OutcomeReview:
    """For who writes the manager's; `Missing` for everybody else."""
    rows = OutcomeReview.objects.visible_to(user).filter(pk=review_id)
    seen = rows.select_related(*(f"outcome__{name}" for name in WHOLE))
    found = permitted(OutcomeReview, review_id, seen, user=user, permission=REVIEW)
    if found.state != ReviewState.OPEN:
        raise WrongState(
            staff_words.gettext("This review stands at: %(state)s.")
            % {"state": in_sentence(found.get_state_display())}
        )
    return found


@dataclass(frozen=True)
class NewHiresPage:
    """The new hire's own page: what was agreed, and what they are asked or have answered."""

    outcome: HireOutcome
    reviews: list[tuple[OutcomeReview, ReviewAnswer | None]]

    @property
    def asked(self) -> OutcomeReview | None:
        """What is to be answered now, the last first."""
        open_ones = [
            review
            for review, answer in self.reviews
            if answer is None and review.state in (ReviewState.OPEN, ReviewState.DONE)
        ]
        return open_ones[-1] if open_ones else None

    def review(self, day: int) -> OutcomeReview:
        for review, answer in self.reviews:
            if review.day == day:
                if answer is not None:
                    raise WrongState(gettext("You have answered this. Thank you."))
                if review.state != ReviewState.OPEN:
                    raise WrongState(gettext("This is not asked yet."))
                return review
        raise Missing(gettext("There is no such question."))


def new_hires_page(link: OutcomeLink) -> NewHiresPage:
    """Their own answers, and nobody else's; three queries."""
    own = Prefetch("answers", ReviewAnswer.objects.filter(side=AnswerSide.NEW_HIRE), to_attr="own")
    reviews = Prefetch("reviews", OutcomeReview.objects.prefetch_related(own))
    outcome = HireOutcome.objects.select_related(*WHOLE).prefetch_related(reviews).get(pk=link.outcome_id)
    return NewHiresPage(outcome, [(row, next(iter(vars(row)["own"]), None)) for row in outcome.reviews.all()])


def in_their_first_months(user: User) -> list[HireOutcome]:
    """Whom the viewer sees that has started, the newest first, each with what is asked and who has answered."""
    rows = HireOutcome.objects.visible_to(user).filter(state=HireOutcomeState.RUNNING)
    rows = rows.select_related("hire__application__candidate", "partnership__requisition__hiring_manager")
    reviews = Prefetch("reviews", OutcomeReview.objects.prefetch_related("answers"))
    return list(rows.prefetch_related(reviews).order_by("-starts_on", "-pk")[:MOST_SHOWN])
