"""How deep an organisation's feedback goes, and within what time it is given."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.feedback.models import LEAST_DAYS, MOST_DAYS, Depth, FeedbackRules
from candidates.feedback.rules import SET_RULES

KINDS = ("applied", "review", "interview", "assessment", "offer")


@transaction.atomic
def set_rules(
    *, organisation_id: int, depths: Mapping[str, str], answer_days: int, by: User, now: datetime
) -> FeedbackRules:
    """From now on feedback goes as deep as this, for everybody who comes as far."""
    if not by.has_perm(SET_RULES):
        raise NotAllowed(gettext("Only a recruiting lead or an administrator sets this."))
    for kind in KINDS:
        if depths.get(kind) not in Depth.values:
            raise Invalid(gettext("Choose how deep feedback goes."), field=kind)
    if not LEAST_DAYS <= answer_days <= MOST_DAYS:
        said = gettext("From %(least)s to %(most)s working days.") % {"least": LEAST_DAYS, "most": MOST_DAYS}
        raise Invalid(said, field="answer_days")
    lock(HiringOrganisation, organisation_id)
    if not HiringOrganisation.objects.filter(pk=organisation_id, is_active=True).exists():
        raise Missing(gettext("There is no such organisation."))
    rules, _ = FeedbackRules.objects.get_or_create(organisation_id=organisation_id)
    for kind in KINDS:
        setattr(rules, kind, depths[kind])
    rules.answer_days = answer_days
    rules.save(update_fields=[*KINDS, "answer_days"])
    chosen = ", ".join(f"{kind} {depths[kind]}" for kind in KINDS)
    data = {"said": f"{chosen}; answered within {answer_days} working days"}
    record("feedback.rules_changed", subject=rules, by=by, now=now, data=data)
    return rules
