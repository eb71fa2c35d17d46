"""Making people up: who they are, what they did, and how their résumé says it."""

import json
import unicodedata
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import phonenumbers
from faker import Faker

WORDS: dict[str, Any] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
LANGUAGES = ("en", "de", "fr", "es")
HOMES = {
    "en": (("en_US", "US"), ("en_GB", "GB"), ("en_US", "US")),
    "de": (("de_DE", "DE"), ("de_AT", "AT"), ("de_CH", "CH")),
    "fr": (("fr_FR", "FR"), ("fr_FR", "FR")),
    "es": (("es_ES", "ES"), ("es_MX", "MX")),
}
ELSEWHERE = ("tr_TR", "pl_PL", "it_IT", "nl_NL", "pt_BR", "vi_VN", "en_IN", "ro_RO", "sv_SE", "cs_CZ")
"""People live where they were not born: a name of another place in every fourth résumé."""
COUNTRIES = {
    "US": {"en": "USA"},
    "GB": {"en": "United Kingdom"},
    "DE": {"de": "Deutschland"},
    "AT": {"de": "Österreich"},
    "CH": {"de": "Schweiz"},
    "FR": {"fr": "France"},
    "ES": {"es": "España"},
    "MX": {"es": "México"},
}
STATES = ("CA", "NY", "TX", "WA", "IL", "MA", "OR", "CO", "GA", "FL")


@dataclass
class Stay:
    """A position or a time of learning."""

    where: str
    what: str
    place: str
    start: str
    end: str
    area: str = ""
    did: list[str] = field(default_factory=list)


@dataclass
class Life:
    language: str
    name: str
    headline: str
    email: str
    phone: str
    phone_shown: str
    links: list[str]
    city: str
    region: str
    country: str
    about: str
    positions: list[Stay]
    education: list[Stay]
    skills: list[str]
    spoken: list[tuple[str, str, str]]

    def truth(self) -> dict[str, Any]:
        said = asdict(self)
        for unsaid in ("phone_shown", "about", "region"):
            del said[unsaid]
        for stays in (said["positions"], said["education"]):
            for stay in stays:
                del stay["did"]
        said["spoken"] = [code for code, _, _ in self.spoken]
        return said


def plain(name: str) -> str:
    """In the letters of addresses."""
    decomposed = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ł", "l").replace("ı", "i"))
    return "".join(letter for letter in decomposed if letter.isascii()).replace(".", "")


@lru_cache
def _faker(locale: str) -> Faker:
    return Faker(locale)


def make(seed: int) -> Life:
    """The same person for the same seed."""
    chance = Random(seed)
    language = chance.choice(LANGUAGES)
    words = WORDS[language]
    locale, country = chance.choice(HOMES[language])
    fake = _faker(locale)
    fake.seed_instance(seed)
    name = _name(chance, fake, seed)
    skills = _skills(chance, language)
    positions = _positions(chance, fake, words, skills, language, months=chance.random() < 0.75)
    email = _email(chance, name)
    phone, shown = _phone(chance, country)
    return Life(
        language=language,
        name=name,
        headline=positions[0].what,
        email=email,
        phone=phone,
        phone_shown=shown,
        links=_links(chance, name),
        city=fake.city().strip(),
        region=chance.choice(STATES) if country == "US" else "",
        country=COUNTRIES[country][language],
        about=chance.choice(words["about"]).format(n=chance.randint(3, 20), year=chance.randint(2003, 2016)),
        positions=positions,
        education=_education(chance, fake, words, positions),
        skills=skills,
        spoken=_spoken(chance, words, language),
    )


def _name(chance: Random, fake: Faker, seed: int) -> str:
    if chance.random() < 0.25:
        fake = _faker(chance.choice(ELSEWHERE))
        fake.seed_instance(seed)
    return f"{fake.first_name()} {fake.last_name()}".replace("&", "")


def _email(chance: Random, name: str) -> str:
    parts = [part for part in plain(name).lower().replace("'", "").split() if part]
    local = chance.choice(
        [".".join(parts), parts[0][0] + parts[-1], f"{parts[-1]}{chance.randint(1, 99)}", f"{parts[0]}_{parts[-1]}",
         chance.choice(["sunny", "blue.fox", "hello", "mail"]) + str(chance.randint(1, 999))]
    )  # fmt: skip
    return f"{local}@{chance.choice(['example.com', 'example.org', 'mail.example.net', 'example-post.de'])}"


def _phone(chance: Random, country: str) -> tuple[str, str]:
    kind = chance.choice([phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE])
    example = phonenumbers.example_number_for_type(country, kind)
    while True:
        national = str(example.national_number)
        tail = "".join(str(chance.randint(0, 9)) for _ in range(4))
        number = phonenumbers.PhoneNumber(
            country_code=example.country_code, national_number=int(national[:-4] + tail)
        )
        if phonenumbers.is_valid_number(number):
            break
    forms = phonenumbers.PhoneNumberFormat
    form = chance.choice([forms.INTERNATIONAL, forms.INTERNATIONAL, forms.NATIONAL, forms.E164])
    return phonenumbers.format_number(number, forms.E164), phonenumbers.format_number(number, form)


def _links(chance: Random, name: str) -> list[str]:
    handle = "-".join(plain(name).lower().replace("'", "").split())
    all_links = [
        f"linkedin.com/in/{handle}-{chance.randint(10, 99)}",
        f"github.com/{handle.replace('-', '')}",
        chance.choice([f"{handle}.example.org", f"xing.com/profile/{handle.replace('-', '_')}"]),
    ]
    return chance.sample(all_links, k=chance.choice([0, 1, 1, 2]))


def _skills(chance: Random, language: str) -> list[str]:
    kinds = WORDS["skills"]
    trade = chance.choice(["software", "data", "office", "hands"])
    chosen = chance.sample(kinds[trade], k=chance.randint(4, 9))
    chosen += chance.sample(kinds["own"][language], k=chance.randint(1, 4))
    return list(dict.fromkeys(chosen))


def _month(chance: Random, year: int, months: bool) -> str:
    return f"{year}-{chance.randint(1, 12):02d}" if months else str(year)


def _positions(
    chance: Random, fake: Faker, words: dict[str, Any], skills: list[str], language: str, *, months: bool
) -> list[Stay]:
    year, stays = 2026, []
    for number in range(chance.randint(2, 5)):
        end = "present" if number == 0 and chance.random() < 0.7 else _month(chance, year, months)
        year -= chance.randint(1, 5)
        did = [
            _said(chance, text, skills)
            for text in chance.sample(words["did"], k=chance.choice([0, 2, 2, 3, 3, 4]))
        ]
        start = _month(chance, year, months)
        stays.append(
            Stay(
                _employer(chance, fake),
                _title(chance, fake, words, language),
                fake.city().strip(),
                start,
                end,
                did=did,
            )
        )
        year -= chance.choice([0, 0, 1])
    return stays


def _said(chance: Random, text: str, skills: list[str]) -> str:
    for _ in range(text.count("{skill}")):
        text = text.replace("{skill}", chance.choice(skills), 1)
    return text.format(n=chance.randint(3, 60), year=chance.randint(2008, 2025))


def _employer(chance: Random, fake: Faker) -> str:
    if chance.random() < 0.2:
        return f"{fake.last_name()} {chance.choice(['Systems', 'Logistics', 'Digital', 'Software', 'Labs', 'Energy'])}"
    while True:
        name = " ".join(fake.company().split())
        if len(name) < 45:
            return name


def _title(chance: Random, fake: Faker, words: dict[str, Any], language: str) -> str:
    if chance.random() < 0.5:
        return str(chance.choice(words["titles"]))
    while True:
        title = str(fake.job())
        if len(title) < 45 and not set(title) & set(",/&;("):
            return title[0].upper() + title[1:]


def _education(chance: Random, fake: Faker, words: dict[str, Any], positions: list[Stay]) -> list[Stay]:
    months = "-" in positions[-1].start
    year, stays = int(positions[-1].start[:4]), []
    for _ in range(chance.randint(1, 2)):
        end = _month(chance, year, months)
        year -= chance.randint(2, 5)
        school = chance.choice(words["schools"]).format(city=fake.city().strip())
        stays.append(
            Stay(
                school,
                chance.choice(words["degrees"]),
                "",
                _month(chance, year, months),
                end,
                chance.choice(words["areas"]),
            )
        )
    return stays


def _spoken(chance: Random, words: dict[str, Any], language: str) -> list[tuple[str, str, str]]:
    others = [code for code in words["spoken"] if code != language]
    codes = [language, *chance.sample(others, k=chance.randint(1, 2))]
    levels = [words["levels"][0], *chance.sample(words["levels"][1:], k=2)]
    return [(code, words["spoken"][code], level) for code, level in zip(codes, levels, strict=False)]
