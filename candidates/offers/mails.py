"""The messages that offers send."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare
from candidates.compose.letters import CANDIDATE

LINKS = frozenset({"portal_link"})
OFFER = CANDIDATE | {"offer.until": "Thursday 3 December"}
READ = "[Read your offer]({{ portal_link }})"
SIGNED = "{{ recruiter.name }}\n{{ organisation.name }}"

declare(
    [
        MailRole(
            name="offer.sent",
            label=gettext_noop("Our offer"),
            placeholders=OFFER,
            links=LINKS,
            decision=True,
            words={
                "en": Words(
                    subject="Our offer: {{ job.title }} at {{ organisation.name }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we would like you to join us as {{ job.title }}. Your offer is on your page: all of its "
                        "terms, and the letter to download.\n\n"
                        f"{READ}\n\n"
                        "You have until {{ offer.until }}. Take the time, and ask whatever you want to know "
                        "before you decide: write to us on the same page.\n\n" + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="offer.reminder",
            label=gettext_noop("Our offer ends soon"),
            placeholders=OFFER,
            links=LINKS,
            words={
                "en": Words(
                    subject="Our offer stands until {{ offer.until }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "our offer for {{ job.title }} stands until {{ offer.until }}. Do you need more time, or "
                        "would you like to talk about something? Tell us on your page; that is easily done.\n\n"
                        f"{READ}\n\n" + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="offer.extended",
            label=gettext_noop("More time for our offer"),
            placeholders=OFFER,
            links=LINKS,
            words={
                "en": Words(
                    subject="You have more time: until {{ offer.until }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "you have more time to think about our offer for {{ job.title }}: until "
                        "{{ offer.until }}. Nothing else about it has changed.\n\n"
                        f"{READ}\n\n" + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="offer.renewed",
            label=gettext_noop("Our offer has changed"),
            placeholders=OFFER,
            links=LINKS,
            words={
                "en": Words(
                    subject="Our offer has changed: {{ job.title }} at {{ organisation.name }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we have changed our offer for {{ job.title }}. It is on your page, with what is other "
                        "than before and the new letter. It takes the place of the one that you had, which "
                        "can no longer be accepted.\n\n"
                        f"{READ}\n\n"
                        "You have until {{ offer.until }}. Ask whatever you want to know before you decide: "
                        "write to us on the same page.\n\n" + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="offer.expired",
            label=gettext_noop("Our offer has run out"),
            placeholders=OFFER,
            links=LINKS,
            words={
                "en": Words(
                    subject="The time for our offer has run out",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we had asked for your answer to our offer for {{ job.title }} by {{ offer.until }}, and "
                        "have not heard from you. The offer has ended by that. If something kept you, or you "
                        "would still like to join us, write to us: we will get back to you either way.\n\n"
                        "[Write to us]({{ portal_link }})\n\n" + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="offer.withdrawn",
            label=gettext_noop("Our offer no longer stands"),
            placeholders=CANDIDATE | {"reason": "The budget for this role was cut this week."},
            links=LINKS,
            words={
                "en": Words(
                    subject="Our offer for {{ job.title }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we have to take back our offer for {{ job.title }}. You should know why:\n\n"
                        "{{ reason }}\n\n"
                        "We are sorry. We will write to you about how we go on, and you can ask us anything on "
                        "your page.\n\n"
                        "[See where you stand]({{ portal_link }})\n\n" + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="offer.accepted",
            label=gettext_noop("Welcome, with the signed letter"),
            placeholders=CANDIDATE | {"start.day": "1 March 2027"},
            links=LINKS,
            words={
                "en": Words(
                    subject="Welcome to {{ organisation.name }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "it is settled: you are joining {{ organisation.name }} as {{ job.title }}, and your "
                        "first day is {{ start.day }}. We are glad. The letter that you signed is attached to "
                        "this mail, and stays on your page.\n\n"
                        "[Open your page]({{ portal_link }})\n\n"
                        "We will write to you again a week before you start. Until then, ask us anything.\n\n"
                        + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="offer.accepted_day_open",
            label=gettext_noop("Welcome, with the signed letter, where the first day has come too near"),
            placeholders=CANDIDATE | {"start.day": "1 March 2027", "agreed.by": "Thursday 4 March"},
            links=LINKS,
            words={
                "en": Words(
                    subject="Welcome to {{ organisation.name }}: we agree your first day with you",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "it is settled: you are joining {{ organisation.name }} as {{ job.title }}. We are glad. The "
                        "letter that you signed is attached to this mail, and stays on your page.\n\n"
                        "One thing in it no longer holds. It names {{ start.day }} as your first day, and that is "
                        "too near by now to be ready for you. {{ recruiter.name }} agrees another day with you by "
                        "{{ agreed.by }}. Everything else is as you signed it.\n\n"
                        "Is there a day that suits you best? Tell us on your page.\n\n"
                        "[Open your page]({{ portal_link }})\n\n" + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="offer.answered",
            label=gettext_noop("To the team: the answer to an offer"),
            placeholders={
                "user.first_name": "Kim",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "answer": "accepted our offer",
                "reason": "In their words: I look forward to it.",
                "link": "https://hiring.example.com/offers/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ candidate.name }} {{ answer }}: {{ job.title }}",
                    body=(
                        "Hello {{ user.first_name }},\n\n{{ candidate.name }} {{ answer }} "
                        "({{ job.title }}).\n\n{{ reason }}\n\n[Open the offer]({{ link }})"
                    ),
                )
            },
        ),
    ]
)
