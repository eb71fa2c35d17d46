"""What marketing says with the steps of a journey: written by whoever signs for it, or who oversees."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import lawful
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.kept import kept
from ats.kernel.lawful import WRITTEN, Place
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.compose.words import typed
from candidates.journeys import queries
from candidates.journeys.models import LONGEST_FROM_US, FromUs
from candidates.journeys.rules import SPEAK

LANGUAGES = ("en", "de", "fr", "es", "ar")
check_address = URLValidator(schemes=["https", "http"])


@transaction.atomic
def say(
    *, organisation_id: int, step: str, language: str, text: str, link: str, by: User, now: datetime
) -> FromUs:
    """Say this with a step (empty: with every one) in a language."""
    organisation = _permitted(organisation_id, by=by)
    names = {each.key: each.name for each in queries.current(organisation).steps if each.act == "message"}
    if step and step not in names:
        raise Invalid(gettext("Choose a step that is a message."), field="step")
    if language not in LANGUAGES:
        raise Invalid(gettext("Choose a language."), field="language")
    text, link = typed(text), link.strip()
    _check(text, link)
    name = names.get(step, "")
    where = kept(f"with the step “{name}”" if step else "with every step")
    place = Place(name=f"from-us:{organisation.pk}:{step}", what=f"What is said of us {where}")
    lawful.check({"text": text}, place=place, uses=WRITTEN)
    row, _ = FromUs.objects.update_or_create(
        organisation=organisation,
        step=step,
        language=language,
        defaults={"text": text, "link": link, "updated_by": by},
    )
    record("from_us.changed", subject=row, by=by, now=now, data={"where": where})
    return row


def _check(text: str, link: str) -> None:
    if not text:
        raise Invalid(gettext("Write what is said."), field="text")
    if len(text) > LONGEST_FROM_US:
        raise Invalid(
            gettext("Keep it under %(limit)s characters: the message is about them.")
            % {"limit": LONGEST_FROM_US},
            field="text",
        )
    if not link:
        return
    try:
        check_address(link)
    except ValidationError:
        raise Invalid(gettext("Write the whole address, with https."), field="link") from None
    if len(link) > 500:
        raise Invalid(gettext("Keep the address under 500 characters."), field="link")


@transaction.atomic
def say_no_more(*, organisation_id: int, row_id: int, by: User, now: datetime) -> None:
    organisation = _permitted(organisation_id, by=by)
    row = FromUs.objects.select_for_update(no_key=True).filter(organisation=organisation, pk=row_id).first()
    if row is None:
        raise Missing("This is not said any more.")
    where = "with a step" if row.step else "with every step"
    record("from_us.removed", subject=row, by=by, now=now, data={"where": where})
    row.delete()


def _permitted(organisation_id: int, *, by: User) -> HiringOrganisation:
    organisation = HiringOrganisation.objects.filter(pk=organisation_id, is_active=True).first()
    if organisation is None:
        raise Missing("There is no such organisation.")
    if not by.has_perm(SPEAK, organisation):
        raise NotAllowed(
            gettext("Whoever signs for marketing writes this, and leads and administrators. Ask one of them.")
        )
    return organisation
