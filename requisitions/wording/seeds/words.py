"""Words that turn people away, or that stand where evidence should be."""

from ats.kernel.kept import kept
from requisitions.wording.models import Severity, Use
from requisitions.wording.seeds.rule import JUDGED, SAID, Shipped, listed

GENDERED = listed("""
    salesman | salesmen | saleswoman | saleswomen | chairman | craftsman | craftsmen | foreman | foremen
    handyman | repairman | cameraman | waitress | stewardess | barmaid | cleaning lady | manpower | girl friday
    male candidate* | female candidate* | men only | women only | he will | he must | he should | his duties
    she will | she must | she should | her duties
    krankenschwester | putzfrau | sekretärin | zimmermädchen | mädchen für alles
""")
GENDER_REASON = kept("It says that one gender is meant, and the others do not apply.")
GENDER_INSTEAD = kept("Use the work's name: “salesperson”, “chair”, “you will”; in German with (m/w/d).")

WORDS: tuple[Shipped, ...] = (
    Shipped(
        code="gendered-words-eu",
        topic=kept("Gender and orientation"),
        uses=SAID,
        jurisdictions=["EU", "GB", "US"],
        phrases=GENDERED,
        reason=GENDER_REASON,
        alternative=GENDER_INSTEAD,
        source="Directive (EU) 2023/970, Art. 5(3); AGG § 11 (DE); 29 CFR 1604.5 (US); Equality Act 2010 (UK)",
    ),
    Shipped(
        code="gendered-words",
        topic=kept("Gender and orientation"),
        severity=Severity.BIASED,
        uses=(*SAID, Use.MESSAGE, Use.QUESTION),
        phrases=[phrase for phrase in GENDERED if not phrase.startswith(("he ", "she ", "his ", "her "))],
        reason=GENDER_REASON,
        alternative=GENDER_INSTEAD,
        source=kept("Good practice"),
    ),
    Shipped(
        code="coded-words",
        topic=kept("Coded words"),
        severity=Severity.BIASED,
        uses=SAID,
        phrases=listed("""
            rockstar* | rock star* | ninja* | guru* | superhero* | dominant | dominate | work hard play hard
            work hard and play hard | thick skin | hacker mentality | like a family | alphatier*
        """),
        reason=kept("Studies of adverts find that such words keep women and quieter people from applying."),
        alternative=kept("Say what the person will do, and for whom."),
        source="Gaucher, Friesen and Kay 2011 (Journal of Personality and Social Psychology)",
    ),
    Shipped(
        code="years-of-experience",
        topic=kept("Years of experience"),
        severity=Severity.BIASED,
        uses=SAID,
        phrases=listed("""
            years of experience | years of ... experience | years experience | years ... work experience
            jahre erfahrung | jahre berufserfahrung | jahren berufserfahrung | mehrjährige berufserfahrung
            jahre ... berufserfahrung
        """),
        reason=kept(
            "Years hardly foretell how well somebody works (validity about .07), and they shut out people"
            " who came by another way."
        ),
        alternative=kept(
            "Name what they must have done: “You have run a service that many people depended on.”"
        ),
        source="Sackett, Zhang, Berry and Lievens 2022 (Journal of Applied Psychology)",
    ),
    Shipped(
        code="comparison",
        topic=kept("Comparison"),
        severity=Severity.BIASED,
        uses=(Use.FEEDBACK,),
        phrases=listed("""
            other candidate* | another candidate | other applicant* | another applicant | stronger candidate*
            better candidate* | best candidate | successful candidate | stronger applicant* | better than the
            better than other* | better than you | compared with | compared to | in comparison
            whoever we hired | person we hired | one we hired | somebody else was | someone else was
            andere bewerb* | anderen bewerb* | anderer bewerb* | andere kandidat* | anderen kandidat*
            andere person war | besser als | im vergleich | verglichen mit | die eingestellte person
            autre candidat* | autres candidat* | meilleur candidat | meilleure candidate | mieux que
            par rapport aux | comparé* aux | personne retenue
            otro candidat* | otra candidat* | otros candidat* | otras candidat* | mejor candidat* | mejor que
            en comparación | comparad* con | persona seleccionada
            المرشحين الآخرين | مرشح آخر | مرشحة أخرى | مرشحين آخرين | أفضل منك | مقارنة بك | مقارنة مع
        """),
        except_phrases=listed("compared to the requirement* | compared with the requirement*"),
        reason=kept("Evidence stands by itself: who else was seen says nothing of what this person showed."),
        alternative=kept("Write what they showed on the criterion, and what was missing for it."),
        source=kept("Good practice; structured interviewing, Sackett et al. 2022"),
    ),
    Shipped(
        code="no-evidence",
        topic=kept("No evidence"),
        severity=Severity.BIASED,
        uses=JUDGED,
        phrases=listed("""
            culture fit | cultural fit | not a fit | gut feeling | gut feel | bad vibe* | good vibe* | one of us
            not one of us | would not get a beer | overqualified | over qualified | old school | unlikeable
            bauchgefühl | kulturelle passung | kulturfit | passt nicht zu uns | passt nicht ins team | überqualifiziert
            chemie stimmt nicht
            adéquation culturelle | fit culturel | pas le bon profil culturel | surqualifi*
            encaje cultural | ajuste cultural | no encaja con nosotros | sobrecualificad*
            التوافق الثقافي | لا يناسب ثقافتنا | لا تناسب ثقافتنا
        """),
        reason=kept("It is a feeling about likeness, not evidence on a criterion."),
        alternative=kept("Write what they said or did, under the criterion that it shows."),
        source="EEOC, Employment Tests and Selection Procedures (US); structured interviewing, Sackett et al. 2022",
    ),
)
