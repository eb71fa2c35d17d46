"""What happens to files."""

from ats.activity import verbs
from ats.activity.verbs import Verb
from ats.kernel.staff_words import gettext_noop

verbs.declare(
    [
        Verb(
            name="document.added",
            text=gettext_noop("added {filename}"),
            candidate_text="{filename} arrived",
            personal=("filename",),
            icon="paperclip",
        ),
        Verb(name="document.read", text=gettext_noop("read {filename}"), personal=("filename",), icon="file"),
        Verb(
            name="document.recognised",
            text=gettext_noop("recognised words on the pictures of {filename}"),
            personal=("filename",),
            icon="file",
        ),
        Verb(
            name="document.infected",
            text=gettext_noop("kept {filename} back: the virus scanner found {found}"),
            personal=("filename",),
            icon="alert",
        ),
        Verb(
            name="document.unreadable",
            text=gettext_noop("could not read {filename}: {problem}"),
            personal=("filename",),
            icon="alert",
        ),
    ]
)
