"""Whom not to take: instructions as they stand in notes, and must-haves that stand for who somebody is."""

from ats.kernel.kept import kept
from requisitions.wording.seeds.person import AGE_LAW, EQUAL_TREATMENT, FAMILY_LAW, HEALTH_LAW
from requisitions.wording.seeds.rule import TOLD, Shipped, listed

BY_WORK = kept("Say what the work needs, and look at everybody for that: “has run a service like ours”.")

INSTRUCTIONS: tuple[Shipped, ...] = (
    Shipped(
        code="age-instructed",
        topic=kept("Age"),
        uses=TOLD,
        phrases=listed("""
            no one over | noone over | nobody over | none over | anyone over 40 | anyone over 45 | anyone over 50
            not over 35 | not over 40 | not over 45 | not over 50 | no one older | nobody older | no older people
            no one under | nobody under | under 30 | under 35 | under 40 | below 40 | between 25 and 35
            someone young | somebody young | only young | younger people only | digital native* | no boomers
            no one close to retirement | nobody close to retirement | fresh from university | straight from university
            niemand über | niemanden über | keinen über | keine über | nicht über 40 | nicht über 50 | niemand unter
            jünger als | höchstens 35 | höchstens 40 | keine älteren | nur junge | lieber jemand jüngeres
        """),
        except_phrases=listed(
            "under 30 minutes | under 35 hours | under 40 hours | under 30 seconds | under 30 days"
        ),
        reason=kept("A recruiter who follows it decides by age, and so does whoever asked for it."),
        alternative=BY_WORK,
        source=AGE_LAW,
    ),
    Shipped(
        code="origin-instructed",
        topic=kept("Origin"),
        uses=TOLD,
        phrases=listed("""
            no foreigner* | no foreign applicant* | no foreign name* | foreign sounding | german sounding
            english sounding | local name* | no immigrant* | no migrant* | no refugee* | only germans | only locals
            locals only | no accent* | western degree* | western education | born in germany | born here
            keine ausländer* | keine migrant* | keine flüchtling* | nur deutsche | deutscher name | deutsch klingend*
            ausländisch klingend* | mit deutschen wurzeln
        """),
        reason=kept("It sorts people by where they or their parents come from, whatever they can do."),
        alternative=kept(
            "Name the language and its level, or the market that somebody has to know, if the work needs it."
        ),
        source=EQUAL_TREATMENT,
    ),
    Shipped(
        code="gender-instructed",
        topic=kept("Gender and orientation"),
        uses=TOLD,
        phrases=listed("""
            no women | no men | no more women | no more men | only women | only men | no female* | no male*
            prefer a man | prefer a woman | rather a man | rather a woman | a man for this | a woman for this
            woman of a certain age | women of childbearing age | keine frauen | keine männer | nur frauen | nur männer
            lieber einen mann | lieber eine frau
        """),
        reason=kept(
            "Only where the work itself cannot be done otherwise may gender decide, which hardly ever holds."
        ),
        alternative=BY_WORK,
        source=EQUAL_TREATMENT,
    ),
    Shipped(
        code="family-instructed",
        topic=kept("Family"),
        uses=TOLD,
        phrases=listed("""
            no mothers | no young mothers | no parents | no one with kids | no one with children | nobody with kids
            nobody with children | without children | without kids | no single parent* | no one pregnant
            nobody pregnant | get pregnant | might become pregnant | maternity risk | no family obligations
            keine mütter | keine eltern | ohne kinder | niemand mit kindern | keine schwanger* | schwanger werden
        """),
        reason=kept("Children and pregnancy may not decide, and guessing at them decides by gender."),
        alternative=kept("State the hours and the travel, and ask everybody whether they can meet them."),
        source=FAMILY_LAW,
    ),
    Shipped(
        code="health-instructed",
        topic=kept("Health and disability"),
        uses=TOLD,
        phrases=listed("""
            no disabled | nobody disabled | no one disabled | no one in a wheelchair | nobody in a wheelchair
            no one with a disability | nobody with a disability | no one who is often sick | no health issues
            keine behinderten | niemand mit behinderung | keine schwerbehinderten | niemand im rollstuhl
        """),
        reason=kept("Adjustments are owed before anybody is ruled out."),
        alternative=kept(
            "Name the task, and ask everybody whether they can do it, with or without adjustments."
        ),
        source=HEALTH_LAW,
    ),
    Shipped(
        code="religion-instructed",
        topic=kept("Religion"),
        uses=TOLD,
        phrases=listed("""
            no muslim* | no jew* | no christian* | no hindu* | no headscar* | no hijab* | no one who prays
            keine muslim* | keine juden | keine christen | kein kopftuch | keine kopftücher
        """),
        reason=kept("Faith and its signs may not decide."),
        alternative=kept("State the hours and the safety rules of the work, for everybody alike."),
        source=EQUAL_TREATMENT,
    ),
    Shipped(
        code="union-instructed",
        topic=kept("Union"),
        uses=TOLD,
        phrases=listed("""
            no union member* | no unionist* | nobody from a union | no one from a union | no works council
            keine gewerkschaft* | keine betriebsräte | niemand aus der gewerkschaft
        """),
        reason=kept("Belonging to a union is protected; an employer may not decide by it."),
        alternative=kept("Nothing instead: leave it out."),
        source="NLRA § 8(a) (US); TULRCA 1992 s. 137 (UK); Art. 9(3) GG (DE)",
    ),
)
