"""The words about the end of a promise: approved text by text, by who oversees."""

from datetime import timedelta

import pytest
from django.test import Client

from ats.kernel.errors import NotAllowed, WrongState
from ats.mail.models import MailTemplate
from candidates.promises import actions, queries
from tests.candidates.helpers import mails, open_one, run_lane
from tests.candidates.promises.owing import approve, run_out, waiting
from tests.factories import (
    NOW,
    make_candidate,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db


class TestWords:
    def test_without_approved_words_dates_go_on_and_the_leads_are_asked_once_a_month(self) -> None:
        lead = make_user("lead")
        application = waiting(approved=False)
        for _ in range(4):
            now = run_out(application)
            run_lane("promise-news", now)
        assert (open_one(application).kind, open_one(application).broken_before) == ("stage", 4)
        months = {
            f"{each.settled_at:%Y%m}"
            for each in application.promises.filter(broken_before__gte=2, state="broken")
        }
        asked = [mail.idempotency_key for mail in mails("promise.words_wanted", to=lead.email)]
        place = application.requisition.organisation_id
        assert asked == [f"words-wanted:{place}:{lead.pk}:{month}" for month in sorted(months)]
        assert len(asked) == len(mails("promise.words_wanted"))
        approve(application.requisition.organisation)
        run_out(application)
        assert open_one(application).kind == "debt"

    def test_changed_words_want_another_yes(self) -> None:
        application = waiting()
        own = MailTemplate.objects.create(
            organisation=application.requisition.organisation,
            role="promise.ended",
            language="en",
            subject="Sorry",
            body="Hello {{ candidate.first_name }}, we did not keep our word.",
        )
        run_out(application, 3)
        assert open_one(application).kind == "stage"
        own.delete()
        run_out(application)
        assert open_one(application).kind == "debt"

    def test_each_language_by_itself(self) -> None:
        application = waiting(approved=False, candidate=make_candidate(language="de"))
        organisation = application.requisition.organisation
        texts = {text.words.language: text.digest for text in queries.texts(organisation)}
        assert sorted(texts) == ["de", "en", "es", "fr"]
        lead = make_user("lead")
        actions.approve_words(organisation_id=organisation.pk, seen=[texts["en"]], by=lead, now=NOW)
        run_out(application, 3)
        assert open_one(application).kind == "stage"
        assert actions.approve_words(
            organisation_id=organisation.pk, seen=[texts["de"], texts["en"]], by=lead, now=NOW
        ) == 1  # fmt: skip
        now = run_out(application)
        run_lane("follow-ups", now + timedelta(days=1))
        [letter] = mails("promise.ended")
        assert "Wir haben unser Wort Ihnen gegenüber nicht gehalten" in " ".join(letter.text.split())

    def test_of_another_organisation_they_say_nothing_here(self) -> None:
        application = waiting(approved=False)
        approve(make_organisation())
        run_out(application, 3)
        assert open_one(application).kind == "stage"

    @pytest.mark.parametrize("role", ["recruiter", "manager", "coordinator", "interviewer"])
    def test_only_who_oversees_approves(self, role: str, client: Client) -> None:
        organisation = make_organisation()
        seen = [text.digest for text in queries.texts(organisation)]
        person = make_user(role)
        with pytest.raises(NotAllowed):
            actions.approve_words(organisation_id=organisation.pk, seen=seen, by=person, now=NOW)
        client.force_login(person)
        assert client.get("/settings/promises/").status_code == 403
        assert (
            client.post(f"/settings/promises/{organisation.pk}/approve/", {"seen": seen}).status_code == 403
        )
        assert [text.approved for text in queries.texts(organisation)] == [None] * len(seen)

    def test_words_that_changed_while_one_read_them_are_not_approved(self) -> None:
        organisation = make_organisation()
        seen = [text.digest for text in queries.texts(organisation)]
        MailTemplate.objects.create(
            organisation=organisation, role="promise.ended", language="en", subject="A", body="B"
        )
        with pytest.raises(WrongState):
            actions.approve_words(organisation_id=organisation.pk, seen=seen, by=make_user("lead"), now=NOW)
        assert not any(text.approved for text in queries.texts(organisation))

    def test_the_page_shows_each_text_and_takes_the_yes(self, client: Client) -> None:
        lead, organisation = make_user("lead"), make_organisation()
        client.force_login(lead)
        page = client.get("/settings/promises/").content.decode()
        assert page.count('name="seen"') == 4
        assert "Until these words are approved" in page
        seen = [text.digest for text in queries.texts(organisation)]
        answer = client.post(f"/settings/promises/{organisation.pk}/approve/", {"seen": seen})
        assert answer.headers["Location"] == f"/settings/promises/?organisation={organisation.pk}"
        page = client.get(answer.headers["Location"]).content.decode()
        assert (page.count('name="seen"'), page.count(f"approved by {lead.name}")) == (0, 4)
        assert "After 3 broken dates in a row" in page
