"""What rows keep in English is said again with its facts, and nothing of a person's own is touched."""

import pytest

from ats.kernel.kept import retold
from ats.kernel.languages import in_language


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (
            "2 of 2 seats still open, 20 people in play, 15 of them wait for the recruiter, 7 wait too long.",
            (
                "2 von 2 Plätzen noch offen, 20 Personen im Verfahren, 15 davon warten auf das Recruiting, "
                "7 warten zu lange."
            ),
        ),
        (
            "1 commitment was missed since the last check-in: 1 of the recruiter. An offer was declined.",
            "1 Verpflichtung wurde seit der letzten Abstimmung versäumt: Recruiting: 1. Ein Angebot wurde abgelehnt.",
        ),
        ("Answer the view on 3 candidates", "Auf die Einschätzung zu 3 Personen antworten"),
        (
            "€68,000 to €84,000 a year. €4,000 above the approved range.",
            (
                "68.000\N{NO-BREAK SPACE}€ bis 84.000\N{NO-BREAK SPACE}€ im Jahr. 4.000\N{NO-BREAK SPACE}€ über dem "
                "genehmigten Rahmen."
            ),
        ),
        ("“SQL”, “Speaks French”", "„SQL“, „Speaks French“"),
        ("€24.50 an hour", "24,50\N{NO-BREAK SPACE}€ pro Stunde"),
        ("CHF 90,000", "CHF 90.000"),
        ("Offer to Sam Before, Data engineer", "Angebot an Sam Before, Data engineer"),
        ("We pay €24.50 and are proud of it", "We pay €24.50 and are proud of it"),
    ],
)
def test_a_kept_sentence_is_said_in_german(kept: str, said: str) -> None:
    with in_language("de"):
        assert retold(kept) == said
    with in_language("en"):
        assert retold(kept) == kept
