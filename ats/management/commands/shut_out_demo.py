"""`manage.py shut_out_demo`: the demo company's people sign in no more, before a system is used in earnest."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ats.accounts import actions


class Command(BaseCommand):
    help = "End the access of everybody of the demo company (demo.test)."

    def handle(self, *args: Any, **options: Any) -> None:
        shut_out = actions.shut_out_demo(now=timezone.now())
        for user in shut_out:
            self.stdout.write(user.email)
        self.stdout.write(f"{len(shut_out)} shut out. `manage.py createsuperuser` makes an administrator.")
