"""What older keys sealed of providers is sealed with today's."""

from ats.accounts.actions.seal import seals_anew
from ats.accounts.domain import sealing
from ats.duework.faults import each_apart
from ats.sms.models import SmsAccount


@seals_anew
def accounts(newest: str) -> int:
    older = SmsAccount.objects.exclude(address__startswith=newest).order_by("pk")
    return len(each_apart(older, _seal))


def _seal(row: SmsAccount) -> None:
    account = SmsAccount.objects.select_for_update().get(pk=row.pk)
    if (url := sealing.opened(account.address)) is not None:
        account.address = sealing.seal(url)
        account.save(update_fields=["address"])
