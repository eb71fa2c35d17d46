"""What the page of an application shows of rules: the no that one plans, before everything else."""

from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application
from candidates.applications.pages.cards import Panel, panel_on_top
from candidates.automation.domain import sentences
from candidates.automation.queries.listing import planned_no
from candidates.automation.rules import STOP


@panel_on_top
def no_that_waits(application: Application, user: User, now: datetime) -> Panel | None:
    if not vars(application).get("has_rule_no", True) or not user.has_perm(STOP, application):
        return None
    act = planned_no(application)
    if act is None:
        return None
    return Panel("candidates/automation/panel.html", {"act": act, "sentence": sentences.sentence(act.rule)})
