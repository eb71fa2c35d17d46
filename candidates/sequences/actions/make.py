"""Writing a sequence, changing it, closing it."""

from collections.abc import Sequence as Many
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import guards, lawful
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.lawful import WRITTEN, Place
from ats.kernel.staff_words import gettext
from ats.mail import roles
from ats.mail.render import check
from ats.mail.roles import Words
from ats.organisation.models import HiringOrganisation
from candidates.compose import gaps
from candidates.compose.letters import SIGNATURE
from candidates.compose.words import typed
from candidates.consents.models import Purpose
from candidates.people.domain.keys import one_line
from candidates.sequences import mails
from candidates.sequences.models import (
    LONGEST_BODY,
    LONGEST_NAME,
    LONGEST_SUBJECT,
    MOST_DAYS,
    MOST_STEPS,
    Sequence,
    SequenceStep,
)
from candidates.sequences.rules import SEND


class StepText(NamedTuple):
    """One mail as somebody wrote it."""

    wait_days: int
    subject: str
    body: str


@transaction.atomic
def make(
    *,
    sequence_id: int | None = None,
    organisation: HiringOrganisation,
    name: str,
    needs: str,
    steps: Many[StepText],
    by: User,
    now: datetime,
) -> Sequence:
    """A new sequence, or this one from now on; who is being written to goes on with the words that they began with."""
    if sequence_id is None:
        if not by.has_perm(SEND) or not by.may_work_for(organisation.pk):
            raise Missing(gettext("There is no such thing."))
        sequence = Sequence(organisation=organisation, made_by=by)
    else:
        sequence = held_sequence(sequence_id, by=by)
    sequence.name, sequence.needs = _named(name), _needed(needs)
    written = [_checked(number, step, sequence) for number, step in enumerate(steps)]
    if not written:
        raise Invalid(gettext("Write at least one mail."), field="body_0")
    if len(written) > MOST_STEPS:
        raise Invalid(gettext("At most %(most)s mails.") % {"most": MOST_STEPS})
    try:
        with transaction.atomic():
            sequence.save()
    except IntegrityError as error:
        raise Invalid(guards.words("sequence_name_once"), field="name") from error
    sequence.steps.all().delete()
    SequenceStep.objects.bulk_create(
        SequenceStep(sequence=sequence, position=number, **step._asdict())
        for number, step in enumerate(written)
    )
    verb = "sequence.made" if sequence_id is None else "sequence.changed"
    record(verb, subject=sequence, by=by, now=now, data={"sequence": sequence.name})
    return sequence


def _named(name: str) -> str:
    name = one_line(name)
    if not name:
        raise Invalid(gettext("Write at least a few words."), field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid(gettext("Keep it under %(most)s characters.") % {"most": LONGEST_NAME}, field="name")
    return name


def _needed(needs: str) -> str:
    if needs and needs not in Purpose.values:
        raise Invalid(gettext("Choose what people must have agreed to."), field="needs")
    return needs


def _checked(number: int, step: StepText, sequence: Sequence) -> StepText:
    """As it would be kept; a refusal names the field of this mail."""
    subject, body = one_line(step.subject), typed(step.body)
    if not subject or not body:
        raise Invalid(gettext("A mail has a subject and a text."), field=f"body_{number}")
    for field, text, most in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY)):
        if len(text) > most:
            said = gettext("Keep it under %(most)s characters.") % {"most": most}
            raise Invalid(said, field=f"{field}_{number}")
    if not 0 <= step.wait_days <= MOST_DAYS:
        raise Invalid(gettext("At most %(most)s working days.") % {"most": MOST_DAYS}, field=f"wait_{number}")
    if number and not step.wait_days:
        raise Invalid(gettext("Leave at least a working day between two mails."), field=f"wait_{number}")
    try:
        check(roles.get(mails.ROLES[sequence.needs]), Words(subject=subject, body=body))
        gaps.check(body, meant=False, signature=SIGNATURE)
    except Invalid as error:
        raise Invalid(error.message, field=f"{error.field or 'body'}_{number}") from None
    place = Place(name=f"sequence:{sequence.organisation_id}", what=f"Mail {number + 1} of “{sequence.name}”")
    lawful.check({f"subject_{number}": subject, f"body_{number}": body}, place=place, uses=WRITTEN)
    return StepText(step.wait_days, subject, body)


@transaction.atomic
def close(*, sequence_id: int, by: User, now: datetime) -> Sequence:
    """Nobody begins it any more; who is being written to goes on to the end of it."""
    sequence = held_sequence(sequence_id, by=by)
    sequence.closed_at = now
    sequence.save(update_fields=["closed_at"])
    record("sequence.closed", subject=sequence, by=by, now=now, data={"sequence": sequence.name})
    return sequence


def held_sequence(sequence_id: int, *, by: User) -> Sequence:
    rows = Sequence.objects.all()
    sequence = get_for(rows, sequence_id, user=by, permission=SEND, for_update=True)
    if sequence.closed_at is not None:
        raise WrongState(gettext("This sequence is closed."))
    return sequence
