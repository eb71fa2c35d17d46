"""Who somebody is: what no work depends on."""

from ats.kernel.kept import kept
from requisitions.wording.models import Severity, Use
from requisitions.wording.seeds.rule import ASKED, JUDGED, SAID, Shipped, listed

EQUAL_TREATMENT = (
    "Title VII Civil Rights Act (US); Directives 2000/43/EC, 2000/78/EC and 2006/54/EC;"
    " Equality Act 2010 (UK); AGG (DE)"
)
AGE_LAW = "ADEA, 29 CFR 1625.4 (US); Directive 2000/78/EC; Equality Act 2010 (UK); AGG §§ 1, 11 (DE)"
HEALTH_LAW = (
    "ADA, 42 U.S.C. § 12112(d) (US); Equality Act 2010 s. 60 (UK); Directive 2000/78/EC; AGG § 1 (DE)"
)
FAMILY_LAW = "Pregnancy Discrimination Act, EEOC guidance (US); Directive 2006/54/EC; AGG § 3 (DE)"

YOUNG = listed("""
    young | younger | youthful | recent graduate* | recent college graduate* | fresh graduate* | college student*
    digital native* | under 30 | under 35 | under 40 | no older than | not older than | age limit | maximum age
    jung | junge | junges | junger | jungen | jugendlich* | nicht älter als | maximal ... jahre alt
""")
YOUNG_LAWFUL = listed("""
    young people | young children | young adult* | young person* | young patient* | young famil* | young learner*
    young offender* | young company | young and old | junge menschen | jungen menschen | junge erwachsene
    jungen erwachsenen | junges unternehmen | jungen unternehmen
""")

PERSON: tuple[Shipped, ...] = (
    Shipped(
        code="age",
        topic=kept("Age"),
        uses=ASKED,
        phrases=listed("""
            how old are you | your age | what age are you | date of birth | birth date | your birthday
            when were you born | what year were you born | which year were you born | year of birth
            when will you retire | when do you ... retire | plan to retire | planning to retire | retirement plans
            close to retirement | nearing retirement
            wie alt sind sie | wie alt bist du | ihr alter | dein alter | geburtsdatum | geburtsjahr | jahrgang
            wann sind sie geboren | wann bist du geboren | in rente gehen | wann gehen sie in rente
        """),
        except_phrases=listed("over the age of 18 | at least 18 | 18 or older | old enough to"),
        reason=kept("How old somebody is says nothing about how they work, and deciding by it is unlawful."),
        alternative=kept("Where the law sets an age, ask only: “Are you at least 18?”"),
        source=AGE_LAW,
    ),
    Shipped(
        code="age-graduation",
        topic=kept("Age"),
        severity=Severity.BIASED,
        uses=ASKED,
        phrases=listed("""
            when did you graduate | what year did you graduate | which year did you graduate | graduation year
            year of graduation | when did you ... finish school | when did you leave school
            abschlussjahr | wann haben sie ... abitur | wann haben sie ... studium abgeschlossen
        """),
        reason=kept("The year of a degree gives the age away."),
        alternative=kept("Ask what they learned: “Which training prepared you for this work?”"),
        source="EEOC guidance on pre-employment inquiries (US)",
    ),
    Shipped(
        code="age-wanted",
        topic=kept("Age"),
        uses=SAID,
        jurisdictions=["EU", "GB", "US"],
        phrases=YOUNG,
        except_phrases=YOUNG_LAWFUL,
        reason=kept(
            "Older people read that they are not wanted, and the advert alone can be taken to court."
        ),
        alternative=kept("Say what the work is like: “A curious team that tries things out”."),
        source=AGE_LAW,
    ),
    Shipped(
        code="age-wanted-elsewhere",
        topic=kept("Age"),
        severity=Severity.BIASED,
        uses=SAID,
        phrases=YOUNG,
        except_phrases=YOUNG_LAWFUL,
        reason=kept("Older people read that they are not wanted."),
        alternative=kept("Say what the work is like: “A curious team that tries things out”."),
        source="ILO Convention 111; Recommendation 162",
    ),
    Shipped(
        code="age-judged",
        topic=kept("Age"),
        uses=JUDGED,
        phrases=listed("""
            too old | too young | at her age | at his age | at their age | for her age | for his age | for their age
            close to retirement | retire soon | set in her ways | set in his ways | set in their ways
            older candidate | younger candidate | zu alt | zu jung | in dem alter | in ihrem alter | in seinem alter
        """),
        reason=kept("Age is no evidence on any criterion, and candidates may ask to see what was written."),
        alternative=kept("Write what they said or did, under the criterion that it shows."),
        source=AGE_LAW,
    ),
    Shipped(
        code="family",
        topic=kept("Family"),
        uses=ASKED,
        phrases=listed("""
            do you have ... children | do you have ... kids | have any children | have any kids | your children
            your kids | planning ... children | plan to have ... children | want ... children | planning ... family
            start a family | starting a family | your family plans | family planning | your family situation
            childcare | child care | who looks after | are you pregnant | pregnan* | maternity leave
            paternity leave | parental leave | breastfeed* | single parent | your family
            haben sie kinder | hast du kinder | ihre kinder | deine kinder | kinderwunsch | familienplanung
            schwanger* | elternzeit | mutterschutz | kinderbetreuung
        """),
        except_phrases=listed("""
            we offer ... leave | we offer ... childcare | we pay ... leave | maternity leave cover
            parental leave cover | your family doctor | you and your family | run in your family | runs in your family
        """),
        reason=kept("Children, pregnancy and care are private, and deciding by them is unlawful."),
        alternative=kept("Ask for what the work needs: “Can you meet the schedule, travel included?”"),
        source=FAMILY_LAW,
    ),
    Shipped(
        code="family-judged",
        topic=kept("Family"),
        uses=JUDGED,
        phrases=listed("""
            her children | his children | her kids | his kids | young children | pregnan* | maternity | childcare
            family commitment* | family obligation* | her husband | his wife | single mother | single mom
            single father | might have a baby | schwanger* | kinderwunsch | elternzeit
        """),
        reason=kept("A candidate's family is no evidence on any criterion."),
        alternative=kept("Write what they said or did that shows how they work."),
        source=FAMILY_LAW,
    ),
    Shipped(
        code="marital",
        topic=kept("Marital state"),
        uses=ASKED,
        phrases=listed("""
            are you married | are you single | are you divorced | marital status | maiden name | your husband
            your wife | your spouse | your boyfriend | your girlfriend | your partner | mrs or miss | miss or mrs
            familienstand | sind sie verheiratet | bist du verheiratet | ihr mann | ihr ehemann | ihre ehefrau
            mädchenname | geburtsname
        """),
        except_phrases=listed("your partner manager* | your partner team* | your partner organi*"),
        reason=kept("Whom somebody lives with is private, and deciding by it is unlawful in most places."),
        alternative=kept("Ask for what the work needs: “Could you move here by the start?”"),
        source=EQUAL_TREATMENT,
    ),
    Shipped(
        code="origin",
        topic=kept("Origin"),
        uses=ASKED,
        phrases=listed("""
            where are you from | where are you originally from | where are you really from
            where are your parents from | where were you born | birthplace | place of birth | country of origin
            national origin | your nationality | your ethnic* | ethnic background | your race | your skin colo*
            your accent | that accent | what kind of name | where does your name | where does that name
            your native language | your mother tongue | your first language
            woher kommen sie ursprünglich | woher kommst du ursprünglich | geburtsort | migrationshintergrund
            ihre herkunft | deine herkunft | ihre muttersprache | deine muttersprache | wo sind sie geboren
            hautfarbe
        """),
        reason=kept(
            "Origin, race and accent have nothing to do with the work, and deciding by them is unlawful."
        ),
        alternative=kept("Where a language matters, ask: “Which languages do you speak, and how well?”"),
        source=EQUAL_TREATMENT,
    ),
    Shipped(
        code="native-speaker",
        topic=kept("Origin"),
        severity=Severity.BIASED,
        uses=(*SAID, Use.QUESTION, *JUDGED),
        phrases=listed("""
            native speaker* | native english | native german | native french | native spanish | mother tongue
            accent free | without ... accent | no accent | muttersprachler* | muttersprache | akzentfrei
            deutsch als muttersprache
        """),
        reason=kept("It shuts out people who speak the language just as well and learned it later."),
        alternative=kept("Name the level that the work needs: “Fluent English (C1)”."),
        source="EEOC guidance on national origin (US); Directive 2000/43/EC; AGG § 3 (DE)",
    ),
    Shipped(
        code="origin-judged",
        topic=kept("Origin"),
        uses=JUDGED,
        phrases=listed("""
            accent | foreign | foreigner* | ethnic* | her culture | his culture | their culture | skin colo*
            where she is from | where he is from | where they are from | akzent | ausländer* | migrationshintergrund
        """),
        except_phrases=listed("""
            accent colo* | foreign key* | foreign language* | foreign exchange | foreign market* | foreign trade
            foreign office* | foreign policy
        """),
        reason=kept("Origin is no evidence on any criterion, and deciding by it is unlawful."),
        alternative=kept(
            "If understanding mattered for the work, write what was not understood and why it matters."
        ),
        source=EQUAL_TREATMENT,
    ),
    Shipped(
        code="citizenship",
        topic=kept("Citizenship"),
        uses=(*ASKED, *SAID),
        phrases=listed("""
            are you a citizen | are you ... citizen of | are you a us citizen | your citizenship
            which country are you a citizen | citizens only | us citizen* | must be a ... citizen | green card*
            immigration status | your visa | what visa | staatsangehörigkeit | staatsbürgerschaft
            deutsche staatsbürger | nur deutsche
        """),
        except_phrases=listed("""
            authorised to work | authorized to work | right to work | need ... sponsorship | require ... sponsorship
        """),
        reason=kept(
            "Only the right to work may be asked, of everybody alike; papers are checked after the offer."
        ),
        alternative=kept("“Are you authorised to work in this country, now or with our sponsorship?”"),
        source="8 U.S.C. § 1324b (US); Art. 45 TFEU; Equality Act 2010 (UK)",
    ),
    Shipped(
        code="religion",
        topic=kept("Religion"),
        uses=(*ASKED, *JUDGED),
        phrases=listed("""
            your religion | what religion | which religion | religious | your faith | church | mosque | synagogue
            do you pray | which holidays do you | religious holiday* | sabbath | ramadan | headscarf | hijab
            work on sundays | work on saturdays | work on christmas | konfession | ihre religion | deine religion
            welcher religion | kirche | moschee | kopftuch | sonntags arbeiten
        """),
        except_phrases=listed("""
            can you meet the schedule | can you work the schedule | able to work the schedule
            can you ... work on sundays and saturdays as planned
        """),
        reason=kept("Faith is private. Asking about holidays or Sundays asks about it by the back door."),
        alternative=kept("State the hours and ask everybody: “Can you meet the schedule?”"),
        source=EQUAL_TREATMENT,
    ),
    Shipped(
        code="health",
        topic=kept("Health and disability"),
        uses=ASKED,
        phrases=listed("""
            are you disabled | do you have ... disab* | any disab* | your disab* | your health | health problem*
            health condition* | medical condition* | medical history | what medication* | any medication*
            take ... medication* | sick day* | sick leave | how often ... sick | days ... off sick | been hospitali*
            mental illness | your mental health | seen a psych* | are you depressed | workers compensation
            worker's compensation | been injured | back problem* | chronic illness* | chronic disease*
            do you smoke | do you drink alcohol | aids or hiv
            wie oft ... krank | krankentage | krankheit* | schwerbehinder* | behinderung* | sind sie gesund
            gesundheitszustand | medikament* | vorerkrankung*
        """),
        except_phrases=listed("""
            with or without ... accommodation* | reasonable accommodation* | reasonable adjustment*
            we offer ... sick leave | paid sick leave
        """),
        reason=kept("Health and disability may not be asked about before an offer."),
        alternative=kept("“Can you do the essential parts of this work, with or without adjustments?”"),
        source=HEALTH_LAW,
    ),
    Shipped(
        code="health-wanted",
        topic=kept("Health and disability"),
        severity=Severity.BIASED,
        uses=SAID,
        phrases=listed("""
            able bodied | physically fit | perfect health | good health | excellent health | must be healthy
            no disabilities | körperlich fit | gute gesundheit | voll belastbar | gesund und belastbar
        """),
        reason=kept("It turns away people who could do the work with adjustments."),
        alternative=kept("Name the task: “You lift boxes of up to 15 kg; there are lifting aids.”"),
        source=HEALTH_LAW,
    ),
    Shipped(
        code="health-judged",
        topic=kept("Health and disability"),
        uses=JUDGED,
        phrases=listed("""
            disabled | disability | illness | sickness | wheelchair | mental health | depress* | stutter*
            health issue* | health problem* | autis* | krankheit* | behinder* | krank
        """),
        except_phrases=listed("""
            disabled user* | disabled people | users with ... disability | customers with ... disability
            disabled button* | disabled by default
        """),
        reason=kept("Health and disability are no evidence on any criterion."),
        alternative=kept("Write what they said or did. Needs at work are talked about after the offer."),
        source=HEALTH_LAW,
    ),
    Shipped(
        code="gender",
        topic=kept("Gender and orientation"),
        uses=ASKED,
        phrases=listed("""
            your gender | your sex | your sexual* | sexual orientation | gender identity | are you gay
            are you lesbian | are you trans* | are you straight | as a woman | as a man | as a mother
            ihr geschlecht | dein geschlecht | sexuelle orientierung | als frau | als mutter
        """),
        reason=kept("Gender and orientation are private, and deciding by them is unlawful."),
        alternative=kept("Ask everybody the same question about the work."),
        source=EQUAL_TREATMENT,
    ),
    Shipped(
        code="gender-judged",
        topic=kept("Gender and orientation"),
        severity=Severity.BIASED,
        uses=JUDGED,
        phrases=listed("""
            for a woman | for a man | for a girl | as a woman | as a mother | bossy | shrill | abrasive
            too emotional | attractive | good looking | pretty girl | feminine | masculine | für eine frau
            als mutter | zickig | attraktiv
        """),
        except_phrases=listed("attractive offer* | attractive market* | attractive solution*"),
        reason=kept("Such words are used of some genders and not of others, and say nothing about the work."),
        alternative=kept("Write what they said or did, in words you would use of anybody."),
        source=EQUAL_TREATMENT,
    ),
    Shipped(
        code="genetic",
        topic=kept("Genetic facts"),
        uses=ASKED,
        phrases=listed("""
            genetic test* | genetic information | your genetic* | family medical history | medical history of your
            runs in your family | run in your family | hereditary | gentest* | erbkrankheit*
        """),
        except_phrases=listed("genetic algorithm*"),
        reason=kept("Genes and the health of relatives may not be asked about at all."),
        alternative=kept("Nothing: no work needs it."),
        source="GINA 2008 (US); GenDG § 19 (DE); Equality Act 2010 s. 60 (UK)",
    ),
    Shipped(
        code="body",
        topic=kept("Height and weight"),
        severity=Severity.BIASED,
        uses=(*ASKED, *SAID),
        phrases=listed("""
            how tall are you | how much do you weigh | your height | your weight | height and weight
            minimum height | körpergröße | wie groß sind sie | wie groß bist du | wie viel wiegen sie
            gepflegtes äußeres | attractive appearance
        """),
        reason=kept(
            "Height and weight shut out women and some origins, and hardly any work depends on them."
        ),
        alternative=kept("Name the task: “You work at shelves up to 2 m high; there are steps.”"),
        source="EEOC guidance on pre-employment inquiries (US); US-MI Elliott-Larsen Act; NYC Admin. Code § 8-107",
    ),
)
