"""What somebody earned, did or belongs to, and what is nobody's business before an offer."""

from ats.kernel.kept import kept
from requisitions.wording.models import Severity, Use
from requisitions.wording.seeds.rule import ASKED, JUDGED, TOLD, Shipped, listed, states

FAIR_CHANCE = states("CA CO CT HI IL ME MD MA MN NJ NM OR RI VT WA")
"""States in which private employers may not ask about convictions at the start."""

NO_PAY_HISTORY = states("CA CO CT DC DE HI IL MA MD ME MN NJ NV NY OR RI VT WA")
"""States in which private employers may not ask what somebody earned."""

CONVICTION = listed("""
    criminal record* | criminal history | ever been convicted | been convicted of | a conviction | convictions
    felon* | vorstrafe* | vorbestraft | strafregister*
""")
CONVICTION_LAWFUL = listed("after ... conditional offer | after a conditional offer")
ARREST = listed("""
    ever been arrested | been arrested | were you arrested | arrest record* | ever been charged with
    verhaftet | ermittlungsverfahren
""")
EARNED = listed("""
    salary history | pay history | current salary | your current pay | current compensation | present salary
    previous salary | last salary | past salary | how much do you earn | how much do you make
    how much did you earn | how much did you make | how much are you making | what do you earn | what did you earn
    what are you earning | what are you paid | pay stub* | payslip* | pay slip*
    aktuelles gehalt | derzeitiges gehalt | bisheriges gehalt | letztes gehalt | ihr gehalt | dein gehalt
    wie viel verdienen sie | wie viel verdienst du | was verdienen sie | was haben sie verdient
    gehaltsnachweis* | gehaltsabrechnung*
""")
EARNED_LAWFUL = listed("salary expectation* | gehaltsvorstellung* | gehaltswunsch*")
PAY_REASON = kept("What somebody was paid before carries old injustice into the new pay.")
PAY_INSTEAD = kept("Name the range, and ask: “Does this range work for you?”")

WORK: tuple[Shipped, ...] = (
    Shipped(
        code="pay-history",
        topic=kept("Pay so far"),
        severity=Severity.BIASED,
        uses=(*ASKED, Use.ADVERT, *TOLD),
        phrases=EARNED,
        except_phrases=EARNED_LAWFUL,
        reason=PAY_REASON,
        alternative=PAY_INSTEAD,
        source=kept("Good practice; unlawful in the European Union and many US states"),
    ),
    Shipped(
        code="pay-history-eu",
        topic=kept("Pay so far"),
        uses=(*ASKED, Use.ADVERT, *TOLD),
        jurisdictions=["EU"],
        phrases=EARNED,
        except_phrases=EARNED_LAWFUL,
        reason=f"{PAY_REASON} {kept('Employers may not ask about it.')}",
        alternative=PAY_INSTEAD,
        source="Pay transparency directive (EU) 2023/970, Art. 5(2)",
    ),
    Shipped(
        code="pay-history-us",
        topic=kept("Pay so far"),
        uses=(*ASKED, Use.ADVERT, *TOLD),
        jurisdictions=NO_PAY_HISTORY,
        phrases=EARNED,
        except_phrases=EARNED_LAWFUL,
        reason=f"{PAY_REASON} {kept('This state forbids the question.')}",
        alternative=PAY_INSTEAD,
        source="Salary history bans of the states, such as Cal. Labor Code § 432.3 and N.Y. Labor Law § 194-a",
    ),
    Shipped(
        code="arrest",
        topic=kept("Arrests and convictions"),
        uses=(*ASKED, Use.ADVERT),
        phrases=ARREST,
        reason=kept("An arrest proves nothing, and asking about it falls hardest on some groups."),
        alternative=kept("Nothing before an offer; after it, only what the law asks for this very work."),
        source="EEOC guidance of 2012 on arrest and conviction records (US); Art. 10 GDPR",
    ),
    Shipped(
        code="conviction",
        topic=kept("Arrests and convictions"),
        severity=Severity.BIASED,
        uses=(*ASKED, Use.ADVERT),
        phrases=CONVICTION,
        except_phrases=CONVICTION_LAWFUL,
        reason=kept("Asked early, it shuts out people whose past has nothing to do with this work."),
        alternative=kept(
            "After a conditional offer, and only where the work calls for it, for each person anew."
        ),
        source="EEOC guidance of 2012 (US); Art. 10 GDPR; Rehabilitation of Offenders Act 1974 (UK)",
    ),
    Shipped(
        code="conviction-us",
        topic=kept("Arrests and convictions"),
        uses=(*ASKED, Use.ADVERT),
        jurisdictions=FAIR_CHANCE,
        phrases=CONVICTION,
        except_phrases=CONVICTION_LAWFUL,
        reason=kept("The fair chance law of this state forbids the question at this point."),
        alternative=kept(
            "After a conditional offer, with an assessment of the person and notice, as the law sets out."
        ),
        source="Fair chance laws of the states, such as Cal. Gov. Code § 12952",
    ),
    Shipped(
        code="military",
        topic=kept("Military service"),
        uses=ASKED,
        phrases=listed("""
            type of discharge | discharge type | military discharge | honorably discharged | honourably discharged
            dishonorabl* | dishonourabl* | why were you discharged | reserve dut* | national guard dut*
            wehrdienst | warum ... ausgemustert
        """),
        reason=kept("How a service ended, and duties to come, may not decide."),
        alternative=kept("“What did you learn in the service that this work would use?”"),
        source="USERRA; EEOC guidance on pre-employment inquiries (US); AGG (DE)",
    ),
    Shipped(
        code="union",
        topic=kept("Union"),
        uses=(*ASKED, *JUDGED),
        phrases=listed("""
            union member* | member of a union | member of a trade union | trade union* | labor union* | labour union*
            join a union | unionis* | unioniz* | gewerkschaft* | betriebsrat
        """),
        except_phrases=listed("student union* | credit union* | union type*"),
        reason=kept("Belonging to a union is protected; an employer may not ask or decide by it."),
        alternative=kept("Nothing: no work needs it."),
        source="NLRA § 8(a) (US); TULRCA 1992 s. 137 (UK); Art. 9(3) GG (DE); Art. 9 GDPR",
    ),
    Shipped(
        code="canadian-experience",
        topic=kept("Canadian experience"),
        uses=(Use.ADVERT, Use.CRITERION, Use.QUESTION),
        jurisdictions=["CA-ON"],
        phrases=listed("""
            canadian experience | canadian work experience | canadian job experience | canadian market experience
            canadian employment experience | canadian industry experience | canadian professional experience
            canadian work history | experience in canada | experience working in canada | experience gained in canada
            work experience ... in canada | have worked in canada | experience in the canadian market
            expérience canadienne | expérience au canada | expérience de travail au canada
            expérience de travail canadienne | kanadische erfahrung | kanadische berufserfahrung
            erfahrung in kanada | berufserfahrung in kanada
        """),
        except_phrases=listed("""
            no canadian experience | canadian experience is not | without canadian experience
            canadian experience is no requirement
        """),
        reason=kept(
            "Neither a post nor its form may ask for it: it keeps out people who did the same work elsewhere."
        ),
        alternative=kept("Name the work itself: “You have closed the books of a company of this size.”"),
        source="Employment Standards Act, 2000, s. 8.3 (CA-ON); Human Rights Code policy on Canadian experience",
    ),
    Shipped(
        code="home",
        topic=kept("Home and money"),
        severity=Severity.BIASED,
        uses=ASKED,
        phrases=listed("""
            own your home | own your house | own a home | own a house | rent or own | own or rent
            who do you live with | do you live alone | live with your parents | do you own a car | credit score
            your debts | your credit | bankrupt* | wohnen sie allein | eigentum oder miete | ihre schulden
        """),
        except_phrases=listed("your credit team | your credit product*"),
        reason=kept("Home and money stand in for origin and family, and no work depends on them."),
        alternative=kept(
            "“Can you be at the office by nine?” or “This work needs a driving licence. Do you have one?”"
        ),
        source="EEOC guidance on pre-employment inquiries (US)",
    ),
    Shipped(
        code="clubs",
        topic=kept("Clubs and politics"),
        severity=Severity.BIASED,
        uses=ASKED,
        phrases=listed("""
            what clubs | which clubs | club membership* | organisations do you belong | organizations do you belong
            societies do you belong | who did you vote | whom did you vote | political party | your politic*
            in welchen vereinen | vereinsmitglied* | welche partei | parteimitglied* | politische einstellung
        """),
        reason=kept("Clubs and parties give faith, origin and convictions away."),
        alternative=kept("“Which professional groups have helped you in this work?”"),
        source="EEOC guidance on pre-employment inquiries (US); Art. 9 GDPR",
    ),
    Shipped(
        code="photo",
        topic=kept("Photo"),
        severity=Severity.BIASED,
        uses=(*ASKED, Use.ADVERT),
        phrases=listed("""
            attach ... photo* | send ... photo* | include ... photo* | with a photo* | with photo* | recent photo*
            your photo* | photo of yourself | picture of yourself | your picture | lichtbild* | bewerbungsfoto*
            bewerbungsbild* | mit foto
        """),
        except_phrases=listed("leave out your photo | your photography | photo editing | with photoshop"),
        reason=kept("A photo shows age, origin and gender before anything else is read."),
        alternative=kept("Ask for nothing, and say so: “Please leave out your photo.”"),
        source="EEOC guidance on pre-employment inquiries (US); AGG (DE)",
    ),
)
