"""What somebody was refused goes to the log: what, to whom, from where."""

import logging

from django.http import HttpRequest, HttpResponseBase

from ats.web.client_address import ip_of

logger = logging.getLogger("ats.refused")

REFUSALS = frozenset({401, 403, 410, 429})
MISSING = 404
KEYS = frozenset({"token", "signed", "key"})
"""What stands in addresses that are their own secret."""
NOBODY = "nobody known"


def note_refusal(request: HttpRequest, response: HttpResponseBase) -> None:
    if _is_refusal(request, response.status_code):
        status, path = response.status_code, request.path
        logger.warning("%s %s %s to %s at %s", status, request.method, path, whom(request), ip_of(request))


def _is_refusal(request: HttpRequest, status: int) -> bool:
    if getattr(request, "was_refused", False) or status in REFUSALS:
        return True
    # What somebody cannot see reads as not found, and so does a key that opens nothing; a stranger who
    # follows an old address of the careers site was refused nothing.
    match = request.resolver_match
    return (
        status == MISSING
        and match is not None
        and (whom(request) != NOBODY or bool(KEYS & set(match.kwargs)))
    )


def note_failed_sign_in(request: HttpRequest, user_id: int | None) -> None:
    """Never what was typed: people type passwords into the wrong field."""
    named = f"user {user_id}" if user_id else NOBODY
    logger.warning("A sign-in as %s at %s", named, ip_of(request))


def whom(request: HttpRequest) -> str:
    """Who it is, if that was asked already: a refusal is not to cost a query more than an answer."""
    known = request.__dict__
    user = known.get("user")
    if not hasattr(type(user), "_meta"):  # the API sets the very row; else there is a lazy one
        user = known.get("_cached_user")
    number = getattr(user, "pk", None)
    if number is None:
        return NOBODY
    token = getattr(known.get("auth"), "pk", None)
    return f"user {number} by token {token}" if token else f"user {number}"
