"""What is measured: the seeded data, somebody signed in, and the addresses of typical things."""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from urllib.parse import urlsplit

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from ats.accounts.models import User
from ats.duework import engine
from candidates.models import Application, Candidate, Offer, Scorecard
from candidates.portal.links import new_link
from requisitions.models import JobPost, Requisition


@dataclass
class Facts:
    """The sessions of a recruiter and of a manager, and the rows that the measures look at."""

    session: str
    managers_session: str
    makers_session: str
    recruiter: User
    crowded: Requisition
    application: Application
    moved: Application
    candidate: Candidate
    debriefed: int
    offer: Offer
    """With its candidate in the last but one of its many versions, and with its letter."""
    offer_path: str
    post: JobPost
    portal_path: str
    names: list[str]

    def cookies(self, address: str, *, session: str = "") -> dict[str, str]:
        """Under the names that the server at this address uses (see SESSION_COOKIE_NAME)."""
        prefix = f"accord-{address.rpartition(':')[2]}"
        return {f"{prefix}-session": session or self.session, f"{prefix}-csrf": secrets.token_hex(16)}


def prepare(scale: int, *, keep: bool) -> Facts:
    """A migrated database with `scale` candidates, made anew unless `keep` and there already."""
    call_command("migrate", verbosity=0)
    if not (keep and Candidate.objects.exists()):
        call_command("seed", candidates=scale, stdout=_Echo())
    for lane in ("commitments", "mail"):  # what the seeded partnerships brought up
        engine.drain(engine.lanes()[lane], timezone.now, ends=time.monotonic() + 120)
    with connection.cursor() as cursor:
        # A database at rest, as one is that was not filled a minute ago.
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")
    return _facts()


class _Echo(StringIO):
    def write(self, text: str) -> int:
        print(text, end="", flush=True)
        return len(text)


def _facts() -> Facts:
    crowded = (
        Requisition.objects.select_related("recruiter")
        .annotate(active=Count("applications", filter=Q(applications__state="active")))
        .order_by("-active")[0]
    )
    application = Application.objects.filter(requisition=crowded, state="active").order_by("pk")[0]
    offers = Offer.objects.filter(state="sent", documents__isnull=False).select_related(
        "application__candidate", "made_by"
    )
    offer = offers.annotate(versions=Count("terms", distinct=True)).order_by("-versions", "pk")[0]
    open_roles = Count("requisitions_managed", filter=Q(requisitions_managed__state="open"))
    manager = User.objects.annotate(open_roles=open_roles).order_by("-open_roles", "pk")[0]
    return Facts(
        session=_sign_in(crowded.recruiter),
        managers_session=_sign_in(manager),
        makers_session=_sign_in(offer.made_by),
        recruiter=crowded.recruiter,
        crowded=crowded,
        application=application,
        # Another one, whose history may grow with every run.
        moved=Application.objects.filter(requisition=crowded, state="active").order_by("-pk")[0],
        candidate=application.candidate,
        debriefed=_most_written_about(),
        offer=offer,
        offer_path=f"{_portal(offer.application.candidate)}offers/{offer.pk}/",
        post=JobPost.objects.live().order_by("pk")[0],
        portal_path=_portal(application.candidate),
        names=list(Candidate.objects.order_by("pk").values_list("last_name", flat=True)[:4000:200]),
    )


def _portal(candidate: Candidate) -> str:
    return urlsplit(new_link(candidate=candidate, now=timezone.now())).path


def _most_written_about() -> int:
    """The application with the most scorecards."""
    inside = Scorecard.objects.filter(state="submitted", application__state="active").values("application")
    return inside.annotate(count=Count("pk")).order_by("-count", "application")[0]["application"]


def _sign_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.set_expiry(timedelta(hours=6))
    session.save()
    assert session.session_key
    return session.session_key
