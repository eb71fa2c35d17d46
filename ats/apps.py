from importlib import import_module

from django.apps import AppConfig


class AtsConfig(AppConfig):
    name = "ats"

    def ready(self) -> None:
        import_module("ats.checks")
        import_module("ats.common.form_words")
        import_module("ats.registry")
