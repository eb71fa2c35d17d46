"""Who writes rules and says whether they may say no: those who oversee; who reads them: the recruiting team."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import oversees, recruits
from candidates.applications.rules import serves
from candidates.automation.models import Rule

WRITE = "candidates.write_rule"
VIEW = "candidates.view_rule"
STOP = "candidates.stop_rule_no"
CHOOSE = "candidates.choose_knock_outs"


@rules.predicate
def is_theirs(user: User, rule: Rule | None) -> bool:
    """On their side of a wall."""
    return rule is None or user.works_for is None or user.may_work_for(rule.organisation_id)


rules.add_perm(WRITE, oversees & is_theirs)
rules.add_perm(VIEW, recruits & is_theirs)
rules.add_perm(STOP, serves)
rules.add_perm(CHOOSE, oversees)
