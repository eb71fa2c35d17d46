"""Everything that points at a person, and what becomes of it when two of them are put together.

What there is, is found by walking the models, so that a table that comes tomorrow is not forgotten: a law test fails
for a relation that nobody classed here, and the merge itself refuses to begin.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import ForeignKey, Model

from candidates.people.models import Candidate

COLUMN = "candidate_id"


@dataclass(frozen=True)
class Moves:
    """Its rows become the survivor's. `unless`, in SQL of the row `t`: that one stays with the record that leads on."""

    unless: str = ""
    why: str = ""


@dataclass(frozen=True)
class Stays:
    """Its rows stay as they are; `why`."""

    why: str


RELATIONS: Mapping[str, Moves | Stays] = {
    "ats.Activity.candidate_id": Moves(),
    "ats.ChatMessage.candidate_id": Moves(),
    "ats.IncomingMail.candidate_id": Moves(),
    "ats.OutgoingMail.candidate_id": Moves(),
    "ats.SmsMessage.candidate_id": Moves(),
    "candidates.AddressChange.candidate": Moves(),
    "candidates.Application.candidate": Moves(
        unless="t.state = 'active' AND EXISTS (SELECT FROM candidates_application o WHERE o.candidate_id = %(kept)s"
        " AND o.requisition_id = t.requisition_id AND o.state = 'active')",
        why="nobody is in play twice for one role: the merge is refused before, and this is for who came meanwhile",
    ),
    "candidates.BulkItem.candidate": Moves(
        unless="EXISTS (SELECT FROM candidates_bulkitem o WHERE o.candidate_id = %(kept)s"
        " AND o.run_id = t.run_id AND o.application_id IS NOT DISTINCT FROM t.application_id)",
        why="what is done with many is done with them once",
    ),
    "candidates.Candidate.merged_into": Moves(),
    "candidates.Candidate_tags.candidate": Moves(
        unless="EXISTS (SELECT FROM candidates_candidate_tags o WHERE o.candidate_id = %(kept)s"
        " AND o.tag_id = t.tag_id)",
        why="they have it already",
    ),
    "candidates.Consent.candidate": Moves(),
    "candidates.DataComplaint.candidate": Moves(),
    "candidates.DataCopy.candidate": Moves(),
    "candidates.DataCorrection.candidate": Moves(),
    "candidates.Document.candidate": Moves(),
    "candidates.Erasure.candidate": Moves(),
    "candidates.FollowUp.candidate": Moves(),
    "candidates.FurtherAddress.candidate": Moves(
        unless="EXISTS (SELECT FROM candidates_furtheraddress o WHERE o.candidate_id = %(kept)s"
        " AND o.kind = t.kind AND o.key = t.key)",
        why="it is noted of them already",
    ),
    "candidates.Interview.candidate": Moves(),
    "candidates.KeptFrom.lifted_by": Moves(),
    "candidates.KnownFact.candidate": Moves(
        unless="EXISTS (SELECT FROM candidates_knownfact o WHERE o.candidate_id = %(kept)s"
        " AND o.kind = t.kind AND o.key = t.key)",
        why="it is known of them already",
    ),
    "candidates.LegalHold.candidate": Moves(),
    "candidates.Likeness.first": Stays("who is alike is looked for anew; a word that they are two is copied"),
    "candidates.Likeness.second": Stays("as the first"),
    "candidates.Merge.kept": Moves(),
    "candidates.Merge.lost": Stays("it says which record leads on"),
    "candidates.Message.candidate": Moves(),
    "candidates.Ownership.candidate": Moves(
        unless="EXISTS (SELECT FROM candidates_ownership o WHERE o.candidate_id = %(kept)s"
        " AND o.organisation_id = t.organisation_id"
        " AND tstzrange(o.starts_at, o.ends_at) && tstzrange(t.starts_at, t.ends_at))",
        why="they count as ours once at a time: what happens within that time belongs to the one that there is",
    ),
    "candidates.PortalLink.candidate": Moves(),
    "candidates.ResumeReading.candidate": Moves(),
    "candidates.SequenceRun.candidate": Moves(
        unless="t.state = 'running' AND EXISTS (SELECT FROM candidates_sequencerun o"
        " WHERE o.candidate_id = %(kept)s AND o.state = 'running')",
        why="one sequence at a time: that of the record which leads on stops by itself",
    ),
    "candidates.SmsChoice.candidate": Moves(
        unless="EXISTS (SELECT FROM candidates_smschoice o WHERE o.candidate_id = %(kept)s)",
        why="one number for SMS a person: the survivor's",
    ),
    "candidates.SmsCode.candidate": Moves(
        unless="EXISTS (SELECT FROM candidates_smscode o WHERE o.candidate_id = %(kept)s)",
        why="one number is confirmed at a time",
    ),
    "candidates.SignalPerson.candidate": Moves(
        unless="EXISTS (SELECT FROM candidates_signalperson o WHERE o.candidate_id = %(kept)s"
        " AND o.signal_id = t.signal_id)",
        why="somebody stands in a signal once",
    ),
    "candidates.Submission.candidate": Moves(),
    "candidates.TalentMember.candidate": Moves(
        unless="t.left_at IS NULL AND EXISTS (SELECT FROM candidates_talentmember o"
        " WHERE o.candidate_id = %(kept)s AND o.pool_id = t.pool_id AND o.left_at IS NULL)",
        why="nobody is in a pool twice",
    ),
    "partners.DeclinedRequest.candidate": Stays("a safe no is kept as it was told (ADR 35); an erasure finds it"),
}  # fmt: skip


@dataclass(frozen=True)
class Relation:
    """A field that points at a person, with or without a key of the database."""

    label: str
    model: type[Model]
    column: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def rule(self) -> Moves | Stays:
        return RELATIONS[self.label]

    @property
    def has_time(self) -> bool:
        """Whether programs ask for it by when it was changed last."""
        return any(field.name == "updated_at" for field in self.model._meta.local_concrete_fields)

    @property
    def of_application(self) -> str:
        """The column that says of which application it is; empty where none does."""
        for field in self.model._meta.local_concrete_fields:
            if field.column == "application_id":
                return "application_id"
        return ""


def walked() -> Iterator[Relation]:
    """Every relation to a person that the models know."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            if (isinstance(field, ForeignKey) and field.related_model is Candidate) or field.name == COLUMN:
                yield Relation(f"{model._meta.label}.{field.name}", model, str(field.column))


@cache
def moving() -> tuple[Relation, ...]:
    """What comes along. The applications first: what else comes may be of them."""
    found = [each for each in walked() if isinstance(each.rule, Moves)]
    return tuple(
        sorted(found, key=lambda each: (each.label != "candidates.Application.candidate", each.label))
    )
