"""Calibrating: both sides say of the same few profiles whether they would meet them, each before reading the other."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import lawful
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext
from candidates.models import Application
from partners.intake.actions.fetch import Held, fetch
from partners.intake.actions.note import stir
from partners.intake.models import CalibrationVerdict, Profile, Verdict
from partners.intake.rules import FILL
from partners.partnerships.models import PartnerSide
from partners.partnerships.rules import sides_of

MOST_PROFILES = 3
LONGEST_SAMPLE = 3000
LONGEST_WHY = 300


@transaction.atomic
def add_profile(
    *, partnership_id: int, by: User, now: datetime, application_id: int | None = None, sample: str = ""
) -> Profile:
    """Somebody to calibrate on: an application that both partners may see, or a sample in words."""
    held, sample = fetch(partnership_id, by, FILL), sample.replace("\r\n", "\n").strip()
    if held.brief.profiles.count() >= MOST_PROFILES:
        raise Invalid(
            gettext("%(MOST_PROFILES)s are enough to see whether you mean the same.")
            % {"MOST_PROFILES": MOST_PROFILES},
            field="sample",
        )
    application = _seen_by_both(held, application_id, by) if application_id is not None else None
    if application is None and not sample:
        raise Invalid(gettext("Choose somebody, or describe a made-up person in some lines."), field="sample")
    if len(sample) > LONGEST_SAMPLE:
        raise Invalid(
            gettext("Keep it under %(LONGEST_SAMPLE)s characters.")
            % {"LONGEST_SAMPLE": f"{LONGEST_SAMPLE:,}"},
            field="sample",
        )
    if application is not None and held.brief.profiles.filter(application=application).exists():
        raise Invalid(gettext("You calibrate on this one already."), field="application")
    profile = Profile.objects.create(
        brief=held.brief, application=application, sample="" if application else sample, added_by=by
    )
    stir(held.requisition.pk)
    return profile


@transaction.atomic
def remove_profile(*, partnership_id: int, profile_id: int, by: User, now: datetime) -> None:
    """Do without a profile; one that both have judged stays."""
    held, profile = _profile(partnership_id, profile_id, by)
    if profile.verdicts.count() == len(PartnerSide):
        raise WrongState(gettext("Both of you have judged this one: it stays."))
    profile.delete()
    stir(held.requisition.pk)


@transaction.atomic
def give_verdict(
    *, partnership_id: int, profile_id: int, verdict: str, why: str, by: User, now: datetime
) -> Profile:
    """Say what one's own side would do; it can be changed until both have said theirs, and is read by both then."""
    held, profile = _profile(partnership_id, profile_id, by)
    why = " ".join(why.split())
    if verdict not in Verdict.values:
        raise Invalid(gettext("Choose one of the three."), field="verdict")
    if not why or len(why) > LONGEST_WHY:
        raise Invalid(
            gettext("Say why, in at most %(LONGEST_WHY)s characters.") % {"LONGEST_WHY": LONGEST_WHY},
            field="why",
        )
    place = Place(
        name=f"calibration-{profile.pk}",
        what="A verdict in calibration",
        jurisdiction=held.requisition.jurisdiction,
        about=profile.about(),
    )
    lawful.check({"why": why}, place=place)
    given = {row.side for row in profile.verdicts.all()}
    if len(given) == len(PartnerSide):
        raise WrongState(gettext("Both verdicts are in: they stay as they were given."))
    for side in sorted(sides_of(by, held.requisition)):  # who is both partners speaks for both
        CalibrationVerdict.objects.update_or_create(
            profile=profile, side=side, defaults={"verdict": verdict, "why": why, "by": by}
        )
    if profile.verdicts.count() == len(PartnerSide):
        # Not before: even that one side has said something is told to nobody until both have.
        record("brief.calibrated", subject=held.brief, by=by, now=now, data={"profile": profile.pk})
        stir(held.requisition.pk)
    return profile


def _profile(partnership_id: int, profile_id: int, by: User) -> tuple[Held, Profile]:
    held = fetch(partnership_id, by, FILL)
    profile = held.brief.profiles.filter(pk=profile_id).first()
    if profile is None:
        raise Missing(gettext("There is no such profile."))
    profile.brief = held.brief
    return held, profile


def _seen_by_both(held: Held, application_id: int, by: User) -> Application:
    """The application, if whoever adds it and the leaders of both sides may see it."""
    found = Application.objects.visible_to(by).filter(pk=application_id).first()
    if found is None:
        raise Invalid(gettext("Choose one of the list."), field="application")
    leaders = (held.requisition.recruiter, held.requisition.hiring_manager)
    for person in filter(None, leaders):
        if not Application.objects.visible_to(person).filter(pk=application_id).exists():
            raise Invalid(
                gettext("%(person)s may not see this person: choose another one.") % {"person": person},
                field="application",
            )
    return found
