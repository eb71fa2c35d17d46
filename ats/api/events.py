"""What is recorded about API tokens."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="api_token.created", text="created the API token {name}", icon="key"),
        Verb(name="api_token.revoked", text="revoked the API token {name}", icon="key"),
    ]
)
