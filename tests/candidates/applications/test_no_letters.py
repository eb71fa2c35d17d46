"""What a no says: nothing of where they stand, nothing that is not so, and what we owe them to say."""

import pytest

from ats.kernel.errors import Invalid
from ats.mail.models import MailTemplate
from candidates.application_pages.queries import no_letters
from candidates.applications import actions
from candidates.applications.actions.check_claims import in_words
from candidates.applications.seeds import CLAIMS, SHIPPED
from candidates.compose.apology import SORRY, apology_to
from candidates.messages.actions import send
from candidates.models import Application
from candidates.reviews.actions import answer, ask
from tests import factories as make
from tests.candidates.applications.helpers import hire, reject, undo
from tests.candidates.helpers import hours, mails, run_lane
from tests.factories import make_application

pytestmark = pytest.mark.django_db

STANDING = "See where you stand"
AFTER = "Your messages and your data:\n"


class TestTheWayToThePortal:
    def test_a_no_says_nothing_of_where_they_stand(self):
        application = make_application()
        reject(application)
        text = mails("application.rejected")[0].text
        assert (STANDING in text, text.count(AFTER)) == (False, 1)

    def test_nor_does_what_is_written_after_it(self):
        application = make_application()
        by = application.requisition.recruiter
        reject(application)
        send(application_id=application.pk, subject="Good luck", body="And thank you.", by=by, now=hours(2))
        text = mails("conversation.message")[0].text
        assert (STANDING in text, text.count(AFTER)) == (False, 1)

    @pytest.mark.ordinary_day
    def test_nor_the_thanks_after_a_withdrawal_in_own_words(self):
        application = make_application()
        MailTemplate.objects.create(
            role="application.thanked",
            subject="Thanks",
            body=f"Thanks.\n\n[{STANDING}]({{{{ portal_link }}}})",
        )
        actions.withdraw(application=application, by=application.candidate, reason_text="", now=hours(1))
        run_lane("follow-ups", hours(30))
        text = mails("application.thanked")[0].text
        assert (STANDING in text, text.count(AFTER)) == (False, 1)

    @pytest.mark.ordinary_day
    def test_who_is_in_play_again_is_shown_where_they_stand(self, smtp):
        application = make_application()
        by = application.requisition.recruiter
        reject(application)
        run_lane("mail", hours(2))
        actions.undo_decision(application_id=application.pk, by=by, now=hours(3))
        assert STANDING in mails("application.reopened")[0].text


def broke(application, *whats, state="broken"):
    """Dates that were told before and not kept (or kept)."""
    for place, what in enumerate(whats, start=1):
        make.make_promise(
            application, what=what, state=state, due_at=hours(-30 * place), now=hours(-30 * place - 5),
            settled_at=hours(-30 * place),
        )  # fmt: skip


class TestTheApology:
    @pytest.mark.parametrize(
        ("broken", "kept", "said"),
        [
            (0, 2, ""),
            (1, 0, "We told you a date by which you would hear from us, and did not keep it."),
            (2, 0, "We told you two dates and kept neither of them."),
            (3, 0, "We told you three dates and kept none of them."),
            (3, 1, "We did not keep three of the dates that we told you."),
            (14, 0, "We told you 14 dates and kept none of them."),
        ],
    )
    def test_it_is_counted_from_the_record(self, broken, kept, said):
        application = make_application()
        broke(application, *["First answer"] * broken)
        broke(application, *["First answer"] * kept, state="kept")
        assert apology_to(application) == (f"{said} {SORRY}" if said else "")

    def test_each_of_many_gets_their_own_and_nobody_one_that_is_not_due(self):
        role = make.make_requisition()
        failed, served = (make_application(requisition=role) for _ in range(2))
        broke(failed, "First answer", "News", "News")
        letter = no_letters.letter_to_all([failed.pk, served.pk], role, now=hours(1))
        message = (letter.words.subject, letter.body)
        actions.bulk_reject(
            application_ids=[failed.pk, served.pk], reason="stronger-match", message=message, by=role.recruiter,
            now=hours(1),
        )  # fmt: skip
        texts = {mail.application_id: mail.text for mail in mails("application.rejected")}
        assert f"\n\nWe told you three dates and kept none of them. {SORRY}\n\n" in texts[failed.pk]
        assert "sorry" not in texts[served.pk]
        assert "{{" not in texts[failed.pk] + texts[served.pk]

    def test_a_house_whose_own_letter_forgot_it_says_it_all_the_same(self):
        application = make_application()
        broke(application, "First answer", "News", "News")
        MailTemplate.objects.create(
            role="application.rejected", subject="No", body="Dear you.\n\nIt is a no.\n\nThe team"
        )
        _, body, _ = no_letters.letter_to(application, now=hours(1))
        assert (
            body
            == f"Dear you.\n\nIt is a no.\n\nWe told you three dates and kept none of them. {SORRY}\n\nThe team"
        )


class TestHowFarTheyCame:
    def begun(self, application):
        return no_letters.reached([application.pk], now=hours(1))[application.pk]

    def test_the_letter_begins_where_they_got_to(self):
        applied = make_application()
        read = make_application(stage_kind="review")
        by = read.requisition.recruiter
        slate = ask(application_ids=[read.pk], by=by, now=hours(-2))
        answer(
            review_id=slate.reviews.get().pk, verdict="no", reason="No SQL.", criteria={}, now=hours(-1),
            by=read.requisition.hiring_manager,
        )  # fmt: skip
        met = make.make_interview(state="held", starts_at=hours(-5)).application
        booked = make.make_interview(make_application(stage_kind="applied"), state="booked").application
        assert [self.begun(one) for one in (applied, read, met, booked)] == [
            "application.rejected", "application.rejected_after_review", "application.rejected_after_interview",
            "application.rejected",
        ]  # fmt: skip

    def test_many_get_what_is_true_of_all_and_who_came_further_is_named(self):
        met = make.make_interview(state="held", starts_at=hours(-5)).application
        applied = make_application(requisition=met.requisition)
        letter = no_letters.letter_to_all([met.pk, applied.pk], met.requisition, now=hours(1))
        assert (letter.role, letter.further) == ("application.rejected", (met.pk,))
        both = no_letters.letter_to_all([met.pk], met.requisition, now=hours(1))
        assert (both.role, both.further) == ("application.rejected_after_interview", ())


CHOSE = ("Your application", "Dear you,\n\nWe chose somebody else.")


class TestWhatIsNotSo:
    @pytest.mark.parametrize("code", ["chose-somebody", "position-filled", "role-closed"])
    @pytest.mark.parametrize("message", [("No", "No."), None])
    def test_a_reason_that_is_not_so_decides_nothing(self, code, message):
        application = make_application(requisition=make.make_requisition(openings=2))
        with pytest.raises(Invalid) as refused:
            reject(application, reason=code, message=message)
        application.refresh_from_db()
        assert (refused.value.field, application.state) == ("reason", "active")

    def test_ordinary_reasons_claim_nothing(self):
        for code, _, _, text in SHIPPED:
            assert in_words(text) == frozenset(CLAIMS.get(code, []))

    def test_it_may_be_said_once_it_is_so(self):
        role = make.make_requisition(openings=2)
        one, two, three = (make_application(requisition=role) for _ in range(3))
        hire(one, 0.5)
        reject(two, reason="chose-somebody", message=CHOSE)
        with pytest.raises(Invalid, match="1 of 2 seats taken"):
            reject(three, reason="position-filled")
        hire(make_application(requisition=role), 1)
        reject(three, 2, reason="position-filled", message=("No", "The role has been filled."))
        three.refresh_from_db()
        assert three.state == "rejected"

    def test_a_role_that_ends_now_will_not_be_filled(self):
        application = make_application()
        role = application.requisition
        actions.sweep(
            requisition_id=role.pk, reason="role-closed", message=("No", "The role will not be filled."),
            by=role.recruiter, now=hours(1), new_state="closed",
        )  # fmt: skip
        application.refresh_from_db()
        assert application.state == "rejected"

    @pytest.mark.parametrize(
        "words",
        [
            "We chose somebody else.",
            "we have\nchosen another person",
            "Wir haben uns für jemand anderen entschieden.",
        ],
    )
    def test_free_words_are_asked_about_and_a_yes_is_enough(self, words):
        application = make_application()
        with pytest.raises(Invalid) as refused:
            reject(application, message=("No", words))
        assert refused.value.field == "claims_meant"
        reject(application, message=("No", words), claims_meant=True)
        application.refresh_from_db()
        assert application.state == "rejected"

    def test_a_template_that_is_flagged_is_not_sent_and_no_yes_helps(self):
        application = make_application()
        body = "Dear {{ candidate.first_name }},\n\nthe desk of {{ job.title }} has its person by now.\n\nThe team"
        template = MailTemplate.objects.create(
            role="application.rejected", subject="No", body=body, claims=["filled"]
        )
        _, begun, problem = no_letters.letter_to(application, now=hours(1))
        assert ("has its person" in begun, "0 of 1 seat" in problem) == (False, True)
        text = body.replace("{{ job.title }}", application.requisition.title)
        for given in (body, text):
            with pytest.raises(Invalid, match="0 of 1 seat") as refused:
                reject(application, message=("No", given), claims_meant=True)
            assert refused.value.field == "body"
        template.delete()
        reject(application, message=("No", text))

    def test_who_is_told_later_is_not_told_what_is_no_longer_so(self):
        role = make.make_requisition()
        hired, other = (make_application(requisition=role) for _ in range(2))
        hire(hired, 0.5)
        reject(other, reason="position-filled", message=None)
        undo(hired, 0.6)
        with pytest.raises(Invalid, match="0 of 1 seat") as refused:
            actions.tell(application_id=other.pk, message=("No", "No."), by=role.recruiter, now=hours(2))
        assert refused.value.field == "reason"

    def test_a_letter_that_waits_does_not_leave_when_its_hire_came_to_nothing(self):
        role = make.make_requisition(openings=2)
        hired, chosen, plain = (make_application(requisition=role) for _ in range(3))
        hire(hired, 0.5)
        reject(chosen, 0.6, reason="chose-somebody")
        reject(plain, 0.6)
        undo(hired, 0.7)
        assert {mail.application_id: mail.state for mail in mails("application.rejected")} == {
            chosen.pk: "cancelled", plain.pk: "queued",
        }  # fmt: skip
        assert list(Application.objects.untold()) == [chosen]
