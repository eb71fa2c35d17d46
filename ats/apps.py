from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class AtsConfig(AppConfig):
    name = "ats"

    def ready(self) -> None:
        if settings.DEMO_CLOCK:
            import_module("ats.common.clock").begin()
        import_module("ats.checks")
        import_module("ats.common.form_words")
        import_module("ats.registry")
