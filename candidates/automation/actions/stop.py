"""A person stops the no of a rule before it is said."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Missing, WrongState
from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application
from candidates.automation.models import ActState, RuleAct
from candidates.automation.rules import STOP


@transaction.atomic
def stop_no(*, act_id: int, by: User, now: datetime) -> RuleAct:
    """They decide themselves about this one. Whoever is at it at this moment is waited for."""
    place = RuleAct.objects.filter(pk=act_id).values_list("application", flat=True).first()
    application = get_for(Application.objects.whole(), place or 0, user=by, permission=STOP, for_update=True)
    act = RuleAct.objects.select_for_update(of=("self",), no_key=True).filter(pk=act_id).first()
    if act is None:
        raise Missing(gettext("There is no such plan."))
    if act.state != ActState.DELAYED:
        raise WrongState(gettext("It is stopped, or done, already."))
    act.state, act.settled_at, act.settled_by = ActState.CANCELLED, now, by
    act.why = kept("Somebody stopped it.")
    act.save(update_fields=["state", "settled_at", "settled_by", "why"])
    record("rule.no_stopped", subject=application, by=by, now=now, data={"title": act.rule.name})
    return act
