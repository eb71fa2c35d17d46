"""Of every lane: what it says it would find is what it finds, to the microsecond, and it asks for nothing else."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from ats.duework import engine, tasks
from ats.duework.models import DueTask, TaskState
from ats.duework.readiness import Asking
from ats.mail.models import OutgoingMail
from ats.models import HeardTo
from candidates.applications.actions import apply
from candidates.documents.models import Document, ReadingState
from candidates.models import LookedThrough
from candidates.people.actions import find_or_create
from candidates.surveys.actions.publish import monday
from candidates.surveys.domain.coarse import ENOUGH
from candidates.surveys.models import SurveyResponse
from partners.advice import actions as advice
from partners.advice.models import AdviceRun
from partners.models import Commitment, CorrectionStep
from tests import factories as make
from tests.candidates.documents.test_reader import hand_in
from tests.candidates.helpers import run_lane, submission
from tests.factories import NOW
from tests.partners.advice import parts as pieces
from tests.partners.conftest import open_role
from tests.partners.corrections import parts as corrections
from tests.partners.test_poison_rows import APART, DATED, LANES, LATER, Rows, mails, rule_on
from tests.smtp import Catcher

INSTANT = timedelta(microseconds=1)


def tasks_of(kinds: dict[str, Any]) -> Callable[[], Rows]:
    def made() -> Rows:
        for number, kind in enumerate(kinds):
            tasks.plan(
                kind, subject_id=987_654_321, due_at=NOW + timedelta(hours=number), key=kind, payload=ALL
            )
        return list(DueTask.objects.filter(kind__in=kinds)), NOW + timedelta(days=3)

    return made


ALL = {"email": "nobody@example.com", "email_key": "nobody", "question": "", "page": 1, "side": "recruiter"}


def nights() -> Rows:
    run_lane("advice", NOW)
    _, row = pieces.dry()
    advice.put_off(
        advice_id=row.pk,
        until=(NOW + timedelta(days=7)).date(),
        by=row.partnership.requisition.hiring_manager,
        now=NOW,
    )
    return [*AdviceRun.objects.all()[:2], row], LATER


def old_documents() -> Rows:
    document = hand_in()
    Document.objects.update(holds=None, reading=ReadingState.READ)
    DueTask.objects.all().delete()
    return [document], LATER


def came() -> Rows:
    """Somebody came since everybody was looked at."""
    person, _ = find_or_create(first_name="Robin", last_name="", email="robin@example.com", now=NOW)
    row = LookedThrough.objects.create(walked_to=None, heard_to=NOW - timedelta(days=1))
    return [row, person], NOW + timedelta(minutes=2)


def heard(name: str) -> Callable[[], Rows]:
    """Somebody came since it was listened last."""

    def made() -> Rows:
        rows, moment = came()
        row = HeardTo.objects.create(name=name, heard_to=NOW - timedelta(days=1))
        if name == "rules":
            question = make.make_question(make.make_post(role := make.make_requisition()), "short")
            rule_on(role)
            apply(submission=submission(question.post), now=NOW)
        return [row, rows[1]], moment

    return made


def waited() -> Rows:
    """Two who wait for longer than a rule says."""
    role = make.make_requisition()
    stage = make.stage(role, "applied")
    rule = rule_on(role, when="waited", stage=stage.pk, stage_said=stage.name, days=1)
    rows = [make.make_application(requisition=role) for _ in range(2)]
    return [rule, *rows], NOW + timedelta(days=5)


def steps() -> Rows:
    corrections.start(open_role())
    return list(CorrectionStep.objects.all()), NOW + timedelta(days=2)


def missed() -> Rows:
    corrections.missed(open_role(), "slate_view", "manager", 2, at=NOW)
    Commitment.objects.filter(key__startswith="made-up").update(court="manager")
    return list(Commitment.objects.filter(key__startswith="made-up")), NOW + timedelta(days=10)


def answered() -> Rows:
    """As many answers as are counted together, in the week before the moment."""
    house = make.make_organisation()
    answers = [SurveyResponse(organisation=house, week=monday(NOW.date()), score=9) for _ in range(ENOUGH)]
    return SurveyResponse.objects.bulk_create(answers), NOW + timedelta(days=7)


def job_out() -> Rows:
    return [make.make_post()], NOW


MORE: dict[str, Callable[[], Rows]] = {
    "surveys": answered,
    "response-records": job_out,
    "tasks": tasks_of(tasks._inside),
    "outside-tasks": tasks_of(tasks._outside),
    "later-tasks": tasks_of(tasks._later),
    "advice": nights,
    "old-documents": old_documents,
    "duplicates": came,
    "signals": heard("signals"),
    "rules-heard": heard("rules"),
    "rules-waited": waited,
    "correction-steps": steps,
    "commitment-escalations": missed,
}
WRITTEN = {"correction-steps": pytest.mark.ordinary_day} | DATED
ROWS = LANES | APART | MORE
BY_SETTING = {"inbound": "INBOUND", "second-steps": "SECRET_KEY_FALLBACKS"}
"""Lanes that hang on a setting, and look for themselves where it is there."""
BY_CALENDAR = {
    "commitment-reminders", "check-in-actions", "correction-steps", "commitment-escalations",
    "interview-times-reminders", "unreached-reminders", "unreached-escalations", "step-task-reminders",
    "rules-waited",
}  # fmt: skip
"""How long before or after a day they act each organisation's calendar says: until then they look each time."""


def is_due(lane: str, now: datetime) -> bool:
    asked = Asking({lane: engine.lanes()[lane].due}, now, patient=True)
    assert asked._ready is not None
    return asked.is_ready(lane)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def works(lane: str, now: datetime) -> bool:
    """Whether the lane, run for real, deals with a row or writes one."""
    written: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", sql) and context["cursor"].rowcount:
            written.append(sql)
        return result

    with undone(), connection.execute_wrapper(note):
        count = run_lane(lane, now)
    return bool(count or written)


def instants(rows: list[models.Model]) -> list[datetime]:
    """Every moment that stands on these rows, and the one before it."""
    found: set[datetime] = set()
    for row in rows:
        for values in type(row)._base_manager.filter(pk=row.pk).values():
            for value in values.values():
                if isinstance(value, datetime):
                    found.add(value)
                elif isinstance(value, date):
                    found.add(datetime.combine(value, time(), tzinfo=UTC))
    return sorted({each - before for each in found for before in (timedelta(0), INSTANT)})


def test_every_lane_says_when_it_would_find_work_and_is_tried_here() -> None:
    assert {name: each.due is not None for name, each in engine.lanes().items()} == dict.fromkeys(
        [*ROWS, *BY_SETTING], True
    )


@pytest.mark.django_db
@pytest.mark.parametrize("lane", [pytest.param(lane, marks=WRITTEN.get(lane, ())) for lane in ROWS])
def test_a_lane_is_due_exactly_when_it_finds_work(lane: str, smtp: Catcher) -> None:
    rows, moment = ROWS[lane]()
    seen = set()

    def look(now: datetime) -> None:
        due, working = is_due(lane, now), works(lane, now)
        seen.add(working)
        if lane in BY_CALENDAR:
            assert due or not working, f"{now} is missed"
        else:
            assert (due, now) == (working, now)

    assert is_due(lane, moment)
    for _ in range(2):  # before it was done, and after
        for now in [moment, *instants(rows)]:
            look(now)
        run_lane(lane, moment)
    assert seen == {True, False}
    idle = LATER + timedelta(days=1000) if lane in BY_CALENDAR else moment
    assert not is_due(lane, idle)
    _asks_for_nothing_else(lane, idle)


def _asks_for_nothing_else(lane: str, now: datetime) -> None:
    """With nothing to do, each of its questions is one that was asked before: no other row could give it work."""
    due = engine.lanes()[lane].due
    assert due is not None
    with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
        cursor.execute(f"SELECT {due(now).sql}", due(now).params)
    with undone(), CaptureQueriesContext(connection) as run:
        run_lane(lane, now)
    said = _plain(asked[0]["sql"])
    for each in run.captured_queries:
        sql = _plain(each["sql"])
        if " FROM " in sql or sql.startswith(("UPDATE", "DELETE")):
            assert _question(sql) in said


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql)


def _question(sql: str) -> str:
    """What follows WHERE in the statement itself, up to how the rows are ordered and how many of them are wanted."""
    depth, begins = 0, None
    for match in re.finditer(r"'(?:[^']|'')*'|[()]| WHERE | GROUP BY | ORDER BY | LIMIT | FOR ", sql):
        token = match[0]
        depth += {"(": 1, ")": -1}.get(token, 0)
        if depth or token[0] in "'()":
            continue
        if token == " WHERE ":
            begins = match.end()
        else:
            return sql[begins : match.start()]
    assert begins is not None, f"All rows are asked for: {sql}"
    return sql[begins:]


@pytest.mark.django_db
@pytest.mark.parametrize("lane", BY_SETTING)
def test_a_lane_that_hangs_on_a_setting(lane: str, settings: Any) -> None:
    setattr(settings, BY_SETTING[lane], None)
    assert not is_due(lane, NOW)
    assert not works(lane, NOW)
    setattr(settings, BY_SETTING[lane], ["something"])
    assert is_due(lane, NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lane", "left", "due"),
    [
        (lane, left, left < 0)
        for lane in ("mail", "outside-tasks", "later-tasks", "calendars")
        for left in (-1, 60)
    ],
)
def test_what_a_worker_left_behind_is_due_by_the_database_s_clock(
    lane: str, left: int, due: bool, smtp: Catcher
) -> None:
    rows, _ = {"mail": mails, "calendars": LANES["calendars"]}.get(lane, ROWS["outside-tasks"])()
    everything: Any = type(rows[0])._base_manager.all()
    mark = {OutgoingMail: {"state": "sending"}, DueTask: {"state": TaskState.RUNNING}}.get(type(rows[0]), {})
    engine.claim(everything, now=NOW, lease=timedelta(seconds=left), batch=100, **mark)
    assert is_due(lane, NOW) is works(lane, NOW) is due
