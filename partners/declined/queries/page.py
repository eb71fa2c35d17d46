"""The list of records, and one of them with everything that belongs to it; as far as somebody sees them."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from ats.accounts.models import User
from ats.kernel.access import get_for
from partners.declined.domain.same import key
from partners.declined.models import Addition, DeclinedAddition, DeclinedRequest
from partners.declined.queries.sight import case_of, office
from partners.declined.queries.support import open_support
from partners.declined.rules import VIEW

ROWS = 25


@dataclass(frozen=True)
class Row:
    """A line of the list: the record, by when support is due, and what was added last."""

    record: DeclinedRequest
    support_due: datetime | None
    outcome: DeclinedAddition | None


@dataclass(frozen=True)
class RecordPage:
    """A record as its page shows it."""

    record: DeclinedRequest
    additions: list[DeclinedAddition]
    same: list[DeclinedRequest]
    """The same request, put to others, as far as the viewer sees those records."""
    readers: list[User]
    support_due: datetime | None
    is_mine: bool
    is_answered: bool

    @property
    def others(self) -> list[User]:
        """Who else sees it."""
        return [person for person in self.readers if person != self.record.recorded_by]

    @property
    def seers(self) -> list[User]:
        """Everybody who sees it, who recorded it first."""
        return [self.record.recorded_by, *self.others]


def listing(user: User, *, number: str) -> tuple[Page[DeclinedRequest], list[Row]]:
    """The newest first."""
    rows = DeclinedRequest.objects.visible_to(user).whole().order_by("-recorded_at", "-pk")
    page = Paginator(rows, ROWS).get_page(number)
    due = open_support([record.pk for record in page])
    return page, [Row(record, due.get(record.pk), _outcome(record)) for record in page]


def _outcome(record: DeclinedRequest) -> DeclinedAddition | None:
    found = [each for each in record.additions.all() if each.kind == Addition.OUTCOME]
    return found[-1] if found else None


def record_page(user: User, declined_id: int) -> RecordPage:
    """`Missing` for whoever may not see it, as where there is none."""
    record = get_for(DeclinedRequest.objects.whole(), declined_id, user=user, permission=VIEW)
    additions = list(record.additions.all())
    return RecordPage(
        record=record,
        additions=additions,
        same=same_as(record, user),
        readers=list(User.objects.filter(pk__in=office().readers(case_of(record))).order_by("name", "pk")),
        support_due=open_support([record.pk]).get(record.pk),
        is_mine=record.recorded_by_id == user.pk,
        is_answered=any(each.kind == Addition.ANSWERED for each in additions),
    )


def same_as(record: DeclinedRequest, user: User) -> list[DeclinedRequest]:
    """Other records about the same request, those that this person sees."""
    rows = DeclinedRequest.objects.visible_to(user).filter(
        requisition=record.requisition_id, asked_by=record.asked_by_id
    )
    found = rows.exclude(pk=record.pk).select_related("recorded_by").order_by("recorded_at", "pk")
    return [other for other in found if key(other) == key(record)]
