"""A text that was refused: only a lead says that the rule misread it, with the reason, for that place alone."""

from typing import Any

import pytest

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.kernel import lawful
from ats.kernel.errors import Invalid, NotAllowed, WrongState
from ats.kernel.lawful import Place, Unlawful
from ats.mail.models import OutgoingMail
from requisitions.wording.actions import judge
from requisitions.wording.models import Misreading
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db

PLACE = Place(name="application:7:debrief", what="The decision on Robin Example", about={"application_id": 7})
TEXT = {"reason": "The data model is too old for a young team of tables."}


def refused(texts: dict[str, str] = TEXT, place: Place = PLACE, **more: Any) -> Unlawful:
    with pytest.raises(Unlawful) as error:
        lawful.check(texts, place=place, **more)
    return error.value


def token_of(error: Unlawful) -> str:
    return error.shown.split('value="', 1)[1].split('"', 1)[0]


def asked(by: User | None = None) -> Misreading:
    return judge.ask(token=token_of(refused()), by=by or make_user(), now=NOW)


def test_it_says_the_ground_and_what_to_write_instead() -> None:
    error = refused()
    assert error.message == (
        "“too old”: age is no lawful ground, and this cannot be kept as it stands. Age is no evidence on any "
        "criterion, and candidates may ask to see what was written. Instead: Write what they said or did, under the "
        "criterion that it shows."
    )
    assert (error.field, error.code) == ("reason", "unlawful_wording")


def test_biased_words_are_a_hint_and_no_more() -> None:
    lawful.check({"reason": "Not a culture fit, and a bad vibe."}, place=PLACE)


def test_only_what_the_law_of_the_place_forbids() -> None:
    words = {"body": "How much do you earn?"}
    lawful.check(words, place=Place(name="x", what="A letter", jurisdiction="GB"), uses=lawful.WRITTEN)
    place = Place(name="x", what="A letter", jurisdiction="DE")
    assert "pay so far is no lawful ground" in refused(words, place, uses=lawful.WRITTEN).message


def test_a_lead_says_what_was_misread_and_that_text_is_taken_there() -> None:
    lead = make_user(Role.LEAD)
    reading = asked()
    assert OutgoingMail.objects.get(role="wording.misreading_asked").to == lead.email
    assert asked().pk == reading.pk  # asked twice, it is one question
    with pytest.raises(Invalid, match="what the rule misread"):
        judge.answer(misreading_id=reading.pk, is_misread=True, why=" ", by=lead, now=NOW)
    why = "It is about tables."
    judge.answer(misreading_id=reading.pk, is_misread=True, why=why, by=lead, now=NOW)

    lawful.check({"reason": "The data model is too OLD for a young  team\nof tables."}, place=PLACE)
    refused({"reason": TEXT["reason"] + " And she is too old."})
    refused({"note": TEXT["reason"]})
    refused(place=Place(name="application:8:debrief", what="Another"))
    wide = Place(name="application:9:no", also=(PLACE.name,), what="One of many")
    lawful.check(TEXT, place=wide)
    told = OutgoingMail.objects.get(role="wording.misreading_answered")
    assert (told.to, "save it again" in told.text, why in told.text) == (reading.asked_by.email, True, True)
    noted = Activity.objects.get(verb="wording.misread")
    assert (noted.application_id, noted.actor_name, noted.data["why"]) == (7, lead.name, why)


def test_nobody_else_says_so_and_nobody_twice() -> None:
    reading, lead = asked(), make_user(Role.LEAD)
    for role in (Role.RECRUITER, Role.COORDINATOR, Role.MANAGER, Role.INTERVIEWER):
        with pytest.raises(NotAllowed):
            judge.answer(misreading_id=reading.pk, is_misread=True, why="x", by=make_user(role), now=NOW)
    judge.answer(misreading_id=reading.pk, is_misread=False, why="", by=lead, now=NOW)
    refused()
    with pytest.raises(WrongState):
        judge.answer(misreading_id=reading.pk, is_misread=True, why="x", by=lead, now=NOW)


def test_only_what_was_refused_here_can_be_asked_about() -> None:
    with pytest.raises(Invalid):
        judge.ask(token="made-up", by=make_user(), now=NOW)


def test_the_pages(client: Any) -> None:
    who, lead = make_user(Role.MANAGER), make_user(Role.LEAD)
    client.force_login(who)
    token = token_of(refused())
    answer = client.post("/settings/wording/misread/", {"misread": token}, HTTP_HX_REQUEST="true")
    assert answer.content.decode().strip() == "A lead will look at it. Until then it needs another wording."
    assert client.get("/settings/wording/misreadings/").status_code == 403
    reading = Misreading.objects.get()
    client.force_login(lead)
    assert "1 text" in client.get("/settings/wording/").content.decode()
    page = client.get("/settings/wording/misreadings/").content.decode()
    assert "The decision on Robin Example" in page
    address = f"/settings/wording/misreadings/{reading.pk}/"
    assert client.post(address, {"answer": "misread", "why": ""}).status_code == 422
    client.post(address, {"answer": "misread", "why": "It is about tables."})
    lawful.check(TEXT, place=PLACE)
