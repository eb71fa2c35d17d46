"""What happens to the interview plan of a requisition, and to pools of interviewers."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="plan.laid", text=gettext_noop("laid out the interview plan {template}"), icon="list"),
        Verb(name="plan.changed", text="{what}", icon="edit"),
        Verb(
            name="plan.asked_knowingly",
            text=gettext_noop("kept {words} in the kit of {interview} knowingly: {why}"),
            icon="alert",
        ),
        Verb(
            name="plan.template_saved",
            text=gettext_noop("kept the interview plan as the template {template}"),
            icon="copy",
        ),
        Verb(
            name="plan.template_removed",
            text=gettext_noop("removed the interview plan template {template}"),
            icon="trash",
        ),
        Verb(name="pool.changed", text="{what}", icon="people"),
    ]
)
