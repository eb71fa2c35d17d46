"""What is owed beside promises, as lines of my day."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse

from ats.home.domain.rows import Owed, Row, Whom, about, at
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext
from ats.mail.models import MailState, OutgoingMail
from ats.web.addresses import pages
from candidates.applications.models import DECISION_MAILS
from candidates.models import AnotherWay, FeedbackRequest, Message, StepTask, TalentMember
from partners.alignment.domain.contradictions import RULES

if TYPE_CHECKING:
    from ats.home.queries.day import Found


DECISION_LOST = gettext_lazy("The decision has not reached them. %(trouble)s: tell them another way")
TELL_THEM = gettext_lazy("%(trouble)s: tell them another way")
CANNOT_COME = gettext_lazy("%(person)s cannot take part in %(interview)s")
HAS_LEFT = gettext_lazy("%(person)s has left: find somebody for %(interview)s")


def untold(numbers: Iterable[int], known: Mapping[int, Whom]) -> list[Row]:
    """Decided, and the candidate does not know."""
    rows = []
    for number in numbers:
        person, href = known[number], reverse("application", args=[number])
        is_hired = person.state == "hired"
        rows.append(
            about(
                person,
                href=href,
                action=gettext("Write") if is_hired else gettext("Tell"),
                way=f"{href}#write" if is_hired else reverse("application_tell", args=[number]),
                dialog=not is_hired,
                icon="eye-off",
                what=gettext("Hired, and not told") if is_hired else gettext("Rejected, and not told"),
                moment=person.decided_at,
                told="ago",
            )
        )
    return rows


def unreached(rows: Iterable[AnotherWay], known: Mapping[int, Whom]) -> list[Row]:
    """Whom a message that is owed to them did not reach."""
    found = []
    for row in rows:
        decided = row.mail is not None and row.mail.role in DECISION_MAILS
        found.append(
            about(
                known[row.application_id],
                href=reverse("application", args=[row.application_id]),
                action=gettext("Reach them"),
                way=reverse("another_way", args=[row.application_id]),
                icon="alert",
                what=(DECISION_LOST if decided else TELL_THEM) % {"trouble": row.get_trouble_display()},
                moment=row.due_at,
            )
        )
    return found


def tasks(rows: Iterable[StepTask], known: Mapping[int, Whom]) -> list[Row]:
    """What a journey asks a person to do for somebody."""
    return [
        about(
            known[row.application_id],
            href=reverse("application", args=[row.application_id]),
            action=gettext("Do it"),
            way=reverse("step_task", args=[row.application_id, row.pk]),
            icon="flag",
            what=row.what,
            moment=row.due_at,
        )
        for row in rows
    ]


def touches(rows: Iterable[TalentMember]) -> list[Row]:
    """Who is kept for later, and with whom somebody means to be in touch by now."""
    return [
        Row(
            who=row.candidate,
            line=row.pool.name,
            candidate=row.candidate_id,
            href=reverse("candidate", args=[row.candidate_id]),
            action=gettext("Be in touch"),
            way=reverse("talent_member_touch", args=[row.pk]),
            dialog=True,
            icon="clock",
            what=row.why or gettext("Kept for later"),
            moment=row.touch_at,
        )
        for row in rows
    ]


def feedback(rows: Iterable[FeedbackRequest], known: Mapping[int, Whom]) -> list[Row]:
    """Who asked to hear more about our decision, with the day that they were told."""
    return [
        about(
            known[row.application_id],
            href=reverse("application", args=[row.application_id]),
            action=gettext("Give feedback"),
            way=reverse("feedback", args=[row.application_id]),
            icon="question",
            what=gettext("Asked for feedback"),
            moment=row.due_at,
        )
        for row in rows
    ]


def _what_became(mail: OutgoingMail) -> str:
    late = mail.state == MailState.QUEUED
    return gettext("Late by days, for the mail server is in trouble") if late else mail.get_state_display()


def troubled(mails: Iterable[OutgoingMail], known: Mapping[int, Whom]) -> list[Row]:
    """Messages that did not arrive."""
    rows = []
    for mail in mails:
        if mail.application_id is None or mail.application_id not in known:
            continue
        href = reverse("application", args=[mail.application_id])
        rows.append(
            about(
                known[mail.application_id],
                href=href,
                action=gettext("See why"),
                way=f"{href}#story",
                icon="mail",
                what=f"{_what_became(mail)}: {mail.subject[:60]}",
            )
        )
    return rows


def approvals(found: "Found") -> list[Row]:
    return [
        Row(
            who=row.request.requested_by,
            line=at(row.label, found.name_of(row.request.about_ids.get("organisation_id"))),
            href=reverse("approval", args=[row.request_id]),
            action=gettext("Decide"),
            way=reverse("approval", args=[row.request_id]),
            what=row.request.title,
            moment=row.due_at,
        )
        for row in found.approvals
    ]


def to_sign(found: "Found") -> list[Row]:
    """Briefs to sign for one's function, and contradictions that one decides above both partners."""
    signatures = [
        Row(
            who=row.version.partnership.requisition.recruiter,
            line=found.at(row.version.partnership.requisition),
            href=reverse("sign_brief", args=[row.pk]),
            action=gettext("Sign"),
            way=reverse("sign_brief", args=[row.pk]),
            what=gettext("The brief, version %(number)s, for %(get_function_display)s")
            % {"number": row.version.number, "get_function_display": row.get_function_display()},
            moment=row.due_at,
        )
        for row in found.to_sign
    ]
    page = pages("alignment")
    decisions = [
        Row(
            who=row.partnership.requisition.recruiter,
            line=found.at(row.partnership.requisition),
            href=page(row.partnership_id),
            action=gettext("Decide"),
            way=f"{page(row.partnership_id)}#contradiction-{row.pk}",
            what=str(RULES[row.rule].title),
            moment=row.due_at,
        )
        for row in found.contradictions
    ]
    return [*signatures, *decisions]


def support(found: "Found") -> list[Row]:
    """Who asks for support with a request that they declined; it is named there, not here."""
    return [
        Row(
            who=asked.recorder,
            line=gettext("Declined request"),
            href=reverse("declined", args=[asked.pk]),
            action=gettext("Look at it"),
            way=reverse("declined", args=[asked.pk]),
            what=gettext("Asks for your support"),
            moment=asked.due_at,
        )
        for asked in found.support
    ]


def about_data(found: "Found") -> list[Row]:
    """What people ask about their data, and law wants answered by a day."""
    return [
        Row(
            who=line.who,
            line=str(line.label),
            href=line.href,
            action=gettext("Look at it") if line.kind == "copy" else gettext("Answer"),
            way=line.href,
            icon="shield",
            what=gettext("Their copy is not made yet") if line.kind == "copy" else line.note[:90],
            moment=line.due_at,
        )
        for line in found.about_data
    ]


def looks_back(found: "Found") -> list[Row]:
    """Roles that have ended, and to which the viewer has not looked back yet; by whom it is read with them."""
    page = pages("retrospective")
    return [
        Row(
            who=row.partnership.requisition.hiring_manager or row.partnership.requisition.recruiter,
            line=found.at(row.partnership.requisition),
            href=page(row.partnership_id),
            action=gettext("Look back"),
            way=page(row.partnership_id),
            what=gettext("What helped, what hindered, what you change"),
            moment=row.due_at,
        )
        for row in found.looks_back
    ]


def to_send(found: "Found") -> list[Row]:
    return [
        about(
            found.about[offer.application_id],
            href=reverse("offer", args=[offer.pk]),
            action=gettext("Send it"),
            icon="check",
            what=gettext("The offer is approved"),
            moment=offer.updated_at,
            told="ago",
        )
        for offer in found.to_send
    ]


def wrote(
    messages: Iterable[Message],
    known: Mapping[int, Whom],
    promised: Mapping[int, Owed],
    page: Callable[[int], str],
) -> list[Row]:
    """What candidates wrote, with what is promised to them, where that is known."""
    return [
        about(
            known[message.application_id],
            href=page(message.application_id),
            action=gettext("Answer"),
            way=f"{page(message.application_id)}#write",
            wrote=message,
            promise=promised.get(message.application_id),
            what=gettext("They wrote"),
            moment=message.said_at,
            told="ago",
        )
        for message in messages
        if message.application_id is not None
    ]


def evidence(found: "Found") -> list[Row]:
    return [
        about(
            found.about[card.application_id],
            href=reverse("scorecard", args=[card.pk]),
            action=gettext("Write"),
            what=gettext("Your evidence: %(interview)s") % {"interview": card.interview}
            if card.interview
            else gettext("Your evidence"),
            moment=card.due_at,
        )
        for card in found.evidence
    ]


def debriefs(found: "Found") -> list[Row]:
    return [
        about(
            found.about[number],
            href=reverse("debrief", args=[number]),
            action=gettext("Decide"),
            what=gettext("All evidence is in"),
            moment=since,
            told="ago",
        )
        for number, since in found.debriefs.items()
    ]


def proposed(found: "Found") -> list[Row]:
    """Who cannot come to an interview at its time, and says when instead."""
    rows = []
    for row in found.proposed:
        interview = row.interview
        whom = found.about[interview.application_id]
        who = whom.name if row.seat is None else str(row.seat.user)
        rows.append(
            about(
                whom,
                href=reverse("application_interviews", args=[interview.application_id]),
                action=gettext("Look at it"),
                icon="calendar",
                what=gettext("%(who)s proposes another time for %(interview)s")
                % {"who": who, "interview": interview.name},
                moment=interview.starts_at,
            )
        )
    return rows


def times(found: "Found") -> list[Row]:
    return [
        about(
            found.about[asked.application_id],
            href=reverse("application_interviews", args=[asked.application_id]),
            action=gettext("Find a time"),
            icon="check" if asked.state == "given" else "waiting",
            what=gettext("Has said when they can come")
            if asked.state == "given"
            else gettext("Chose no time; the offered ones have run out"),
        )
        for asked in found.times
    ]


def availability(found: "Found") -> list[Row]:
    """What the viewer is asked themselves: when they can."""
    return [
        about(
            found.about[asked.application_id],
            href=reverse("give_availability", args=[asked.pk]),
            action=gettext("Give your times"),
            icon="calendar",
            what=gettext("When can you meet them?"),
            moment=asked.due_at,
        )
        for asked in found.availability
        if asked.interviewer_id == found.user_id and asked.state == "open"
    ]


def availability_of_others(found: "Found") -> list[Row]:
    """Whose times can be booked now, and for whose one waits too long."""
    return [
        about(
            found.about[asked.application_id],
            href=reverse("application_interviews", args=[asked.application_id]),
            action=gettext("Find a time"),
            icon="check" if asked.state == "given" else "waiting",
            what=gettext("%(interviewer)s has said when they can") % {"interviewer": asked.interviewer}
            if asked.state == "given"
            else gettext("%(interviewer)s has not said yet when they can")
            % {"interviewer": asked.interviewer},
        )
        for asked in found.availability
        if asked.interviewer_id != found.user_id or asked.state == "given"
    ]


def wanting(found: "Found") -> list[Row]:
    rows = []
    for seat in found.wanting:
        interview = seat.interview
        lacks = CANNOT_COME if seat.user.is_active else HAS_LEFT
        rows.append(
            about(
                found.about[interview.application_id],
                href=reverse("interview_for_me", args=[interview.pk]),
                action=gettext("Find somebody"),
                way=reverse("replace_in_interview", args=[interview.pk, seat.pk]),
                icon="calendar",
                what=lacks % {"person": seat.user, "interview": interview.name},
                moment=interview.starts_at,
                told="ago",
            )
        )
    return rows


def filled(found: "Found") -> list[Row]:
    return [
        Row(
            who=row["title"],
            line=found.name_of(found.places.get(row["requisition"])),
            href=reverse("board", args=[row["requisition"]]),
            action=gettext("Look at them"),
            way=reverse("requisition_close", args=[row["requisition"]]),
            icon="half",
            what=ngettext(
                "Every seat is taken; %(number)s person does not know yet",
                "Every seat is taken; %(number)s people do not know yet",
                row["n"],
            )
            % {"number": row["n"]},
        )
        for row in found.filled
    ]
