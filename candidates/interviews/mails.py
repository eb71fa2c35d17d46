"""What candidates and interviewers get about an interview, with the calendar file where it changes."""

from ats.kernel.kept import kept
from ats.mail.roles import MailRole, Words, declare
from candidates.compose.letters import BUTTON, CANDIDATE

BOOKED, MOVED, CHANGED = "interview.booked", "interview.moved", "interview.changed"
CANCELLED, REMINDER = "interview.cancelled", "interview.reminder"
STAFF_BOOKED, STAFF_MOVED, STAFF_CANCELLED = (
    "interviewer.booked",
    "interviewer.moved",
    "interviewer.cancelled",
)
STAFF_CHANGED, RELEASED = "interviewer.changed", "interviewer.released"
STAFF_REMINDER, DECLINED = "interviewer.reminder", "interviewer.declined"
CANDIDATE_DECLINED = "interviewer.candidate_declined"
COMMENTED, ANSWERED_LATE = "interviewer.commented", "interviewer.answered_late"
SITS_IN, SITS_IN_NO_MORE = "interview.sits_in", "interview.sits_in_no_more"
STAFF_SITS_IN, STAFF_SITS_IN_NO_MORE = "interviewer.sits_in", "interviewer.sits_in_no_more"

WHEN = "Thursday 26 November, 10:00 to 10:45 (CET, Berlin)"
_WHAT = {"interview.name": "Technical conversation", "interview.when": WHEN}
_FACTS = _WHAT | {
    "interview.facts": (
        f"- When: {WHEN}\n- How long: 45 minutes\n- Where: by video, https://video.example.com/room\n"
        "- Whom you meet: Kim Sample (Head of Data)"
    ),
    "interview.preparation": "Please have a project of yours at hand that you like to talk about.",
}
_REASON = {"reason": "Kim is ill today."}
_COMMENT = {"comment": "They write: “I am on a train until ten.”"}
_SAID = {"person.name": "Alex Sample", "said": "accepted", **_COMMENT}
_STAFF = {
    "user.first_name": "Kim",
    "candidate.name": "Robin Example",
    "job.title": "Data engineer",
    "interview.name": "Technical conversation",
    "interview.when": WHEN,
    "interview.facts": f"- When: {WHEN}\n- Where: by video\n- Scorecard: within 8 working hours of its end",
    "link": "https://hiring.example.com/calendar/interviews/1/",
}
_PORTAL, _LINK = frozenset({"portal_link"}), frozenset({"link"})

_HELLO = "Hello {{ candidate.first_name }},\n\n"
_BYE = "\n\n{{ recruiter.name }}\n{{ organisation.name }}"
_STAFF_HELLO = "Hello {{ user.first_name }},\n\n"
_PREPARE = "[Kit, résumé, accept or decline]({{ link }})"
_PRIVATE = (
    "Is there anything you need to be at your best, such as step-free access, captions or more time? Say so "
    "on your page: only the recruiting team reads it. There you can also change or cancel the time, and see "
    "until when."
)


def quoted(comment: str) -> str:
    """What somebody's calendar said beside their answer, as a paragraph of a message; nothing where it said nothing."""
    return kept(f"They write: “{comment}”") if comment else ""


def _for_candidate(
    name: str, label: str, subject: str, body: str, extra: dict[str, str] | None = None
) -> MailRole:
    words = {"en": Words(subject=subject, body=_HELLO + body + _BYE)}
    return MailRole(
        name=name,
        label=label,
        placeholders=CANDIDATE | _FACTS | (extra or {}),
        links=_PORTAL,
        words=words,
    )


def _for_staff(
    name: str,
    label: str,
    subject: str,
    body: str,
    extra: dict[str, str] | None = None,
    *,
    to_partner: bool = True,
) -> MailRole:
    words = {"en": Words(subject=subject, body=_STAFF_HELLO + body)}
    return MailRole(
        name=name,
        label=label,
        to_partner=to_partner,
        placeholders=_STAFF | (extra or {}),
        links=_LINK,
        words=words,
    )


declare(
    [
        _for_candidate(
            BOOKED,
            "Interview booked, to the candidate",
            "{{ job.title }}: we meet on {{ interview.when }}",
            "we look forward to talking with you about the role ({{ job.title }}). Here is when and where:\n\n"
            "{{ interview.facts }}\n\n{{ interview.preparation }}\n\n"
            f"{_PRIVATE}\n\n{BUTTON}\n\n"
            "What is attached puts it into your calendar, and later changes update it there.",
        ),
        _for_candidate(
            MOVED,
            "Interview moved, to the candidate",
            "New time: {{ interview.name }} on {{ interview.when }}",
            "your interview for {{ job.title }} has a new time:\n\n{{ interview.facts }}\n\n{{ reason }}\n\n"
            "{{ interview.preparation }}\n\n"
            f"{_PRIVATE}\n\n{BUTTON}\n\n"
            "The attached file moves it in your calendar.",
            _REASON,
        ),
        _for_candidate(
            CHANGED,
            "Somebody else interviews, to the candidate",
            "A change: whom you meet on {{ interview.when }}",
            "the time of your interview for {{ job.title }} stays, but you meet somebody else:\n\n"
            "{{ interview.facts }}\n\n"
            f"{BUTTON}\n\nThe attached file updates your calendar.",
        ),
        _for_candidate(
            CANCELLED,
            "Interview cancelled, to the candidate",
            "Cancelled: {{ interview.name }} on {{ interview.when }}",
            "what we had booked with you for {{ job.title }} does not take place: {{ interview.name }}, "
            "{{ interview.when }}.\n\n"
            "{{ reason }}\n\nWhat is attached takes it out of your calendar. Your page shows what is next.\n\n"
            f"{BUTTON}",
            _REASON,
        ),
        _for_candidate(
            REMINDER,
            "Interview is near, to the candidate",
            "{{ interview.soon }}: {{ interview.name }} for {{ job.title }}",
            "a short reminder that we meet for {{ job.title }}:\n\n{{ interview.facts }}\n\n"
            "{{ interview.preparation }}\n\nIf something has come up, tell us on your page.\n\n"
            f"{BUTTON}",
            {"interview.soon": "Tomorrow"},
        ),
        _for_candidate(
            SITS_IN,
            "Somebody sits in, to the candidate",
            "One more person on {{ interview.when }}",
            "the time of your interview for {{ job.title }} stays. {{ shadow.name }} sits in to learn how we"
            " interview: they ask nothing, and do not judge or decide about you.\n\n{{ interview.facts }}\n\n"
            f"If you would rather not have that, write to us on your page.\n\n{BUTTON}\n\n"
            "The attached file updates your calendar.",
            {"shadow.name": "Sam Specimen"},
        ),
        _for_candidate(
            SITS_IN_NO_MORE,
            "Somebody does not sit in any more, to the candidate",
            "One person less on {{ interview.when }}",
            "{{ shadow.name }} does not sit in on your interview for {{ job.title }} after all. Everything else"
            " stays as it is:\n\n{{ interview.facts }}\n\n"
            f"{BUTTON}\n\nThe attached file updates your calendar.",
            {"shadow.name": "Sam Specimen"},
        ),
        _for_staff(
            STAFF_SITS_IN,
            "Somebody sits in, to them",
            "You sit in with {{ candidate.name }}, {{ interview.when }}",
            "you sit in on the interview with {{ candidate.name }}, who applied for {{ job.title }}:"
            " {{ interview.name }}. You ask nothing and do not judge; afterwards write down what you saw, as you"
            " would write evidence. It counts nowhere, and whom you sit beside confirms that you were there.\n\n"
            f"{{{{ interview.facts }}}}\n\n{_PREPARE}\n\nThe attached file puts it into your calendar.",
        ),
        _for_staff(
            STAFF_SITS_IN_NO_MORE,
            "Somebody does not sit in any more, to them",
            "You are free: {{ candidate.name }}, {{ interview.when }}",
            "you do not sit in on the interview with {{ candidate.name }} for {{ job.title }} on"
            " {{ interview.when }}. The attached file takes it out of your calendar.\n\n"
            "[Open your calendar]({{ link }})",
        ),
        _for_staff(
            STAFF_BOOKED,
            "Interview booked, to an interviewer",
            "Interview with {{ candidate.name }}, {{ interview.when }}",
            "you meet {{ candidate.name }}, who applied for {{ job.title }}: {{ interview.name }}.\n\n"
            f"{{{{ interview.facts }}}}\n\n{_PREPARE}\n\n"
            "The attached file puts it into your calendar. Accept or decline there, or by the button.",
        ),
        _for_staff(
            STAFF_MOVED,
            "Interview moved, to an interviewer",
            "Moved: {{ candidate.name }}, now {{ interview.when }}",
            "the interview with {{ candidate.name }} for {{ job.title }} has a new time.\n\n"
            f"{{{{ interview.facts }}}}\n\n{{{{ reason }}}}\n\n{_PREPARE}\n\n"
            "The attached file moves it in your calendar. Please accept or decline once more.",
            _REASON,
        ),
        _for_staff(
            STAFF_CHANGED,
            "Somebody else interviews, to the others",
            "A change: with whom you meet {{ candidate.name }}, {{ interview.when }}",
            "the time of the interview with {{ candidate.name }} for {{ job.title }} stays; {{ change }}.\n\n"
            f"{{{{ interview.facts }}}}\n\n{_PREPARE}\n\nThe attached file updates your calendar.",
            {"change": "Sam Specimen takes the seat of Alex Sample"},
        ),
        _for_staff(
            STAFF_CANCELLED,
            "Interview cancelled, to an interviewer",
            "Cancelled: {{ candidate.name }}, {{ interview.when }}",
            "the interview with {{ candidate.name }} for {{ job.title }} on {{ interview.when }} does not take "
            "place.\n\n{{ reason }}\n\nThe attached file takes it out of your calendar.\n\n"
            "[Open your calendar]({{ link }})",
            _REASON,
        ),
        _for_staff(
            RELEASED,
            "Interviewer released",
            "You are free: {{ candidate.name }}, {{ interview.when }}",
            "somebody else takes your seat in the interview with {{ candidate.name }} for {{ job.title }} on "
            "{{ interview.when }}. There is nothing to do; the attached file takes it out of your calendar.\n\n"
            "[Open your calendar]({{ link }})",
        ),
        _for_staff(
            STAFF_REMINDER,
            "Interview is near, to an interviewer",
            "{{ interview.soon }}: you meet {{ candidate.name }}",
            "a short reminder of the interview with {{ candidate.name }} for {{ job.title }}.\n\n"
            f"{{{{ interview.facts }}}}\n\n{_PREPARE}",
            {"interview.soon": "Tomorrow"},
        ),
        _for_staff(
            DECLINED,
            "An interviewer cannot come",
            "{{ interviewer.name }} cannot meet {{ candidate.name }} on {{ interview.when }}",
            "{{ interviewer.name }} has declined the interview with {{ candidate.name }} for {{ job.title }} "
            "on {{ interview.when }}.\n\n{{ comment }}\n\n{{ substitutes }}\n\n[See to it]({{ link }})\n\n"
            "The candidate has not been told anything yet.",
            {
                "interviewer.name": "Alex Sample",
                **_COMMENT,
                "substitutes": "Free at that time:\n\n- Sam Specimen, of the pool",
            },
            to_partner=False,
        ),
        _for_staff(
            CANDIDATE_DECLINED,
            "A candidate's calendar declined",
            "{{ candidate.name }} declined {{ interview.name }} on {{ interview.when }}",
            "the calendar of {{ candidate.name }} declined the interview for {{ job.title }} on "
            "{{ interview.when }}. It is still booked: please ask what suits them.\n\n{{ comment }}\n\n"
            "[See to it]({{ link }})",
            _COMMENT,
            to_partner=False,
        ),
        _for_staff(
            COMMENTED,
            "A word beside an answer to an invitation",
            "{{ person.name }} wrote about {{ interview.name }} on {{ interview.when }}",
            "{{ person.name }} answered “{{ said }}” to the interview of {{ candidate.name }} for "
            "{{ job.title }} on {{ interview.when }}.\n\n{{ comment }}\n\n[See the interview]({{ link }})",
            _SAID,
            to_partner=False,
        ),
        _for_staff(
            ANSWERED_LATE,
            "An answer to an earlier time",
            "{{ person.name }} answered an earlier time of {{ interview.name }}",
            "{{ person.name }} answered “{{ said }}” to a time of the interview of {{ candidate.name }} for "
            "{{ job.title }} that does not stand any more. It is not taken for the time that stands now, "
            "{{ interview.when }}.\n\n{{ comment }}\n\n[See the interview]({{ link }})",
            _SAID,
            to_partner=False,
        ),
    ]
)
