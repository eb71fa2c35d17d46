"""Who sees a declined request; pure. The one definition, for lists, pages, due rows and counts alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Case:
    """What of a record its sight hangs on, as numbers of users; nobody's where somebody else asked."""

    recorder: int
    asker: int | None
    kept_from: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Office:
    """Those who see declined requests beside who recorded them; all of them active.

    `above` says for whom everybody works, as far as the house knows (see `queries/line.py`).
    """

    leads: frozenset[int] = frozenset()
    hr: frozenset[int] = frozenset()
    following: tuple[int, ...] = ()
    above: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def is_kept_from(self, person: int, case: Case) -> bool:
        """Whoever asked, whoever works for them, and whom the recorder named."""
        theirs = case.asker is not None and case.asker in self.above.get(person, frozenset())
        return person == case.asker or person in case.kept_from or theirs

    def readers(self, case: Case) -> frozenset[int]:
        """Who recorded it; the leads and HR; and the next in line where one of those may not see it."""
        return frozenset({case.recorder, *self._open(case), *self._next(case)})

    def supporters(self, case: Case) -> frozenset[int]:
        """Whose due row it is when support is asked for: the leads', the next in line's where a lead is kept out."""
        leads = self._open(case) & self.leads - {case.recorder}
        is_short = not leads or any(self.is_kept_from(lead, case) for lead in self.leads)
        return frozenset({*leads, *(self._following(case) if is_short else ())})

    def _open(self, case: Case) -> frozenset[int]:
        return frozenset(one for one in self.leads | self.hr if not self.is_kept_from(one, case))

    def _next(self, case: Case) -> tuple[int, ...]:
        """Where a lead or HR is kept out, or no lead is there but who recorded it."""
        everybody = self.leads | self.hr
        is_short = self._open(case) != everybody or not self._open(case) & self.leads - {case.recorder}
        return self._following(case) if is_short else ()

    def _following(self, case: Case) -> tuple[int, ...]:
        """The first of the line who may see it and did not record it."""
        able = (one for one in self.following if one != case.recorder and not self.is_kept_from(one, case))
        return tuple(able)[:1]

    def ends_nowhere_for(self) -> frozenset[int]:
        """Of those who may see declined requests, whose own request nobody could support: the order is too short."""
        someone = 0  # a recruiter who is none of them
        named = self.leads | self.hr | frozenset(self.following)
        return frozenset(one for one in named if not self.supporters(Case(recorder=someone, asker=one)))
