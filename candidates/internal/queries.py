"""Who is the partner on an application, and from whom it is kept."""

from collections.abc import Iterable, Sequence

from django.db.models import Case, Q, QuerySet, When

from ats.accounts.domain import sides
from ats.accounts.models import OVERSEERS, RECRUITING, Role, User
from ats.accounts.queries.beside import LESS, is_surely_not
from ats.activity.models import Activity
from ats.kernel.prepared import Prepared
from ats.kernel.rows import answers, listed
from candidates.applications.models import Application
from candidates.internal.models import KeptFrom
from candidates.people.domain.addresses import email_key
from candidates.people.models import Candidate


def kept_from(application: Application) -> list[KeptFrom]:
    """What is in force for one application from within, for its page and for who asks partners about it."""
    rows = KeptFrom.objects.in_force().from_within().filter(application=application)
    return list(rows.select_related("user", "stand_in", "doubted_by").order_by("pk"))


def wants_manager(application: Application, rows: Sequence[KeptFrom]) -> bool:
    """Whether the applicant works here and nobody has noted for whom; `rows` is what is in force.

    Nobody is asked once the applicant has said that their manager may know, whoever that is.
    """
    if rows:
        return any(row.until_known for row in rows)
    says_so = bool((application.submitted or {}).get("works_here"))
    return says_so and not KeptFrom.objects.from_within().filter(application=application).exists()


def is_kept_from(application_id: int, user_id: int) -> bool:
    return KeptFrom.objects.in_force().filter(application=application_id, user=user_id).exists()


def kept_people(application_id: int) -> frozenset[int]:
    """Everybody from whom this application is kept: nearly always nobody.

    Where it waits for a yes to being put forward, that is everybody who does not recruit, also who is on no team.
    """
    rows = list(_kept_people(application=application_id))
    kept = frozenset(user for user, _ in rows)
    if any(waits for _, waits in rows):
        kept |= frozenset(User.objects.exclude(role__in=RECRUITING).values_list("pk", flat=True))
    return kept


@Prepared
def _kept_people(*, application: int) -> "QuerySet[KeptFrom, tuple[int, bool]]":
    return (
        KeptFrom.objects.in_force().filter(application=application).values_list("user", "until_put_forward")
    )


KEPT_IN = """
    SELECT k.application_id FROM candidates_keptfrom k JOIN candidates_application a ON a.id = k.application_id
    WHERE k.user_id = %(user)s AND k.lifted_at IS NULL AND a.requisition_id = %(requisition)s
"""


def kept_in(user: User, requisition_id: int) -> frozenset[int]:
    """Which applications of this role are kept from this person; in plain words, for every board asks."""
    if is_surely_not(user, LESS):
        return frozenset()
    rows = listed(KEPT_IN, {"user": user.pk, "requisition": requisition_id})
    return frozenset(number for (number,) in rows)


def stand_ins(application_id: int) -> frozenset[int]:
    """Who is a partner on this application in place of somebody else."""
    rows = KeptFrom.objects.in_force().filter(application=application_id, stand_in__isnull=False)
    return frozenset(rows.values_list("stand_in", flat=True))


def stands_in(user: User, application_id: int) -> bool:
    return KeptFrom.objects.in_force().filter(application=application_id, stand_in=user).exists()


def kept_applications(user: User, among: Iterable[int]) -> frozenset[int]:
    """Which of these applications are kept from this person."""
    rows = KeptFrom.objects.in_force().filter(user=user, application__in=list(among))
    return frozenset(rows.values_list("application", flat=True))


def partner_of(application: Application) -> User | None:
    """The role's hiring manager, or who stands in for them here; None where nobody is chosen to."""
    return partners_of([application])[application.pk]


def partners_of(applications: Sequence[Application]) -> dict[int, User | None]:
    """`partner_of` for applications of one role, in one query."""
    manager = applications[0].requisition.hiring_manager
    found: dict[int, User | None] = dict.fromkeys((one.pk for one in applications), manager)
    asked = [one.pk for one in applications if one.may_be_kept]
    if manager is not None and asked:
        rows = KeptFrom.objects.in_force().filter(user=manager, application__in=asked)
        # Last what waits for a yes: nobody stands in where no partner may know yet.
        rows = rows.select_related("stand_in").order_by("until_put_forward", "pk")
        found |= {row.application_id: row.stand_in for row in rows}
    return found


def recruiter_of(application: Application) -> User:
    """The role's recruiter; where it is kept from them who stands in, else a lead or an administrator who may know."""
    recruiter = application.requisition.recruiter
    kept = kept_people(application.pk) if application.may_be_kept else frozenset()
    if recruiter.pk not in kept:
        return recruiter
    row = KeptFrom.objects.in_force().from_within().filter(application=application, user=recruiter)
    chosen = row.select_related("stand_in").get().stand_in
    above = User.objects.filter(role__in=OVERSEERS, is_active=True).exclude(pk__in=kept)
    lead_first = Case(When(role=Role.LEAD, then=0), default=1)
    there = application.requisition.organisation_id
    return chosen or above.working_for(there).order_by(lead_first, "pk").first() or recruiter


def may_hear(people: Iterable[User | None], application_id: int) -> list[User]:
    """Of these people, each once, those from whom the application is not kept, by a wall neither."""
    kept = kept_people(application_id)
    wanted = {person.pk: person for person in people if person is not None}
    return on_its_side([person for number, person in wanted.items() if number not in kept], application_id)


def on_its_side(people: list[User], application_id: int) -> list[User]:
    """Those who may know for which organisation it is; asked only where there is a wall around somebody."""
    if all(person.works_for is None for person in people):
        return people
    rows = Application.objects.filter(pk=application_id)
    return sides.working_for(people, rows.values_list("requisition__organisation", flat=True).get())


COLLEAGUE = """
    SELECT min(id) AS colleague FROM ats_user WHERE is_active AND (email = ANY(%(addresses)s) OR email IN (
        SELECT unnest(ARRAY[key, lower(value)]) FROM candidates_furtheraddress
        WHERE candidate_id = %(candidate)s AND kind = 'email'))
"""


def works_here(candidate: Candidate, *also: str) -> User | None:
    """The colleague whose address the candidate wrote from, or says is theirs at work."""
    wanted = {email_key(address) for address in (candidate.email, *also) if address} - {""}
    if not wanted:
        return None
    typed = {address.strip().lower() for address in (candidate.email, *also) if address}
    # Asked whenever an application comes in, and nearly always in vain: in plain words.
    [number] = answers(COLLEAGUE, {"addresses": sorted(wanted | typed), "candidate": candidate.pk}).values()
    return User.objects.select_related("manager").get(pk=number) if number else None


def in_play_of(colleague: User) -> list[Application]:
    """What this colleague has applied for here and was not decided, by their address at work."""
    key = email_key(colleague.email)
    own = Q(candidate__in=Candidate.objects.with_address(key)) | Q(submitted__work_email=colleague.email)
    return list(Application.objects.active().whole().filter(own).order_by("pk"))


def able_to_stand_in(application: Application) -> QuerySet[User]:
    """Everybody who may see it and is not the applicant."""
    kept = KeptFrom.objects.in_force().filter(application=application).values("user")
    rows = User.objects.filter(is_active=True).exclude(pk__in=kept)
    return rows.exclude(email__iexact=application.candidate.email or "").order_by("name", "pk")


def first_to_ask(application: Application, row: KeptFrom) -> User | None:
    """Who stands in most naturally: the department's head, else whoever the manager works for."""
    department = application.requisition.department
    asked = (department.head_id if department else None, row.user.manager_id)
    wanted = [number for number in asked if number is not None]
    able = {user.pk: user for user in able_to_stand_in(application).filter(pk__in=wanted)}
    return next((able[number] for number in wanted if number in able), None)


def may_let_know(candidate: Candidate) -> frozenset[int]:
    """Of which applications of this candidate their manager does not know."""
    rows = KeptFrom.objects.in_force().from_within().filter(application__candidate=candidate)
    return frozenset(rows.values_list("application", flat=True))


def may_be_doubted(application: Application, rows: Sequence[KeptFrom]) -> bool:
    """Whether that they work here rests on their own tick alone; `rows` is what is in force.

    Not where somebody has noted for whom, nor where one of their addresses is that of somebody who works here.
    """
    if not rows or not all(row.until_known for row in rows):
        return False
    said = application.submitted or {}
    return works_here(application.candidate, said.get("email", ""), said.get("work_email", "")) is None


def able_to_settle_doubt(application: Application, doubted_by: User) -> list[User]:
    """Who oversees, did not say it, does not manage the role, and may know of the application."""
    rows = User.objects.filter(role__in=OVERSEERS, is_active=True).order_by("name", "pk")
    role = application.requisition
    apart = {doubted_by.pk, role.hiring_manager_id} | kept_people(application.pk)
    return sides.working_for((user for user in rows if user.pk not in apart), role.organisation_id)


def may_settle_doubt(user: User, application: Application, doubted_by: User) -> bool:
    return user in able_to_settle_doubt(application, doubted_by)


def reason_of_doubt(application: Application) -> str:
    """As it was said last."""
    rows = Activity.objects.filter(application_id=application.pk, verb="application.works_here_doubted")
    data = rows.order_by("-id").values_list("data", flat=True).first()
    return str((data or {}).get("reason", ""))
