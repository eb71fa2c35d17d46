"""The request of a view behind `login_required`, for the type checker."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from ats.accounts.models import User


class SignedIn(HttpRequest):
    """A request whose user is somebody."""

    user: "User"
