"""What happens to what was read from résumés."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="resume.taken",
            text=gettext_noop("took over {number} details that were read from a résumé"),
            icon="check",
        ),
        Verb(
            name="resume.refused",
            text=gettext_noop("refused {number} details that were read from a résumé"),
            icon="x",
        ),
        Verb(name="resume.brought", text=gettext_noop("brought a {what}"), icon="file"),
        Verb(
            name="resume.fact_removed",
            text=gettext_noop("removed a detail that had been confirmed"),
            icon="trash",
        ),
        Verb(
            name="resume.unreadable",
            text=gettext_noop("could not read details from a résumé: {problem}"),
            icon="alert",
        ),
    ]
)
