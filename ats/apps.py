from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate

from ats import celery  # noqa: F401 - shared tasks belong to our application, whoever loads Django


class AtsConfig(AppConfig):
    name = "ats"

    def ready(self) -> None:
        if settings.DEMO_CLOCK:
            import_module("ats.kernel.clock").begin()
        import_module("ats.checks")
        import_module("ats.web.form_words")
        import_module("ats.registry")
        from ats.kernel.statistics import look_at_new_columns

        post_migrate.connect(look_at_new_columns, sender=self)
