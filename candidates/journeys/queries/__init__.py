"""What journeys read: the steps of an organisation, and where applications stand."""

from candidates.journeys.queries.standing import standings
from candidates.journeys.queries.steps import current, currents, ordered, planned_steps, version, words_of

__all__ = ["current", "currents", "ordered", "planned_steps", "standings", "version", "words_of"]
