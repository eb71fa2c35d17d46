"""Another time that somebody proposes, over the API and on the candidate's page."""

import pytest

from ats.calendars.actions.take_answers import take
from ats.calendars.models import BusyTime
from ats.models import Activity
from candidates.compose.portal_links import portal_link
from candidates.models import Interview
from candidates.scheduling.actions import propose_times
from candidates.scheduling.actions.propose_times import AS_PROPOSED
from tests import factories
from tests.candidates.helpers import mails
from tests.candidates.interviews.builders import at, in_play
from tests.candidates.scheduling.counters import LATER, counter, other_at, states, the_one
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def test_the_api_tells_it(client, role, interview, ada):
    take(counter(interview, comment="A dentist"), LATER)
    client.force_login(role.recruiter)
    row = client.get(f"/api/v1/interviews/{interview.pk}/").json()
    assert [(each["user"], each["comment"], each["starts_at"][:16]) for each in row["proposed_times"]] == [
        (ada.pk, "A dentist", "2026-11-26T14:00")
    ]


def test_it_is_taken_and_refused_over_the_api(client, role, interview, ada):
    client.force_login(role.recruiter)
    address = f"/api/v1/interviews/{interview.pk}"

    def ask(verb, **given):
        return client.post(f"{address}/{verb}-proposed-time/", given, content_type="application/json")

    take(counter(interview, by="robin@example.com"), LATER)
    first = the_one().pk
    assert ask("refuse", proposed_time=first).status_code == 400
    refused = ask("refuse", proposed_time=first, reason="We are away")
    assert (refused.status_code, refused.json()["proposed_times"], states()) == (200, [], ["refused"])
    assert ask("take", proposed_time=first).status_code == 409

    take(counter(interview), LATER)
    second = the_one().pk
    BusyTime.objects.create(user=ada, period=(at(14, day=26), at(15, day=26)))
    other = factories.make_interview(people=[ada], starts_at=at(14, 30, day=26))
    busy = ask("take", proposed_time=second)
    assert (busy.status_code, "could not come then" in busy.json()["errors"][0]["detail"]) == (409, True)
    other.delete()
    Interview.objects.filter(pk=interview.pk).update(place="Room 3", format="on_site")
    other_at(interview, "Room 3", at(14, 30, day=26))
    assert ask("take", proposed_time=second).status_code == 409
    taken = ask("take", proposed_time=second, shares_place=True)
    assert (taken.status_code, taken.json()["starts_at"][:16], states()) == (
        200,
        "2026-11-26T14:00",
        ["refused", "taken"],
    )
    assert ask("take", proposed_time=second + 1).status_code == 404
    elsewhere = factories.make_interview(in_play(role), people=[ada], starts_at=at(9, day=27))
    address = f"/api/v1/interviews/{elsewhere.pk}"
    assert ask("take", proposed_time=second).status_code == 404
    client.force_login(ada)
    assert ask("take", proposed_time=second).status_code == 404


@pytest.mark.parametrize(
    ("language", "step", "reason"),
    [
        ("en", "You proposed another time for: Conversation 1", AS_PROPOSED),
        (
            "de",
            "Sie haben eine andere Zeit vorgeschlagen für: Conversation 1",
            "Das ist die Zeit, die als Antwort auf",
        ),
    ],
)
def test_candidates_read_of_their_own_time_in_their_language(client, role, interview, language, step, reason):
    candidate = interview.application.candidate
    type(candidate).objects.update(language=language)
    take(counter(interview, by="robin@example.com"), LATER)
    candidate.refresh_from_db()
    page = client.get(portal_link(candidate, NOW).replace("http://testserver", ""))
    assert step in page.content.decode()
    propose_times.take(proposed_time_id=the_one().pk, by=role.recruiter, now=LATER)
    (told,) = mails("interview.moved")
    assert reason in told.text
    assert Activity.objects.get(verb="interview.moved").data["reason"] == AS_PROPOSED
