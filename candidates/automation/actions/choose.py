"""Whether an organisation lets rules say no, after how long, and how many are set aside for people."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing
from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.automation.actions.switch import switch_off_broken
from candidates.automation.models import LONGEST_DELAY, KnockOutChoice, Rule
from candidates.automation.rules import CHOOSE


@transaction.atomic
def choose(
    *, organisation_id: int, is_allowed: bool, delay_hours: int, share: int, by: User, now: datetime
) -> KnockOutChoice:
    """Recorded with who and when. Taken back, rules that say no are off at once, and what waits is stopped."""
    if not by.has_perm(CHOOSE) or not by.may_work_for(organisation_id):
        raise Missing(gettext("There is no such organisation."))
    if not 1 <= delay_hours <= LONGEST_DELAY:
        raise Invalid(gettext("From 1 to %(most)s hours.") % {"most": LONGEST_DELAY}, field="delay_hours")
    if not 1 <= share <= 100:
        raise Invalid(gettext("From 1 to 100 of a hundred."), field="share")
    on = Rule.objects.on().filter(organisation=organisation_id).order_by("pk")
    rules = list(on.select_for_update(no_key=True))
    lock(HiringOrganisation, organisation_id)
    if not HiringOrganisation.objects.filter(pk=organisation_id, is_active=True).exists():
        raise Missing(gettext("There is no such organisation."))
    values = {"is_allowed": is_allowed, "delay_hours": delay_hours, "share": share}
    choice, _ = KnockOutChoice.objects.update_or_create(
        organisation_id=organisation_id, defaults=values | {"chosen_by": by, "chosen_at": now}
    )
    said = (
        kept(f"yes, after {delay_hours} hours, {share} of a hundred set aside for people")
        if is_allowed
        else kept("no rule says no by itself")
    )
    record("rule.knock_outs_chosen", subject=choice, by=by, now=now, data={"said": said})
    for rule in rules if not is_allowed else []:
        switch_off_broken(rule.pk, now=now)
    return choice
