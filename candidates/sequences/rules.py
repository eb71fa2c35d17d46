"""Who writes to people one mail after the other: the recruiting team, for the organisations it works for."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import recruits
from candidates.sequences.models import Sequence

SEND = "candidates.send_sequence"


@rules.predicate
def works_for_it(user: User, sequence: Sequence | None) -> bool:
    return sequence is None or user.may_work_for(sequence.organisation_id)


rules.add_perm(SEND, recruits & works_for_it)
