"""What happens below that concerns rooms: the house's keys change."""

from ats.accounts.actions.seal import seals_anew
from ats.chat.models import ChatRoom

seals_anew(ChatRoom, "address")
