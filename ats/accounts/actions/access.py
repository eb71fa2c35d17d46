"""What a session is held to: its device is remembered, its second step is set up, and it ends when it rests."""

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from ats.accounts.actions import devices
from ats.accounts.domain.devices import tokens_in
from ats.accounts.models import SignInPolicy, User
from ats.accounts.queries.sign_in import policy, second_step_is_owed
from ats.kernel import clock

OWED = "second_step_owed"
BEGAN = "signed_in_at"
LOOKED_AT_AGAIN = timedelta(minutes=1)
KEPT_AGAIN_AFTER = 300
KEPT_FOR = 30 * 24 * 3600
MOST_NOTED = 10_000
_noted: dict[str, datetime] = {}
_looked_at: dict[str, datetime] = {}


def begin(request: HttpRequest, user: User) -> None:
    """Somebody has just signed in with this request."""
    request.device_tokens = devices.remember(user, tokens_in(request), now=timezone.now())  # type: ignore[attr-defined]
    request.session[BEGAN] = timezone.now().isoformat()
    look_again(request, user)


def begin_anew(request: HttpRequest) -> None:
    """Somebody has shown themselves again: their session goes on under another key, and the old one opens nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def how(request: HttpRequest | None, user: User) -> str:
    """With what they have just signed in, in order: `password, totp`."""
    if request is None:
        return ""
    records = get_authentication_records(request, user)
    return ", ".join(str(each.get("type") or each["method"]) for each in records)


def owes_a_step(request: HttpRequest, user: User) -> bool:
    """Whether they have to set up a second step first; asked of the session, and then of the tables."""
    if OWED in request.session:
        look_again(request, user)
    return OWED in request.session


def look_again(request: HttpRequest, user: User) -> None:
    """Whether the second step that their role needs is there."""
    _hold(request, user, policy())


def _hold(request: HttpRequest, user: User, rules: SignInPolicy) -> None:
    if second_step_is_owed(user, rules):
        if OWED not in request.session:
            request.session[OWED] = True
    else:
        request.session.pop(OWED, None)


def rests_too_long(request: HttpRequest, *, used: bool) -> bool:
    """Whether this session's time is over, or its time without use; otherwise its use is noted, if it is one.

    Each process remembers for a minute what it has seen to, so that not every page asks the cache.
    """
    key, now = request.session.session_key or "", clock.machine()
    if _is_fresh(_noted.get(key), now) or (not used and _is_fresh(_looked_at.get(key), now)):
        return False
    if _is_over(request):
        return True
    rules, last = policy(), _last_use(key)
    if rules.idle_minutes and last is not None and now - last > timedelta(minutes=rules.idle_minutes):
        return True
    if used:
        _hold(request, request.user, rules)  # type: ignore[arg-type]
        _note(request, key, now)
    else:
        _keep(_looked_at, key, now)
    return False


def seconds_left(request: HttpRequest) -> int:
    """After how many seconds without use this session ends, at the latest: to the minute."""
    began = request.session.get(BEGAN)
    began_at = datetime.fromisoformat(began) if began else timezone.now()
    ends = began_at + timedelta(seconds=settings.SESSION_COOKIE_AGE) - timezone.now()
    rules, last = policy(), _last_use(request.session.session_key or "")
    if rules.idle_minutes:
        now = clock.machine()
        ends = min(ends, (last or now) + timedelta(minutes=rules.idle_minutes) - now)
    return max(int(ends.total_seconds()), 0)


def _is_fresh(at: datetime | None, now: datetime) -> bool:
    return at is not None and timedelta(0) <= now - at < LOOKED_AT_AGAIN


def _keep(seen: dict[str, datetime], key: str, now: datetime) -> None:
    if len(seen) >= MOST_NOTED:
        seen.clear()
    seen[key] = now


def _is_over(request: HttpRequest) -> bool:
    """Whether it has lasted as long as any may, used or not; a session of an older version begins now."""
    began = request.session.get(BEGAN)
    if began is None:
        request.session[BEGAN] = timezone.now().isoformat()
        return False
    lasts = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return timezone.now() - datetime.fromisoformat(began) > lasts


def _last_use(key: str) -> datetime | None:
    """By the cache, to the minute; by the tables, to five of them, where it has forgotten."""
    seen = cache.get(f"session-used:{key}")
    if seen is not None:
        return datetime.fromisoformat(seen)
    return UserSession.objects.filter(session_key=key).values_list("last_seen_at", flat=True).first()


def _note(request: HttpRequest, key: str, now: datetime) -> None:
    _keep(_noted, key, now)
    cache.set(f"session-used:{key}", now.isoformat(), KEPT_FOR)
    if cache.add(f"session-seen:{key}", 1, KEPT_AGAIN_AFTER):
        UserSession.objects.create_from_request(request)
