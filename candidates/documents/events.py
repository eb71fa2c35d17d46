"""What happens to files."""

from ats.activity import verbs
from ats.activity.verbs import Verb

verbs.declare(
    [
        Verb(
            name="document.added",
            text="added {filename}",
            candidate_text="{filename} arrived",
            personal=("filename",),
            icon="paperclip",
        ),
        Verb(name="document.read", text="read {filename}", personal=("filename",), icon="file"),
        Verb(
            name="document.recognised",
            text="recognised words on the pictures of {filename}",
            personal=("filename",),
            icon="file",
        ),
        Verb(
            name="document.infected",
            text="kept {filename} back: the virus scanner found {found}",
            personal=("filename",),
            icon="alert",
        ),
        Verb(
            name="document.unreadable",
            text="could not read {filename}: {problem}",
            personal=("filename",),
            icon="alert",
        ),
    ]
)
