"""What a post has to say by the law of its place, and what it says by itself."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from ats.accounts.models import Role, User
from ats.kernel.errors import Invalid, WrongState
from requisitions.models import JobPost, Requisition
from requisitions.posts import actions
from requisitions.posts.actions import change_questions
from requisitions.posts.domain import automation
from requisitions.posts.domain.automation import Does, Part
from requisitions.posts.domain.statements import statements_of
from requisitions.posts.queries import lawful
from requisitions.roles import actions as roles
from tests.factories import NOW, make_location, make_organisation, make_requisition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
BODY = "<p>" + "You keep the daily figures right for everybody who decides by them. " * 3 + "</p>"
VACANCY = "Say whether there is a vacancy to fill. The law of Ontario wants it"
WIDTH = "Narrow the pay to a range of at most CAD 50,000 a year. The law of Ontario wants it"


def make_post(
    country: str = "CA", region: str = "ON", employees: dict[str, int] | None = None, **facts: Any
) -> JobPost:
    organisation = make_organisation(employees=employees or {})
    place = make_location(
        organisation=organisation, country=country, region=region, time_zone="America/Toronto"
    )
    pay = {"pay_min": Decimal(80_000), "pay_max": Decimal(110_000), "pay_currency": "CAD"}
    role = make_requisition(organisation=organisation, location=place, must_haves=("SQL",), **pay | facts)
    return actions.create_post(requisition_id=role.pk, by=role.recruiter, now=NOW, body=BODY)


def change(post: JobPost, **facts: Any) -> JobPost:
    return actions.change_post(post_id=post.pk, by=post.requisition.recruiter, now=NOW, **facts)


def publish(post: JobPost, now: datetime = NOW) -> JobPost:
    return actions.publish_post(post_id=post.pk, by=post.requisition.recruiter, now=now)


def change_role(role: Requisition, **facts: Any) -> Requisition:
    return roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, **facts)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(post: JobPost) -> list[str]:
    return [one.text for one in statements_of(post)]


def test_a_post_in_ontario_is_refused_until_it_says_whether_there_is_a_vacancy() -> None:
    post = make_post()

    with pytest.raises(WrongState, match=VACANCY):
        publish(post)
    change(post, vacancy="exists")

    assert publish(post).state == "published"
    with pytest.raises(Invalid, match=VACANCY):
        change(post, vacancy="")


@pytest.mark.parametrize(
    ("country", "region", "employees"),
    [("CA", "QC", {}), ("CA", "", {}), ("DE", "BE", {}), ("NO", "", {}), ("CA", "ON", {"CA-ON": 24})],
)
def test_elsewhere_and_in_a_small_house_nothing_is_asked(
    country: str, region: str, employees: dict[str, int]
) -> None:
    post = make_post(country, region, employees, pay_max=Decimal(190_000))

    assert publish(post).state == "published"


@pytest.mark.parametrize(
    ("low", "high", "period", "currency", "refused"),
    [
        (80_000, 130_000, "year", "CAD", False),
        (80_000, 130_001, "year", "CAD", True),
        (150_000, 200_000, "year", "CAD", False),
        (140_000, 200_000, "year", "CAD", True),
        (100_000, 200_001, "year", "CAD", False),
        (5_000, 10_000, "month", "CAD", True),
        (5_000, 9_000, "month", "CAD", False),
        (30, 54, "hour", "CAD", False),
        (30, 55, "hour", "CAD", True),
        (200, 400, "day", "CAD", True),
        (80_000, 150_000, "year", "USD", False),
    ],
)
def test_pay_is_no_wider_than_ontario_allows(
    low: int, high: int, period: str, currency: str, refused: bool
) -> None:
    post = make_post(pay_min=Decimal(low), pay_max=Decimal(high), pay_period=period, pay_currency=currency)
    change(post, vacancy="later")

    if refused:
        with pytest.raises(WrongState, match=WIDTH):
            publish(post)
    else:
        assert publish(post).state == "published"


def test_a_role_that_is_advertised_does_not_change_into_one_that_could_not_be() -> None:
    post = make_post()
    publish(change(post, vacancy="exists"))
    role = post.requisition

    with pytest.raises(Invalid, match=WIDTH) as refused:
        change_role(role, pay_max=Decimal(190_000))

    assert refused.value.field == "pay_min"
    assert change_role(role, pay_max=Decimal(130_000)).pay_max == 130_000


def test_a_role_does_not_move_to_ontario_under_a_post_that_says_too_little() -> None:
    post = make_post("DE", "BE")
    publish(post)
    role = post.requisition
    toronto = make_location(organisation=role.organisation, country="CA", region="Ontario")

    with pytest.raises(Invalid, match=VACANCY):
        change_role(role, location=toronto)

    change(post, vacancy="exists")
    assert change_role(role, location=toronto).location == toronto


def test_the_rule_begins_by_the_clock_of_its_place() -> None:
    post = make_post()
    before = datetime(2026, 1, 1, 4, 59, tzinfo=UTC)  # 23:59 in Toronto

    assert lawful.wanting(post, before) == []
    assert len(lawful.wanting(post, before + timedelta(minutes=1))) == 1


def test_what_was_out_before_the_rule_is_shown_to_the_lead() -> None:
    post = make_post(employees={"CA-ON": 20})
    publish(post)
    lead, recruiter = make_user(Role.LEAD), post.requisition.recruiter
    assert "does not say what it has to" not in signed_in(lead).get("/requisitions/").content.decode()
    organisation = post.requisition.organisation
    organisation.employees = {"CA-ON": 25}
    organisation.save()

    seen = signed_in(lead).get("/requisitions/").content.decode()

    assert "1 post is out and does not say what it has to" in seen
    assert VACANCY in seen
    assert "does not say what it has to" not in signed_in(recruiter).get("/requisitions/").content.decode()
    page = signed_in(recruiter).get(f"/requisitions/posts/{post.pk}/").content.decode()
    assert "This post is out, and does not say what it has to" in page


# --- What it says by itself

PEOPLE = " People decide."
NO_AI = "We do not use artificial intelligence to screen, assess or select applicants."
NO_SOFTWARE = "No software screens, assesses or selects applicants here."


def test_nothing_here_screens_and_posts_say_so_in_the_words_of_their_place() -> None:
    assert said(make_post()) == [NO_AI + PEOPLE]
    assert said(make_post("DE", "BE")) == [NO_SOFTWARE + PEOPLE]


@pytest.mark.parametrize(
    ("does", "learned", "in_ontario", "elsewhere"),
    [
        ((), True, NO_AI + PEOPLE, NO_SOFTWARE + PEOPLE),
        (
            (Does.SCREENS,),
            True,
            "We use artificial intelligence to screen applicants.",
            "We use artificial intelligence to screen applicants.",
        ),
        (
            (Does.SCREENS, Does.SELECTS),
            False,
            f"{NO_AI} We use software to screen applicants. We use software to select applicants.",
            "We use software to screen applicants. We use software to select applicants.",
        ),
    ],
)
def test_the_words_follow_what_is_switched_on(
    does: tuple[Does, ...],
    learned: bool,
    in_ontario: str,
    elsewhere: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    part = Part(
        name="try",
        says="Tries.",
        does=frozenset(does),
        learned=learned,
        is_on=lambda role: role.title != "Off",
    )
    monkeypatch.setattr(automation, "_parts", {**automation._parts, "try": part})

    assert said(make_post()) == [in_ontario]
    assert said(make_post("DE", "BE")) == [elsewhere]
    assert said(make_post("DE", "BE", title="Off")) == [NO_SOFTWARE + PEOPLE]


@pytest.mark.parametrize(
    ("language", "vacancy", "fill_by"),
    [
        ("en", "This post is for a vacancy that exists.", "To be filled by 31 March 2027."),
        (
            "de",
            "Diese Ausschreibung gilt einer Stelle, die jetzt frei ist.",
            "Zu besetzen bis 31. März 2027.",
        ),
        ("fr", "Cette annonce concerne un poste actuellement vacant.", "À pourvoir avant le 31 mars 2027."),
        ("es", "Este anuncio es para una vacante que existe.", "A cubrir antes del 31 de marzo de 2027."),
    ],
)
def test_statements_stand_on_the_page_and_for_search_engines(
    language: str, vacancy: str, fill_by: str
) -> None:
    post = make_post()
    publish(change(post, vacancy="exists", fill_by=date(2027, 3, 31)))

    page = Client().get(f"/careers/{post.slug}/", HTTP_ACCEPT_LANGUAGE=language).content.decode()

    post.refresh_from_db()
    with override(language):
        first, second, third = said(post)
    assert (first, second) == (vacancy, fill_by)
    assert (third == NO_AI + PEOPLE) is (language == "en")
    for text in (first, second, third):
        assert page.count(text) == 2  # on the page, and in the description of its JobPosting


def test_a_day_that_has_passed_is_no_day_to_be_filled_by() -> None:
    post = make_post("DE", "BE")
    change(post, fill_by=date(2020, 1, 1))

    with pytest.raises(WrongState, match="by which the job is to be filled has passed"):
        publish(post)


# --- Words that a place does not allow


@pytest.mark.parametrize("where", ["text", "must-have", "question"])
def test_canadian_experience_is_asked_nowhere_in_ontario(where: str) -> None:
    post = change(make_post(), vacancy="exists")
    words = "Three years of Canadian experience"
    if where == "text":
        change(post, body=f"{BODY}<p>{words}</p>")
    elif where == "must-have":
        post.requisition.criteria.create(kind="must", name=words, why="It decides.", position=9)
    else:
        change_questions.add_question(
            post_id=post.pk, by=post.requisition.recruiter, now=NOW, label=f"{words}?", kind="yes_no"
        )

    with pytest.raises(Invalid, match="“Canadian experience” would be unlawful"):
        publish(post)


def test_a_form_that_is_out_takes_no_unlawful_question() -> None:
    post = publish(change(make_post(), vacancy="exists"))
    by = post.requisition.recruiter

    with pytest.raises(Invalid, match="Asking for “experience in Canada” would be unlawful") as refused:
        change_questions.add_question(
            post_id=post.pk, by=by, now=NOW, label="Have you experience in Canada?", kind="yes_no"
        )

    assert refused.value.field == "label"
    asked = change_questions.add_question(
        post_id=post.pk, by=by, now=NOW, label="Have you closed books?", kind="yes_no"
    )
    with pytest.raises(Invalid, match="would be unlawful"):
        change_questions.change_question(
            question_id=asked.pk, by=by, now=NOW, label="Canadian work experience?"
        )


@pytest.mark.parametrize(
    "words",
    ["No Canadian experience is needed.", "We are a Canadian company, and experience of any place counts."],
)
def test_what_ontario_allows_passes(words: str) -> None:
    post = change(make_post(), vacancy="exists", body=f"{BODY}<p>{words}</p>")

    assert publish(post).state == "published"


def test_elsewhere_it_may_be_asked() -> None:
    post = change(make_post("DE", "BE"), body=f"{BODY}<p>Canadian experience helps.</p>")

    assert publish(post).state == "published"


# --- API and page


def test_the_api_has_them() -> None:
    post = publish(change(make_post(), vacancy="exists", fill_by=date(2027, 3, 31)))

    row = signed_in(make_user(Role.ADMIN)).get(f"/api/v1/job-posts/{post.pk}/").json()

    assert (row["vacancy"], row["fill_by"], row["screening"]) == ("exists", "2027-03-31", NO_AI + PEOPLE)


def test_the_page_of_a_post_takes_them_and_says_on_what_they_rest() -> None:
    post = make_post()
    browser = signed_in(post.requisition.recruiter)
    typed = {"title": post.title, "body": BODY, "language": "en", "publish": "1"}
    address = f"/requisitions/posts/{post.pk}/"

    refused = browser.post(address, typed)
    assert VACANCY in refused.content.decode()
    page = browser.get(address).content.decode()
    assert "Reads the text of a file" in page
    assert NO_AI in page
    browser.post(address, typed | {"vacancy": "exists", "fill_by": "2027-03-31"})

    post.refresh_from_db()
    assert (post.state, post.vacancy, post.fill_by) == ("published", "exists", date(2027, 3, 31))
