"""Where a message that came in belongs: by the tag it was sent to, by the ids in its head, by a known sender."""

from dataclasses import dataclass

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
from candidates.people.models import Candidate

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


def of(arrived: Arrived) -> Place:
    """A colleague's message is no candidate's words, wherever it was sent; nor is what nobody can place."""
    place = _found(arrived)
    if place.application is None or not is_from_another(place.application, arrived.row.sender):
        return place
    return (
        Place(place.application, mail=place.mail, why=Why.COLLEAGUE)
        if _is_colleague(arrived.row.sender)
        else place
    )


def _is_colleague(address: str) -> bool:
    return User.objects.filter(email__iexact=address).exists()


def is_own(arrived: Arrived) -> bool:
    """Whether we sent it ourselves: a mailbox that is written to by its own house is a loop."""
    own_id = number_in(arrived.row.message_id)
    return own_id is not None or _is_our_address(arrived.row.sender)


def _is_our_address(address: str) -> bool:
    return reply_tags.is_ours(address) or address.lower() == sender().lower()


def _found(arrived: Arrived) -> Place:
    try:
        tag = reply_tags.answered_in(_sent_to(arrived))
    except reply_tags.Forged:
        return Place(why=Why.FORGED, candidate=_most_secret(_known(arrived.row.sender)))
    if tag is None:
        return _by_ids(arrived) or _by_sender(arrived)
    what, number = tag
    if what is Answered.APPLICATION:
        application = _application(number)
        if application is None:
            return Place(why=Why.GONE)
        return Place(application, FoundBy.TAG, _answered(arrived))
    mail = OutgoingMail.objects.filter(pk=number).defer("text", "html").first() if number < 2**63 else None
    if mail is None:
        return Place(why=Why.GONE)
    return _answers(mail, FoundBy.TAG) or _by_sender(arrived, mail)


def _sent_to(arrived: Arrived) -> tuple[str, ...]:
    return addresses.in_headers(value for name in TO for value in headers(arrived.message, name))


def _ids(arrived: Arrived) -> list[str]:
    """The ids in its head, the message that it answers first."""
    said = (headers(arrived.message, name) for name in ("In-Reply-To", "References"))
    first, others = (quoted.ID.findall(" ".join(values)) for values in said)
    return [f"<{each}>" for each in dict.fromkeys([*first, *reversed(others)])][:MOST_IDS]


def _answered(arrived: Arrived) -> OutgoingMail | None:
    """The message of ours that it answers."""
    numbers = [number for each in _ids(arrived) if (number := number_in(each)) is not None]
    found = {mail.uuid: mail for mail in OutgoingMail.objects.filter(uuid__in=numbers).defer("text", "html")}
    return next((found[number] for number in numbers if number in found), None)


def _by_ids(arrived: Arrived) -> Place | None:
    mail = _answered(arrived)
    if mail is not None and (place := _answers(mail, FoundBy.IDS)) is not None:
        return place
    theirs = IncomingMail.objects.filter(message_id__in=_ids(arrived), application_id__isnull=False)
    placed = theirs.exclude(pk=arrived.row.pk).exclude(found_by="")
    earlier = placed.order_by("-received_at").first()
    application = _application(earlier.application_id or 0) if earlier else None
    if earlier is None or application is None:
        return None
    # Who answers a message that was known by its sender alone knows no more than whoever wrote that.
    is_guess = earlier.found_by == FoundBy.SENDER
    return Place(application, FoundBy.SENDER if is_guess else FoundBy.IDS)


def _answers(mail: OutgoingMail, found_by: FoundBy) -> Place | None:
    """Where what answers this message of ours belongs; None where it says nothing of that."""
    if mail.role not in roles.to_candidates():
        # To a colleague, also where it is about a candidate: whoever answers that is one, as far as anybody knows.
        return Place(why=Why.COLLEAGUE, mail=mail)
    if mail.application_id is None:
        return None
    application = _application(mail.application_id)
    return Place(application, found_by, mail) if application else Place(why=Why.GONE)


def _by_sender(arrived: Arrived, mail: OutgoingMail | None = None) -> Place:
    """`mail`: the message of ours that it answers, where that speaks of no application."""
    people = _known(arrived.row.sender)
    if not people:
        return Place(why=Why.COLLEAGUE if _is_colleague(arrived.row.sender) else Why.UNKNOWN, mail=mail)
    applications = Application.objects.whole().filter(candidate__in=people).order_by("-applied_at", "-pk")
    every = list(applications[:50])
    active = [each for each in every if each.state == "active"]
    if len(active or every) == 1:
        return Place((active or every)[0], FoundBy.SENDER, mail)
    return Place(why=Why.SEVERAL, candidate=_most_secret(people), mail=mail)


def _most_secret(people: list[Candidate]) -> Candidate | None:
    """Of two with one address, the one whom fewer may know: what came in may be about either."""
    return max(people, key=lambda each: each.only_confidential, default=None)


def _known(address: str) -> list[Candidate]:
    key = email_key(address) if address else ""
    return list(Candidate.objects.without_words().filter(email_key=key).order_by("pk")[:2]) if key else []


def _application(number: int) -> Application | None:
    """Not of somebody who was erased: nothing about them is to come back. No more of it than its place says."""
    if number >= 2**63:
        return None
    kept = Application.objects.filter(candidate__anonymised_at=None).select_related(
        "candidate", "requisition"
    )
    return kept.only("candidate__email_key", "requisition__organisation").filter(pk=number).first()


def is_from_another(application: Application, address: str) -> bool:
    """Whether it came from an address that is not the one we write to, or from none or several."""
    return not address or email_key(address) != application.candidate.email_key
