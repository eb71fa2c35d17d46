"""Who may see, make and send offers: pay is for those who decide.

Those who lead the role make and send them, the recruiting team sees them; the hiring manager sees those of their
roles and approves them where the chain of approvals says so.
"""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, oversees, recruits
from candidates.applications.rules import fills, is_kept_from, sees
from candidates.internal.queries import stands_in
from candidates.offers.models import Offer


@rules.predicate
def sees_application(user: User, offer: Offer | None) -> bool:
    return offer is None or sees(user, offer.application)


@rules.predicate
def hires_for(user: User, offer: Offer | None) -> bool:
    """The partner on this application: the hiring manager, or who stands in for them."""
    if offer is None or is_kept_from(user, offer.application):
        return False
    manager = offer.application.requisition.hiring_manager_id
    return manager == user.pk or stands_in(user, offer.application_id)


@rules.predicate
def fills_its_seat(user: User, offer: Offer | None) -> bool:
    return bool(fills(user, offer.application if offer else None))


serves = recruits & sees_application

rules.add_perm("candidates.view_offer", serves | (is_active & hires_for))
rules.add_perm("candidates.make_offer", fills_its_seat)
rules.add_perm("candidates.send_offer", fills_its_seat)
rules.add_perm("candidates.change_offer_letters", oversees)
