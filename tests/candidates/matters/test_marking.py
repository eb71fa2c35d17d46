"""Colleagues say of each point whether the role meets it; what somebody changes about their words is kept apart."""

from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.lawful import Unlawful
from candidates.applications.actions.note import note_matters
from candidates.matters import actions
from candidates.matters.domain.points import key_of
from candidates.matters.queries import points_of
from candidates.models import Application, MatterMark
from tests import factories as make
from tests.candidates.helpers import at_once, days
from tests.candidates.portal.helpers import open_for
from tests.factories import NOW

pytestmark = pytest.mark.django_db

SAID = "Fair pay\nNo nights"


def wanting(text: str = SAID, **facts: Any) -> Application:
    role = make.make_requisition(value_proposition="Work that people need.")
    return make.make_application(requisition=role, stage_kind="interview", matters=text, **facts)


def mark(
    application: Application, words: str, met: str = "met", why: str = "It is in the range.", **facts: Any
) -> MatterMark:
    given = {"by": application.requisition.recruiter, "now": NOW} | facts
    return actions.mark(application_id=application.pk, key=key_of(words), met=met, why=why, **given)


def shown(application: Application) -> list[tuple[str, str, str, str]]:
    application.refresh_from_db()
    return [(each.words, each.met, each.why, each.by) for each in points_of(application)]


def test_until_somebody_says_so_nobody_knows() -> None:
    assert shown(wanting()) == [("Fair pay", "unknown", "", ""), ("No nights", "unknown", "", "")]
    assert points_of(wanting("")) == []


def test_who_marked_it_when_and_why_is_kept_and_on_record() -> None:
    application = wanting()
    recruiter = application.requisition.recruiter
    row = mark(application, "Fair pay", by=recruiter)
    assert (row.marked_by, row.marked_at) == (recruiter, NOW)
    assert shown(application)[0] == ("Fair pay", "met", "It is in the range.", str(recruiter))
    entry = Activity.objects.get(verb="matters.marked")
    assert (entry.application_id, entry.data) == (
        application.pk, {"point": "Fair pay", "met": "met", "why": "It is in the range."}
    )  # fmt: skip
    mark(application, "Fair pay", by=recruiter)  # the same once more
    assert Activity.objects.filter(verb="matters.marked").count() == 1
    other = make.make_user("lead")
    mark(application, "Fair pay", "unknown", "", by=other, now=days(1))
    assert shown(application)[0] == ("Fair pay", "unknown", "", str(other))


def test_words_that_stay_keep_their_mark_and_new_ones_are_not_known() -> None:
    application = wanting()
    candidate, recruiter = application.candidate, application.requisition.recruiter
    mark(application, "Fair pay")
    mark(application, "No nights", "not_met", "There is a rota.")
    note_matters(application=application, text="- FAIR pay.\n- Learning", by=candidate, now=days(1))
    assert shown(application) == [
        ("FAIR pay.", "met", "It is in the range.", str(recruiter)), ("Learning", "unknown", "", ""),
    ]  # fmt: skip
    assert MatterMark.objects.count() == 1
    note_matters(application=application, text=SAID, by=candidate, now=days(2))
    assert [row[1] for row in shown(application)] == ["met", "unknown"]


def test_what_cannot_be_said_is_refused() -> None:
    application = wanting()
    with pytest.raises(Invalid, match="few words why"):
        mark(application, "Fair pay", why=" \n ")
    with pytest.raises(Invalid, match="one of the three"):
        mark(application, "Fair pay", "perhaps")
    with pytest.raises(Invalid, match="under 300"):
        mark(application, "Fair pay", why="x" * 100_000)
    with pytest.raises(WrongState, match="changed these words"):
        mark(application, "Something else")
    with pytest.raises(Unlawful):
        mark(application, "Fair pay", why="Not with her illness.")
    assert not MatterMark.objects.exists()


def test_strangers_and_those_who_only_review_mark_nothing(client: Client) -> None:
    application = wanting()
    stranger = make.make_user("interviewer")
    with pytest.raises(Missing):
        mark(application, "Fair pay", by=stranger)
    client.force_login(stranger)
    assert client.get(f"/applications/{application.pk}/matters/{key_of('Fair pay')}/").status_code == 404
    meets = make.make_user("interviewer")
    make.make_interview(application, people=(meets,))
    assert mark(application, "Fair pay", by=meets).marked_by == meets


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_one_mark() -> None:
    application = wanting()
    people = [application.requisition.recruiter, make.make_user("lead")]
    done = at_once(*(lambda who=who: mark(application, "Fair pay", by=who) for who in people))
    assert [type(each) for each in done] == [MatterMark, MatterMark]
    assert MatterMark.objects.count() == 1


def test_it_is_marked_on_its_page_and_stands_wherever_one_meets_them(client: Client) -> None:
    application = wanting()
    recruiter = application.requisition.recruiter
    meets = make.make_user("interviewer")
    interview = make.make_interview(application, people=(meets,))
    client.force_login(recruiter)
    address = f"/applications/{application.pk}/matters/{key_of('Fair pay')}/"
    wrong = client.post(address, {"met": "met", "why": ""})
    assert (wrong.status_code, "few words why" in wrong.content.decode()) == (422, True)
    back = "/offers/new/1/#matters"
    kept = client.post(address, {"met": "met", "why": "In the range.", "back": back})
    assert (kept.status_code, kept["Location"]) == (302, back)
    away = client.post(address, {"met": "not_met", "why": "No.", "back": "//elsewhere.example/"})
    assert away["Location"] == f"/applications/{application.pk}/#matters"
    client.post(address, {"met": "met", "why": "In the range."})
    pages = (
        f"/applications/{application.pk}/", f"/applications/{application.pk}/write/",
        f"/offers/new/{application.pk}/",
    )  # fmt: skip
    for page in pages:
        said = client.get(page, follow=True).content.decode()
        assert "In the range." in said, page
        assert "Not known" in said, page
    client.force_login(meets)
    assert "In the range." in client.get(f"/calendar/interviews/{interview.pk}/").content.decode()


def test_what_somebody_changes_in_their_portal_keeps_the_marks(client: Client) -> None:
    application = wanting()
    mark(application, "Fair pay")
    address = open_for(application.candidate)
    client.post(f"{address}matters/{application.pk}/", {"matters": "Learning\nfair pay"})
    assert [(row[0], row[1]) for row in shown(application)] == [("Learning", "unknown"), ("fair pay", "met")]


def test_user_who_left_is_still_named() -> None:
    application = wanting()
    person: User = application.requisition.recruiter
    mark(application, "Fair pay")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert shown(application)[0][3] == str(person)
