"""What happens to the pipeline of a requisition."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="pipeline.laid", text="laid out the steps: {stages}", icon="list"),
        Verb(name="stage.added", text="added the step {stage}", icon="plus"),
        Verb(name="stage.renamed", text="renamed the step {before} to {stage}", icon="edit"),
        Verb(name="stage.changed", text="changed what the step {stage} promises", icon="edit"),
        Verb(name="stage.removed", text="removed the step {stage}", icon="minus"),
        Verb(name="stage.ordered", text="put the steps in another order: {stages}", icon="sort"),
    ]
)
