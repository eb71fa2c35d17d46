"""The applications of people, as far as somebody may see them: in plain statements, for these are hot pages."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils import timezone

from ats.accounts.models import User
from ats.kernel.kept import retold
from ats.kernel.rows import columns, made
from candidates.applications.models import Application, ApplicationState
from candidates.applications.queries.sight import UNKEPT, VISIBLE, viewer
from candidates.people.models import Candidate, Source
from candidates.promises.models import Promise
from requisitions.models import Requisition, Stage

_SHOWN = f"""
    {columns("a", Application, "candidate_id", "state", "applied_at", "requisition_id", "stage_id", "source_id")},
    {columns("r", Requisition, "title", of="requisition")}, {columns("s", Stage, "name", of="stage")},
    {columns("o", Source, "name", of="source")}
"""
_JOINED = """
    FROM candidates_application a
    JOIN requisitions_requisition r ON r.id = a.requisition_id
    LEFT JOIN requisitions_stage s ON s.id = a.stage_id
    LEFT JOIN candidates_source o ON o.id = a.source_id
"""
_IN_ORDER = "WHERE a.candidate_id = ANY(%(people)s) AND {seen} ORDER BY a.state, a.applied_at DESC, a.id DESC"
_OF_MANY = f"SELECT {_SHOWN} {_JOINED} {_IN_ORDER}"
_OF_ONE = f"""
    SELECT {_SHOWN}, h.name AS client, f.state AS put_forward, w.ends_at AS owned_until, w.owner,
        EXISTS (SELECT FROM candidates_anotherway WHERE application_id = a.id AND state = 'open') AS is_unreached
    {_JOINED}
    JOIN ats_hiringorganisation h ON h.id = r.organisation_id
    LEFT JOIN candidates_submission f ON f.application_id = a.id
    LEFT JOIN LATERAL (
        SELECT t.ends_at, u.name AS owner FROM candidates_ownership t LEFT JOIN ats_user u ON u.id = t.owner_id
        WHERE t.candidate_id = a.candidate_id AND t.organisation_id = r.organisation_id
          AND t.starts_at <= %(now)s AND t.ends_at > %(now)s LIMIT 1
    ) AS w ON true
    {_IN_ORDER}
"""  # noqa: S608
OF_MANY, OF_ONE = ([text.format(seen=seen) for seen in (UNKEPT, VISIBLE)] for text in (_OF_MANY, _OF_ONE))
"""For whom nothing is kept from, and for whom something may be."""
OWED = f"""
    SELECT {columns("p", Promise, "application_id", "state", "kind", "what", "side", "due_at", "broken_before")},
        p.waiting_since, p.owner_id, {columns("u", User, "name", of="owner")}
    FROM candidates_promise p LEFT JOIN ats_user u ON u.id = p.owner_id
    WHERE p.application_id = ANY(%(applications)s) AND p.state = 'open' ORDER BY p.id
"""  # noqa: S608


def how(application: Application) -> str:
    if application.state == ApplicationState.ACTIVE:
        return retold(application.stage.name)
    return str(ApplicationState(application.state).label)


def with_applications(people: Sequence[Candidate], user: User, *, of_one: bool = False) -> None:
    """Gives each the applications that `user` may see (`seen_applications`), in play first, each with its open promise.

    `of_one`: and whether a message did not reach them, so that they have to be told another way; how they stand with
    a client, and until when they count as ours there. Two queries.
    """
    values = viewer(user) | {"people": [person.pk for person in people]}
    if of_one:
        values["now"] = timezone.now()
    statement = (OF_ONE if of_one else OF_MANY)[values["sees_less"]]
    rows = made(Application, statement, values) if people and user.is_active else []
    owed: dict[int, list[Promise]] = defaultdict(list)
    if rows:
        for promise in made(Promise, OWED, {"applications": [row.pk for row in rows]}):
            owed[promise.application_id].append(promise)
    seen: dict[int, list[Application]] = defaultdict(list)
    for row in rows:
        row.open_promises = owed[row.pk]  # type: ignore[attr-defined]
        seen[row.candidate_id].append(row)
    for person in people:
        person.seen_applications = seen[person.pk]  # type: ignore[attr-defined]
