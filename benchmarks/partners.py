"""`PARTNERS=1 make bench`: 5,000 roles with 1,000 managers and two years of what partners did, all set by set.

A database of its own, beside those of the other scales; with `AGAINST` too. What is measured there: the shared
dashboard, a lead's page of all partnerships, and measuring every commitment again from the whole record.
"""

import time
from datetime import datetime

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks import COMPANY
from benchmarks.measures import MEASURES, Sample, Thing, _page
from benchmarks.server import Client
from benchmarks.subject import Facts, _Echo, _sign_in, rest

REQUISITIONS, MANAGERS = 5_000, 1_000

EVERYBODY_BEGINS = """
    INSERT INTO partners_partnership (created_at, updated_at, requisition_id, state, check_in_every_days, started_at,
                                      closed_at)
    SELECT now(), now(), r.id, CASE WHEN r.state = 'open' THEN 'active' ELSE 'closed' END, 7, r.opened_at,
           CASE WHEN r.state <> 'open' THEN r.ended_at END
    FROM requisitions_requisition r
    WHERE NOT EXISTS (SELECT FROM partners_partnership WHERE requisition_id = r.id)
"""
EVERYBODY_AGREES = """
    INSERT INTO partners_agreement (created_at, updated_at, partnership_id, version, state, grace_days,
        recruiter_accepted_at, recruiter_accepted_by_id, manager_accepted_at, manager_accepted_by_id)
    SELECT now(), now(), p.id, 1, 'accepted', 1, p.started_at, r.recruiter_id, p.started_at, r.hiring_manager_id
    FROM partners_partnership p JOIN requisitions_requisition r ON r.id = p.requisition_id
    WHERE NOT EXISTS (SELECT FROM partners_agreement WHERE partnership_id = p.id)
"""
ON_THE_SAME_TERMS = """
    INSERT INTO partners_term (agreement_id, side, kind, time)
    SELECT a.id, t.side, t.kind, t.time FROM partners_agreement a,
        (SELECT * FROM partners_term WHERE agreement_id = (SELECT min(agreement_id) FROM partners_term)) AS t
    WHERE NOT EXISTS (SELECT FROM partners_term WHERE agreement_id = a.id)
"""
_RECORD = """
    INSERT INTO ats_activity (verb, occurred_at, recorded_at, channel, actor_kind, actor_id, actor_name, subject_type,
                              subject_id, data, organisation_id, requisition_id, application_id, partnership_id)
"""
ROLES_GO_ON = f"""
    {_RECORD}
    SELECT f.verb, f.at, f.at, 'system', 'user',
           CASE WHEN f.by_manager THEN r.hiring_manager_id ELSE r.recruiter_id END,
           'Somebody', f.subject, r.id, f.data, r.organisation_id, r.id, NULL, p.id
    FROM requisitions_requisition r JOIN partners_partnership p ON p.requisition_id = r.id
    CROSS JOIN LATERAL (SELECT coalesce(r.ended_at, %(now)s) AS ends) AS e
    CROSS JOIN LATERAL (
        SELECT 'requisition.opened' AS verb, r.opened_at AS at, false AS by_manager, 'requisition' AS subject,
               '{{}}'::jsonb AS data
        UNION ALL SELECT 'intake.given', r.opened_at + interval '20 hours', true, 'requisition', '{{}}'
        UNION ALL SELECT 'post.published', r.opened_at + interval '2 days', false, 'jobpost', '{{}}'
        UNION ALL SELECT 'requisition.ended', r.ended_at, false, 'requisition', '{{}}' WHERE r.ended_at IS NOT NULL
        UNION ALL SELECT 'update.given', at + (random() * 40) * interval '1 hour', false, 'partnership', '{{}}'
            FROM generate_series(r.opened_at + interval '7 days', e.ends, interval '8 days') AS at
        UNION ALL SELECT 'checkin.agenda_sent', at - interval '1 day', false, 'checkin',
                jsonb_build_object('number', n, 'at', to_jsonb(at))
            FROM (SELECT at, row_number() OVER (ORDER BY at) AS n
                  FROM generate_series(r.opened_at + interval '7 days', e.ends, interval '7 days') AS at) AS m
        UNION ALL SELECT 'checkin.held', at + interval '1 hour', false, 'checkin',
                jsonb_build_object('number', n, 'at', to_jsonb(at))
            FROM (SELECT at, row_number() OVER (ORDER BY at) AS n
                  FROM generate_series(r.opened_at + interval '7 days', e.ends, interval '7 days') AS at) AS m
            WHERE n %% 5 <> 0
    ) AS f
    WHERE r.opened_at IS NOT NULL AND f.at < %(now)s AND NOT EXISTS (
        SELECT FROM ats_activity WHERE requisition_id = r.id AND verb = f.verb AND occurred_at = f.at)
"""
# Everybody is put before the manager once, five at a time; most views come in time.
CANDIDATES_GO_ON = f"""
    {_RECORD}
    SELECT f.verb, f.at, f.at, 'system', 'user',
           CASE WHEN f.by_manager THEN r.hiring_manager_id ELSE r.recruiter_id END,
           'Somebody', 'review', a.id, f.data, r.organisation_id, r.id, a.id, p.id
    FROM (SELECT *, (row_number() OVER (PARTITION BY requisition_id ORDER BY applied_at) - 1) / 5 AS slate
          FROM candidates_application) AS a
    JOIN requisitions_requisition r ON r.id = a.requisition_id
    JOIN partners_partnership p ON p.requisition_id = r.id
    CROSS JOIN LATERAL (SELECT a.applied_at + interval '1 day' AS asked,
                               a.applied_at + interval '1 day' + random() * interval '6 days' AS answered) AS t
    CROSS JOIN LATERAL (
        SELECT 'review.asked' AS verb, t.asked AS at, false AS by_manager,
               jsonb_build_object('slate', a.slate, 'side', 'manager') AS data
        UNION ALL SELECT 'slate.presented', t.asked, false, jsonb_build_object('slate', a.slate)
        UNION ALL SELECT 'review.answered', t.answered, true, jsonb_build_object('verdict',
            CASE WHEN random() < .4 THEN 'yes' ELSE 'no' END, 'slate', a.slate)
        UNION ALL SELECT 'application.noted', t.answered + random() * interval '3 days', false, '{{}}'
    ) AS f
    WHERE f.at < %(now)s AND r.opened_at < f.at
"""


def prepare(*, keep: bool) -> None:
    """A migrated database with all of it, made anew unless `keep` and there already."""
    from candidates.models import Candidate

    call_command("migrate", verbosity=0)
    if not (keep and Candidate.objects.exists()):
        call_command("seed", candidates=COMPANY, requisitions=REQUISITIONS, stdout=_Echo())
        fill(timezone.now())
    rest()


def fill(now: datetime) -> None:
    share_among(MANAGERS)
    with connection.cursor() as cursor:
        for statement in (EVERYBODY_BEGINS, EVERYBODY_AGREES, ON_THE_SAME_TERMS):
            cursor.execute(statement)
        for statement in (ROLES_GO_ON, CANDIDATES_GO_ON):
            cursor.execute(statement, {"now": now})
            print(f"{cursor.rowcount} activities", flush=True)
        cursor.execute("DELETE FROM partners_tomeasure")
    remeasure(now)


def share_among(many: int) -> None:
    """As many managers as that, each with the same number of roles."""
    from ats.accounts.models import Role, User
    from requisitions.models import Requisition, TeamMember, TeamRole

    known = list(User.objects.filter(role=Role.MANAGER).order_by("pk"))
    one = known[0]
    more = [
        User(
            email=f"more{number}@seed.example.com",
            name=f"Manager {number}",
            role=one.role,
            password=one.password,
        )
        for number in range(len(known), many)
    ]
    everyone = [*known, *User.objects.bulk_create(more)]
    roles = list(Requisition.objects.order_by("pk"))
    for place, role in enumerate(roles):
        role.hiring_manager = everyone[place % len(everyone)]
    Requisition.objects.bulk_update(roles, ["hiring_manager"], batch_size=1000)
    by_role = {role.pk: role.hiring_manager_id for role in roles}
    members = list(TeamMember.objects.filter(role=TeamRole.MANAGER))
    for member in members:
        member.user_id = by_role[member.requisition_id]
    TeamMember.objects.bulk_update(members, ["user"], batch_size=1000)


def remeasure(now: datetime) -> int:
    """Every commitment of every partnership from the whole record; how many rows differ from what they were."""
    from partners.commitments.actions.measure_all import remeasure_all

    outcome = remeasure_all(now)
    assert not outcome.failed, outcome.failed
    return sum(outcome.others.values())


def shared_dashboard(facts: Facts, address: str) -> Thing:
    client = Client(address, facts.cookies(address, session=facts.managers_session))
    return _page(lambda: client.get("/partners/dashboard/"))


def partnerships_of_all(facts: Facts, address: str) -> Thing:
    """A lead's page, worst first."""
    from ats.accounts.models import Role, User

    lead = User.objects.filter(role__in=(Role.LEAD, Role.ADMIN)).order_by("pk").first()
    if lead is None:
        lead = User.objects.create(email="lead@seed.example.com", name="Lea Lead", role=Role.LEAD)
    client = Client(address, facts.cookies(address, session=_sign_in(lead)))
    return _page(lambda: client.get("/partners/"))


def remeasured_from_the_record(facts: Facts, address: str) -> Thing:
    """Seconds until `manage.py remeasure` is through, by the clock on the wall."""

    def ask() -> Sample:
        begun = time.monotonic()
        changed = remeasure(timezone.now())
        print(f"{changed} rows are others now", flush=True)
        return Sample(time.monotonic() - begun)

    return Thing(ask, unit="s", warm_up=0, runs=1)


def only_these() -> None:
    MEASURES.clear()
    for function in (shared_dashboard, partnerships_of_all, remeasured_from_the_record):
        MEASURES[function.__name__] = function
