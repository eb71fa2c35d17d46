"""What each side of a partnership owes now: the one reading that dashboard, agenda and other pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from ats.kernel.languages import Words, later
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext, pgettext_lazy
from ats.organisation.domain import working_time
from candidates.scorecards.queries import debriefs_ready
from partners.checkins.models import CheckInAction, CheckInState
from partners.checkins.pages.cards import Card
from partners.checkins.queries.known import Known, together
from partners.commitments.domain.kinds import HIRE, KINDS
from partners.partnerships.domain import intake
from partners.partnerships.models import AgreementState, Partnership, PartnerSide
from requisitions.roles.workflow import LIVE

MOST_DEBRIEFS = 99
MANAGER, RECRUITER = PartnerSide.MANAGER.value, PartnerSide.RECRUITER.value


def owed(partnership: Partnership, *, now: datetime, known: Known | None = None) -> dict[str, list[Card]]:
    """What each side owes now, late first, then by date; nine queries, fewer where a page has read some."""
    known = known or Known(partnership, now)
    cards = list(_commitments(known))
    if partnership.requisition.state in LIVE:
        cards += [
            *_acceptances(known),
            *_views(known),
            *_evidence(known),
            *_times(known),
            *_debriefs(known),
            *_promises(known),
            *_meeting(known),
        ]
    cards += _actions(known)
    cards.sort(key=lambda card: (not card.late, _when(card)))
    return {side.value: [card for card in cards if card.side == side] for side in PartnerSide}


def move_of(cards: dict[str, list[Card]]) -> list[str]:
    """Whose move it is: of every side that is late, else of the one with the most urgent thing to do."""
    first = {side: mine[0] for side, mine in cards.items() if mine}
    late = [side for side, card in first.items() if card.late]
    if late or not first:
        return late
    return [min(first, key=lambda side: _when(first[side]))]


def _when(card: Card) -> float:
    return card.due_at.timestamp() if card.due_at else float("inf")


def _acceptances(known: Known) -> Iterable[Card]:
    newest = known.agreements[0] if known.agreements else None
    if newest is None or newest.state != AgreementState.PROPOSED:
        return
    for side in PartnerSide:
        if getattr(newest, f"{side}_accepted_at") is None:
            yield known.clock.card(
                code="agreement",
                side=side.value,
                said=gettext_lazy("Read and accept the agreement"),
                due_at=None,
                href=reverse("partnership", args=[known.partnership.pk]),
                action=gettext_lazy("Read it"),
            )


def _views(known: Known) -> Iterable[Card]:
    if known.asked["views"]:
        yield _asked(
            known,
            "views",
            kind="slate_reviewed",
            code="review",
            said=gettext_lazy("Give a view on {}"),
            href=reverse("review_list"),
            action=gettext_lazy("Look"),
        )


def _evidence(known: Known) -> Iterable[Card]:
    """What the manager saw and heard in interviews, and has not handed in."""
    if known.asked["evidence"]:
        yield _asked(
            known,
            "evidence",
            kind="evidence",
            code="evidence",
            said=gettext_lazy("Write down your evidence on {}"),
            href=reverse("scorecard_list"),
            action=gettext_lazy("Write"),
        )


def _times(known: Known) -> Iterable[Card]:
    """When the manager can sit in interviews, and has not said: at the question that is due first.

    It is late once its day is over; the grace is for what was promised in the agreement.
    """
    if known.asked["times"]:
        people = tuple(known.asked["times"])
        yield known.clock.card(
            code="times",
            side=MANAGER,
            said=gettext_lazy("Say when you can meet {}"),
            due_at=known.asked["times_due"],
            href=reverse("give_availability", args=[known.asked["times_first"]]),
            action=gettext_lazy("Give times"),
            people=people,
            count=len(people),
        )


def _asked(known: Known, what: str, *, kind: str, **facts: Any) -> Card:
    """What is asked of the manager about candidates, the one due first on top."""
    people, due = tuple(dict.fromkeys(known.asked[what])), known.asked[f"{what}_due"]
    return known.clock.card(
        side=MANAGER, due_at=due, until_at=known.until(kind, due), people=people, count=len(people), **facts
    )


def _debriefs(known: Known) -> Iterable[Card]:
    """Where all evidence is in, the manager decides; candidate by candidate, the longest complete first."""
    waiting = tuple(debriefs_ready([known.partnership.requisition_id], most=MOST_DEBRIEFS))
    if waiting:
        yield known.clock.card(
            code="debrief",
            side=MANAGER,
            said=gettext_lazy("Decide on the evidence about {}"),
            due_at=None,
            href=reverse("debrief", args=[waiting[0]]),
            action=gettext_lazy("Decide"),
            people=waiting,
            count=len(waiting),
        )


def _commitments(known: Known) -> Iterable[Card]:
    """Once a role has ended, what was missed with it is past; candidates are still to be told, and met again."""
    live = known.partnership.requisition.state in LIVE
    for group in together(known.groups):
        kind = KINDS[group.kind]
        if group.kind == "weekly_update" and not known.is_near(group.due):
            continue
        if kind.asked or not (live or group.kind == "candidates_told" or kind.theme == HIRE):
            continue
        said = kind.about or kind.owed
        if group.kind == "intake":
            lacking = intake.missing(known.partnership.requisition)
            said = later(_needed, lacking) if lacking else said
        yield known.clock.card(
            code=group.kind,
            side=group.side,
            said=said,
            due_at=group.due,
            until_at=group.until,
            href=place(group.kind, group.people, known.partnership),
            action=kind.action,
            people=group.people,
            count=len(group.people),
        )


def _needed(lacking: Sequence[Words]) -> str:
    return gettext("Say what the role needs: %(what)s") % {"what": ", ".join(map(str, lacking))}


def _word(count: int, late: int) -> str:
    """Who waits for the recruiter's word, and how many of them too long."""
    if not late:
        said = ngettext(
            "Give word to %(number)s candidate who waits",
            "Give word to %(number)s candidates who wait",
            count,
        )
        return said % {"number": count}
    said = ngettext(
        "Give word to %(number)s candidate who waits, %(late)s of them too long",
        "Give word to %(number)s candidates who wait, %(late)s of them too long",
        count,
    )
    return said % {"number": count, "late": late}


def in_words(kind: str, whom: str) -> str:
    """What is owed in the imperative, with whom it is about where that is known."""
    known = KINDS[kind]
    return str(known.about).format(whom) if whom and known.about else str(known.owed)


LISTS = {"decision": "review_list", "slate_reviewed": "review_list", "evidence": "scorecard_list"}


def place(kind: str, people: Sequence[int], partnership: Partnership) -> str:
    """Where it is done: at the candidate who has waited longest, else where it is begun."""
    if kind == "intake":
        return reverse("intake", args=[partnership.pk])
    if kind == "published":
        return reverse("requisition", args=[partnership.requisition_id])
    if kind in {"weekly_update", "data_before", "check_in"}:
        return reverse("partnership", args=[partnership.pk])
    if kind in LISTS:
        return reverse(LISTS[kind])
    if not people:
        return board(partnership)
    after = "/partners/outcomes/of" if KINDS[kind].theme == HIRE else "/applications"
    return f"{after}/{people[0]}/"


def board(partnership: Partnership, narrowed: str = "") -> str:
    """The board's address, which the contract keeps."""
    return f"/requisitions/{partnership.requisition_id}/board/{narrowed}"


def _promises(known: Known) -> Iterable[Card]:
    ours = known.waiting[RECRUITER]
    if ours.count:
        # Where somebody waits too long the board shows them, else whom the recruiter owes the next step.
        owner = known.partnership.requisition.recruiter_id
        narrowed = "?overdue=on" if ours.late else f"?owner={owner}"
        card = known.clock.card(
            code="promises",
            side=RECRUITER,
            said=later(_word, ours.count, ours.late),
            due_at=ours.first_due,
            href=board(known.partnership, narrowed),
            action=pgettext_lazy("the act", "Answer"),
        )
        yield replace(card, late=card.late or ours.late > 0)


def _meeting(known: Known) -> Iterable[Card]:
    meeting = known.ahead
    if meeting is None or meeting.state != CheckInState.READY:
        return
    over = meeting.scheduled_at < known.now
    for side in PartnerSide:
        card = known.clock.card(
            code="check_in",
            side=side.value,
            said=gettext_lazy("Write down what came of the check-in")
            if over
            else gettext_lazy("Meet for the check-in"),
            due_at=meeting.scheduled_at,
            href=reverse("check_in", args=[meeting.pk]),
            action=pgettext_lazy("the act", "Open"),
        )
        yield replace(card, late=False, lateness="", in_grace=False)


def _actions(known: Known) -> list[Card]:
    if not known.asked["actions"]:
        return []
    rows = CheckInAction.objects.filter(check_in__partnership=known.partnership, done_at__isnull=True)
    return [
        known.clock.card(
            code="action",
            side=side,
            said=text.replace("{", "{{").replace("}", "}}"),
            due_at=working_time.end_of(known.clock.calendar, due_on),
            href=reverse("check_in", args=[check_in]),
            action=pgettext_lazy("the act", "Open"),
        )
        for side, text, due_on, check_in in rows.order_by("due_on", "pk").values_list(
            "side", "text", "due_on", "check_in_id"
        )
    ]
