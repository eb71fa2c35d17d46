"""The messages that decisions and notes send, and what answers somebody who applies twice."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare
from candidates.compose import apology
from candidates.compose.letters import BUTTON, CANDIDATE

REJECTED = "application.rejected"
AFTER_REVIEW = "application.rejected_after_review"
AFTER_INTERVIEW = "application.rejected_after_interview"
AFTER_OFFER = "application.rejected_after_offer"
NO_LETTERS = (REJECTED, AFTER_REVIEW, AFTER_INTERVIEW, AFTER_OFFER)
"""The words to begin a no with, by how far somebody came; what is sent is the message of the decision."""
NO = CANDIDATE | {
    "reason": "Others who applied show more of what this role needs now.",
    apology.PLACEHOLDER: apology.SAMPLE,
}
SORRY = "{{ apology }}\n\n"
"""A paragraph that is only there where dates were broken (see `compose/apology.py`)."""
LINKS = frozenset({"portal_link"})

declare(
    [
        MailRole(
            name="application.already",
            label=gettext_noop("You have applied already"),
            placeholders=CANDIDATE,
            links=LINKS,
            words={
                "en": Words(
                    subject="Your application for {{ job.title }} is here already",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "somebody has just applied for {{ job.title }} with this address, and there is an "
                        "open application "
                        "of yours already. Nothing was changed. To add a document or write to us, use "
                        "your page.\n\n"
                        f"{BUTTON}\n\n"
                        "If it was not you, there is nothing to do.\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name=REJECTED,
            label=gettext_noop("We will not go on"),
            placeholders=NO,
            links=LINKS,
            decision=True,
            is_end=True,
            words={
                "en": Words(
                    subject="Your application for {{ job.title }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "thank you for applying for {{ job.title }} and for the time you gave us. We will "
                        "not go on with "
                        "your application this time.\n\n"
                        "{{ reason }}\n\n"
                        + SORRY
                        + "We know this is not what you hoped for. We wish you well, and would be glad to "
                        "see you apply "
                        "again for a role that fits.\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name=AFTER_REVIEW,
            label=gettext_noop("We will not go on, after a look at the application"),
            placeholders=NO,
            links=LINKS,
            decision=True,
            is_end=True,
            words={
                "en": Words(
                    subject="Your application for {{ job.title }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "thank you for applying for {{ job.title }}. We have read your application with care, and "
                        "will not go on with it this time.\n\n"
                        "{{ reason }}\n\n" + SORRY + "We know this is not what you hoped for. We wish you "
                        "well, and would be glad to see you apply again for a role that fits.\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name=AFTER_INTERVIEW,
            label=gettext_noop("We will not go on, after an interview"),
            placeholders=NO,
            links=LINKS,
            decision=True,
            is_end=True,
            words={
                "en": Words(
                    subject="After our conversation about {{ job.title }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "thank you for meeting us and for the work that you put into it. We have talked about what "
                        "we saw and heard, and decided not to go on with your application for {{ job.title }}.\n\n"
                        "{{ reason }}\n\n"
                        + SORRY
                        + "You gave us your time: if you would like to know more, write "
                        "to us on your page, and a person answers.\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name=AFTER_OFFER,
            label=gettext_noop("We will not go on, and our offer ends"),
            placeholders=NO | {"reason": "The budget for this role was cut this week, and the role with it."},
            links=LINKS,
            decision=True,
            is_end=True,
            words={
                "en": Words(
                    subject="Our offer for {{ job.title }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we made you an offer for {{ job.title }}, and have to take it back: it can no longer "
                        "be accepted, and we will not go on with your application.\n\n"
                        "{{ reason }}\n\n"
                        + SORRY
                        + "You had every reason to count on us, and we are sorry. If you would like to talk "
                        "about it, write to us on your page: a person answers.\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="application.hired",
            label=gettext_noop("Welcome"),
            placeholders=CANDIDATE,
            links=LINKS,
            decision=True,
            words={
                "en": Words(
                    subject="Welcome to {{ organisation.name }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "it is settled: you are joining {{ organisation.name }} as {{ job.title }}. We "
                        "are glad. "
                        "We will write to you about everything you need before your first day.\n\n"
                        f"{BUTTON}\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="application.reopened",
            label=gettext_noop("Your application is open again"),
            placeholders=CANDIDATE
            | {"promise.what": "news on the next step", "promise.due": "Thursday 26 November"},
            links=LINKS,
            words={
                "en": Words(
                    subject="{{ job.title }}: we have changed our minds",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we wrote to you that we would not go on with your application for "
                        "{{ job.title }}. That was not "
                        "the last word: your application is open again, if you still wish. We are sorry "
                        "for the confusion.\n\n"
                        "What happens next: {{ promise.what }}, by {{ promise.due }}.\n\n"
                        f"{BUTTON}\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="application.mentioned",
            label=gettext_noop("Somebody mentioned you in a note"),
            placeholders={
                "user.first_name": "Kim",
                "author.name": "Alex Sample",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "note": "What do you think of the second must-have?",
                "link": "https://hiring.example.com/applications/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ author.name }} mentioned you: {{ candidate.name }}, {{ job.title }}",
                    body=(
                        "Hello {{ user.first_name }},\n\n{{ author.name }} wrote about {{ candidate.name }} "
                        "({{ job.title }}):\n\n{{ note }}\n\n[Open the application]({{ link }})"
                    ),
                )
            },
        ),
    ]
)
