"""Who may see, make and send offers: pay is for those who decide.

The recruiting team makes and sends them; the hiring manager sees those of their roles and approves them
where the chain of approvals says so.
"""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, oversees, recruits
from candidates.applications.rules import sees
from candidates.offers.models import Offer


@rules.predicate
def sees_application(user: User, offer: Offer | None) -> bool:
    return offer is None or sees(user, offer.application)


@rules.predicate
def hires_for(user: User, offer: Offer | None) -> bool:
    return offer is not None and offer.application.requisition.hiring_manager_id == user.pk


serves = recruits & sees_application

rules.add_perm("candidates.view_offer", serves | (is_active & hires_for))
rules.add_perm("candidates.make_offer", serves)
rules.add_perm("candidates.send_offer", serves)
rules.add_perm("candidates.change_offer_letters", oversees)
