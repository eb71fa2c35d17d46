"""Which facts may stand beside an anonymous answer until it is counted: those that do not single a person out."""

from collections.abc import Collection, Mapping

ENOUGH = 5
"""No group of fewer is shown, and no facts are kept that fewer share."""

SPLITS = ("occasion", "outcome", "stage", "promise", "language", "marketing", "source", "partnership", "role")
"""By what answers are compared; the first are kept rather than the last where not all can be."""

Facts = Mapping[str, str]


def shared(mine: Facts, asked: Collection[Facts], *, enough: int = ENOUGH) -> dict[str, str]:
    """Those of `mine` that together at least `enough` of those who were asked have."""
    kept: dict[str, str] = {}
    alike = list(asked)
    for split in SPLITS:
        same = [each for each in alike if each.get(split, "") == mine.get(split, "")]
        if mine.get(split) and len(same) >= enough:
            kept[split] = mine[split]
            alike = same
    return kept
