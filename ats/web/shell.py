"""What every shell needs around a page; worked out only when a template asks for it."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import cached_property

from ats.accounts.models import RECRUITING
from ats.embedded import DEMO_PASSWORD
from ats.kernel import clock
from ats.web.frame import Frame
from ats.web.parts import name_of

DEMO_SIGN_INS = (
    ("Recruiter", "recruiter@demo.test", "Your day: what you owe whom"),
    ("Hiring manager", "manager@demo.test", "The shared dashboard, made for a phone"),
    ("Recruiting lead", "lead@demo.test", "Every role and every promise"),
    ("Coordinator", "coordinator@demo.test", "Scheduling for the whole team"),
    ("Interviewer", "interviewer@demo.test", "The candidates to meet"),
    ("Administrator", "admin@demo.test", "People, roles and settings"),
)


@dataclass(frozen=True)
class Entry:
    """One place to go: in the rail, in the user menu, or among the tabs of one's account."""

    label: str
    icon: str
    url: str
    key: str = ""
    active: bool = False


# Label, icon, address, the letter that goes there after `g`. An address that does not exist (yet) is left out.
STAFF_RAIL = (
    ("My day", "day", "/", "d"),
    ("Requisitions", "requisition", "/requisitions/", "r"),
    ("Candidates", "people", "/candidates/", "c"),
    ("Calendar", "calendar", "/calendar/", "k"),
    ("Partners", "partners", "/partners/", "p"),
    ("Reports", "chart", "/reports/", "e"),
)
PARTNER_RAIL = (
    ("Our roles", "partners", "/partners/dashboard/", "d"),
    ("Scorecards", "list", "/scorecards/", "s"),
    ("Calendar", "calendar", "/calendar/", "k"),
    ("Approvals", "check", "/approvals/", "a"),
)
ACCOUNT = (
    ("Profile", "user", "account_profile"),
    ("Availability", "calendar", "availability"),
    ("Away", "people", "delegations"),
    ("Celebrations", "star", "celebrations"),
    ("Password", "key", "account_change_password"),
    ("Two-step sign-in", "shield", "mfa_index"),
    ("Sessions", "device", "usersessions_list"),
    ("API tokens", "link", "api_tokens"),
)
# Label, icon, address by name, and the permission without which one is not shown it.
SETTINGS = (
    ("People", "people", "settings_people", "ats.manage_people"),
    ("Signing in", "key", "settings_sign_in", "ats.manage_people"),
    ("Organisations", "building", "settings_organisations", "ats.manage_organisation"),
    ("Working calendars", "calendar", "settings_calendars", "ats.manage_organisation"),
    ("Interviews", "clock", "settings_pools", "requisitions.change_pools"),
    ("Sitting in", "eye", "settings_shadowing", "candidates.set_shadowing"),
    ("Agreements", "partners", "settings_agreements", "partners.set_rules"),
    ("Signing", "edit", "settings_signing", "partners.name_signers"),
    ("Declined requests", "eye-off", "settings_declined", "partners.set_declined_readers"),
    ("Wording", "shield", "settings_wording", "requisitions.view_wording"),
    ("Approvals", "check", "settings_approvals", "ats.manage_approvals"),
    ("Journey", "graph", "settings_journeys", "candidates.view_journeys"),
    ("Words of messages", "message", "settings_templates", "ats.edit_mail_templates"),
    ("Offer letters", "file", "settings_offer_letters", "candidates.change_offer_letters"),
    ("Outbox", "send", "settings_outbox", "ats.see_due_work"),
    ("Due work", "clock", "settings_due_work", "ats.see_due_work"),
)


@lru_cache(maxsize=64)
def _exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


@lru_cache(maxsize=64)
def _named(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_under(path: str, entry: str) -> bool:
    return path == entry if entry == "/" else path.startswith(entry)


class Shell:
    """The frame of the page for this request. Asks the database nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def user(self) -> Any:
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def recruits(self) -> bool:
        return self.user is not None and self.user.role in RECRUITING

    @cached_property
    def template(self) -> str:
        """The shell that pages for both sides extend: `{% extends shell.template %}`."""
        return "shells/staff.html" if self.recruits else "shells/partner.html"

    @cached_property
    def rail(self) -> list[Entry]:
        if self.user is None:
            return []
        places = STAFF_RAIL if self.recruits else PARTNER_RAIL
        return [
            Entry(label, icon, url, key, _is_under(self._request.path, url))
            for label, icon, url, key in places
            if _exists(url)
        ]

    @cached_property
    def account(self) -> list[Entry]:
        places = ((label, icon, _named(name)) for label, icon, name in ACCOUNT)
        return [
            Entry(label, icon, url, active=_is_under(self._request.path, url))
            for label, icon, url in places
            if url
        ]

    @cached_property
    def settings(self) -> list[Entry]:
        """The settings that this person may look after."""
        if self.user is None:
            return []
        return [
            Entry(label, icon, url, active=_is_under(self._request.path, url))
            for label, icon, name, permission in SETTINGS
            if (url := _named(name)) and (not permission or self.user.has_perm(permission))
        ]

    @cached_property
    def settings_url(self) -> str:
        return _named("settings") if self.settings else ""

    @cached_property
    def frame(self) -> Frame:
        if self.user is None:
            return Frame()
        return Frame(
            tuple(self.rail),
            tuple(self.account),
            name_of(self.user),
            self.user.get_role_display(),
            self.recruits,
            self.settings_url,
            self.user.pk,
        )

    @property
    def second_step_owed(self) -> bool:
        """Whether this person can go nowhere before they have a second step (ats.accounts.actions.access)."""
        return bool(self._request.session.get("second_step_owed"))

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def demo_clock(self) -> datetime | None:
        """What the demo's clock says, where it was moved ahead."""
        return timezone.now() if settings.DEMO_CLOCK and clock.ahead() else None

    @property
    def demo_sign_ins(self) -> tuple[tuple[str, str, str], ...]:
        return DEMO_SIGN_INS if settings.DEMO else ()

    @property
    def demo_password(self) -> str:
        return DEMO_PASSWORD if settings.DEMO else ""


def shell(request: HttpRequest) -> dict[str, Shell]:
    return {"shell": Shell(request)}
