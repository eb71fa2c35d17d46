"""Bringing the planned steps of all applications of an organisation to a journey that was changed."""

import time

from django.utils import timezone

from benchmarks.subject import Facts

LEAD = {"name": "Lea Lead"}


def replan_all(facts: Facts) -> float:
    """Applications a second: five steps are added, each for other occasions, and planned for everybody."""
    from ats.accounts.models import Role, User
    from ats.duework import engine
    from ats.mail.roles import Words
    from candidates.journeys import actions, queries
    from candidates.journeys.actions import StepFacts
    from candidates.models import Replan

    organisation, now = facts.crowded.organisation, timezone.now()
    lead, _ = User.objects.get_or_create(email="lead@seed.example.com", defaults=LEAD | {"role": Role.LEAD})
    words = Words(subject="A word", body="Hello {{ candidate.first_name }}, a word.")
    for trigger, kind, amount in (
        ("applied", "", 200),
        ("stage", "interview", 200),
        ("no_news", "", 200),
        ("interviewed", "", 200),
        ("rejected", "", 250),
    ):
        step = StepFacts(
            name=f"Bench {trigger}", trigger=trigger, stage_kind=kind, amount=amount, words=words
        )
        seen = queries.current(organisation).journey.version
        actions.add_step(organisation_id=organisation.pk, facts=step, seen=seen, by=lead, now=now)
    started = time.perf_counter()
    while engine.lanes()[actions.REPLANNING].run(now):
        pass
    took = time.perf_counter() - started
    last = Replan.objects.filter(journey__organisation=organisation, journey__is_current=True).get()
    assert last.state == "done", f"it is {last.state}"
    assert last.planned > 0, "nothing was planned"
    print(f"{last.seen} applications, {last.planned} steps planned in {took:.1f} s", flush=True)
    return last.seen / took
