"""Where a message that came in belongs: by the tag it was sent to, by the ids in its head, by a known sender."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower

from ats.accounts.models import User
from ats.mail import reply_tags, roles
from ats.mail.arrivals import Arrived
from ats.mail.incoming import addresses, quoted
from ats.mail.incoming.parsing import headers
from ats.mail.message import number_in, sender
from ats.mail.models import FoundBy, IncomingMail, OutgoingMail, Why
from ats.mail.reply_tags import Answered
from candidates.applications.models import Application
from candidates.people.domain.addresses import email_key
from candidates.people.models import AddressKind, Candidate, FurtherAddress

TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To")
MOST_IDS = 30


@dataclass(frozen=True)
class Place:
    """An application, how it was found, and which message of ours is answered; or why a person has to say it."""

    application: Application | None = None
    found_by: FoundBy | None = None
    mail: OutgoingMail | None = None
    why: Why | None = None
    candidate: Candidate | None = None

    @property
    def about(self) -> dict[str, int]:
        """As much as is known of it, for who may see it."""
        known = self.mail.about() if self.mail is not None else {}
        if self.application is not None:
            return self.application.about()
        return known | self.candidate.about() if self.candidate is not None else known


class Asked:
    """What is asked of the database about some messages that came in: each question once for all of them."""

    def __init__(self, arrived: Sequence[Arrived]) -> None:
        self._arrived = arrived

    @cached_property
    def mails(self) -> dict[UUID | int, OutgoingMail]:
        """The messages of ours that they answer, by the ids in their heads, and by the tags they were sent to."""
        ids = {number for each in self._arrived for number in _own_ids(each)}
        tags = {number for what, number in self._tags if what is Answered.MAIL}
        if not ids and not tags:
            return {}
        found = OutgoingMail.objects.filter(Q(uuid__in=ids) | Q(pk__in=tags)).defer("text", "html")
        return {key: mail for mail in found for key in (mail.uuid, mail.pk)}

    @cached_property
    def applications(self) -> dict[int, Application]:
        """Those that these messages of ours are about, or whose tags they were sent to.

        Not of somebody who was erased: nothing about them is to come back. No more of each than its place says.
        """
        numbers = {number for what, number in self._tags if what is Answered.APPLICATION}
        return _applications(numbers | {mail.application_id or 0 for mail in self.mails.values()})

    @cached_property
    def colleagues(self) -> frozenset[str]:
        """Which of their senders have the address of a colleague."""
        senders = {each.row.sender.lower() for each in self._arrived} - {""}
        known = User.objects.annotate(key=Lower("email")).filter(key__in=senders)
        return frozenset(known.values_list("key", flat=True))

    @cached_property
    def _tags(self) -> list[tuple[Answered, int]]:
        found = []
        for each in self._arrived:
            with suppress(reply_tags.Forged):
                tag = _tag(each)
                if tag is not None and tag[1] < 2**63:
                    found.append(tag)
        return found


def of(arrived: Arrived, asked: Asked) -> Place:
    """A colleague's message is no candidate's words, wherever it was sent; nor is what nobody can place."""
    return of_ours(arrived, asked) or _own_words(_by_theirs(arrived, asked), arrived, asked)


def of_ours(arrived: Arrived, asked: Asked) -> Place | None:
    """Where what we signed or wrote ourselves says that it belongs; None where that says nothing.

    What others wrote before it may say it then.
    """
    place = _by_tag(arrived, asked) or _by_ids(arrived, asked)
    return place and _own_words(place, arrived, asked)


def _own_words(place: Place, arrived: Arrived, asked: Asked) -> Place:
    if place.application is None or not is_from_another(place.application, arrived.row.sender):
        return place
    if arrived.row.sender.lower() not in asked.colleagues:
        return place
    return Place(place.application, mail=place.mail, why=Why.COLLEAGUE)


def is_own(arrived: Arrived) -> bool:
    """Whether we sent it ourselves: a mailbox that is written to by its own house is a loop."""
    own_id = number_in(arrived.row.message_id)
    return own_id is not None or _is_our_address(arrived.row.sender)


def _is_our_address(address: str) -> bool:
    return reply_tags.is_ours(address) or address.lower() == sender().lower()


# --- By what we signed or wrote


def _by_tag(arrived: Arrived, asked: Asked) -> Place | None:
    try:
        tag = _tag(arrived)
    except reply_tags.Forged:
        return Place(why=Why.FORGED, candidate=_most_secret(_known(arrived.row.sender)))
    if tag is None:
        return None
    what, number = tag
    if what is Answered.APPLICATION:
        application = asked.applications.get(number)
        if application is None:
            return Place(why=Why.GONE)
        return Place(application, FoundBy.TAG, _answered(arrived, asked))
    mail = asked.mails.get(number) if what is Answered.MAIL else None
    if mail is None:
        return Place(why=Why.GONE)
    return _answers(mail, FoundBy.TAG, asked) or _by_sender(arrived, asked, mail)


def _tag(arrived: Arrived) -> tuple[Answered, int] | None:
    """What it was sent to; `Forged` where we made no such tag."""
    sent_to = addresses.in_headers(value for name in TO for value in headers(arrived.message, name))
    return reply_tags.answered_in(sent_to)


def _by_ids(arrived: Arrived, asked: Asked) -> Place | None:
    mail = _answered(arrived, asked)
    return None if mail is None else _answers(mail, FoundBy.IDS, asked)


def _ids(arrived: Arrived) -> list[str]:
    """The ids in its head, the message that it answers first."""
    said = (headers(arrived.message, name) for name in ("In-Reply-To", "References"))
    first, others = (quoted.ID.findall(" ".join(values)) for values in said)
    return [f"<{each}>" for each in dict.fromkeys([*first, *reversed(others)])][:MOST_IDS]


def _own_ids(arrived: Arrived) -> list[UUID]:
    return [number for each in _ids(arrived) if (number := number_in(each)) is not None]


def _answered(arrived: Arrived, asked: Asked) -> OutgoingMail | None:
    """The message of ours that it answers."""
    return next((asked.mails[number] for number in _own_ids(arrived) if number in asked.mails), None)


def _answers(mail: OutgoingMail, found_by: FoundBy, asked: Asked) -> Place | None:
    """Where what answers this message of ours belongs; None where it says nothing of that.

    One about a person alone (their data, a consent) belongs with the application that they have.
    """
    if mail.role not in roles.to_candidates():
        # To a colleague, also where it is about a candidate: whoever answers that is one, as far as anybody knows.
        return Place(why=Why.COLLEAGUE, mail=mail)
    if mail.application_id is None:
        theirs = Candidate.objects.without_words().filter(pk=mail.candidate_id or 0, anonymised_at=None)
        return _of_people(list(theirs), found_by, mail)
    application = asked.applications.get(mail.application_id)
    return Place(application, found_by, mail) if application else Place(why=Why.GONE)


# --- By what others wrote


def _by_theirs(arrived: Arrived, asked: Asked) -> Place:
    theirs = IncomingMail.objects.filter(message_id__in=_ids(arrived), application_id__isnull=False)
    placed = theirs.exclude(pk=arrived.row.pk).exclude(found_by="")
    earlier = placed.order_by("-received_at").first()
    number = earlier.application_id or 0 if earlier else 0
    application = _applications({number}).get(number)
    if earlier is None or application is None:
        return _by_sender(arrived, asked)
    # Who answers a message that was known by its sender alone knows no more than whoever wrote that.
    is_guess = earlier.found_by == FoundBy.SENDER
    return Place(application, FoundBy.SENDER if is_guess else FoundBy.IDS)


def _by_sender(arrived: Arrived, asked: Asked, mail: OutgoingMail | None = None) -> Place:
    """`mail`: the message of ours that it answers, where that speaks of no application."""
    if place := _of_people(_known(arrived.row.sender), FoundBy.SENDER, mail):
        return place
    is_colleague = arrived.row.sender.lower() in asked.colleagues
    return Place(why=Why.COLLEAGUE if is_colleague else Why.UNKNOWN, mail=mail)


def _of_people(people: list[Candidate], found_by: FoundBy, mail: OutgoingMail | None) -> Place | None:
    """With their only application, or the only one in play; None where there is nobody."""
    if not people:
        return None
    applications = Application.objects.whole().filter(candidate__in=people).order_by("-applied_at", "-pk")
    every = list(applications[:50])
    active = [each for each in every if each.state == "active"]
    if len(active or every) == 1:
        return Place((active or every)[0], found_by, mail)
    why = Why.SEVERAL if every else Why.NO_ROLE
    return Place(why=why, candidate=_most_secret(people), mail=mail)


def _most_secret(people: list[Candidate]) -> Candidate | None:
    """Of two with one address, the one whom fewer may know: what came in may be about either."""
    return max(people, key=lambda each: each.only_confidential, default=None)


def _known(address: str) -> list[Candidate]:
    key = email_key(address) if address else ""
    return list(Candidate.objects.without_words().with_address(key).order_by("pk")[:2]) if key else []


def _applications(numbers: Iterable[int]) -> dict[int, Application]:
    wanted = [number for number in numbers if 0 < number < 2**63]
    if not wanted:
        return {}
    kept = Application.objects.filter(candidate__anonymised_at=None).select_related(
        "candidate", "requisition"
    )
    return kept.only("candidate__email_key", "requisition__organisation").in_bulk(wanted)


def is_from_another(application: Application, address: str) -> bool:
    """Whether it came from an address that is none of theirs, or from none or several."""
    if not address:
        return True
    key = email_key(address)
    if key == application.candidate.email_key:
        return False
    theirs = FurtherAddress.objects.filter(
        candidate=application.candidate_id, kind=AddressKind.EMAIL, key=key
    )
    return not theirs.exists()
