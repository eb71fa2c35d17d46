"""Manager and new hire agree what the first months are for, and the new hire says that they have read it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import lawful, staff_words
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.lawful import Place
from ats.kernel.when import counted
from partners.outcomes import mails
from partners.outcomes.actions.fetch import of_link, outcome
from partners.outcomes.actions.make_link import new_link
from partners.outcomes.domain.answers import LONGEST_WORDS, tidy
from partners.outcomes.models import HireOutcome, HireOutcomeState
from partners.outcomes.queries.brief import points_of
from partners.outcomes.rules import AGREE


@transaction.atomic
def agree(*, outcome_id: int, expected: Iterable[Mapping[str, str]], by: User, now: datetime) -> HireOutcome:
    """Put down what both expect of the first months; the new hire gets it, with their page.

    It may be adjusted later: they are told again, and the record says so each time.
    """
    row = outcome(outcome_id, by, AGREE)
    if row.state != HireOutcomeState.RUNNING:
        raise WrongState(staff_words.gettext("Outcomes are agreed with somebody who has started."))
    lines = tidy(expected)
    if row.agreed_at is not None and lines == row.expected:
        return row
    place = Place(name=f"outcomes:{row.pk}", what="the outcomes of the first months", about=row.about())
    lawful.check({"expected": "\n".join(line["text"] for line in lines)}, place=place)
    row.expected, row.points = lines, row.points or points_of(row.partnership)
    row.agreed_at, row.agreed_by, row.seen_at = now, by, None
    row.save(update_fields=["expected", "points", "agreed_at", "agreed_by", "seen_at"])
    data = {"hire_id": row.hire_id, "count": counted(len(lines), "outcome", "outcomes")}
    record("hire.outcomes_agreed", subject=row.hire, by=by, now=now, data=data)
    mails.tell_agreed(row, link=new_link(row, now=now), now=now)
    return row


@transaction.atomic
def note_seen(*, token: str, words: str, now: datetime) -> HireOutcome:
    """The new hire has read it, with what they would say to it."""
    row, words = of_link(token, now), words.strip()
    if row.agreed_at is None:
        raise WrongState(gettext("Nothing has been agreed yet."))
    if len(words) > LONGEST_WORDS:
        raise Invalid(
            gettext("Keep your words under %(LONGEST_WORDS)s characters.") % {"LONGEST_WORDS": LONGEST_WORDS},
            field="words",
        )
    row.seen_at, row.their_words = now, words
    row.save(update_fields=["seen_at", "their_words"])
    data = {"hire_id": row.hire_id}
    record("hire.outcomes_seen", subject=row.hire, by=row.hire.application.candidate, now=now, data=data)
    return row
