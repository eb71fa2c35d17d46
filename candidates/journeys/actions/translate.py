"""The words of an own step in languages beside the organisation's first; whoever reads another gets the first."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import lawful
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.languages import known
from ats.kernel.lawful import WRITTEN, Place
from ats.kernel.staff_words import gettext
from ats.mail.models import MailTemplate
from ats.mail.roles import Words
from ats.organisation.models import HiringOrganisation
from candidates.journeys import queries
from candidates.journeys.actions.change import check_words, permitted
from candidates.journeys.models import Act, JourneyStep

Texts = Mapping[str, Mapping[str, str]]
"""By language the `subject` and the `body`; a language that is not among them has none."""


@transaction.atomic
def translate_step(*, organisation_id: int, key: str, texts: Texts, by: User, now: datetime) -> JourneyStep:
    """Exactly these, beside the first language; `Invalid` names the field as `body_de`."""
    organisation = permitted(organisation_id, by=by)
    step = queries.current(organisation).of_key(key)
    if step.is_of_house or step.act != Act.MESSAGE:
        raise WrongState(
            gettext(
                "Only a message of your own has such words: those of the house are under Words of messages."
            )
        )
    if unknown := set(texts) - known() | set(texts) & {organisation.language}:
        raise Missing(f"There are no words in {min(unknown)} beside the first.")
    written = {code: _checked(step, code, text) for code, text in texts.items()}
    rows = MailTemplate.objects.filter(role=step.words, organisation=organisation)
    others = rows.exclude(language=organisation.language)
    before = {row.language: (row.subject, row.body) for row in others}
    after = {code: (words.subject, words.body) for code, words in written.items()}
    if before == after:
        return step
    others.exclude(language__in=after).delete()
    for code in sorted(code for code in after if before.get(code) != after[code]):
        _keep(step, written[code], organisation, code, by)
    record("journey.reworded", subject=organisation, by=by, now=now, data={"step": step.name})
    return step


def _checked(step: JourneyStep, code: str, text: Mapping[str, str]) -> Words:
    given = Words(subject=text.get("subject", ""), body=text.get("body", ""), language=code)
    try:
        return check_words(step, given)
    except Invalid as error:
        raise Invalid(error.message, field=f"{error.field}_{code}") from None


def _keep(step: JourneyStep, words: Words, organisation: HiringOrganisation, code: str, by: User) -> None:
    place = Place(name=f"words:{step.words}:{code}", what=f"The words of “{step.name}”")
    lawful.check({"subject": words.subject, "body": words.body}, place=place, uses=WRITTEN)
    MailTemplate.objects.update_or_create(
        role=step.words,
        organisation=organisation,
        language=code,
        defaults={"subject": words.subject, "body": words.body, "updated_by": by},
    )
