"""Fetching the brief that an action changes: its role first, then its partnership, as everywhere."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ats.accounts.models import User
from ats.kernel.access import get_for, lock
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from partners.intake.domain import content
from partners.intake.domain.content import Content
from partners.intake.domain.fields import FIELDS
from partners.intake.models import Brief
from partners.intake.queries.brief import said_of
from partners.partnerships.models import Partnership, PartnershipState
from requisitions.models import Requisition

ROWS = ("requisition__organisation", "requisition__recruiter", "requisition__hiring_manager")


@dataclass
class Held:
    """A brief whose role and partnership are locked, and what it says at this moment."""

    partnership: Partnership
    brief: Brief

    @cached_property
    def said(self) -> Content:
        return said_of(self.requisition, self.brief)

    def value(self, code: str) -> Any:
        """What one field says; no query where it is kept in columns."""
        if FIELDS[code].columns:
            return content.column(code, self.requisition, self.brief)
        return self.said[code]

    @property
    def requisition(self) -> Requisition:
        return self.partnership.requisition


def fetch(partnership_id: int, by: User, permission: str) -> Held:
    """For somebody who may; `WrongState` where its role has ended."""
    place = Partnership.objects.filter(pk=partnership_id).values_list("requisition", flat=True).first()
    lock(Requisition, place or 0)
    rows: Any = Partnership.objects.select_related(*ROWS)
    partnership = get_for(rows, partnership_id, user=by, permission=permission, for_update=True)
    if partnership.state == PartnershipState.CLOSED:
        raise WrongState(gettext("This role has ended: its brief stays as it is."))
    brief, _ = Brief.objects.get_or_create(partnership=partnership)
    brief.partnership = partnership
    return Held(partnership, brief)
