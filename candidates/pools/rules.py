"""Who keeps people in pools: the recruiting team, for the organisations it works for."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import recruits
from candidates.pools.models import TalentPool

KEEP = "candidates.keep_pool"


@rules.predicate
def works_for_it(user: User, pool: TalentPool | None) -> bool:
    return pool is None or user.may_work_for(pool.organisation_id)


rules.add_perm(KEEP, recruits & works_for_it)
