"""What is measured: the seeded data, somebody signed in, and the addresses of typical things."""

import secrets
import time
from datetime import timedelta
from functools import cached_property
from io import StringIO
from itertools import cycle
from urllib.parse import urlsplit

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ats.accounts.models import User
from ats.duework import engine
from benchmarks.either import either
from candidates.models import Application, Candidate, Offer, Scorecard
from partners.models import CheckIn
from requisitions.models import JobPost, Requisition

new_link = either("candidates/portal/actions/make_links:new_link", "candidates/portal/links:new_link")


class Facts:
    """The sessions of a recruiter and of managers, and the rows that the measures look at.

    Each is looked up when a measure asks for it: what one side of a comparison does not have yet is missed by
    those measures alone. The choice is the same wherever the data are the same.
    """

    @cached_property
    def crowded(self) -> Requisition:
        active = Count("applications", filter=Q(applications__state="active"))
        rows = Requisition.objects.select_related("recruiter").annotate(active=active)
        return rows.order_by("-active", "pk")[0]

    @cached_property
    def newest_people(self) -> "cycle[int]":
        rows = Candidate.objects.filter(only_confidential=False).order_by("-created_at", "-pk")
        return cycle(rows.values_list("pk", flat=True)[:500])

    @cached_property
    def recruiter(self) -> User:
        return self.crowded.recruiter

    @cached_property
    def session(self) -> str:
        return _sign_in(self.recruiter)

    @cached_property
    def managers_session(self) -> str:
        """Of the manager with the most open roles."""
        open_roles = Count("requisitions_managed", filter=Q(requisitions_managed__state="open"))
        return _sign_in(User.objects.annotate(open_roles=open_roles).order_by("-open_roles", "pk")[0])

    @cached_property
    def makers_session(self) -> str:
        return _sign_in(self.offer.made_by)

    @cached_property
    def check_ins_session(self) -> str:
        return _sign_in(self.check_in.partnership.requisition.recruiter)

    @property
    def _active(self) -> QuerySet[Application]:
        return Application.objects.filter(requisition=self.crowded, state="active")

    @cached_property
    def application(self) -> Application:
        return self._active.order_by("pk")[0]

    @cached_property
    def check_in(self) -> CheckIn:
        rows = CheckIn.objects.select_related("partnership__requisition__recruiter")
        return rows.order_by("scheduled_at", "pk")[0]

    @cached_property
    def moved(self) -> Application:
        """Another one, whose history may grow with every run."""
        return self._active.order_by("-pk")[0]

    @cached_property
    def candidate(self) -> Candidate:
        return self.application.candidate

    @cached_property
    def debriefed(self) -> int:
        """The application with the most scorecards."""
        inside = Scorecard.objects.filter(state="submitted", application__state="active").values(
            "application"
        )
        return inside.annotate(count=Count("pk")).order_by("-count", "application")[0]["application"]

    @cached_property
    def offer(self) -> Offer:
        """With its candidate in the last but one of its many versions, and with its letter."""
        offers = Offer.objects.filter(state="sent", documents__isnull=False).select_related(
            "application__candidate", "made_by"
        )
        return offers.annotate(versions=Count("terms", distinct=True)).order_by("-versions", "pk")[0]

    @cached_property
    def offer_path(self) -> str:
        return f"{_portal(self.offer.application.candidate)}offers/{self.offer.pk}/"

    @cached_property
    def post(self) -> JobPost:
        return JobPost.objects.live().order_by("pk")[0]

    @cached_property
    def portal_path(self) -> str:
        return _portal(self.candidate)

    @cached_property
    def names(self) -> list[str]:
        return list(Candidate.objects.order_by("pk").values_list("last_name", flat=True)[:4000:200])

    def cookies(self, address: str, *, session: str = "") -> dict[str, str]:
        """Under the names that the server at this address uses (see SESSION_COOKIE_NAME)."""
        prefix = f"accord-{address.rpartition(':')[2]}"
        return {f"{prefix}-session": session or self.session, f"{prefix}-csrf": secrets.token_hex(16)}


def prepare(scale: int, *, keep: bool) -> None:
    """A migrated database with `scale` candidates, made anew unless `keep` and there already."""
    call_command("migrate", verbosity=0)
    if not (keep and Candidate.objects.exists()):
        call_command("seed", candidates=scale, stdout=_Echo())
    for lane in ("commitments", "mail"):  # what the seeded partnerships brought up
        engine.drain(engine.lanes()[lane], timezone.now, ends=time.monotonic() + 120)
    rest()


def rest() -> None:
    """A database at rest, as one is that was not filled a minute ago."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


class _Echo(StringIO):
    def write(self, text: str) -> int:
        print(text, end="", flush=True)
        return len(text)


def _portal(candidate: Candidate) -> str:
    return urlsplit(new_link(candidate=candidate, now=timezone.now())).path


def _sign_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.set_expiry(timedelta(hours=6))
    session.save()
    assert session.session_key
    return session.session_key
