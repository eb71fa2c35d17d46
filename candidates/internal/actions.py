"""From whom an application is kept, who stands in, that its candidate says that their manager may know, and that they
do not work here after all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel import lawful
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.compose import words
from candidates.internal import mails, queries
from candidates.internal.models import KeptFrom
from candidates.internal.queries import is_kept_from
from candidates.people.models import Candidate

CHOOSE = fetch.MOVE
LONGEST_REASON = 300


def keep_from(application: Application, manager: User, *, by: CanAct | None, now: datetime) -> KeptFrom:
    """Keep it from this person, for whom its candidate works; what was lifted once stays lifted.

    In the transaction of who holds the application.
    """
    rows = KeptFrom.objects.from_within().filter(application=application)
    rows.filter(stand_in=manager).update(stand_in=None, updated_at=now)
    row, is_new = rows.get_or_create(application=application, user=manager)
    vars(application)["is_kept"] = True  # also where it was read before, and goes to who listens
    if is_new or row.until_known:
        row.until_known = False
        row.save(update_fields=["until_known", "updated_at"])
        data = {"manager": str(manager), "manager_id": manager.pk}
        record("application.kept_from_manager", subject=application, by=by, now=now, data=data)
    return row


def keep_until_known(application: Application, *, now: datetime) -> None:
    """The applicant works here, and nobody knows for whom: the role's own manager hears nothing meanwhile.

    In the transaction of who holds the application.
    """
    _keep_meanwhile(application)
    record("application.manager_wanted", subject=application, by=application.candidate, now=now)


def _keep_meanwhile(application: Application) -> None:
    manager = application.requisition.hiring_manager
    if manager is not None:
        vars(application)["is_kept"] = True
        rows = KeptFrom.objects.from_within()
        rows.get_or_create(application=application, user=manager, defaults={"until_known": True})


@transaction.atomic
def keep_from_next_lead(*, requisition_id: int) -> None:
    """Another leads the role: while nobody knows for whom an applicant works, it is kept from them as well."""
    rows = Application.objects.filter(requisition=requisition_id).select_related(
        "requisition__hiring_manager"
    )
    unknown = KeptFrom.objects.in_force().filter(until_known=True)
    for application in rows.filter(pk__in=unknown.values("application")).order_by("pk"):
        _keep_meanwhile(application)


@transaction.atomic
def name_manager(*, application_id: int, manager_id: int, by: User, now: datetime) -> KeptFrom:
    """The recruiter says for whom the applicant works, where the house did not know it."""
    application = fetch.locked(application_id, user=by, permission=CHOOSE)
    manager = User.objects.filter(pk=manager_id).exclude(pk=by.pk).first()
    if manager is None:
        raise Invalid(gettext("Choose somebody else than yourself."), field="manager")
    guessed = KeptFrom.objects.in_force().filter(application=application, until_known=True)
    guessed.exclude(user=manager).delete()
    return keep_from(application, manager, by=by, now=now)


@transaction.atomic
def choose_stand_in(
    *, application_id: int, kept_id: int, stand_in_id: int, by: User, now: datetime
) -> KeptFrom:
    """Who is the partner on this application in place of the person from whom it is kept."""
    application = fetch.locked(application_id, user=by, permission=CHOOSE)
    rows = KeptFrom.objects.in_force().from_within().filter(pk=kept_id, application=application)
    row = rows.select_related("user").first()
    if row is None:
        raise Missing(gettext("It is kept from nobody of this number."))
    stand_in = User.objects.filter(pk=stand_in_id, is_active=True).first()
    if stand_in is None or is_kept_from(application.pk, stand_in.pk):
        raise Invalid(gettext("Choose somebody who may see this application."), field="stand_in")
    if row.stand_in_id == stand_in.pk:
        return row
    before, row.stand_in = row.stand_in_id, stand_in
    row.save(update_fields=["stand_in", "updated_at"])
    data = {"manager": str(row.user), "manager_id": row.user_id, "stand_in": str(stand_in)}
    data |= {"stand_in_id": stand_in.pk, "before_id": before}
    record("application.stand_in_chosen", subject=application, by=by, now=now, data=data)
    return row


@transaction.atomic
def let_know(*, candidate: Candidate, application_id: int, now: datetime) -> None:
    """The candidate says that their manager may know of this application; it is not taken back."""
    lock(Application, application_id)
    rows = KeptFrom.objects.in_force().from_within()
    rows = rows.filter(application=application_id, application__candidate=candidate)
    kept = list(rows.select_related("application__requisition").order_by("pk"))
    if not kept:
        return
    KeptFrom.objects.filter(pk__in=[row.pk for row in kept]).update(
        lifted_at=now, lifted_by=candidate, updated_at=now
    )
    data = {"managers": [row.user_id for row in kept]}
    record("application.manager_may_know", subject=kept[0].application, by=candidate, now=now, data=data)


@transaction.atomic
def doubt(*, application_id: int, reason: str, by: User, now: datetime) -> None:
    """Somebody who serves the candidate says, with the reason, that they do not work here: a lead is asked.

    This lifts nothing. Whoever could lift it alone could uncover somebody to their own manager, so it takes two people
    (`confirm_doubt`), and it is for what rests on a tick in a form alone: where the house knows for whom they work, or
    they wrote from the address of somebody who works here, only the candidate lifts it.
    """
    application = fetch.locked(application_id, user=by, permission=CHOOSE)
    rows = _that_may_be_doubted(application)
    if any(row.doubted_at for row in rows):
        raise WrongState(gettext("A lead is asked about it already."))
    said = words.typed(reason)
    if not 0 < len(said) <= LONGEST_REASON:
        raise Invalid(
            gettext("Say how you know, in at most %(most)s characters.") % {"most": LONGEST_REASON},
            field="reason",
        )
    place = Place(name=f"works-here:{application.pk}", what="What you say of them", about=application.about())
    lawful.check({"reason": said}, place=place)
    _note(rows, doubted_at=now, doubted_by=by, updated_at=now)
    record("application.works_here_doubted", subject=application, by=by, now=now, data={"reason": said})
    mails.ask_lead(application, reason=said, by=by, now=now)


@transaction.atomic
def confirm_doubt(*, application_id: int, by: User, now: datetime) -> None:
    """A lead, and not who said it, confirms that the applicant does not work here: it is kept from nobody any more."""
    application, rows, said = _doubted(application_id, by)
    # Who leads the role since it was said has a row of their own.
    both = {"doubted_by": said.doubted_by, "doubted_at": said.doubted_at, "wrong_by": by}
    _note(rows, lifted_at=now, updated_at=now, **both)
    data = {"managers": [row.user_id for row in rows], "said_by": str(said.doubted_by)}
    record("application.works_here_wrong", subject=application, by=by, now=now, data=data)


@transaction.atomic
def dismiss_doubt(*, application_id: int, by: User, now: datetime) -> None:
    """A lead, and not who said it, leaves it as it is."""
    application, rows, _ = _doubted(application_id, by)
    _note(rows, doubted_at=None, doubted_by=None, updated_at=now)
    record("application.works_here_stays", subject=application, by=by, now=now)


def _that_may_be_doubted(application: Application) -> list[KeptFrom]:
    rows = queries.kept_from(application)
    if not rows:
        raise WrongState(gettext("It is kept from nobody."))
    if not queries.may_be_doubted(application, rows):
        raise WrongState(
            gettext(
                "They do work here, as far as the house knows: only they say that their manager may know."
            )
        )
    return rows


def _doubted(application_id: int, by: User) -> tuple[Application, list[KeptFrom], KeptFrom]:
    """What is in force, and the row of which it was said."""
    application = fetch.locked(application_id, user=by, permission=CHOOSE)
    rows = _that_may_be_doubted(application)
    said = next((row for row in rows if row.doubted_by is not None), None)
    if said is None or said.doubted_by is None:
        raise WrongState(gettext("Nobody has said that they do not work here."))
    if not queries.may_settle_doubt(by, application, said.doubted_by):
        raise NotAllowed(gettext("A lead who did not say it, and does not manage the role, confirms it."))
    return application, rows, said


def _note(rows: Sequence[KeptFrom], **facts: object) -> None:
    KeptFrom.objects.filter(pk__in=[row.pk for row in rows]).update(**facts)
