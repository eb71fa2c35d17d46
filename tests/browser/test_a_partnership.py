"""One role and its two partners, from the first word of the brief to what the next brief begins with.

The manager has a phone, the recruiter a desk. What the two do with each other is done on their pages; that people
apply, are put forward and are hired belongs to other rooms, and is done by their actions.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from ats.activity.record import record
from ats.duework import engine
from candidates.applications import actions as applications
from candidates.models import Application, HireRecord
from candidates.reviews import actions as reviews
from partners.checkins.pages.cards import with_names
from partners.checkins.queries import owing
from partners.models import (
    Celebration,
    CheckIn,
    Contradiction,
    CourseCorrection,
    DeclinedRequest,
    OutcomeReview,
)
from requisitions.models import JobPost
from tests import factories
from tests.browser.learning import sit_in, walk_the_path
from tests.browser.two_partners import SIDES, Walk, open_role
from tests.browser.walking import Open, sign_in
from tests.candidates.helpers import submission
from tests.factories import NOW
from tests.smtp import Catcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.ordinary_day]

MARK = "Quillfeather"
"""A word of the recruiter's own in what they declined: the manager never reads it anywhere."""
ASKED = "No one over 40 on the short list, please."
KEPT = "Ask the signallers first: two of three came by their word."
WHY, VALUE = "Delays are explained a week late.", "Your figures are read the same morning. A small team."
OUTCOME = "Python says by seven why a train was late."
AGENDA, MEETING = datetime(2026, 11, 30, 9, tzinfo=UTC), datetime(2026, 12, 1, 10, tzinfo=UTC)
AGAIN, FIRST_DAY = datetime(2026, 12, 15, 9, tzinfo=UTC), datetime(2027, 1, 4, 9, tzinfo=UTC)
NINETY = datetime(2027, 4, 5, 10, tzinfo=UTC)


@pytest.fixture
def walk(window: Open, smtp: Catcher) -> Iterator[Walk]:
    with time_machine.travel(NOW, tick=True) as clock:
        yield Walk(window, clock)


SAVED = re.compile("Saved for both of you|, just now")
"""As one's own page says it at once, or as it says it once it has looked again."""


def kept(page: Any, code: str) -> None:
    """Wait until what was typed in this field of the brief is kept."""
    expect(page.locator(f"#state-field-{code}")).to_contain_text(SAVED)


def write(page: Any, code: str, words: str) -> None:
    page.fill(f"#id_{code}-value", words)
    kept(page, code)


def fill_the_brief_together(walk: Walk) -> None:
    recruiter, manager = walk.both("intake")
    write(manager, "why", WHY)
    write(recruiter, "value_proposition", VALUE)
    write(manager, "outcomes", OUTCOME)
    manager.check("#field-talent_bar input[value=A]")
    kept(manager, "talent_bar")
    recruiter.fill("#id_pay_position-percentile", "40")
    recruiter.fill("#id_pay_position-source", "Radford")
    kept(recruiter, "pay_position")
    expect(recruiter.locator("#id_why-value")).to_have_value(WHY)
    expect(manager.locator("#id_value_proposition-value")).to_have_value(VALUE)
    for page, settles in zip(walk.both("intake"), ("said yes", "Settled: version 1"), strict=True):
        page.reload()
        page.click("text=Yes, this is what we look for")
        expect(page.locator("#settle")).to_contain_text(settles)
    expect(recruiter.locator("#settle")).to_contain_text("Settled: version 1")


def resolve_the_contradiction(walk: Walk) -> None:
    """Found by figures in nobody's name, decided by who stands above both, read by both."""
    engine.tick(timezone.now())
    assert list(Contradiction.objects.values_list("rule", "state")) == [("bar_above_pay", "open")]
    lead = walk.window()
    sign_in(lead, walk.lead)
    lead.goto(reverse("alignment", args=[walk.partnership.pk]))
    odd = lead.locator(".odd", has_text="Bar above the pay")
    odd.locator("summary").click()
    odd.get_by_label("Resolved: something will be different").check()
    odd.get_by_label("Why, or what will be different").fill("We pay the 65th percentile from January.")
    odd.get_by_role("button", name="Decide").click()
    lead.wait_for_selector("#settled")
    for page in walk.both("alignment"):
        expect(page.locator(".odd")).to_contain_text(
            re.compile("Resolved by Lea Lead .*: We pay the 65th percentile from January.")
        )
    assert list(Contradiction.objects.values_list("rule", "state")) == [("bar_above_pay", "resolved")]


def accept_the_agreement(walk: Walk) -> None:
    """The recruiter proposes shorter times without grace, which the manager accepts."""
    recruiter, manager = walk.recruiter, walk.manager
    recruiter.goto(reverse("partnership_propose", args=[walk.partnership.pk]))
    for code, time in (("slate_reviewed", "1"), ("weekly_update", "2"), ("grace", "0")):
        recruiter.fill(f"[name={code}]", time)
    recruiter.click("button:has-text('Propose these times')")
    recruiter.wait_for_selector("text=is proposed by Rio Recruiter")
    manager.goto(reverse("partnership", args=[walk.partnership.pk]))
    manager.click("button:has-text('Accept')")
    for page in walk.both("partnership"):
        expect(page.locator("body")).to_contain_text("Both have accepted version 2.")


def publish(walk: Walk) -> JobPost:
    post = factories.make_post(walk.role, now=timezone.now(), published_at=timezone.now())
    data = {"title": post.title}
    with transaction.atomic():
        record("post.published", subject=post, by=walk.role.recruiter, now=timezone.now(), data=data)
    return post


def apply(post: JobPost, *names: str) -> list[Application]:
    return [
        applications.apply(
            submission=submission(post, first_name=name, email=f"{name.lower()}@example.com"),
            now=timezone.now(),
        ).application
        for name in names
    ]


def keep_and_miss(walk: Walk, post: JobPost) -> list[Application]:
    """The recruiter has a slate in time and then says nothing; the manager has said what is needed, and no more."""
    walk.wait_until(NOW + timedelta(days=1, hours=1))
    people = apply(post, "Ada", "Ben")
    recruiter = walk.role.recruiter
    reviews.ask(application_ids=[row.pk for row in people], by=recruiter, now=timezone.now())
    walk.wait_until(datetime(2026, 11, 27, 18, tzinfo=UTC))
    return people


def steps(page: Any, side: str) -> list[str]:
    return list(page.locator(f"section[aria-labelledby=side-{side}] .step-text").all_inner_texts())


def read_the_agenda(walk: Walk) -> CheckIn:
    """What it says each side owes is what each side owes."""
    walk.wait_until(AGENDA)
    check_in = CheckIn.objects.get(partnership=walk.partnership)
    assert (check_in.state, check_in.scheduled_at, check_in.agenda_written_at) == ("ready", MEETING, AGENDA)
    owed = owing.owed(walk.partnership, now=AGENDA)
    said = {
        side: [card.with_names for card in with_names(owed[side]) if card.code != "check_in"]
        for side in SIDES
    }
    assert walk.commitments() == {
        "recruiter": {
            "published": "kept",
            "first_slate": "kept",
            "weekly_update": "missed",
            "data_before": "due",
        },
        "manager": {"intake": "kept", "slate_reviewed": "missed", "check_in": "due"},
    }
    assert {side: [card.code for card in owed[side]] for side in SIDES} == {
        "recruiter": ["weekly_update", "data_before", "check_in"],
        "manager": ["review", "check_in"],
    }
    for page in walk.both("check_in", check_in.pk):
        assert {side: steps(page, side) for side in SIDES} == said
    return check_in


def meet(walk: Walk, check_in: CheckIn) -> None:
    walk.wait_until(MEETING + timedelta(minutes=30))
    recruiter, manager = walk.both("check_in", check_in.pk)
    manager.fill("#notes-text", "The slate waits for me. I look at it today.")
    expect(manager.locator("#notes-state")).to_contain_text("Saved for both of you.")
    manager.click("button:has-text('We have met')")
    expect(manager.locator("body")).to_contain_text("· held")
    recruiter.reload()
    expect(recruiter.locator("#notes-text")).to_have_value("The slate waits for me. I look at it today.")
    check_in.refresh_from_db()
    assert check_in.state == "held"


def correct_the_course(walk: Walk) -> CourseCorrection:
    """Too few apply: the recruiter names it, and each side changes something."""
    recruiter = walk.recruiter
    recruiter.goto(reverse("correction_new", args=[walk.partnership.pk]))
    recruiter.fill("[name=said]", "Too few people apply.")
    recruiter.select_option("[name=measure]", "new_candidates")
    changes = ("I speak at the signallers' evening.", "I write to the people of the last role.")
    for number, text in enumerate(changes):
        recruiter.fill(f"[name=step-{number}-text]", text)
        recruiter.fill(f"[name=step-{number}-due_on]", "2026-12-04")
        recruiter.select_option(f"[name=step-{number}-lever]", "channel")
    recruiter.fill("[name=look_again_on]", AGAIN.date().isoformat())
    recruiter.click("button:has-text('Correct the course')")
    recruiter.wait_for_url("**/partners/corrections/*/")
    correction = CourseCorrection.objects.get()
    for page, text in zip(walk.both("correction", correction.pk), reversed(changes), strict=True):
        page.click(f'[aria-label="Done: {text}"]')
        page.wait_for_selector(f'[aria-label="Not done after all: {text}"]')
    return correction


def decline(walk: Walk, application: Application) -> DeclinedRequest:
    """The manager asks for what may not be; the ground and the record stay with the recruiter."""
    factories.make_note(application, walk.role.hiring_manager, now=timezone.now(), body=ASKED)
    page = walk.recruiter
    page.goto(reverse("application", args=[application.pk]))
    page.click("text=Somebody asked for this: record that I declined")
    page.wait_for_url("**/partners/declined/new/**")
    page.fill("[name=rule]", f"{MARK}: nobody is left out for their age.")
    page.click("text=Put it on record")
    page.wait_for_selector("text=On record. Whoever asked does not see it.")
    page.fill("[name=answer-text]", "I look at everybody for what the team needs.")
    page.click("button:has-text('Send')")
    page.wait_for_selector("text=That you answered is noted here.")
    return DeclinedRequest.objects.get()


def see_that_it_worked(walk: Walk, post: JobPost, correction: CourseCorrection) -> None:
    walk.wait_until(MEETING + timedelta(days=6))
    apply(post, "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal")
    walk.wait_until(AGAIN)
    correction.refresh_from_db()
    assert (correction.state, correction.verdict) == ("looked", "worked")
    said = "It worked: 2 new candidates a week when it began, 3.2 new candidates a week on 15 December."
    assert correction.result == said
    for page in walk.both("correction", correction.pk):
        assert page.locator(".notice-kept").inner_text() == said


def hire(walk: Walk, application: Application) -> None:
    """The seat is filled, and everybody else is told."""
    applications.hire(
        application_id=application.pk,
        by=walk.lead,
        now=timezone.now(),
        starts_on=FIRST_DAY.date(),
        without_offer="They said yes on the telephone.",
    )
    applications.sweep(
        requisition_id=walk.role.pk,
        reason="position-filled",
        message=("Your application", "Dear {{ candidate.first_name }},\n\nthe place has been filled."),
        by=walk.role.recruiter,
        now=timezone.now(),
    )


def celebrate(walk: Walk) -> None:
    walk.wait_until(AGAIN + timedelta(days=1))
    assert list(Celebration.objects.values_list("kind", "state")) == [("hire", "told")]
    for page in walk.both("partnership"):
        lines = page.locator(".celebration-text > p").all_inner_texts()
        assert lines == ["Together you found somebody for Delay analyst."]


def look_back(walk: Walk) -> None:
    """Each reads the other once both have written; one line of it is kept."""
    said = ("You said no with a reason.", "I always knew who waits for whom.")
    pages = walk.both("retrospective")
    recruiter, manager = pages
    for page, words in zip(pages, said, strict=True):
        page.reload()
        page.fill("[name=helped]", words)
        page.click("button:has-text('Hand it in')")
        page.wait_for_load_state("networkidle")
    for page in walk.both("retrospective"):
        assert page.locator(".look-back p").all_inner_texts() == list(said)
    manager.select_option("[name=code]", "sourcing")
    manager.fill("[name=text]", KEPT)
    manager.click("button:has-text('Keep it')")
    expect(manager.locator("#keep").locator("xpath=../..")).to_contain_text(KEPT)
    recruiter.reload()
    expect(recruiter.locator("#keep").locator("xpath=../..")).to_contain_text(KEPT)


def agree_the_outcomes(walk: Walk, application: Application) -> None:
    walk.wait_until(FIRST_DAY + timedelta(hours=2), every=timedelta(days=1))
    assert HireRecord.objects.get().state == "started"
    walk.manager.goto(reverse("hire_outcome", args=[application.pk]))
    assert walk.manager.input_value("[name=outcomes]") == OUTCOME
    walk.manager.click("button:has-text('We have agreed this')")
    walk.manager.wait_for_selector("text=by Mara Manager")


def say_yes_to_all(page: Any) -> None:
    for box in page.locator("input[type=radio][value=yes]").all():
        box.check()


def review_after_ninety_days(walk: Walk, application: Application, smtp: Catcher) -> None:
    """Both answer, each apart."""
    walk.wait_until(NINETY, every=timedelta(days=7))
    review = OutcomeReview.objects.get(day=90)
    assert review.state == "open"
    page = walk.manager
    page.goto(reverse("outcome_review", args=[review.pk]))
    say_yes_to_all(page)
    page.fill("[name=talked_on]", timezone.now().date().isoformat())
    page.click("button:has-text('Write it down')")
    page.wait_for_url(f"**{reverse('hire_outcome', args=[application.pk])}**")
    mail = smtp.to(application.candidate.email)[-1].get_body(("plain",)).get_content()
    hired = walk.window(390, 844)
    hired.goto(re.search(r"/first-months/[^/\s]+/", mail)[0] + "90/")
    say_yes_to_all(hired)
    hired.click("button:has-text('Send my answers')")
    hired.wait_for_url(re.compile(r"/first-months/[^/]+/$"))
    for looking in walk.both("hire_outcome", application.pk):
        expect(looking.locator("#day-90 .card-head")).to_contain_text("Both have answered")
    review.refresh_from_db()
    assert review.state == "done"


def begin_the_next(walk: Walk) -> None:
    """What was kept stands in the brief of the manager's next role, and says where it came from."""
    following = open_role(walk.role.hiring_manager, walk.role.recruiter, title="Signal analyst")
    place = [following.partnership.pk]
    manager, recruiter = walk.manager, walk.recruiter
    manager.goto(reverse("intake", args=place))
    manager.click("text=Begin with what an earlier role says")
    manager.click("main a:has-text('Delay analyst')")
    offered = manager.locator(".offered", has=manager.locator("#take-sourcing"))
    expect(offered).to_contain_text(KEPT)
    manager.click("button:has-text('Take over what is ticked')")
    for page in (manager, recruiter):
        page.goto(reverse("intake", args=place))
        expect(page.locator("#id_sourcing-value")).to_have_value(KEPT)
        expect(page.locator("#id_why-value")).to_have_value(WHY)
        expect(page.locator("#state-field-sourcing")).to_contain_text(f"From {walk.role}")


def see_that_it_shows_nowhere(walk: Walk, record: DeclinedRequest) -> None:
    """Whatever the manager has read so far is read once more; the lead finds the word where it belongs."""
    answers = {url: walk.manager.request.get(url) for url in sorted(walk.seen)}
    assert max(each.status for each in answers.values()) < 500
    assert [url for url, each in answers.items() if MARK in each.text()] == []
    lead = walk.window()
    sign_in(lead, walk.lead)
    lead.goto(reverse("declined", args=[record.pk]))
    expect(lead.locator("#request").locator("xpath=../..")).to_contain_text(MARK)


@pytest.mark.usefixtures("declined_are_taken_away")
def test_from_the_first_word_to_what_the_next_brief_begins_with(walk: Walk, smtp: Catcher) -> None:
    walk_the_path(walk)
    fill_the_brief_together(walk)
    resolve_the_contradiction(walk)
    accept_the_agreement(walk)
    post = publish(walk)
    ada, ben = keep_and_miss(walk, post)
    check_in = read_the_agenda(walk)
    meet(walk, check_in)
    correction = correct_the_course(walk)
    declined = decline(walk, ben)
    see_that_it_worked(walk, post, correction)
    sit_in(walk, ada, smtp)
    hire(walk, ada)
    celebrate(walk)
    look_back(walk)
    agree_the_outcomes(walk, ada)
    review_after_ninety_days(walk, ada, smtp)
    begin_the_next(walk)
    see_that_it_shows_nowhere(walk, declined)
