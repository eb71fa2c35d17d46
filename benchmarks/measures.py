"""What is measured, by name. Times are the server's own (Server-Timing), sizes are bytes on the wire."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count, cycle, islice
from typing import Any

from django.utils import timezone

from benchmarks.either import either
from benchmarks.figures import summary
from benchmarks.interviews import full_week
from benchmarks.server import Answer, Client, memory, started
from benchmarks.subject import Facts
from benchmarks.surveys import hundred_thousand_answers

Measure = Callable[[Facts, str], "Thing"]
MEASURES: dict[str, Measure] = {}


@dataclass(frozen=True)
class Sample:
    value: float
    queries: int | None = None
    bytes: int | None = None


@dataclass(frozen=True)
class Thing:
    """Something to be asked for again and again; each time tells milliseconds, or how many went in a second."""

    ask: Callable[[], Sample]
    unit: str = "ms"
    warm_up: int = 5
    runs: int = 40

    def warm(self) -> None:
        for _ in range(self.warm_up):
            self.ask()


def measure(function: Measure) -> Measure:
    MEASURES[function.__name__] = function
    return function


def result(thing: Thing) -> dict[str, Any]:
    """What `make bench` says of it."""
    thing.warm()
    samples = [thing.ask() for _ in range(thing.runs)]
    figures = summary([sample.value for sample in samples])
    return {
        "unit": thing.unit,
        "median": figures.median,
        "p95": figures.p95 if thing.unit == "ms" else None,
        "queries": max((sample.queries for sample in samples if sample.queries is not None), default=None),
        "bytes": max((sample.bytes for sample in samples if sample.bytes is not None), default=None),
    }


def _page(ask: Callable[[], Answer], *, expect: int = 200) -> Thing:
    def sample() -> Sample:
        answer = ask()
        if answer.status != expect:
            raise RuntimeError(f"answered {answer.status}, not {expect}: {answer.body[:500]!r}")
        return Sample(answer.server_ms, answer.queries, answer.wire)

    return Thing(sample)


def rate(run: Callable[[], float]) -> Thing:
    return Thing(lambda: Sample(run()), unit="per_s", warm_up=0, runs=1)


def _signed_in(facts: Facts, address: str) -> Client:
    return Client(address, facts.cookies(address))


@measure
def careers_list(facts: Facts, address: str) -> Thing:
    client = Client(address)
    return _page(lambda: client.get("/careers/"))


@measure
def careers_search(facts: Facts, address: str) -> Thing:
    """Words and filters by turns, as nobody asked for them before: made anew each time."""
    client, number = Client(address), count(1)
    questions = cycle(["q=engineer", "q=berlin", "remote=remote&q=data", "q=nothing+like+it", "q=a&page=2"])
    return _page(lambda: client.get(f"/careers/?{next(questions)}&utm_source=bench-{next(number)}"))


@measure
def careers_listrate(facts: Facts, address: str) -> Thing:
    """Requests a second under `wrk -t2 -c16`, where wrk is installed."""
    if (wrk := shutil.which("wrk")) is None:
        raise RuntimeError("install wrk (apt-get install wrk) to measure requests a second")
    command = [wrk, "-t2", "-c16", "-d8s", f"http://{address}/careers/"]

    def run() -> float:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in said:
            raise RuntimeError(said)
        rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
        assert rate is not None
        return float(rate[1])

    return rate(run)


@measure
def careers_job(facts: Facts, address: str) -> Thing:
    client = Client(address)
    return _page(lambda: client.get(f"/careers/{facts.post.slug}/"))


@measure
def apply_post(facts: Facts, address: str) -> Thing:
    """A form with a résumé, until the thank-you page is named; the file is read later, by a worker."""
    client, number = Client(address), count(1)
    path = f"/careers/{facts.post.slug}/apply/"
    assert client.get(path).status == 200
    run = int(time.time())

    def ask() -> Answer:
        fields = {
            "first_name": "Robin",
            "last_name": "Example",
            "email": f"bench-{run}-{next(number)}@example.com",
            "phone": "+49 30 1234567",
            "cover_letter": "I would like to do this work.",
        }
        return client.upload(path, fields, {"resume": ("resume.txt", b"Robin Example\nPython\n" * 40)})

    return _page(ask, expect=302)


@measure
def board_2000(facts: Facts, address: str) -> Thing:
    client = _signed_in(facts, address)
    return _page(lambda: client.get(f"/requisitions/{facts.crowded.pk}/board/"))


@measure
def duplicates(facts: Facts, address: str) -> Thing:
    """Who may be the same as somebody, one new person after the other."""
    client = _signed_in(facts, address)
    newest = facts.newest_people
    return _page(lambda: client.get(f"/candidates/{next(newest)}/alike/"))


def _searches(facts: Facts, address: str, words: Iterable[str]) -> Thing:
    from urllib.parse import quote

    client, each = _signed_in(facts, address), cycle(words)
    return _page(lambda: client.get(f"/candidates/?q={quote(next(each))}"))


@measure
def requisitions_list(facts: Facts, address: str) -> Thing:
    client = _signed_in(facts, address)
    return _page(lambda: client.get("/requisitions/"))


@measure
def requisition_page(facts: Facts, address: str) -> Thing:
    client = _signed_in(facts, address)
    return _page(lambda: client.get(f"/requisitions/{facts.crowded.pk}/"))


@measure
def check_in_page(facts: Facts, address: str) -> Thing:
    """The agenda of a talk with a partner."""
    client = Client(address, facts.cookies(address, session=facts.check_ins_session))
    return _page(lambda: client.get(f"/partners/check-ins/{facts.check_in.pk}/"))


@measure
def candidates_list(facts: Facts, address: str) -> Thing:
    client = _signed_in(facts, address)
    return _page(lambda: client.get("/candidates/"))


@measure
def search_name(facts: Facts, address: str) -> Thing:
    return _searches(facts, address, facts.names)


@measure
def search_words(facts: Facts, address: str) -> Thing:
    """Rare and common words of résumés by turns."""
    return _searches(facts, address, ["falconry", "python", "epigraphy", "django postgresql", "welding"])


@measure
def candidate_page(facts: Facts, address: str) -> Thing:
    client = _signed_in(facts, address)
    return _page(lambda: client.get(f"/candidates/{facts.candidate.pk}/"))


@measure
def application_page(facts: Facts, address: str) -> Thing:
    client = _signed_in(facts, address)
    return _page(lambda: client.get(f"/applications/{facts.application.pk}/"))


@measure
def debrief_8(facts: Facts, address: str) -> Thing:
    """All evidence of eight interviewers side by side."""
    from candidates.models import Scorecard

    assert Scorecard.objects.filter(application=facts.debriefed, state="submitted").count() == 8
    client = _signed_in(facts, address)
    return _page(lambda: client.get(f"/scorecards/debrief/{facts.debriefed}/"))


@measure
def offer_page(facts: Facts, address: str) -> Thing:
    """An offer in many versions, the next one in the making, for the one who made it."""
    client = Client(address, facts.cookies(address, session=facts.makers_session))
    return _page(lambda: client.get(f"/offers/{facts.offer.pk}/"))


@measure
def portal_offer(facts: Facts, address: str) -> Thing:
    """The same offer, as its candidate reads it."""
    client = Client(address)
    return _page(lambda: client.get(facts.offer_path))


@measure
def hires_list(facts: Facts, address: str) -> Thing:
    """Everybody who was hired, as far as the page shows them."""
    client = Client(address, facts.cookies(address, session=facts.makers_session))
    return _page(lambda: client.get("/hires/"))


@measure
def partners_dashboard(facts: Facts, address: str) -> Thing:
    """Of the hiring manager with the most open roles."""
    client = Client(address, facts.cookies(address, session=facts.managers_session))
    return _page(lambda: client.get("/partners/dashboard/"))


@measure
def portal(facts: Facts, address: str) -> Thing:
    client = Client(address)
    return _page(lambda: client.get(facts.portal_path))


@measure
def my_day(facts: Facts, address: str) -> Thing:
    client = _signed_in(facts, address)
    return _page(lambda: client.get("/"))


@measure
def respect_report(facts: Facts, address: str) -> Thing:
    """Over 100,000 answers of two years, compared by role."""
    hundred_thousand_answers()
    client = _signed_in(facts, address)
    return _page(lambda: client.get("/reports/respect/?period=all&by=role"))


@measure
def calendar_week(facts: Facts, address: str) -> Thing:
    """A week of 500 interviews, the whole team's."""
    client, monday = _signed_in(facts, address), full_week()
    return _page(lambda: client.get(f"/calendar/?on={monday}&whose=team"))


@measure
def web_memory(facts: Facts, address: str) -> Thing:
    """What the web tier holds after a thousand pages: its first process and two workers, started for this."""
    from django.conf import settings

    board = f"/requisitions/{facts.crowded.pk}/board/"
    pages = ["/", "/requisitions/", board, "/candidates/", f"/candidates/{facts.candidate.pk}/"]
    pages += [
        f"/applications/{facts.application.pk}/",
        f"/calendar/?on={full_week()}&whose=team",
        "/careers/",
    ]

    def look() -> float:
        with started(settings.VAR, env=os.environ | {"WEB_WORKERS": "2"}) as (own, pid):
            with ThreadPoolExecutor(4) as browsers:
                asked = islice(cycle(pages), 1_000)
                answers = browsers.map(lambda path: _signed_in(facts, own).get(path).status, list(asked))
                assert set(answers) == {200}
            return memory(pid)

    return Thing(lambda: Sample(look()), unit="MB", warm_up=0, runs=1)


@measure
def move_card(facts: Facts, address: str) -> Thing:
    """A card to the next column and back, as the board's own script asks for it."""
    client = _signed_in(facts, address)
    stages = cycle(
        facts.crowded.stages.filter(kind="interview").order_by("position").values_list("pk", flat=True)
    )
    path = f"/requisitions/{facts.crowded.pk}/board/move/"
    fields = {"application": facts.moved.pk}
    return _page(
        lambda: client.post(path, fields | {"stage": next(stages)}, {"HX-Request": "true"}), expect=204
    )


@measure
def add_candidate(facts: Facts, address: str) -> Thing:
    """A person with what a recruiter types of them, of whom nobody has heard, until their page is named."""
    return _adding(facts, address)


@measure
def add_to_role(facts: Facts, address: str) -> Thing:
    """The same, taken up for a role at once."""
    return _adding(facts, address, requisition=str(facts.crowded.pk))


def _adding(facts: Facts, address: str, **more: str) -> Thing:
    client, number = _signed_in(facts, address), count(1)
    run = f"{time.time_ns()}"

    def ask() -> Answer:
        fields = {
            "first_name": "Robin",
            "last_name": f"Bench {run} {next(number)}",
            "email": f"added-{run}-{next(number)}@example.com",
            "phone": "+49 30 1234567",
            "headline": "Data engineer at Example GmbH",
            "city": "Berlin",
        }
        return client.upload("/candidates/new/", fields | more, {})

    return _page(ask, expect=302)


@measure
def free_slots_panel(facts: Facts, address: str) -> Thing:
    """The free times of a panel of four over ten working days, with everything that is asked of the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from candidates.models import Application

    free_slots = either(
        "candidates/scheduling/domain/slots:free_slots", "candidates/interviews/free:free_slots"
    )
    availability = either("candidates/scheduling/queries/availability", "candidates/interviews/searching")

    planned = facts.crowded.planned_interviews.order_by("position")[0]

    def look() -> int:
        application = Application.objects.whole().get(pk=facts.application.pk)
        needs = availability.needs_of(availability.planned_of(application, [planned.pk]))
        return len(free_slots(availability.search(application, needs, now=timezone.now())))

    with CaptureQueriesContext(connection) as asked:
        assert look() > 0, "nothing is free"

    def sample() -> Sample:
        started = time.perf_counter()
        look()
        return Sample((time.perf_counter() - started) * 1000, len(asked))

    return Thing(sample)


@measure
def booking_race(facts: Facts, address: str) -> Thing:
    """Fifty candidates pick at the same moment from ten slots: exactly ten get one, none is given twice."""
    from benchmarks.races import fifty_for_ten

    return rate(lambda: fifty_for_ten(facts))
