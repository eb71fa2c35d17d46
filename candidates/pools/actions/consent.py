"""What people in a pool have agreed to: asked for, followed, and the end of who does not agree."""

from datetime import datetime, timedelta

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock_all
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.staff_words import gettext
from ats.mail import outbox
from ats.mail.outbox import To
from candidates.compose import words
from candidates.compose.portal_links import portal_link
from candidates.consents.models import Consent
from candidates.pools import mails
from candidates.pools.actions.hold import ends_at, held, leave
from candidates.pools.models import Left, TalentMember


@transaction.atomic
def ask_for_consent(*, member_id: int, by: User, now: datetime) -> TalentMember:
    """Write to them what we keep and why, and ask; once, with the day on which they leave without a yes."""
    member = held(member_id, by=by)
    candidate, pool = member.candidate, member.pool
    if not pool.needs:
        raise WrongState(gettext("This pool asks for no consent."))
    if Consent.objects.valid(now).filter(candidate=candidate, purpose=pool.needs).exists():
        raise WrongState(gettext("They have agreed already."))
    if member.asked_at is not None:
        raise WrongState(gettext("They were asked already."))
    if not candidate.email:
        raise Invalid(gettext("There is no address to write to."))
    member.asked_at = now
    member.ends_at = max(member.ends_at or now, now + timedelta(days=pool.grace_days))
    member.save(update_fields=["asked_at", "ends_at"])
    _write(member, by, now)
    when = words.day(member.ends_at, pool.organisation.calendar.zone)
    record("talent.consent_asked", subject=member, by=by, now=now, data={"when": when})
    return member


def _write(member: TalentMember, by: User, now: datetime) -> None:
    candidate, organisation = member.candidate, member.pool.organisation
    assert member.ends_at is not None
    values = {
        "candidate.first_name": candidate.greeting,
        "candidate.name": candidate.name,
        "organisation.name": organisation.name,
        "recruiter.name": str(by),
        "pool.purpose": member.pool.purpose,
        "until": words.told_day(member.ends_at, organisation.calendar.zone),
        "portal_link": portal_link(candidate, now),
    }
    outbox.queue(
        mails.CONSENT,
        to=To(address=candidate.email, name=candidate.name, from_name=f"{by}, {organisation.name}"),
        message=outbox.write(
            mails.CONSENT, values=values, organisation=organisation, language=candidate.language
        ),
        key=f"pool-consent:{member.pk}",
        now=now,
        about={"candidate_id": candidate.pk, "organisation_id": organisation.pk},
    )


@transaction.atomic
def follow_consent(*, candidate_id: int, now: datetime) -> None:
    """They agreed, or took it back: until when they stay follows; who said no leaves at once."""
    mine = TalentMember.objects.inside().filter(candidate=candidate_id).exclude(pool__needs="")
    numbers = list(mine.values_list("pk", flat=True))
    if not numbers:  # as nearly always
        return
    lock_all(TalentMember, numbers)
    rows = mine.filter(pk__in=numbers).select_related("pool").with_consent(now).order_by("pk")
    for member in rows:
        last = (
            Consent.objects.filter(candidate=candidate_id, purpose=member.pool.needs).order_by("-pk").first()
        )
        if vars(member)["agreed"]:
            member.ends_at = ends_at(member.pool, candidate_id, now)
            member.save(update_fields=["ends_at"])
        elif last is not None and last.withdrawn_at == now:
            leave(member, Left.REFUSED, by=None, now=now)


def run_out(member: TalentMember, now: datetime) -> None:
    """Their day has come; `member` is held. Who has agreed meanwhile stays as long as that holds."""
    valid = Consent.objects.valid(now).filter(candidate=member.candidate_id, purpose=member.pool.needs)
    if not member.pool.needs:
        member.ends_at = None
        member.save(update_fields=["ends_at"])
    elif valid.exists():
        member.ends_at = ends_at(member.pool, member.candidate_id, now)
        member.save(update_fields=["ends_at"])
    else:
        leave(member, Left.NO_CONSENT, by=None, now=now)
