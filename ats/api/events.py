"""What is recorded about API tokens."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="api_token.created", text=gettext_noop("created the API token {name}"), icon="key"),
        Verb(name="api_token.revoked", text=gettext_noop("revoked the API token {name}"), icon="key"),
    ]
)
