"""How long people are kept, by place and by how it ended: the table as it ships. Changed only with its source in hand.

`AT_LEAST` and `AT_MOST` are what a law or a regulator sets, and no organisation's own number passes them; `USUAL` is
what is common there, for the time in which claims can be made. All of them are as reported: their texts were not read
here, and the page says so.
"""

from dataclasses import dataclass
from enum import StrEnum

from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy


class Outcome(StrEnum):
    """How it ended; `NONE`: they never applied."""

    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"
    NONE = "none"


WORDS = {
    Outcome.REJECTED: gettext_lazy("Rejected"),
    Outcome.WITHDRAWN: gettext_lazy("Withdrew"),
    Outcome.HIRED: gettext_lazy("Hired"),
    Outcome.NONE: gettext_lazy("Never applied"),
}
"""An application ends in one of the first three states (`ApplicationState`)."""


class Binds(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    USUAL = "usual"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """So many months after it ended (of `NONE`: after they were added), at this place (empty: everywhere).

    `source` is the law by its name, and the same in every language; `says` what it says, for colleagues.
    """

    code: str
    place: str
    outcomes: tuple[Outcome, ...]
    binds: Binds
    months: int
    source: str
    says: Words
    link: str = ""
    fewest_employees: int = 0

    @property
    def isolated(self) -> str:
        """The source within a sentence of any language and direction (Unicode's isolates)."""
        return f"\N{FIRST STRONG ISOLATE}{self.source}\N{POP DIRECTIONAL ISOLATE}"


APPLIED = (Outcome.REJECTED, Outcome.WITHDRAWN)
ENDED = (*APPLIED, Outcome.HIRED)

RULES = (
    Rule(
        code="house",
        place="",
        outcomes=APPLIED,
        binds=Binds.USUAL,
        months=6,
        source="GDPR Art. 5 (1) (e)",
        says=gettext_lazy("No longer than needed; six months cover the time for most claims."),
        link="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    ),
    Rule(
        code="house-hired",
        place="",
        outcomes=(Outcome.HIRED,),
        binds=Binds.USUAL,
        months=36,
        source="",
        says=gettext_lazy("The papers of a hire, until claims about it are past."),
    ),
    Rule(
        code="house-none",
        place="",
        outcomes=(Outcome.NONE,),
        binds=Binds.USUAL,
        months=12,
        source="GDPR Art. 5 (1) (e), Art. 14",
        says=gettext_lazy("Whoever never answered is not kept on."),
        link="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    ),
    Rule(
        code="de",
        place="DE",
        outcomes=APPLIED,
        binds=Binds.USUAL,
        months=6,
        source="AGG § 15 (4), ArbGG § 61b",
        says=gettext_lazy("Claims within two months of the no, to court within three more."),
        link="https://www.gesetze-im-internet.de/agg/__15.html",
    ),
    Rule(
        code="at",
        place="AT",
        outcomes=APPLIED,
        binds=Binds.USUAL,
        months=7,
        source="GlBG § 29 (1)",
        says=gettext_lazy("Claims within six months of the no."),
        link="https://www.ris.bka.gv.at/",
    ),
    Rule(
        code="nl",
        place="NL",
        outcomes=APPLIED,
        binds=Binds.USUAL,
        months=1,
        source="Autoriteit Persoonsgegevens",
        says=gettext_lazy("Four weeks after the procedure; a year with consent."),
        link="https://www.autoriteitpersoonsgegevens.nl/",
    ),
    Rule(
        code="fr",
        place="FR",
        outcomes=(*APPLIED, Outcome.NONE),
        binds=Binds.AT_MOST,
        months=24,
        source="CNIL",
        says=gettext_lazy("At most two years after the last contact."),
        link="https://www.cnil.fr/fr/le-recrutement-et-la-gestion-du-personnel",
    ),
    Rule(
        code="gb",
        place="GB",
        outcomes=APPLIED,
        binds=Binds.USUAL,
        months=6,
        source="Equality Act 2010, s. 123; ICO",
        says=gettext_lazy("Claims within three months; a documented period, no longer."),
        link="https://www.legislation.gov.uk/ukpga/2010/15/section/123",
    ),
    Rule(
        code="us",
        place="US",
        outcomes=ENDED,
        binds=Binds.AT_LEAST,
        months=12,
        source="29 CFR § 1602.14",
        says=gettext_lazy("One year from the record or the decision, whichever is later."),
        link="https://www.ecfr.gov/current/title-29/section-1602.14",
        fewest_employees=15,
    ),
    Rule(
        code="us-ca",
        place="US-CA",
        outcomes=ENDED,
        binds=Binds.AT_LEAST,
        months=48,
        source="California Government Code § 12946",
        says=gettext_lazy("Four years."),
        link="https://leginfo.legislature.ca.gov/",
        fewest_employees=5,
    ),
    Rule(
        code="ca-on",
        place="CA-ON",
        outcomes=ENDED,
        binds=Binds.AT_LEAST,
        months=36,
        source="Employment Standards Act, 2000, Part III.1",
        says=gettext_lazy("Posts, application forms and what was told: three years."),
        link="https://www.ontario.ca/laws/statute/00e41",
        fewest_employees=25,
    ),
)
