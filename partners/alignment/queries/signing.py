"""What somebody reads before they sign: the version, what is new in it for them, and what others said."""

from dataclasses import dataclass

from ats.accounts.models import User
from ats.kernel.access import get_for
from partners.alignment.domain.telling import told
from partners.alignment.models import GIVEN, Signature
from partners.alignment.rules import SIGN
from partners.intake.domain.fields import FIELDS
from partners.intake.models import BriefVersion
from partners.intake.queries import settled
from partners.partnerships.models import PartnershipState


@dataclass(frozen=True)
class FieldToRead:
    """One field of the brief, and what it said when this function signed last, where that was something else."""

    code: str
    label: str
    lines: list[str]
    before: list[str] | None
    concerns: bool
    """Whether it is one that this function answers for, and is asked about now."""


@dataclass(frozen=True)
class ToSign:
    signature: Signature
    newest: BriefVersion
    fields: list[FieldToRead]
    others: list[Signature]
    is_running: bool

    @property
    def counts(self) -> bool:
        """Whether this version is the one that counts, of a role that is looked for."""
        return self.newest.pk == self.signature.version_id and self.is_running

    @property
    def new(self) -> list[FieldToRead]:
        return [field for field in self.fields if field.concerns]

    @property
    def rest(self) -> list[FieldToRead]:
        return [field for field in self.fields if not field.concerns and field.lines]

    @property
    def is_given(self) -> bool:
        return self.signature.state in GIVEN


def to_sign(user: User, signature_id: int) -> ToSign:
    """For who is asked; four queries."""
    role = "version__partnership__requisition"
    people = ("recruiter", "hiring_manager", "organisation", "location", "department")
    rows = Signature.objects.select_related("person", "carried_from", *(f"{role}__{name}" for name in people))
    row = get_for(rows, signature_id, user=user, permission=SIGN)
    partnership = row.version.partnership
    others = row.version.signatures.exclude(pk=row.pk).exclude(state="void").select_related("person")
    return ToSign(
        signature=row,
        newest=settled(partnership) or row.version,
        fields=_fields(row, _signed_before(row)),
        others=list(others.order_by("pk")),
        is_running=partnership.state == PartnershipState.ACTIVE,
    )


def _signed_before(row: Signature) -> BriefVersion | None:
    """The version that this function signed last, before this one."""
    earlier = Signature.objects.filter(
        version__partnership=row.version.partnership_id,
        version__number__lt=row.version.number,
        function=row.function,
        state__in=GIVEN,
    )
    found = earlier.select_related("version").order_by("-version__number").first()
    return found.version if found else None


def _fields(row: Signature, before: BriefVersion | None) -> list[FieldToRead]:
    found = []
    for code, field in FIELDS.items():
        is_new = code in row.changed
        was = told(code, before.content if before else {}) if is_new else None
        found.append(FieldToRead(code, str(field.label), told(code, row.version.content), was, is_new))
    return found
