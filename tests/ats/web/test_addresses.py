from django.urls import reverse

from ats.web.addresses import pages


def test_an_address_is_what_its_name_says() -> None:
    application, debrief = pages("application"), pages("debrief")
    assert [application(7), application(12)] == [reverse("application", args=[n]) for n in (7, 12)]
    assert debrief(7) == reverse("debrief", args=[7])
