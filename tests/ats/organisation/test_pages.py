"""The settings about organisations and calendars."""

from collections.abc import Callable
from datetime import date, time
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from ats.accounts.actions import deactivate
from ats.accounts.models import Invitation, Role, User
from ats.activity.models import Activity
from ats.kernel.errors import Invalid, NotAllowed, WrongState
from ats.organisation import actions
from ats.organisation.domain import logos
from ats.organisation.models import Department, HiringOrganisation, Holiday, Location, WorkingCalendar
from requisitions.models import JobPost
from tests.factories import NOW, make_calendar, make_location, make_organisation, make_requisition, make_user

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
CALENDAR = {
    "name": "Berlin",
    "time_zone": "Europe/Berlin",
    "working_days": ["0", "1", "2", "3"],
    "day_starts": "08:30",
    "day_ends": "16:00",
    "holiday_country": "DE",
    "holiday_region": "be",
}


def picture(format_: str = "PNG", size: tuple[int, int] = (1200, 300), **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, format_, **options)
    return out.getvalue()


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def recorded() -> list[str]:
    """What happened, but for the signing in."""
    happened = Activity.objects.exclude(verb__startswith="user.").order_by("id")
    return list(happened.values_list("verb", flat=True))


def seen(address: str) -> tuple[Any, bytes]:
    answer: Any = Client().get(address)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def company(**facts: Any) -> dict[str, Any]:
    return {
        "name": "Example Company",
        "calendar": str(make_calendar().pk),
        "colour": "#123456",
        "longest_new_date": "10",
        "most_broken_dates": "3",
        "is_active": "on",
    } | facts


def test_an_organisation_from_nothing_to_its_logo(admin: User, signed_in: SignedIn, settings: Any) -> None:
    browser = signed_in(admin)

    made = browser.post("/settings/organisations/new/", company(logo=upload(picture())))

    organisation = HiringOrganisation.objects.get()
    assert made["Location"] == f"/settings/organisations/{organisation.pk}/"
    assert (organisation.slug, organisation.colour) == ("example-company", "#123456")
    shown = Client().get(organisation.logo_url)
    assert (shown["Content-Type"], shown["Cache-Control"]) == (
        "image/png",
        "public, max-age=31536000, immutable",
    )
    assert Image.open(BytesIO(b"".join(shown.streaming_content))).size == (800, 200)
    assert recorded() == ["organisation.created"]


def test_a_logo_is_replaced_and_removed(admin: User, django_capture_on_commit_callbacks: Any) -> None:
    organisation = make_organisation()

    def give(logo: Any) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            return actions.change_organisation(
                organisation_id=organisation.pk, logo=logo, by=admin, now=NOW
            ).logo_url

    first = give(upload(picture()))
    second = give(upload(picture("JPEG")))
    assert (seen(first)[0].status_code, seen(second)[0].status_code) == (404, 200)

    assert give(False) == ""
    assert seen(second)[0].status_code == 404
    assert seen("/brand/logos/..%2F..%2Fsecret-key")[0].status_code == 404


@pytest.mark.parametrize("format_", logos.FORMATS)
def test_a_logo_is_written_anew(format_: str) -> None:
    options: dict[str, Any] = {"exif": Image.Exif()} if format_ == "JPEG" else {}
    content = picture(format_, **options) + b"<?php system('x') ?>"

    cleaned = logos.cleaned(upload(content))

    kept = cleaned.read()
    assert (Image.open(BytesIO(kept)).format, b"php" in kept) == ("PNG", False)
    assert str(cleaned.name).endswith(".png")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture at all",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        picture()[:200],
        b"GIF89a" + b"\x00" * 50,
        picture("BMP"),
        picture(size=(6000, 6000)),
    ],
    ids=["empty", "text", "svg", "cut off", "broken gif", "bmp", "too many pixels"],
)
def test_what_is_no_good_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        logos.cleaned(upload(content))

    assert refused.value.field == "logo"


def test_a_mistake_is_said_beside_its_field_and_changes_nothing(admin: User, signed_in: SignedIn) -> None:
    organisation, other = make_organisation(), make_organisation()
    browser = signed_in(admin)

    same = browser.post(f"/settings/organisations/{organisation.pk}/", company(name=other.name))
    red = browser.post(f"/settings/organisations/{organisation.pk}/", company(colour="red"))
    fake = browser.post(f"/settings/organisations/{organisation.pk}/", company(logo=upload(b"text")))

    assert [list(answer.context["form"].errors) for answer in (same, red, fake)] == [
        ["name"],
        ["colour"],
        ["logo"],
    ]
    assert {same.status_code, red.status_code, fake.status_code} == {422}
    assert HiringOrganisation.objects.get(pk=organisation.pk).name == organisation.name
    assert recorded() == []


def test_two_companies_of_one_name_in_the_address(admin: User) -> None:
    facts = {"calendar": make_calendar(), "by": admin, "now": NOW}

    slugs = [
        actions.create_organisation(name=name, **facts).slug for name in ("Büro & Co", "Buro Co", "株式会社")
    ]

    assert slugs == ["buro-co", "buro-co-2", "organisation"]


def test_departments(admin: User, signed_in: SignedIn) -> None:
    organisation, browser = make_organisation(), signed_in(admin)
    page = f"/settings/organisations/{organisation.pk}/"

    browser.post(f"{page}departments/", {"name": "Engineering"})
    twice = browser.post(f"{page}departments/", {"name": "Engineering"})
    department = Department.objects.get()
    browser.post(f"/settings/organisations/departments/{department.pk}/rename/", {"name": "Product"})

    assert twice.status_code == 422
    assert twice.context["department_form"].errors == {
        "name": ["There is a department of this name already."]
    }
    assert Department.objects.get().name == "Product"
    make_requisition(organisation=organisation, department=department)
    kept = browser.post(f"/settings/organisations/departments/{department.pk}/remove/")
    assert kept.status_code == 409
    with pytest.raises(WrongState):
        actions.remove_department(department_id=department.pk, by=admin, now=NOW)
    assert recorded() == ["department.added", "department.renamed"]
    assert browser.get(page).status_code == 200


def test_who_heads_a_department(admin: User, signed_in: SignedIn) -> None:
    organisation, browser = make_organisation(), signed_in(admin)
    head, gone = make_user(name="Ines Head"), make_user(is_active=False)
    department = Department.objects.create(organisation=organisation, name="Sales")
    page = f"/settings/organisations/departments/{department.pk}/rename/"

    browser.post(page, {"name": "Sales", "head": head.pk})
    named = Department.objects.get().head
    browser.post(page, {"name": "Field sales"})
    kept = Department.objects.get()
    refused = browser.post(page, {"name": "Field sales", "head": gone.pk})
    odd = browser.post(page, {"name": "Field sales", "head": "somebody"})
    shown = browser.get(f"/settings/organisations/{organisation.pk}/").content.decode()

    assert (named, kept.head, kept.name) == (head, head, "Field sales")
    assert (refused.status_code, odd.status_code) == (422, 422)
    assert f'<option value="{head.pk}" selected>Ines Head</option>' in shown
    deactivate(user_id=head.pk, by=admin, now=NOW)
    assert Department.objects.get().head is None
    browser.post(page, {"name": "Field sales", "head": admin.pk})
    browser.post(page, {"name": "Field sales", "head": ""})
    assert Department.objects.get().head is None
    assert recorded() == [
        "department.headed",
        "department.renamed",
        "department.headless",
        "department.headed",
        "department.headless",
    ]


def test_locations(admin: User, signed_in: SignedIn) -> None:
    organisation, browser = make_organisation(), signed_in(admin)
    place = {"name": "Head office", "city": "Berlin", "country": "DE", "time_zone": "Europe/Berlin"}

    browser.post(f"/settings/organisations/{organisation.pk}/locations/new/", place)
    location = Location.objects.get()
    browser.post(f"/settings/organisations/locations/{location.pk}/", place | {"city": "Potsdam"})
    wrong = browser.post(f"/settings/organisations/locations/{location.pk}/", place | {"country": "ZZ"})

    assert (Location.objects.get().city, wrong.status_code) == ("Potsdam", 422)
    browser.post(f"/settings/organisations/locations/{location.pk}/remove/")
    assert Location.objects.count() == 0


@pytest.mark.ordinary_day
def test_a_calendar_with_its_days_off(admin: User, signed_in: SignedIn) -> None:
    browser = signed_in(admin)
    browser.post("/settings/calendars/new/", CALENDAR)
    calendar = WorkingCalendar.objects.get()
    page = f"/settings/calendars/{calendar.pk}/"
    day = timezone.now().date().replace(month=1, day=2)
    day = day.replace(year=day.year + 1)

    browser.post(f"{page}holidays/", {"day": day.isoformat(), "name": "Company day"})
    twice = browser.post(f"{page}holidays/", {"day": day.isoformat(), "name": "Company day"})
    shown = [(off.day, off.name, off.why) for off in browser.get(page).context["years"][1].days]

    assert (calendar.working_days, calendar.holiday_region) == ([0, 1, 2, 3], "BE")
    assert twice.status_code == 422
    assert twice.context["holiday_form"].errors == {"day": ["This day is off already."]}
    assert shown[:2] == [(date(day.year, 1, 1), "New Year's Day", "public"), (day, "Company day", "own")]
    holiday = Holiday.objects.get()
    browser.post(f"/settings/calendars/holidays/{holiday.pk}/remove/")
    assert Holiday.objects.count() == 0


@pytest.mark.parametrize(
    ("mistake", "field"),
    [
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"working_days": []}, "working_days"),
        ({"holiday_country": "ZZ"}, "holiday_country"),
        ({"holiday_region": "XX"}, "holiday_region"),
        ({"holiday_country": "", "holiday_region": "BE"}, "holiday_region"),
        ({"day_ends": "08:00"}, "day_ends"),
        ({"holiday_categories": ["government"]}, "holiday_categories"),
    ],
)
def test_a_calendar_that_cannot_be(
    admin: User, signed_in: SignedIn, mistake: dict[str, Any], field: str
) -> None:
    answer = signed_in(admin).post("/settings/calendars/new/", CALENDAR | mistake)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert WorkingCalendar.objects.count() == 0


def test_these_pages_are_for_administrators(admin: User, lead: User, signed_in: SignedIn) -> None:
    organisation = make_organisation()
    location = make_location(organisation)
    paths = [
        "/settings/organisations/",
        "/settings/organisations/new/",
        f"/settings/organisations/{organisation.pk}/",
        f"/settings/organisations/{organisation.pk}/locations/new/",
        f"/settings/organisations/locations/{location.pk}/",
        "/settings/calendars/",
        "/settings/calendars/new/",
        f"/settings/calendars/{organisation.calendar_id}/",
    ]
    browsers = [signed_in(admin), signed_in(lead), Client()]

    assert {path: [browser.get(path).status_code for browser in browsers] for path in paths} == {
        path: [200, 403, 302] for path in paths
    }
    with pytest.raises(NotAllowed):
        actions.change_organisation(organisation_id=organisation.pk, name="Ours", by=lead, now=NOW)
    # Settings open at the first that one may look after.
    first = [browser.get("/settings/", follow=True) for browser in browsers[:2]]
    assert [answer.status_code for answer in first] == [200, 200]
    assert first[0].redirect_chain == [("/settings/people/", 302)]
    assert signed_in(make_user(Role.INTERVIEWER)).get("/settings/organisations/").status_code == 403


def test_as_many_queries_for_many_organisations(
    admin: User, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(admin)
    browser.get("/settings/organisations/")
    for _ in range(8):
        make_requisition()

    with django_assert_max_num_queries(3):
        browser.get("/settings/organisations/")


def test_a_new_house_is_led_from_its_empty_day_to_its_first_role(client: Client) -> None:
    """Each thing in its turn, without a word about the calendar: it comes with the place."""
    client.force_login(make_user(Role.ADMIN))

    day = client.get("/").content.decode()
    role = client.get("/requisitions/new/").content.decode()
    assert ['href="/start/organisation/"' in day, 'href="/start/"' in role] == [True, True]
    assert client.get("/start/")["Location"] == "/start/organisation/"

    # Without JavaScript, so nothing of the work is said.
    house = {"name": "Example Bakery", "city": "Riyadh", "country": "SA", "time_zone": ""}
    assert client.post("/start/organisation/", house)["Location"] == "/start/team/"
    company = HiringOrganisation.objects.select_related("calendar").get()
    calendar = company.calendar
    assert (calendar.name, calendar.time_zone, calendar.working_days, calendar.holiday_country) == (
        "Saudi Arabia",
        "Asia/Riyadh",
        [0, 1, 2, 3, 6],
        "SA",
    )
    assert [(place.name, place.country, place.time_zone) for place in company.locations.all()] == [
        ("Riyadh", "SA", "Asia/Riyadh")
    ]
    assert client.get("/start/organisation/")["Location"] == "/start/"
    assert client.get("/start/")["Location"] == "/requisitions/new/"
    role = client.get("/requisitions/new/").content.decode()
    assert 'name="title"' in role
    assert "Nobody else is here yet, so you take both parts for now" in role


def test_what_is_said_of_the_work_goes_before_what_the_place_brings(client: Client) -> None:
    client.force_login(make_user(Role.ADMIN))
    house = {"name": "Example Bakery", "city": "Bonn", "country": "DE", "time_zone": "Europe/Madrid"}

    client.post(
        "/start/organisation/",
        house | {"working_days": ["1", "2"], "day_starts": "06:00", "day_ends": "12:30"},
    )

    row = WorkingCalendar.objects.get()
    said = (row.time_zone, row.working_days, row.day_starts, row.day_ends, row.holiday_country)
    assert said == ("Europe/Madrid", [1, 2], time(6), time(12, 30), "DE")


def test_a_team_is_asked_in_as_a_whole_or_not_at_all(client: Client) -> None:
    admin = make_user(Role.ADMIN)
    client.force_login(admin)
    both = {"manager-email": "mara@example.org", "manager-name": "Mara", "recruiter-email": admin.email}

    refused = client.post("/start/team/", both)
    assert (refused.status_code, Invitation.objects.count()) == (422, 0)
    assert "has access already" in refused.content.decode()

    client.post("/start/team/", both | {"recruiter-email": "rosa@example.org"})
    asked = [(one.email, one.role) for one in Invitation.objects.order_by("email")]
    assert asked == [("mara@example.org", Role.MANAGER), ("rosa@example.org", Role.RECRUITER)]


def test_my_day_asks_who_manages_a_role_that_one_person_leads_alone(client: Client) -> None:
    admin = make_user(Role.ADMIN)
    role = make_requisition(recruiter=admin, manager=admin)
    JobPost.objects.create(
        requisition=role, slug="x", title="X", state="published", published_at=timezone.now()
    )
    User.objects.exclude(pk=admin.pk).update(is_active=False)
    client.force_login(admin)
    assert client.get("/start/")["Location"] == "/start/team/"

    make_user(Role.MANAGER)

    assert client.get("/start/")["Location"] == f"/requisitions/{role.pk}/edit/team/"


def test_a_recruiter_of_a_new_house_reads_who_adds_its_organisation(client: Client) -> None:
    client.force_login(make_user(Role.RECRUITER))

    page = client.get("/requisitions/new/").content.decode()

    assert "An administrator adds it in the settings." in page
    assert "/settings/organisations/new/" not in page
