"""A candidate chooses SMS: their number, confirmed by a code that few can guess and nobody can flood with."""

import re
from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from ats.kernel.errors import ActionError, Invalid, WrongState
from ats.models import Activity, SmsMessage
from ats.sms import actions as sms
from ats.sms.actions import deliver
from ats.sms.models import SmsAccount
from candidates.models import Application, Candidate, SmsChoice, SmsCode
from candidates.sms import actions
from candidates.sms.actions import choose
from tests.ats.sms.server import Carrier, carrying
from tests.ats.sms.test_sms import account_of
from tests.candidates.portal.helpers import open_for, text
from tests.factories import NOW, make_application, make_candidate

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "+4915123456789", "+33612345678"
BOTH = ["interviews", "news"]


@pytest.fixture
def carrier(settings: Any) -> Iterator[Carrier]:
    settings.CHAT_ALLOWED_ADDRESSES = frozenset({"127.0.0.1"})
    with carrying() as server:
        yield server


@pytest.fixture
def application() -> Application:
    """Of somebody whose organisation sends SMS."""
    made = make_application(candidate=make_candidate(first_name="Robin"))
    account_of(organisation=made.requisition.organisation)
    return made


@pytest.fixture
def robin(application: Application) -> Candidate:
    return application.candidate


def ask(candidate: Candidate, number: str = NUMBER, now: Any = NOW, what: Any = BOTH) -> str:
    """The code that they get."""
    actions.ask_for_code(candidate=candidate, number=number, about_what=what, now=now)
    row = SmsMessage.objects.filter(kind="code").latest("pk")
    return re.search(r"\d{6}", row.text)[0]


def chosen(candidate: Candidate, number: str = NUMBER, now: Any = NOW, what: Any = BOTH) -> SmsChoice:
    return actions.confirm(candidate=candidate, typed=ask(candidate, number, now, what), now=now)


def test_a_code_goes_there_and_confirms_the_number(carrier: Carrier, robin: Candidate) -> None:
    code = ask(robin, "+49 (0)151 23456789")
    deliver.deliver(NOW)
    ((number, said),) = carrier.heard
    name = SmsAccount.objects.get().organisation.name
    assert (number, said) == (
        NUMBER,
        f"{name}: your code is {code}. It holds for 10 minutes.\nAnswers by SMS are not read.",
    )
    choice = actions.confirm(candidate=robin, typed=f" {code[:3]} {code[3:]} ", now=NOW)
    assert (choice.number, choice.about_what, choice.confirmed_at) == (NUMBER, BOTH, NOW)
    assert not SmsCode.objects.exists()
    with pytest.raises(Invalid):
        actions.confirm(candidate=robin, typed=code, now=NOW)
    said = Activity.objects.filter(verb__startswith="candidate.sms").values_list("verb", "data__what")
    assert list(said) == [
        ("candidate.sms_chosen", "Interview times, changes and reminders, That there is news on your page")
    ]


def test_a_code_is_kept_nowhere(carrier: Carrier, robin: Candidate) -> None:
    code = ask(robin)
    deliver.deliver(NOW)
    assert code not in str(list(SmsMessage.objects.values())) + str(list(SmsCode.objects.values()))
    assert code not in str(list(Activity.objects.values()))


def test_few_tries_count_and_the_right_one_comes_too_late(robin: Candidate) -> None:
    code = ask(robin)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for number in range(choose.TRIES):
        with pytest.raises(Invalid) as refused:
            actions.confirm(candidate=robin, typed=wrong, now=NOW)
        assert str(refused.value.message) == str(choose.WRONG if number < choose.TRIES - 1 else choose.OVER)
    with pytest.raises(Invalid):
        actions.confirm(candidate=robin, typed=code, now=NOW)
    assert not SmsChoice.objects.exists()


def test_a_code_holds_for_minutes_and_for_its_number_and_person_alone(robin: Candidate) -> None:
    code = ask(robin)
    with pytest.raises(Invalid):
        actions.confirm(candidate=robin, typed=code, now=NOW + timedelta(minutes=choose.MINUTES))
    with pytest.raises(Invalid):
        actions.confirm(candidate=make_candidate(), typed=code, now=NOW)
    SmsCode.objects.update(number=OTHER)
    with pytest.raises(Invalid):
        actions.confirm(candidate=robin, typed=code, now=NOW)


@pytest.mark.parametrize("typed", ["", "000000x", "\x00", "١٢٣٤٥٦", "9" * 5000, "' OR 1=1 --"])
def test_whatever_is_typed_is_no_code(robin: Candidate, typed: str) -> None:
    ask(robin)
    with pytest.raises(Invalid):
        actions.confirm(candidate=robin, typed=typed, now=NOW)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "0151 23456789",
        "+49 30 901820",
        "+1 900 555 0123",
        "+49 151",
        "Mama",
        "+49 151 23456789 ext 5",
        "\x00+49",
    ],
)
def test_only_a_mobile_number_that_says_its_country(robin: Candidate, number: str) -> None:
    with pytest.raises(Invalid):
        ask(robin, number)
    assert not SmsMessage.objects.exists()


def test_codes_go_out_slowly_and_few(robin: Candidate) -> None:
    at = iter(NOW + timedelta(seconds=seconds) for seconds in range(100))

    def ask_later(number: str) -> None:
        SmsMessage.objects.update(created_at=NOW - timedelta(minutes=2))
        ask(robin, number, next(at))

    ask(robin, now=next(at))
    with pytest.raises(WrongState):
        ask(robin, now=next(at))
    for _ in range(choose.TO_ONE_NUMBER - 1):
        ask_later(NUMBER)
    with pytest.raises(WrongState):
        ask_later(NUMBER)
    ask_later(OTHER)  # another number, and the last code of the day
    with pytest.raises(WrongState):
        ask_later("+447911123456")
    assert SmsMessage.objects.count() == choose.BY_ONE_PERSON
    ask(robin, now=NOW + timedelta(days=1))


def test_one_number_is_not_flooded_by_many_people(robin: Candidate) -> None:
    people = [
        make_application(requisition=robin.applications.get().requisition).candidate
        for _ in range(choose.TO_ONE_NUMBER)
    ]
    for each in people:
        ask(each)
    with pytest.raises(WrongState):
        ask(robin)


def test_whoever_answered_stop_gets_no_code_until_they_say_start(robin: Candidate) -> None:
    code = ask(robin)
    sms.suppress(NUMBER, now=NOW)
    assert SmsMessage.objects.get().state == "cancelled"
    with pytest.raises(Invalid):
        actions.confirm(candidate=robin, typed=code, now=NOW)
    SmsMessage.objects.all().delete()
    with pytest.raises(Invalid):
        ask(robin)
    sms.take_back(NUMBER)
    ask(robin)


def test_another_number_counts_once_it_is_confirmed(robin: Candidate) -> None:
    chosen(robin)
    later = NOW + timedelta(minutes=5)
    SmsMessage.objects.update(created_at=NOW - timedelta(minutes=5))
    code = ask(robin, OTHER, later, ["news"])
    assert SmsChoice.objects.get().number == NUMBER
    actions.confirm(candidate=robin, typed=code, now=later)
    choice = SmsChoice.objects.get()
    assert (choice.number, choice.about_what, choice.confirmed_at) == (OTHER, ["news"], later)


def test_it_ends_with_one_click_and_the_number_is_forgotten(robin: Candidate) -> None:
    chosen(robin)
    assert actions.end(candidate=robin, where="on their own page", by=robin, now=NOW)
    assert not actions.end(candidate=robin, where="on their own page", by=robin, now=NOW)
    assert not SmsChoice.objects.exists()
    assert NUMBER not in str(list(Activity.objects.values()))


def test_where_no_provider_is_set_nothing_is_shown(client: Client) -> None:
    robin = make_application().candidate
    page = open_for(robin)
    assert client.get(f"{page}sms/").status_code == 404
    assert "SMS" not in client.get(page).content.decode()
    assert "SMS" not in client.get(f"{page}preferences/").content.decode()
    with pytest.raises(ActionError):
        ask(robin)


def test_on_their_own_page(client: Client, carrier: Carrier, robin: Candidate) -> None:
    page = f"{open_for(robin)}sms/"
    assert "Get SMS" in text(client.get(f"{open_for(robin)}preferences/"))
    refused = client.post(f"{page}number/", {"number": "0151 234", "about_what": BOTH})
    assert refused.status_code == 400
    assert "with its country in front" in text(refused)
    assert 'value="0151 234"' in refused.content.decode()
    assert client.post(f"{page}number/", {"number": NUMBER, "about_what": BOTH}).status_code == 302
    deliver.deliver(timezone.now())
    code = re.search(r"\d{6}", carrier.texts[0])[0]
    assert "We have sent a code to +49 1512 3456789" in text(client.get(page))
    assert client.post(f"{page}code/", {"code": "x"}).status_code == 400
    done = client.post(f"{page}code/", {"code": code}, follow=True)
    assert "We keep to what you chose." in done.content.decode()
    assert "+49 1512 3456789" in text(done)
    client.post(page, {"about_what": ["news"]})
    assert SmsChoice.objects.get().about_what == ["news"]
    assert client.post(page, {"about_what": ["decisions"]}).status_code == 400
    ended = client.post(f"{page}end/", follow=True)
    assert "No more SMS are sent to you." in ended.content.decode()
    assert not SmsChoice.objects.exists()


@pytest.mark.parametrize("way", ["deleted", "anonymised"])
def test_who_is_erased_takes_number_and_texts_along(robin: Candidate, way: str) -> None:
    other = make_application(requisition=robin.applications.get().requisition).candidate
    for each in (robin, other):
        chosen(each)
        SmsMessage.objects.update(created_at=NOW - timedelta(minutes=2))
        ask(each, OTHER)
    if way == "deleted":
        robin.delete()
    else:
        Candidate.objects.filter(pk=robin.pk).update(anonymised_at=NOW)
    for model in (SmsChoice, SmsCode, SmsMessage):
        assert set(model.objects.values_list("candidate_id", flat=True)) == {other.pk}, model


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_no_more_count_than_of_one_after_the_other(robin: Candidate) -> None:
    code = ask(robin)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    together, refused = Barrier(8), []

    def guess() -> None:
        together.wait()
        try:
            actions.confirm(candidate=robin, typed=wrong, now=NOW)
        except Invalid as error:
            refused.append(str(error.message))
        connection.close()

    workers = [Thread(target=guess) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert refused.count(str(choose.WRONG)) == choose.TRIES - 1
    assert SmsCode.objects.get().tries == choose.TRIES
