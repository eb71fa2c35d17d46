"""What happens to the pipeline of a requisition."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="pipeline.laid", text=gettext_noop("laid out the steps: {stages}"), icon="list"),
        Verb(name="stage.added", text=gettext_noop("added the step {stage}"), icon="plus"),
        Verb(name="stage.renamed", text=gettext_noop("renamed the step {before} to {stage}"), icon="edit"),
        Verb(name="stage.changed", text=gettext_noop("changed what the step {stage} promises"), icon="edit"),
        Verb(name="stage.removed", text=gettext_noop("removed the step {stage}"), icon="minus"),
        Verb(
            name="stage.ordered", text=gettext_noop("put the steps in another order: {stages}"), icon="sort"
        ),
    ]
)
