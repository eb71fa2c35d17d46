"""One message that came in, told apart: a server's report, a complaint, a program's or a calendar's answer, a letter.

Pure: nothing here knows the database, and nothing is believed here. A report counts only about a message whose
Message-ID it holds, which nobody knows but its reader and the servers on the way.

Ours, for the libraries that there are see too little: of 303 reports `flufl.bounce` 6.0 finds a failure in 244, and
says neither which message of ours it was nor what is a complaint or an automatic answer
(`docs/adr/0040-one-reader-of-mail.md`).
"""

from ats.mail.incoming.kinds import Failure, Incoming, Kind, read
from ats.mail.incoming.parsing import LARGEST, Unreadable, parsed

__all__ = ["LARGEST", "Failure", "Incoming", "Kind", "Unreadable", "parsed", "read"]
