"""Both sides say yes to the same words, and those are a version from then on."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Conflict, WrongState
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from partners.intake.actions.fetch import Held, fetch
from partners.intake.actions.note import stir
from partners.intake.domain import content
from partners.intake.domain.fields import FIELDS, labels
from partners.intake.models import BriefField, BriefVersion
from partners.intake.queries.brief import settled
from partners.intake.rules import SETTLE
from partners.partnerships.domain import intake
from partners.partnerships.models import PartnerSide
from partners.partnerships.rules import binds

SIGNED = [f"{side}_yes_{what}" for side in PartnerSide for what in ("at", "by")]


@transaction.atomic
def say_yes(*, partnership_id: int, words: str, by: User, now: datetime) -> BriefVersion | None:
    """Say yes to the brief in the name of one's side; the version, once both have.

    `words` is the mark of what was read (`content.mark`): where the brief says something else meanwhile, nothing
    is settled (Conflict), and nobody's words are touched.
    """
    held = fetch(partnership_id, by, SETTLE)
    before = settled(held.partnership)
    _check(held, before, words)
    _forget_what_is_over(held, words)
    sides = [side for side in PartnerSide if side in binds(by, held.requisition)]
    open_sides = [side for side in sides if getattr(held.brief, f"{side}_yes_at") is None]
    if not open_sides:
        raise WrongState(gettext("You have said yes to this already; the other side has not yet."))
    for side in open_sides:
        setattr(held.brief, f"{side}_yes_at", now)
        setattr(held.brief, f"{side}_yes_by", by)
        data = {"side": side, "side_label": ours(str)(PartnerSide(side).label).lower()}
        record("brief.agreed", subject=held.brief, by=by, now=now, data=data)
    held.brief.agreed_words = words
    version = _freeze(held, before, by=by, now=now) if _both(held) else None
    held.brief.save()
    stir(held.requisition.pk)
    return version


def _check(held: Held, before: BriefVersion | None, words: str) -> None:
    if content.mark(held.said) != words:
        raise Conflict(
            gettext("The brief was changed while you read it: look at what is new, and say yes to that.")
        )
    if apart := held.brief.others.filter(settled_at__isnull=True).order_by("pk"):
        codes = [code for code in FIELDS if code in {row.code for row in apart}]
        raise WrongState(
            gettext("Two texts stand side by side in %(labels)s: choose one first.")
            % {"labels": labels(codes)}
        )
    if before is not None and before.content == held.said:
        raise WrongState(
            gettext("Both of you have settled exactly this, as version %(number)s.")
            % {"number": before.number}
        )
    if gaps := intake.missing(held.requisition):
        raise WrongState(gettext("Before it can be settled, say %(gaps)s.") % {"gaps": ", ".join(gaps)})


def _forget_what_is_over(held: Held, words: str) -> None:
    """A yes to other words, or of somebody who leads that side no more, is none to these."""
    leaders = {
        PartnerSide.RECRUITER: held.requisition.recruiter_id,
        PartnerSide.MANAGER: held.requisition.hiring_manager_id,
    }
    for side, leader in leaders.items():
        if held.brief.agreed_words != words or getattr(held.brief, f"{side}_yes_by_id") != leader:
            setattr(held.brief, f"{side}_yes_at", None)
            setattr(held.brief, f"{side}_yes_by", None)


def _both(held: Held) -> bool:
    return all(getattr(held.brief, f"{side}_yes_at") is not None for side in PartnerSide)


def _freeze(held: Held, before: BriefVersion | None, *, by: User, now: datetime) -> BriefVersion:
    """The version that both have said yes to; from here on, everybody begins to write anew."""
    brief, written = held.brief, BriefField.objects.filter(brief=held.brief)
    codes = content.changed(before.content if before else None, held.said)
    version = BriefVersion.objects.create(
        partnership=held.partnership,
        number=(before.number if before else 0) + 1,
        content=held.said,
        changed=codes,
        writers={
            row.code: row.writers for row in written.order_by("pk") if row.code in codes and row.writers
        },
        settled_at=now,
        **{name: getattr(brief, name) for name in SIGNED},
    )
    written.update(writers=[])
    brief.agreed_words = ""
    for name in SIGNED:
        setattr(brief, name, None)
    what = ours(labels)(codes) if before else "the first"
    data = {"version": version.number, "fields": codes, "what": what}
    record("brief.settled", subject=version, by=by, now=now, data=data)
    return version
