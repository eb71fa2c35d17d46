from importlib import import_module

from django.apps import AppConfig


class RequisitionsConfig(AppConfig):
    name = "requisitions"

    def ready(self) -> None:
        import_module("requisitions.registry")
