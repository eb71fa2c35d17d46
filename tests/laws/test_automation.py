"""What works by itself with applications is in one table: what posts say of software rests on it."""

from collections import Counter

from ats.duework import engine, tasks
from candidates.applications.domain.automation import PARTS
from requisitions.posts.domain.automation import parts


def ours() -> set[str]:
    """Every lane and every kind of due work that candidates' floor does."""
    kinds = {**tasks._inside, **tasks._outside, **tasks._later}
    works = kinds | {name: lane.run for name, lane in engine.lanes().items()}
    return {name for name, work in works.items() if work.__module__.startswith("candidates.")}


def test_every_kind_of_due_work_says_what_it_does_with_applications() -> None:
    named = Counter(name for part in PARTS for name in part.tasks)

    assert set(named) == ours()
    assert {name for name, times in named.items() if times > 1} == set()


def test_all_that_was_declared_is_known_to_posts_and_does_nothing_to_anybody() -> None:
    assert {part.name for part in PARTS} <= {part.name for part in parts()}
    assert [part.name for part in PARTS if part.does] == []
