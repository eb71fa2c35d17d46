"""Looking back together: asked for at the end of a role, written by each, sealed once both have."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from ats.organisation.domain import working_time
from candidates.compose import words
from partners.intake.domain.content import TEXTS
from partners.partnerships.models import Partnership
from partners.retrospectives import mails, workflow
from partners.retrospectives.models import (
    SIDES,
    Keepsake,
    LookBack,
    Retrospective,
    RetrospectiveState,
)
from partners.retrospectives.rules import KEEP, WRITE, side_of
from requisitions.roles.domain.facts import takes_both_parts

DAYS = 5
"""Working days after the end of the role by which both have looked back."""
LONGEST, LONGEST_KEPT, MOST_KEPT = 5_000, 1_000, 20
ASKED = ("helped", "hindered", "change")
_WHOLE = (
    "partnership__requisition__organisation__calendar",
    "partnership__requisition__recruiter",
    "partnership__requisition__hiring_manager",
)


@transaction.atomic
def open_for(*, partnership_id: int, now: datetime) -> Retrospective | None:
    """The role has ended: both are asked to look back. Nobody is where one person is both, or one is missing."""
    lock(Partnership, partnership_id)
    rows = Partnership.objects.select_related(*(name.removeprefix("partnership__") for name in _WHOLE))
    partnership = rows.get(pk=partnership_id)
    role = partnership.requisition
    if role.hiring_manager is None or takes_both_parts(role):
        return None
    due_at = working_time.after_days(role.organisation.calendar, now, DAYS)
    dates = {"due_at": due_at, "remind_at": working_time.one_day_before(role.organisation.calendar, due_at)}
    found, created = Retrospective.objects.get_or_create(partnership=partnership, defaults=dates)
    if not created and found.state != RetrospectiveState.SET_ASIDE:
        return None
    found.partnership = partnership
    if not created:
        _change(found, RetrospectiveState.OPEN, **dates, reminded_at=None)
    said = {"due": date_format(due_at.astimezone(role.organisation.calendar.zone), "l j F")}
    record("retrospective.opened", subject=found, by=None, now=now, data=said)
    mails.ask(found, again=False, now=now)
    return found


@transaction.atomic
def set_aside(*, partnership_id: int, why: str, by: CanAct | None, now: datetime) -> Retrospective | None:
    """The role is looked for again; what was written is kept, and is asked for again at its next end."""
    lock(Partnership, partnership_id)
    rows = Retrospective.objects.select_related(*_WHOLE).filter(state=RetrospectiveState.OPEN)
    found = rows.filter(partnership=partnership_id).first()
    if found is None:
        return None
    _change(found, RetrospectiveState.SET_ASIDE)
    mails.take_back(found, now=now)
    record("retrospective.set_aside", subject=found, by=by, now=now, data={"why": why})
    return found


def _change(found: Retrospective, state: RetrospectiveState, **facts: Any) -> None:
    workflow.check(found.state, state)
    found.state = state
    for name, value in facts.items():
        setattr(found, name, value)
    found.save(update_fields=["state", *facts, "updated_at"])


@transaction.atomic
def write(*, partnership_id: int, said: Mapping[str, str], by: User, now: datetime) -> Retrospective:
    """What helped, what hindered, what we change; one's own can be bettered until the other has written too."""
    found = _fetch(partnership_id, by, WRITE)
    workflow.check_open(found.state)
    side = side_of(by, found)
    assert side is not None
    mine = LookBack.objects.filter(retrospective=found, side=side).first()
    if mine is not None and mine.author_id != by.pk:
        raise WrongState(
            gettext("%(author)s has written for your side before you led it.") % {"author": mine.author}
        )
    texts = _texts(said)
    mine = mine or LookBack(retrospective=found, side=side, author=by)
    fresh = mine.pk is None
    for name, text in texts.items():
        setattr(mine, name, text)
    mine.written_at = now
    mine.save()
    if fresh:
        record("retrospective.written", subject=found, by=by, now=now)
    if LookBack.objects.filter(retrospective=found).count() == SIDES:
        _change(found, RetrospectiveState.DONE, done_at=now)
        record("retrospective.done", subject=found, by=by, now=now)
        mails.tell_the_first(found, but=by, now=now)
    return found


def _texts(said: Mapping[str, str]) -> dict[str, str]:
    texts = {name: words.typed(said.get(name, "")) for name in ASKED}
    for name, text in texts.items():
        if len(text) > LONGEST:
            raise Invalid(gettext("Keep it under %(LONGEST)s characters.") % {"LONGEST": LONGEST}, field=name)
    if not any(texts.values()):
        raise Invalid(gettext("Write a few words in one of the three."), field=ASKED[0])
    return texts


def _fetch(partnership_id: int, by: User, permission: str) -> Retrospective:
    """The retrospective of this partnership after it, locked, for who may do that; else it is not there."""
    lock(Partnership, partnership_id)
    place = Retrospective.objects.filter(partnership=partnership_id).values_list("pk", flat=True).first()
    rows = Retrospective.objects.select_related(*_WHOLE)
    return get_for(rows, place or 0, user=by, permission=permission, for_update=True)


@transaction.atomic
def keep(*, partnership_id: int, code: str, text: str, by: User, now: datetime) -> Keepsake:
    """Keep these words for the next brief of the same manager, in this field of it."""
    found = _fetch(partnership_id, by, KEEP)
    text = words.typed(text)
    if code not in TEXTS:
        raise Invalid(gettext("Choose where the next brief says it."), field="code")
    if not text:
        raise Invalid(gettext("Write what is to be kept."), field="text")
    if len(text) > LONGEST_KEPT:
        raise Invalid(
            gettext("Keep it under %(LONGEST_KEPT)s characters.") % {"LONGEST_KEPT": LONGEST_KEPT},
            field="text",
        )
    if found.keepsakes.count() >= MOST_KEPT:
        raise Invalid(
            gettext("%(MOST_KEPT)s things are kept already: let one go first.") % {"MOST_KEPT": MOST_KEPT},
            field="text",
        )
    facts = {"by": by, "at": now}
    kept, created = Keepsake.objects.get_or_create(retrospective=found, code=code, text=text, defaults=facts)
    if created:
        _noted("retrospective.kept", found, kept, by=by, now=now)
    return kept


@transaction.atomic
def let_go(*, partnership_id: int, keepsake_id: int, by: User, now: datetime) -> None:
    """It is not to be kept after all."""
    found = _fetch(partnership_id, by, KEEP)
    kept = found.keepsakes.filter(pk=keepsake_id).first()
    if kept is None:
        raise Missing(gettext("This is not kept any more."))
    _noted("retrospective.let_go", found, kept, by=by, now=now)
    kept.delete()


def _noted(verb: str, found: Retrospective, kept: Keepsake, *, by: User, now: datetime) -> None:
    record(verb, subject=found, by=by, now=now, data={"what": ours(str)(kept.label).lower()})


def remind(found: Retrospective, now: datetime) -> None:
    """A working day before it is due: once, to whoever has not written."""
    whole = Retrospective.objects.select_related(*_WHOLE).get(pk=found.pk)
    mails.ask(whole, again=True, now=now)
    Retrospective.objects.filter(pk=found.pk).update(reminded_at=now)
