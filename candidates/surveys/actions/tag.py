"""What somebody speaks of, as a colleague says who read it."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.staff_words import gettext
from candidates.surveys.models import SurveyResponse, Tag
from candidates.surveys.rules import VIEW_RESPECT


@transaction.atomic
def tag(*, response_id: UUID, tags: Collection[str], by: User) -> SurveyResponse:
    """Exactly these; nothing goes on record, for a record would say when which answer was there."""
    if not by.has_perm(VIEW_RESPECT):
        raise NotAllowed(gettext("You may not read what candidates answered."))
    if set(tags) - set(Tag.values):
        raise Invalid(gettext("Choose among the tags."), field="tags")
    # Nothing that decides whether it may be read changes once it is counted: one read, and a write of the tags alone.
    row = SurveyResponse.objects.words().filter(pk=response_id).first()
    if row is None:
        raise Missing(gettext("There is no such answer."))
    row.tags = sorted(set(tags))
    row.save(update_fields=["tags"])
    return row
