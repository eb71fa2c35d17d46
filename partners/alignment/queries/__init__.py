"""Reading what is signed and what contradicts itself: one role's page, what one signs, all roles, the settings."""

from partners.alignment.queries.overview import overview
from partners.alignment.queries.page import count_waiting, page, permitted, waiting
from partners.alignment.queries.settings import by_organisation
from partners.alignment.queries.signing import to_sign

__all__ = ["by_organisation", "count_waiting", "overview", "page", "permitted", "to_sign", "waiting"]
