"""How a life is told on paper: dates in many forms, headings, rows of contact."""

from dataclasses import dataclass
from functools import cached_property
from random import Random

from benchmarks.resumes.life import WORDS, Life, Stay

DASHES = (" – ", " - ", "–", " — ")
BETWEEN = {"en": " to ", "de": " bis ", "fr": " à ", "es": " a "}
FORMS = ("short", "whole", "slash", "dot", "iso")


@dataclass
class Told:
    """One life as one paper tells it: the same form of dates and the same words throughout."""

    life: Life
    seed: str

    @cached_property
    def chance(self) -> Random:
        return Random(f"{self.seed}")

    @cached_property
    def words(self) -> dict[str, str]:
        """A choice of the headings and words of this language."""
        said = WORDS[self.life.language]
        return {
            key: self.chance.choice(value) if isinstance(value, list) else value
            for key, value in said.items()
            if key not in ("spoken", "months", "whole", "did")
        }

    @cached_property
    def form(self) -> str:
        fit = {"en": ("short", "whole", "slash"), "de": ("short", "whole", "slash", "dot")}
        return self.chance.choice(fit.get(self.life.language, ("short", "whole", "slash")))

    @cached_property
    def dash(self) -> str:
        return self.chance.choice(DASHES)

    @cached_property
    def says_since(self) -> bool:
        return self.chance.random() < 0.25

    def day(self, value: str) -> str:
        if value == "present":
            return self.words["present"]
        year, _, month = value.partition("-")
        if not month:
            return year
        names = WORDS[self.life.language]
        return {
            "short": f"{names['months'][int(month) - 1]} {year}",
            "whole": f"{names['whole'][int(month) - 1]} {year}",
            "slash": f"{month}/{year}",
            "dot": f"{month}.{year}",
        }[self.form]

    def span(self, stay: Stay) -> str:
        if stay.end == "present" and self.says_since:
            return f"{self.words['since']} {self.day(stay.start)}"
        between = BETWEEN[self.life.language] if self.form == "whole" and self.dash == "–" else self.dash
        return f"{self.day(stay.start)}{between}{self.day(stay.end)}"

    @cached_property
    def place(self) -> str:
        parts = [self.life.city, self.life.region or self.life.country]
        return ", ".join(parts)

    @cached_property
    def contact(self) -> list[tuple[str, str]]:
        links = [("", link) for link in self.life.links]
        return [
            (self.words["address"], self.place),
            (self.words["phone"], self.life.phone_shown),
            (self.words["mail"], self.life.email),
            *links,
        ]

    @cached_property
    def spoken(self) -> list[str]:
        form = self.chance.choice(["{} ({})", "{}: {}", "{} – {}"])
        return [form.format(name, level) for _, name, level in self.life.spoken]

    def learnt(self, stay: Stay) -> str:
        joined = {"en": " in ", "de": " ", "fr": " ", "es": " en "}[self.life.language]
        return f"{stay.what}{joined}{stay.area}"
