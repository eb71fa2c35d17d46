"""What happens below that concerns SMS: the house's keys change."""

from ats.accounts.actions.seal import seals_anew
from ats.sms.models import SmsAccount

seals_anew(SmsAccount, "address")
