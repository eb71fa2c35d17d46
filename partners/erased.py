"""What becomes of the package's tables when a candidate is erased: partners write of roles, and name people."""

from collections.abc import Sequence
from datetime import datetime

from ats.kernel.erasing import Goes, Person, Work, declare
from ats.kernel.redacting import redact
from candidates.models import Candidate
from partners.declined.actions.forget import forget
from partners.intake.models import Profile
from partners.models import (
    Celebration,
    CheckIn,
    CheckInAction,
    CorrectionStep,
    CourseCorrection,
    DeclinedAddition,
    DeclinedRequest,
    HireOutcome,
    OutcomeLink,
    ReviewAnswer,
)

OF = "hire__application__candidate"
OF_ROLES = """
    {partnership} IN (SELECT id FROM partners_partnership WHERE requisition_id = ANY(%(roles)s))
"""
OF_CHECK_INS = """
    check_in_id IN (SELECT c.id FROM partners_checkin c JOIN partners_partnership p ON p.id = c.partnership_id
                    WHERE p.requisition_id = ANY(%(roles)s))
"""
OF_CORRECTIONS = """
    correction_id IN (SELECT c.id FROM partners_coursecorrection c
                      JOIN partners_partnership p ON p.id = c.partnership_id
                      WHERE p.requisition_id = ANY(%(roles)s))
"""
WRITTEN = {
    CheckIn: (["agenda", "notes", "last_error"], OF_ROLES.format(partnership="partnership_id")),
    CheckInAction: (["text"], OF_CHECK_INS),
    CourseCorrection: (
        ["challenge", "words", "why"],
        OF_ROLES.format(partnership="partnership_id"),
    ),
    CorrectionStep: (["text"], OF_CORRECTIONS),
    Celebration: (["facts"], OF_ROLES.format(partnership="partnership_id")),
}
"""Texts of both partners, which are about more than one person: the name leaves them."""


def written(people: Sequence[Person], now: datetime) -> None:
    for person in people:
        for model, (fields, where) in WRITTEN.items():
            redact(person, model, fields, where=where)


def declined(people: Sequence[Person], now: datetime) -> None:
    """A declined request stays with whom it protects; the name of the candidate leaves it (ADR 35)."""
    known = Candidate.objects.without_words().in_bulk([person.id for person in people])
    for person in people:
        candidate = known[person.id]
        # As they were known: of two records that were put together, one has no name of its own any more.
        candidate.first_name, candidate.last_name = person.first_name, person.last_name
        forget(candidate=candidate, now=now)


declare(
    goes=[
        Goes(model=Profile, of="application__candidate"),  # with what both said of them
        Goes(model=HireOutcome, of=OF, leaves={"their_words": ""}),
        Goes(
            model=ReviewAnswer,
            of=f"review__outcome__{OF}",
            leaves={"outcomes": [], "points": [], "words": ""},
        ),
        Goes(model=OutcomeLink, of=f"outcome__{OF}"),
    ],
    works=[
        Work(
            name="written",
            fields={model: tuple(fields) for model, (fields, _) in WRITTEN.items()},
            does=written,
        ),
        Work(
            name="declined",
            fields={
                DeclinedRequest: ("asked", "rule", "alternative", "candidate_name"),
                DeclinedAddition: ("text",),
            },
            does=declined,
        ),
    ],
    stays={"partners.CalibrationVerdict.why": "Goes with its profile."},
)
