"""What candidates choose to get by SMS, and what is sent to them."""

from candidates.sms.actions.choose import ask_for_code, change_what, confirm, end
from candidates.sms.actions.notify import beside, offer_news

__all__ = ["ask_for_code", "beside", "change_what", "confirm", "end", "offer_news"]
