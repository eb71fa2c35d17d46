"""A goal slips, both sides change something, and figures say later whether it worked."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.api.actions import create_token
from ats.duework import engine
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.mail.models import OutgoingMail
from candidates.reviews import actions as reviews
from partners.checkins.queries import agenda
from partners.corrections import actions
from partners.corrections.actions import Change, Named
from partners.corrections.domain.measures import MEASURES, Figure, judge
from partners.corrections.queries import Row, correction_page, list_page, open_corrections
from partners.models import CheckIn, CorrectionStep, CourseCorrection
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW
from tests.partners.corrections.parts import AGAIN, LATER, changes, missed, start

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


# --- It begins with what each side changes


def test_it_begins_with_its_first_reading_and_both_parts(role):
    for hours in (1, 2):
        make.make_application(requisition=role, now=NOW + timedelta(hours=hours))
    now = NOW + timedelta(days=7)
    correction = start(
        role, challenge=Named(" Nobody  applies ", "new_candidates"), now=now, **late_days(role)
    )
    assert (correction.state, correction.code, correction.challenge) == ("open", "named", "Nobody applies")
    assert correction.start_figure == {"value": 2.0, "sample": 2, "days": 7}
    assert list(correction.steps.order_by("pk").values_list("side", "owner", "text")) == [
        ("recruiter", role.recruiter_id, "Write to the people of the last role"),
        ("manager", role.hiring_manager_id, "Take nights out of the must-haves"),
    ]
    verbs = (
        Activity.objects.filter(verb__startswith="correction.").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["correction.started", "correction.step_added", "correction.step_added"]
    (mail,) = OutgoingMail.objects.filter(role="partners.correction_started")
    assert mail.to == role.hiring_manager.email
    assert "- Where we look: Take nights out of the must-haves, by Friday 4 December" in mail.text


def late_days(role):
    return {"changes": changes(role, due_on=date(2026, 12, 4)), "look_again_on": date(2026, 12, 15)}


def test_what_is_not_whole_is_refused_and_nothing_is_kept(role):
    mine, theirs = changes(role)
    stranger = make.make_user(Role.MANAGER)
    for wrong, field in (
        ({"changes": [mine]}, "changes"),
        ({"changes": []}, "changes"),
        ({"challenge": Named(" ", "new_candidates")}, "said"),
        ({"challenge": Named("Something", "moves_on")}, "measure"),
        ({"challenge": "target_start:"}, "challenge"),
        ({"look_again_on": NOW.date()}, "look_again_on"),
        ({"look_again_on": date(2026, 12, 5)}, "look_again_on"),
        ({"look_again_on": date(2027, 6, 1)}, "look_again_on"),
        ({"changes": [mine, Change("pay", "", theirs.owner_id, theirs.due_on)]}, "text"),
        ({"changes": [mine, Change("luck", "More", theirs.owner_id, theirs.due_on)]}, "lever"),
        ({"changes": [mine, Change("pay", "More", stranger.pk, theirs.due_on)]}, "owner"),
        ({"changes": [mine, Change("pay", "More", theirs.owner_id, date(2026, 12, 9))]}, "due_on"),
    ):
        with pytest.raises(Invalid) as refusal:
            start(role, **wrong)
        assert refusal.value.field == field
    assert (CourseCorrection.objects.count(), CorrectionStep.objects.count()) == (0, 0)
    assert OutgoingMail.objects.filter(role="partners.correction_started").count() == 0


def test_one_of_a_kind_at_a_time(role):
    missed(role, "evidence", "manager", 3)
    start(role, challenge="repeated_misses:evidence")
    with pytest.raises(WrongState):
        start(role, challenge="repeated_misses:evidence")
    start(role)
    start(role)  # what is named is not compared
    assert CourseCorrection.objects.count() == 3


@pytest.mark.parametrize("who", ["stranger", "lead", "interviewer", "left"])
def test_nobody_else_corrects_stops_or_ticks(role, who):
    correction = start(role)
    people = {
        "stranger": make.make_user(Role.MANAGER),
        "lead": make.make_user(Role.LEAD),
        "interviewer": make.make_user(Role.INTERVIEWER),
        "left": role.hiring_manager,
    }
    make.add_member(role, people["interviewer"], "interviewer")
    if who == "left":
        hand_over(role)
    by, step = people[who], correction.steps.first()
    with pytest.raises(Missing):
        start(role, by=by)
    with pytest.raises(Missing):
        actions.stop(correction_id=correction.pk, why="Because", by=by, now=NOW)
    with pytest.raises(Missing):
        actions.set_step_done(step_id=step.pk, done=True, by=by, now=NOW)
    with pytest.raises(Missing):
        actions.add_step(correction_id=correction.pk, change=changes(role)[0], by=by, now=NOW)
    correction.refresh_from_db()
    assert (correction.state, correction.steps.filter(done_at__isnull=False).count()) == ("open", 0)


def hand_over(role):
    former, successor = role.hiring_manager, make.make_user(Role.MANAGER)
    roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=successor)
    member = role.members.get(user=former)
    roles.remove_member(requisition_id=role.pk, member_id=member.pk, by=role.recruiter, now=NOW)
    role.refresh_from_db()
    return former, successor


def test_a_role_that_changes_hands_keeps_its_history(role):
    manager = role.hiring_manager
    correction = start(role, by=manager)
    done = correction.steps.get(side="manager")
    actions.set_step_done(step_id=done.pk, done=True, by=manager, now=NOW)
    more = Change("pay", "Ask for more pay", manager.pk, AGAIN)
    actions.add_step(correction_id=correction.pk, change=more, by=manager, now=NOW)
    former, successor = hand_over(role)
    correction.refresh_from_db()
    assert correction.started_by == former
    assert list(correction.steps.filter(side="manager").order_by("pk").values_list("owner", flat=True)) == [
        former.pk,
        successor.pk,
    ]


def test_stopping_says_why_and_nothing_is_read(role):
    correction = start(role)
    with pytest.raises(Invalid):
        actions.stop(correction_id=correction.pk, why="  ", by=role.recruiter, now=NOW)
    stopped = actions.stop(
        correction_id=correction.pk, why="Pay was approved", by=role.hiring_manager, now=NOW
    )
    assert (stopped.state, stopped.why, stopped.stopped_by, stopped.verdict, stopped.settled_at) == (
        "stopped",
        "Pay was approved",
        role.hiring_manager,
        "",
        NOW,
    )
    engine.tick(LATER)
    stopped.refresh_from_db()
    assert (stopped.state, stopped.end_figure) == ("stopped", {})
    with pytest.raises(WrongState):
        actions.stop(correction_id=correction.pk, why="Again", by=role.recruiter, now=NOW)
    with pytest.raises(WrongState):
        actions.set_step_done(step_id=correction.steps.first().pk, done=True, by=role.recruiter, now=NOW)


def test_the_end_of_the_role_stops_it(role):
    correction = start(role)
    roles.end(requisition_id=role.pk, new_state="cancelled", reason="Budget", by=role.recruiter, now=NOW)
    correction.refresh_from_db()
    assert (correction.state, correction.why, correction.stopped_by) == (
        "stopped",
        "The role was cancelled.",
        role.recruiter,
    )
    with pytest.raises(WrongState):
        start(role)


# --- On the day to look again


def test_by_both_readings_it_worked_and_stands_on_the_next_agenda(role):
    correction = start(role)
    assert correction.start_figure["value"] == 0
    for day in (2, 4, 6, 8):
        make.make_application(requisition=role, now=NOW + timedelta(days=day))
    engine.tick(LATER - timedelta(minutes=1))
    correction.refresh_from_db()
    assert correction.state == "open"
    check_in = CheckIn.objects.order_by("-number").first()
    assert agenda.because(check_in)[-1] == (
        "Course correction: Nobody applies. 0 of 2 changes done, we look again on 8 December."
    )
    engine.tick(LATER)
    correction.refresh_from_db()
    said = "It worked: 0 new candidates a week when it began, 2.2 new candidates a week on 8 December."
    assert (correction.state, correction.verdict, correction.result) == ("looked", "worked", said)
    assert correction.end_figure == {"value": 4 * 7 / 13, "sample": 4, "days": 13}
    mails = OutgoingMail.objects.filter(role="partners.correction_looked").order_by("pk")
    assert [mail.to for mail in mails] == [role.recruiter.email, role.hiring_manager.email]
    assert agenda.because(CheckIn.objects.order_by("-number").first())[-1] == f"Nobody applies. {said}"
    engine.tick(LATER + timedelta(hours=1))
    assert OutgoingMail.objects.filter(role="partners.correction_looked").count() == 2


def test_people_put_before_the_manager_are_counted_since_the_start(role):
    correction = start(role, challenge=Named("The slate is late", "put_forward"))
    application = make.make_application(requisition=role)
    reviews.ask(application_ids=[application.pk], by=role.recruiter, now=NOW + timedelta(days=3))
    correction = actions.look_again(correction_id=correction.pk, now=LATER)
    assert correction.end_figure == {"value": 7 / 13, "sample": 1, "days": 13}
    assert correction.verdict == "worked"


TOLD = [
    ("days_behind", (70, 1), (66, 1), 14, "worked", "It worked: 70 days behind / 66 days behind"),
    ("days_behind", (70, 1), (68, 1), 14, "not", "It did not work: 70 days behind / 68 days behind"),
    ("days_behind", (5, 1), (-4, 1), 14, "worked", "It worked: 5 days behind / 4 days ahead of"),
    ("moves_on", (0.25, 8), (0.5, 6), 14, "worked", "It worked: 25 % moved on / 50 % moved on"),
    (
        "moves_on",
        (0.25, 8),
        (0.5, 4),
        14,
        "untold",
        "Cannot be told: below 5 cases the figures say nothing. 25 %",
    ),
    ("kept", (0.5, 4), (0.55, 20), 14, "not", "It did not work: 50 % kept in time / 55 % kept in time"),
    ("waits_too_long", (3, 3), (2, 2), 3, "worked", "It worked: 3 candidates wait / 2 candidates wait"),
    (
        "new_candidates",
        (0, 0),
        (9, 9),
        6,
        "untold",
        "Cannot be told: fewer than 7 days lie between the two. 0 new",
    ),
]
OF = {
    "days_behind": "the target start",
    "moves_on": "(of {} decided there)",
    "kept": "(of {} that came due)",
    "waits_too_long": "too long",
}


@pytest.mark.parametrize(("code", "first", "last", "days", "verdict", "said"), TOLD)
def test_whether_it_worked(code, first, last, days, verdict, said):
    told, sentence = judge(MEASURES[code], Figure(*first), Figure(*last), days=days, look_on=AGAIN)
    assert told == verdict
    if " / " in said:
        one, two = said.split(" / ")
        of = OF[code]
        said = f"{one} {of.format(first[1])} when it began, {two} {of.format(last[1])} on 8 December."
        assert sentence == said
    else:
        assert sentence.startswith(said)


def test_what_cannot_be_read_cannot_be_told():
    assert judge(MEASURES["days_behind"], Figure(5, 1), Figure(None, 0), days=14, look_on=AGAIN) == (
        "untold",
        (
            "Cannot be told: there was nothing to read. 5 days behind the target start when it began, "
            "nothing to read on 8 December."
        ),
    )


def test_whoever_changes_something_is_reminded_in_the_same_message(role):
    start(role)
    for hours in range(24, 24 * 4, 2):
        engine.tick(NOW + timedelta(hours=hours))
    texts = [
        mail.text
        for mail in OutgoingMail.objects.filter(role="commitments.digest", to=role.hiring_manager.email)
    ]
    line = f"- {role.title}: Take nights out of the must-haves, by Friday 27 November, 17:00"
    assert [line in text for text in texts] == [True]


# --- Its pages


def test_what_partners_see_and_peers_do_not(client, role):
    correction = start(role)
    lead, peer = make.make_user(Role.LEAD), make.make_user(Role.MANAGER)
    addresses = [
        reverse("correction_list", args=[role.partnership.pk]),
        reverse("correction", args=[correction.pk]),
    ]
    for person, status in ((role.recruiter, 200), (role.hiring_manager, 200), (lead, 200), (peer, 404)):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [status, status]
    new = reverse("correction_new", args=[role.partnership.pk])
    for person, status in ((role.hiring_manager, 200), (lead, 404), (peer, 404)):
        client.force_login(person)
        assert client.get(new).status_code == status


def test_a_course_is_corrected_on_the_page(client, role):
    client.force_login(role.hiring_manager)
    new = reverse("correction_new", args=[role.partnership.pk])
    given = {
        "challenge": "named",
        "said": "Nobody with nights applies",
        "measure": "new_candidates",
        "words": "The advert does not say that nights are paid.",
        "look_again_on": "2026-12-08",
    }
    for row in range(4):
        owner = role.recruiter_id if row % 2 else role.hiring_manager_id
        given |= {f"step-{row}-lever": "bar", f"step-{row}-owner": owner, f"step-{row}-text": ""}
    answer = client.post(new, given)
    assert (answer.status_code, CourseCorrection.objects.count()) == (422, 0)
    assert "A course takes two: say what each side changes." in answer.content.decode()
    for row in (0, 1):
        given |= {f"step-{row}-text": f"Change {row}", f"step-{row}-due_on": "2026-11-27"}
    assert client.post(new, given | {"step-1-due_on": ""}).status_code == 422
    answer = client.post(new, given)
    correction = CourseCorrection.objects.get()
    assert answer["Location"] == reverse("correction", args=[correction.pk])
    assert list(correction.steps.order_by("pk").values_list("text", "side", "lever")) == [
        ("Change 0", "manager", "bar"),
        ("Change 1", "recruiter", "bar"),
    ]
    step = correction.steps.first()
    client.post(reverse("correction_step_done", args=[step.pk]), {"done": "1"})
    client.post(
        reverse("correction_step_add", args=[correction.pk]),
        {"lever": "pay", "text": "More", "owner": role.recruiter_id, "due_on": "2026-11-30"},
    )
    page = correction_page(role.recruiter, correction.pk, now=NOW)
    assert [[(row.text, standing.value) for row, standing in steps] for _, _, steps in page.sides] == [
        [("Change 1", "open"), ("More", "open")],
        [("Change 0", "done")],
    ]
    answer = client.post(reverse("correction_stop", args=[correction.pk]), {"why": "Enough"})
    assert answer["Location"] == reverse("correction_list", args=[role.partnership.pk])
    assert [row.why for row in list_page(role.recruiter, role.partnership.pk, now=NOW).over] == ["Enough"]


def test_the_same_number_of_queries_for_one_and_for_many(client, role, django_assert_num_queries):
    client.force_login(role.recruiter)
    address, counts = reverse("correction_list", args=[role.partnership.pk]), []
    first = start(role)
    page = reverse("correction", args=[first.pk])
    client.get(address)
    for more in (0, 4):
        for number in range(more):
            start(role)
            change = Change("pay", f"More {number}", role.recruiter_id, AGAIN)
            actions.add_step(correction_id=first.pk, change=change, by=role.recruiter, now=NOW)
        with django_assert_num_queries(99, exact=False) as asked:
            client.get(address)
        with django_assert_num_queries(99, exact=False) as asked_one:
            client.get(page)
        counts.append((len(asked), len(asked_one)))
    assert counts[0] == counts[1]


def test_other_pages_ask_for_many_roles_at_once(role, django_assert_num_queries):
    late = start(role, look_again_on=date(2026, 12, 10))
    soon = start(role)
    with django_assert_num_queries(1):
        rows = open_corrections([role.pk, role.pk + 1])
    assert rows == {
        role.pk: [
            Row("Nobody applies", AGAIN, f"/partners/corrections/{soon.pk}/"),
            Row("Nobody applies", date(2026, 12, 10), f"/partners/corrections/{late.pk}/"),
        ]
    }


def test_api_clients_read_what_their_user_may_see(role):
    correction = start(role)
    actions.look_again(correction_id=correction.pk, now=LATER)
    seen = {}
    for person in (role.hiring_manager, make.make_user(Role.MANAGER)):
        _, secret = create_token(user=person, name="test", scopes=None, now=NOW)
        api = APIClient()
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        rows = api.get("/api/v1/course-corrections/", {"requisition": role.pk}).json()["results"]
        seen[person.pk] = [
            (row["id"], row["verdict"], [step["side"] for step in row["steps"]]) for row in rows
        ]
        one = api.get(f"/api/v1/course-corrections/{correction.pk}/")
        assert one.status_code == (200 if rows else 404)
    assert list(seen.values()) == [[(correction.pk, "not", ["recruiter", "manager"])], []]
