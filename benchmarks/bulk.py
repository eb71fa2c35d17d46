"""Moving thousands at once, in the background, as one worker does it."""

import time
import uuid

from django.utils import timezone

from benchmarks.subject import Facts


def move_many(facts: Facts, number: int) -> float:
    """Seconds from the button to the end of the run, of so many people in play for many roles."""
    from ats.duework import engine
    from candidates.bulk import actions
    from candidates.bulk.domain.choice import Place
    from candidates.models import Application

    by, now = facts.recruiter, timezone.now()
    rows = (
        Application.objects.active()
        .visible_to(by)
        .filter(stage__kind__in=["applied", "review", "assessment"])
    )
    chosen = rows.filter(requisition__stages__kind="interview").order_by("pk").distinct()
    places = [Place(candidate, pk) for pk, candidate in chosen.values_list("pk", "candidate")[:number]]
    began = time.perf_counter()
    run = actions.prepare(
        kind="move", places=places, parameters={"stage_kind": "interview"}, key=uuid.uuid4(), by=by, now=now
    )
    looked = time.perf_counter() - began
    started = time.perf_counter()
    actions.start(run_id=run.pk, by=by, now=now)
    while engine.lanes()[actions.LANE].run(now):
        pass
    took = time.perf_counter() - started
    run.refresh_from_db()
    done = run.items.filter(state="done").count()
    print(f"{done} of {len(places)} moved in {took:.1f} s, after a look of {looked:.1f} s", flush=True)
    assert run.state == "done", f"it is {run.state}"
    assert done > len(places) * 0.9, f"{done} of {len(places)} were moved"
    return took
