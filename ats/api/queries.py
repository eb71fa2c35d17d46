"""What the page of API tokens shows."""

from django.db.models import F, QuerySet

from ats.accounts.models import User
from ats.api.models import ApiToken


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Those in use first, the newest on top."""
    return ApiToken.objects.filter(user=user).order_by(F("revoked_at").asc(nulls_first=True), "-created_at")
