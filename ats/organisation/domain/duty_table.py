"""The table of duties by place, as it ships. A row is changed only with its source in hand, and with VERSION.

`Sure.READ`: the text of the law was read. `Sure.REPORTED`: known from lawyers and the press, not enforced by us.
"""

from datetime import date
from decimal import Decimal

from ats.kernel.staff_words import gettext_lazy
from ats.organisation.domain.duty import Duty, Kind, Pay, Sure

VERSION = "2026-11-30"

REPORTED = gettext_lazy("In force as reported; its text was not read here.")
_ONTARIO = "https://www.ontario.ca/laws/regulation/240476"
_ESA = "https://www.ontario.ca/laws/statute/00e41"
_ONTARIO_SINCE = date(2026, 1, 1)

ONTARIO = (
    Duty(
        code="ca-on-outcome",
        place="CA-ON",
        kind=Kind.OUTCOME,
        says=gettext_lazy(
            "Everybody who was interviewed for an advertised job is told, within 45 days of their last "
            "interview, whether a decision was made. In person, in writing or by other technology."
        ),
        source="Employment Standards Act, 2000, Part III.1; O. Reg. 476/24",
        link=_ONTARIO,
        sure=Sure.READ,
        since=_ONTARIO_SINCE,
        fewest_employees=25,
        days=45,
        kept_years=3,
    ),
    Duty(
        code="ca-on-pay",
        place="CA-ON",
        kind=Kind.PAY,
        says=gettext_lazy(
            "A post states the pay or its range, no wider than $50,000 a year; not where the pay, or the "
            "upper end of its range, is above $200,000 a year."
        ),
        source="Employment Standards Act, 2000, s. 8.2; O. Reg. 476/24",
        link=_ONTARIO,
        sure=Sure.READ,
        since=_ONTARIO_SINCE,
        fewest_employees=25,
        kept_years=3,
        pay=Pay(currency="CAD", widest=Decimal(50_000), unless_above=Decimal(200_000)),
    ),
    Duty(
        code="ca-on-vacancy",
        place="CA-ON",
        kind=Kind.VACANCY,
        says=gettext_lazy("A post states whether it is for a vacancy that exists or not."),
        source="Employment Standards Act, 2000, Part III.1; O. Reg. 476/24",
        link=_ESA,
        sure=Sure.READ,
        since=_ONTARIO_SINCE,
        fewest_employees=25,
        kept_years=3,
    ),
    Duty(
        code="ca-on-screening",
        place="CA-ON",
        kind=Kind.SCREENING,
        says=gettext_lazy(
            "A post states whether artificial intelligence is used to screen, assess or select applicants."
        ),
        source="Employment Standards Act, 2000, s. 8.4; O. Reg. 476/24",
        link=_ONTARIO,
        sure=Sure.READ,
        since=_ONTARIO_SINCE,
        fewest_employees=25,
        kept_years=3,
    ),
    Duty(
        code="ca-on-canadian-experience",
        place="CA-ON",
        kind=Kind.WORDING,
        says=gettext_lazy("Neither a post nor its form asks for Canadian experience."),
        source="Employment Standards Act, 2000, s. 8.3",
        link=_ESA,
        sure=Sure.READ,
        since=_ONTARIO_SINCE,
        fewest_employees=25,
        kept_years=3,
    ),
)

TO_COME = (
    Duty(
        code="kr-outcome",
        place="KR",
        kind=Kind.OUTCOME,
        says=gettext_lazy("Applicants hear the outcome without delay once it is decided."),
        source="Fair Hiring Procedure Act, Art. 10",
        link="https://elaw.klri.re.kr/",
        sure=Sure.REPORTED,
        state=REPORTED,
        fewest_employees=30,
    ),
    Duty(
        code="kr-acknowledgement",
        place="KR",
        kind=Kind.ACKNOWLEDGEMENT,
        says=gettext_lazy("An application that was filed electronically is acknowledged at once."),
        source="Fair Hiring Procedure Act",
        link="https://elaw.klri.re.kr/",
        sure=Sure.REPORTED,
        state=REPORTED,
        fewest_employees=30,
    ),
    Duty(
        code="us-ny-fill-by",
        place="US-NY",
        kind=Kind.FILL_BY,
        says=gettext_lazy(
            "A post states by when the job is to be filled, and goes within two weeks of being filled."
        ),
        source="New York S8877",
        link="https://www.nysenate.gov/legislation/bills/2025/S8877",
        sure=Sure.REPORTED,
        state=gettext_lazy("Passed on 2 June 2026; whether it was signed is not known."),
    ),
    Duty(
        code="us-nj-outcome",
        place="US-NJ",
        kind=Kind.OUTCOME,
        says=gettext_lazy("Whoever was interviewed is told within the time that the advert states."),
        source="New Jersey S-2136, A-4625",
        link="https://www.njleg.state.nj.us/",
        sure=Sure.REPORTED,
        state=gettext_lazy("In committee."),
    ),
    Duty(
        code="eu-ai-act",
        place="EU",
        kind=Kind.AUTOMATED,
        says=gettext_lazy(
            "People are told where they deal with artificial intelligence; systems that sort or judge "
            "applicants have further duties from 2 December 2027."
        ),
        source="Regulation (EU) 2024/1689, Art. 50",
        link="https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
        sure=Sure.REPORTED,
        since=date(2026, 8, 2),
        state=REPORTED,
    ),
    Duty(
        code="eu-pay-transparency",
        place="EU",
        kind=Kind.PAY,
        says=gettext_lazy("Applicants know the range of pay before the interview."),
        source="Directive (EU) 2023/970, Art. 5",
        link="https://eur-lex.europa.eu/eli/dir/2023/970/oj",
        sure=Sure.REPORTED,
        state=gettext_lazy(
            "In the law of Italy, Slovakia, Lithuania, Malta and partly Poland as reported; Germany, France, "
            "Spain and the Netherlands are late."
        ),
    ),
    Duty(
        code="eu-pay-history",
        place="EU",
        kind=Kind.PAY_HISTORY,
        says=gettext_lazy("Nobody is asked what they earned before."),
        source="Directive (EU) 2023/970, Art. 5(2)",
        link="https://eur-lex.europa.eu/eli/dir/2023/970/oj",
        sure=Sure.REPORTED,
        state=gettext_lazy(
            "To be brought into the law of each country; the wording check refuses it already."
        ),
    ),
    Duty(
        code="us-co-automated",
        place="US-CO",
        kind=Kind.AUTOMATED,
        says=gettext_lazy("Notice, human review and records of automated decisions."),
        source="Colorado SB 26-189",
        link="https://leg.colorado.gov/",
        sure=Sure.REPORTED,
        state=gettext_lazy("From 1 January 2027, as reported."),
    ),
    Duty(
        code="us-ct-automated",
        place="US-CT",
        kind=Kind.AUTOMATED,
        says=gettext_lazy("Notice, human review and records of automated decisions."),
        source="Connecticut SB 5",
        link="https://www.cga.ct.gov/",
        sure=Sure.REPORTED,
        state=gettext_lazy("From 1 October 2026, in parts from 2027, as reported."),
    ),
    Duty(
        code="us-il-automated",
        place="US-IL",
        kind=Kind.AUTOMATED,
        says=gettext_lazy("Notice where artificial intelligence is used in hiring."),
        source="Illinois HB 3773",
        link="https://www.ilga.gov/",
        sure=Sure.REPORTED,
        since=date(2026, 1, 1),
        state=REPORTED,
    ),
    Duty(
        code="us-ca-automated",
        place="US-CA",
        kind=Kind.AUTOMATED,
        says=gettext_lazy("Records of automated decisions are kept for four years."),
        source="California Civil Rights Council regulations on automated decisions",
        link="https://calcivilrights.ca.gov/",
        sure=Sure.REPORTED,
        since=date(2025, 10, 1),
        state=REPORTED,
        kept_years=4,
    ),
    Duty(
        code="us-ny-city-automated",
        place="US-NY",
        kind=Kind.AUTOMATED,
        says=gettext_lazy("In New York City: notice and a bias audit of tools that decide about applicants."),
        source="New York City Local Law 144",
        link="https://www.nyc.gov/site/dca/about/automated-employment-decision-tools.page",
        sure=Sure.REPORTED,
        state=REPORTED,
    ),
    Duty(
        code="gb-automated",
        place="GB",
        kind=Kind.AUTOMATED,
        says=gettext_lazy("Decisions without a person come with information and a way to contest them."),
        source="Data (Use and Access) Act 2025",
        link="https://www.legislation.gov.uk/ukpga/2025/18/contents",
        sure=Sure.REPORTED,
        since=date(2026, 2, 5),
        state=REPORTED,
    ),
    Duty(
        code="gb-data-complaint",
        place="GB",
        kind=Kind.DATA_COMPLAINT,
        says=gettext_lazy("A complaint about data is acknowledged within 30 days, and its outcome told."),
        source="Data (Use and Access) Act 2025",
        link="https://www.legislation.gov.uk/ukpga/2025/18/contents",
        sure=Sure.REPORTED,
        since=date(2026, 6, 19),
        state=REPORTED,
        days=30,
    ),
)

DUTIES: tuple[Duty, ...] = (*ONTARIO, *TO_COME)
