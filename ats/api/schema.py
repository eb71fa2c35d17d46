"""How the API describes itself: bearer tokens, and the refusals that every endpoint may answer with."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema as BaseAutoSchema
from drf_spectacular.utils import Direction
from rest_framework import serializers

from ats.api.idempotency import WRITES

ALWAYS = {
    "401": "No token, or one that is over.",
    "403": "The token, or who has it, may not do this.",
    "429": "Too many requests; `Retry-After` says when to go on.",
}
WRONG = {"400": "What was sent makes no sense; each mistake names its field."}
MISSING = {"404": "There is no such thing, or none that you may know of."}
ON_WRITING = {
    "409": "Not as things stand, or somebody else was faster.",
    "415": "What was sent is in no form that is read here.",
    "422": "The `Idempotency-Key` was used for another call.",
    "503": "Somebody else was changing the same thing at this very moment; send it again.",
}


class MistakeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True, help_text="The field, where it is about one.")


class RefusalSerializer(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=["validation_error", "client_error", "server_error"])
    errors = MistakeSerializer(many=True)  # type: ignore[assignment]


class AutoSchema(BaseAutoSchema):
    def _get_response_bodies(self, direction: Direction = "response") -> Any:
        """What the view says, and each refusal that it does not say itself."""
        bodies = super()._get_response_bodies(direction=direction)
        if direction == "response":
            for status, words in self._refusals().items():
                if status not in bodies:
                    bodies[status] = self._get_response_for_code(RefusalSerializer, status) | {
                        "description": words
                    }
        return bodies

    def _refusals(self) -> dict[str, str]:
        if self.method in WRITES:
            return {**ALWAYS, **WRONG, **MISSING, **ON_WRITING}
        return {**ALWAYS, **MISSING} if "{" in self.path else {**ALWAYS, **WRONG, **MISSING}


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "ats.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An API token (Profile, API tokens)."}
