"""Material for people and texts that do not exist: names, places, trades, sentences."""

from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from faker import Faker

LOCALES = ("en_GB", "de_DE", "fr_FR", "es_ES", "pl_PL", "it_IT", "nl_NL", "tr_TR")

SKILLS = tuple(
    """python django postgresql celery redis javascript typescript react vue angular java kotlin scala spring
    go rust c++ c# dotnet php laravel symfony ruby rails swift android ios flutter html css sass webpack vite
    docker kubernetes terraform ansible aws azure gcp linux bash git jenkins prometheus grafana kafka rabbitmq
    spark hadoop airflow dbt snowflake bigquery tableau looker powerbi excel sql nosql mongodb cassandra
    elasticsearch numpy pandas pytorch tensorflow sklearn statistics forecasting experimentation nlp
    accounting controlling budgeting ifrs audit payroll procurement logistics warehousing forklift welding
    machining cad solidworks autocad plc robotics electronics pcb firmware embedded mechatronics hydraulics
    nursing triage phlebotomy pharmacology physiotherapy radiology midwifery
    teaching curriculum mentoring safeguarding
    copywriting editing seo branding photography illustration figma sketch typography prototyping usability
    negotiation prospecting crm salesforce hubspot retention onboarding recruiting
    scrum kanban roadmapping stakeholder facilitation compliance gdpr iso27001 pentesting cryptography
    barista cooking patisserie hospitality housekeeping""".split()
)
"""From common to rare: texts use them by a power law, as real résumés do."""

RARE = tuple(
    """lithography chromatography hydrography epigraphy numismatics campanology bookbinding glassblowing
    falconry horology luthiery cooperage viticulture apiculture dendrochronology paleography""".split()
)

TITLES = (
    "Data Engineer", "Software Engineer", "Product Designer", "Accountant", "Nurse", "Teacher", "Sales Manager",
    "Support Specialist", "Electrician", "Project Manager", "Marketing Manager", "Mechanical Engineer",
    "Office Manager", "Research Assistant", "Chef", "Warehouse Lead", "Copywriter", "Systems Administrator",
    "Financial Analyst", "Customer Success Manager", "Quality Engineer", "Legal Counsel", "Site Manager",
    "UX Researcher",
)  # fmt: skip

CITIES = (
    ("Berlin", "DE", "Europe/Berlin"), ("Hamburg", "DE", "Europe/Berlin"), ("Lyon", "FR", "Europe/Paris"),
    ("Paris", "FR", "Europe/Paris"), ("Madrid", "ES", "Europe/Madrid"), ("Leeds", "GB", "Europe/London"),
    ("London", "GB", "Europe/London"), ("Warsaw", "PL", "Europe/Warsaw"), ("Milan", "IT", "Europe/Rome"),
    ("Utrecht", "NL", "Europe/Amsterdam"), ("Izmir", "TR", "Europe/Istanbul"), ("Boston", "US", "America/New_York"),
    ("Denver", "US", "America/Denver"), ("Toronto", "CA", "America/Toronto"), ("Pune", "IN", "Asia/Kolkata"),
    ("Osaka", "JP", "Asia/Tokyo"),
)  # fmt: skip

TRADES = ("Works", "Systems", "Foods", "Health", "Energy", "Studios", "Bank", "Logistics", "Labs", "Retail")
EMPLOYERS = tuple(
    f"{made_up} {trade}" for made_up in ("Example", "Sample", "Specimen", "Notional") for trade in TRADES
)

DID = (
    "Led a team of {n} that rebuilt the {skill} side of the business.",
    "Cut the time for {skill} work by {n} per cent within a year.",
    "Introduced {skill} and trained {n} colleagues in it.",
    "Responsible for {skill} and {other} across {n} sites.",
    "Moved {n} customers from {other} to {skill} without a day of interruption.",
    "Wrote the handbook for {skill} that the company still uses.",
    "Answered for a budget of {n} thousand a year in {skill}.",
    "Worked with {other} every day and kept {skill} running at night.",
)


@dataclass
class Material:
    """Draws from the pools, always the same for the same seed."""

    seed: int
    random: Random = field(init=False)
    first_names: list[str] = field(init=False)
    last_names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        faker = Faker(list(LOCALES))
        faker.seed_instance(self.seed)
        self.first_names = sorted({faker.first_name() for _ in range(3_000)})
        self.last_names = sorted({faker.last_name() for _ in range(8_000)})
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(SKILLS))))

    def skills(self, count: int) -> list[str]:
        return self.random.choices(SKILLS, cum_weights=self._weights, k=count)

    def resume(self, name: str, city: str) -> tuple[str, str]:
        """A headline, and the text of a résumé of some 150 words; one in two thousand has a rare trade."""
        chance = self.random
        title = chance.choice(TITLES)
        lines = [name, title, city, "", "Experience"]
        year = chance.randint(2018, 2026)
        for _ in range(chance.randint(2, 4)):
            start = year - chance.randint(1, 4)
            lines.append(f"{chance.choice(TITLES)}, {chance.choice(EMPLOYERS)}, {start}-{year}")
            for sentence in chance.sample(DID, k=2):
                skill, other = self.skills(2)
                lines.append(sentence.format(n=chance.randint(2, 60), skill=skill, other=other))
            year = start
        lines += ["", "Skills", ", ".join(dict.fromkeys(self.skills(chance.randint(8, 16))))]
        if chance.random() < 1 / 2000:
            lines.append(f"Knows {chance.choice(RARE)}.")
        return title, "\n".join(lines)
