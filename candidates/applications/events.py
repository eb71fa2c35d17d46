"""What happens to applications."""

from django.utils.translation import gettext_noop

from ats.activity.verbs import Verb, declare
from ats.kernel import staff_words

declare(
    [
        Verb(
            name="application.received",
            text=staff_words.gettext_noop("applied"),
            candidate_text=gettext_noop("You applied"),
            icon="inbox",
        ),
        Verb(
            name="application.added",
            text=staff_words.gettext_noop("added this person to the role"),
            candidate_text=gettext_noop("We took up your application"),
            icon="user-plus",
        ),
        Verb(
            name="application.moved",
            text=staff_words.gettext_noop("moved from {from_stage} to {to_stage}"),
            candidate_text=gettext_noop("You reached the next step: {to_candidate}"),
            icon="arrow-right",
        ),
        Verb(
            name="application.came_to_light",
            text=staff_words.gettext_noop("is known outside the role, too: it is confidential no more"),
            icon="eye",
        ),
        Verb(
            name="application.went_hidden",
            text=staff_words.gettext_noop("is known to those of the role alone: it became confidential"),
            icon="lock",
        ),
        Verb(
            name="application.rejected",
            text=staff_words.gettext_noop("decided not to go on: {reason}"),
            icon="circle-x",
        ),
        Verb(
            name="application.not_told",
            text=staff_words.gettext_noop("did not reach the candidate: the message came back"),
            icon="mail-x",
        ),
        Verb(
            name="application.told",
            text=staff_words.gettext_noop("told the candidate the outcome"),
            candidate_text=gettext_noop("We wrote to you about the outcome"),
            icon="mail-check",
        ),
        Verb(
            name="application.letter_held_back",
            text=staff_words.gettext_noop("held the letter back: it said that {why}"),
            icon="pause",
        ),
        Verb(
            name="application.decision_undone",
            text=staff_words.gettext_noop("took back the decision: {was}"),
            candidate_text=gettext_noop("Your application is open again"),
            icon="arrow-back-up",
        ),
        Verb(
            name="application.withdrawn",
            text=staff_words.gettext_noop("withdrew: {reason}"),
            candidate_text=gettext_noop("You withdrew your application"),
            personal=("words",),
            icon="door-exit",
        ),
        Verb(name="application.hired", text=staff_words.gettext_noop("hired"), icon="confetti"),
        Verb(
            name="application.hired_without_offer",
            text=staff_words.gettext_noop("said yes to a hire without an approved offer: {why}"),
            personal=("why",),
            icon="check",
        ),
        Verb(
            name="application.matters_noted",
            text=staff_words.gettext_noop("said what matters to them"),
            personal=("body",),
            icon="note",
        ),
        Verb(name="application.noted", text=staff_words.gettext_noop("wrote a note"), icon="note"),
        Verb(name="application.note_changed", text=staff_words.gettext_noop("changed a note"), icon="edit"),
        Verb(name="application.note_removed", text=staff_words.gettext_noop("removed a note"), icon="trash"),
        Verb(
            name="candidate.tagged", text=staff_words.gettext_noop("changed the tags to {tags}"), icon="tag"
        ),
    ]
)
