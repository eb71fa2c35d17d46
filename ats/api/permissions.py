"""The outer gate of the API: who is signed in, and what the token is for. The inner one is in the actions."""

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from ats.api.models import ApiToken

if TYPE_CHECKING:
    from rest_framework.views import APIView


class HasScope(BasePermission):
    """The view says its `scope` (such as `candidates`); reading needs `:read`, all else `:write`."""

    message = "This token may not be used for that."

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not request.user.is_authenticated or not request.user.is_active:
            return False
        if not isinstance(request.auth, ApiToken):  # signed in by session: the person's own rights
            return True
        scope = getattr(view, "scope", None)
        if scope is None:
            return False
        verb = "read" if request.method in SAFE_METHODS else "write"
        return f"{scope}:{verb}" in request.auth.scopes
