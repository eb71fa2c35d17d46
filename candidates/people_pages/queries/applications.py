"""The applications of people, as far as somebody may see them."""

from django.db.models import Exists, F, OuterRef, Prefetch, Subquery
from django.utils import timezone

from ats.accounts.models import User
from ats.kernel.kept import retold
from ats.kernel.rows import showing
from candidates.applications.models import Application, ApplicationState
from candidates.promises.models import Promise
from candidates.reaching.models import AnotherWay
from candidates.submissions.models import Ownership


def how(application: Application) -> str:
    if application.state == ApplicationState.ACTIVE:
        return retold(application.stage.name)
    return str(ApplicationState(application.state).label)


def seen_applications(user: User, *, of_one: bool = False) -> "Prefetch[str]":
    """Of each person, the applications that `user` may see, in play first, each with its open promise.

    `of_one`: and whether a message did not reach them, so that they have to be told another way; how they stand with
    a client, and until when they count as ours there.
    """
    rows = showing(
        Application.objects.visible_to(user),
        *("candidate_id", "state", "applied_at", "requisition__title", "stage__name", "source__name"),
    )
    owed = showing(
        Promise.objects.open(),
        *(
            "application_id",
            "state",
            "kind",
            "what",
            "side",
            "due_at",
            "broken_before",
            "waiting_since",
            "owner__name",
        ),
    )
    if of_one:
        ours = Ownership.objects.in_force(timezone.now()).filter(
            candidate=OuterRef("candidate"), organisation=OuterRef("requisition__organisation")
        )
        rows = rows.annotate(
            is_unreached=Exists(AnotherWay.objects.open().filter(application=OuterRef("pk"))),
            client=F("requisition__organisation__name"),
            put_forward=F("submission__state"),
            owned_until=Subquery(ours.values("ends_at")[:1]),
            owner=Subquery(ours.values("owner__name")[:1]),
        )
    promises = Prefetch("promises", owed, to_attr="open_promises")
    return Prefetch(
        "applications",
        rows.prefetch_related(promises).order_by("state", "-applied_at", "-pk"),
        to_attr="seen_applications",
    )
