"""A mail of a sequence as its reader gets it: the same for a look beforehand and for the sending."""

from collections.abc import Mapping
from dataclasses import replace

from ats.mail import outbox, roles
from ats.mail.render import Rendered
from ats.mail.roles import Words
from candidates.compose import letters
from candidates.sequences import mails
from candidates.sequences.models import Sequence


def written(subject: str, body: str, sequence: Sequence, reader: str, values: Mapping[str, str]) -> Rendered:
    """With the way out at its end; `reader` is their language."""
    organisation = sequence.organisation
    words = Words(subject=subject, body=body, language=organisation.language)
    if letters.CHOICE not in body:
        way = letters.WAYS_OUT.get(organisation.language, letters.WAYS_OUT["en"])
        words = replace(words, body=f"{body}\n\n{way}: {{{{ {letters.CHOICE} }}}}")
    role = roles.get(mails.ROLES[sequence.needs])
    return outbox.filled(role, words, values, organisation=organisation, reader=reader)
