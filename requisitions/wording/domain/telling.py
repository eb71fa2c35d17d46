"""What a rule says, to who reads it: a shipped one in their language, a house's own as it was written."""

from typing import NamedTuple, Protocol

from ats.kernel.kept import retold


class Says(Protocol):
    """A rule, or a finding of one. What it says is kept in English where it is shipped."""

    @property
    def topic(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def alternative(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def is_shipped(self) -> bool: ...


class Told(NamedTuple):
    """The same in the language of now."""

    topic: str
    reason: str
    alternative: str
    source: str


def told(rule: Says) -> Told:
    """For pages and refusals; what is recorded, and rules are compared by, stays as the rule has it."""
    words = (rule.topic, rule.reason, rule.alternative, rule.source)
    return Told(*map(retold, words)) if rule.is_shipped else Told(*words)
