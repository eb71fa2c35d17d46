"""What candidates and interviewers get who are asked for a time, and what comes back to who asked them."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare
from candidates.compose.letters import BUTTON, CANDIDATE
from candidates.interviews.mails import WHEN

ASKED_TO_PICK, ASKED_TO_GIVE = "booking.pick", "booking.give"
TIMES_GIVEN, NO_TIME_CHOSEN = "booking.given", "booking.expired"
TIMES_WANTED = "scheduling.times_wanted"
TIME_PROPOSED = "interviewer.time_proposed"
TIME_STAYS, STAFF_TIME_STAYS = "interview.time_stays", "interviewer.time_stays"

_HELLO = "Hello {{ candidate.first_name }},\n\n"
_BYE = "\n\n{{ recruiter.name }}\n{{ organisation.name }}"
_STAFF_HELLO = "Hello {{ user.first_name }},\n\n"
_PORTAL, _LINK = frozenset({"portal_link"}), frozenset({"link"})

_ASKED = CANDIDATE | {
    "interview.names": "Technical conversation and Meeting the team",
    "interview.minutes": "90 minutes",
    "request.by": "Friday 27 November",
    "request.until": "Thursday 3 December",
    "message": "We are looking forward to it.",
}
_ANSWERED = {
    "user.first_name": "Kim",
    "candidate.name": "Robin Example",
    "job.title": "Data engineer",
    "interview.names": "Technical conversation",
    "note": "In the mornings, best.",
    "link": "https://hiring.example.com/interviews/applications/1/",
}
_PROPOSED = {"proposed.when": "Friday 27 November, 14:00 to 14:45 (CET, Berlin)"}
_STAYS = _PROPOSED | {
    "interview.name": "Technical conversation",
    "interview.when": WHEN,
    "interview.facts": f"- When: {WHEN}\n- How long: 45 minutes\n- Where: by video",
    "reason": "The room is taken then.",
}
_STAYS_STAFF = _STAYS | {
    "user.first_name": "Kim",
    "candidate.name": "Robin Example",
    "job.title": "Data engineer",
    "link": "https://hiring.example.com/calendar/interviews/1/",
}

declare(
    [
        MailRole(
            name=ASKED_TO_PICK,
            label=gettext_noop("Choose a time for the interview"),
            placeholders=_ASKED,
            links=_PORTAL,
            words={
                "en": Words(
                    subject="{{ job.title }}: choose a time to meet",
                    body=_HELLO + "we would like to meet you for {{ job.title }}: {{ interview.names }}, "
                    "{{ interview.minutes }} in all.\n\n{{ message }}\n\n"
                    "Please choose a time that suits you on your page by {{ request.by }}; the times are offered "
                    "until {{ request.until }}. You see them in your own time zone and can change yours later."
                    "\n\n"
                    f"{BUTTON}\n\nIf none of them suits, write to us there, and we look for others." + _BYE,
                )
            },
        ),
        MailRole(
            name=ASKED_TO_GIVE,
            label=gettext_noop("When can you come to the interview?"),
            placeholders=_ASKED,
            links=_PORTAL,
            words={
                "en": Words(
                    subject="{{ job.title }}: when can we meet?",
                    body=_HELLO + "we would like to meet you for {{ job.title }}: {{ interview.names }}, "
                    "{{ interview.minutes }} in all.\n\n{{ message }}\n\n"
                    "Please tell us on your page by {{ request.by }} when you can come; we then confirm a time."
                    f"\n\n{BUTTON}" + _BYE,
                )
            },
        ),
        MailRole(
            name=TIMES_GIVEN,
            label=gettext_noop("A candidate said when they can come"),
            placeholders=_ANSWERED,
            links=_LINK,
            editable=False,
            words={
                "en": Words(
                    subject="{{ candidate.name }} can come: {{ interview.names }}",
                    body=_STAFF_HELLO + "{{ candidate.name }} ({{ job.title }}) has said when they can come "
                    "for {{ interview.names }}.\n\n{{ note }}\n\n[Choose a time]({{ link }})",
                )
            },
        ),
        MailRole(
            name=NO_TIME_CHOSEN,
            label=gettext_noop("A candidate has chosen no time"),
            placeholders=_ANSWERED,
            links=_LINK,
            editable=False,
            words={
                "en": Words(
                    subject="No time chosen: {{ candidate.name }}, {{ interview.names }}",
                    body=_STAFF_HELLO + "the times that {{ candidate.name }} ({{ job.title }}) could choose "
                    "from for {{ interview.names }} have run out. The next move is ours: offer others, or ask "
                    "when they can.\n\n{{ note }}\n\n[Offer other times]({{ link }})",
                )
            },
        ),
        MailRole(
            name=TIMES_WANTED,
            label=gettext_noop("When can you sit in an interview?"),
            to_partner=True,
            placeholders={
                "interviewer.first_name": "Mara",
                "recruiter.name": "Robin Recruiter",
                "candidate.name": "Alex Sample",
                "interview.name": "Technical conversation",
                "interview.minutes": "60 minutes",
                "requisition.title": "Data Engineer",
                "due.day": "Thursday 26 November",
                "link": "https://hiring.example.com/interviews/times/1/",
            },
            links=_LINK,
            words={
                "en": Words(
                    subject="When can you meet {{ candidate.name }}? Your times by {{ due.day }}",
                    body="Hello {{ interviewer.first_name }},\n\n"
                    "{{ recruiter.name }} is looking for a time for {{ interview.name }} with "
                    "{{ candidate.name }} ({{ requisition.title }}), {{ interview.minutes }} long.\n\n"
                    "Please say by {{ due.day }} when you can in the next two weeks. Three or four times "
                    "are best, and the interview is then looked for within them alone.\n\n"
                    "[Give your times]({{ link }})",
                )
            },
        ),
        MailRole(
            name=TIME_PROPOSED,
            label=gettext_noop("Another time was proposed"),
            placeholders={
                "user.first_name": "Kim",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "interview.name": "Technical conversation",
                "interview.when": WHEN,
                "interview.facts": f"- When: {WHEN}",
                "person.name": "Alex Sample",
                "comment": "They write: “I am on a train until ten.”",
                "link": "https://hiring.example.com/interviews/applications/1/",
                **_PROPOSED,
            },
            links=_LINK,
            editable=False,
            words={
                "en": Words(
                    subject="{{ person.name }} proposes another time: {{ proposed.when }}",
                    body=_STAFF_HELLO + "{{ person.name }} proposes another time for {{ interview.name }} of "
                    "{{ candidate.name }} ({{ job.title }}):\n\n"
                    "- Now: {{ interview.when }}\n- Proposed: {{ proposed.when }}\n\n{{ comment }}\n\n"
                    "[Take it, or let the time stand]({{ link }})\n\n"
                    "Until then the interview stays where it is.",
                )
            },
        ),
        MailRole(
            name=TIME_STAYS,
            label=gettext_noop("Another time is not taken, to the candidate"),
            placeholders=CANDIDATE | _STAYS | {"interview.preparation": ""},
            links=_PORTAL,
            words={
                "en": Words(
                    subject="{{ interview.name }} stays on {{ interview.when }}",
                    body=_HELLO + "thank you for proposing another time for your interview for "
                    "{{ job.title }}: {{ proposed.when }}. We cannot take it: {{ reason }}\n\n"
                    "The interview stays as it was:\n\n{{ interview.facts }}\n\n"
                    "If you cannot come then, choose another time on your page, or write to us there.\n\n"
                    f"{BUTTON}" + _BYE,
                )
            },
        ),
        MailRole(
            name=STAFF_TIME_STAYS,
            label=gettext_noop("Another time is not taken, to an interviewer"),
            to_partner=True,
            placeholders=_STAYS_STAFF,
            links=_LINK,
            words={
                "en": Words(
                    subject="The time stays: {{ candidate.name }}, {{ interview.when }}",
                    body=_STAFF_HELLO
                    + "the interview with {{ candidate.name }} for {{ job.title }} stays as it "
                    "was; {{ proposed.when }}, which you proposed, is not possible: {{ reason }}\n\n"
                    "{{ interview.facts }}\n\n[Kit, résumé, accept or decline]({{ link }})",
                )
            },
        ),
    ]
)
