"""What software does by itself with those who apply, all of it: what a post says of screening rests on this table.

Nothing ranks, scores or turns away anybody. Whoever builds something that does, or that works by itself at all, adds
it here with what it does: `tests/laws/test_automation.py` holds every lane and every kind of due work against it.
"""

from ats.kernel.staff_words import gettext_lazy
from candidates.documents import recognising
from requisitions.models import Requisition
from requisitions.posts.domain.automation import Part, declare


def _recognises(requisition: Requisition) -> bool:
    return recognising.data() is not None


PARTS = (
    Part(
        name="reading",
        says=gettext_lazy(
            "Reads the text of a file, and looks for viruses, scripts and hidden parts: people see what was found, "
            "and nobody is held back for it."
        ),
        tasks=("documents.read", "documents.scan", "documents.look", "old-documents", "applying.forget_file"),
    ),
    Part(
        name="reading-resumes",
        says=gettext_lazy(
            "Reads from a résumé, by rules that one can look up, who somebody is, how they are reached, what they did "
            "and know, and how surely. A colleague takes it over or not, and nobody is held back for it."
        ),
        tasks=("resumes", "resumes.read_draft", "resumes.forget_draft"),
    ),
    Part(
        name="recognising",
        says=gettext_lazy(
            "Recognises letters on scanned pages with a trained program (Tesseract), so that they can be read and "
            "found. It judges nothing."
        ),
        learned=True,
        is_on=_recognises,
        tasks=("documents.recognise",),
    ),
    Part(
        name="finding",
        says=gettext_lazy(
            "Finds people by the words that a colleague types, in the order of their applications or names, and never "
            "by how suitable they are."
        ),
        tasks=("words", "people.words_in_search", "applications.find_anew"),
    ),
    Part(
        name="duplicates",
        says=gettext_lazy(
            "Shows colleagues two records that may be one person's, and why. Whether they are, a person says, and "
            "nobody is held back for it."
        ),
        tasks=("duplicates", "merges"),
    ),
    Part(
        name="asking",
        says=gettext_lazy("Asks the questions of the form. No answer shuts anybody out."),
    ),
    Part(
        name="wording",
        says=gettext_lazy(
            "Checks what colleagues write and ask for unlawful words, and no word of a candidate."
        ),
    ),
    Part(
        name="promises",
        says=gettext_lazy(
            "Keeps dates: reminds who owes an answer, and tells candidates when a date is late. No date ends an "
            "application."
        ),
        tasks=("promise-reminders", "promises", "promise-debts", "promise-news", "feedback-requests"),
    ),
    Part(
        name="letters",
        says=gettext_lazy(
            "Sends the messages of the journey and reminders, the same to everybody in that step."
        ),
        tasks=(
            *("follow-ups", "journeys", "known-openly", "portal.send_link", "interview.remind"),
            "reviews.slate_mail",
        ),
    ),
    Part(
        name="feedback",
        says=gettext_lazy("Sends feedback that a person wrote as soon as its reader knows the decision."),
        tasks=("feedback",),
    ),
    Part(
        name="surveys",
        says=gettext_lazy(
            "Counts the answers to surveys once a week. They change nothing for who gave them."
        ),
        tasks=("surveys",),
    ),
    Part(
        name="bulk",
        says=gettext_lazy(
            "Does with many what a colleague decided to do with them, after looking at whom it touches. It chooses "
            "nobody."
        ),
        tasks=("bulk",),
    ),
    Part(
        name="saved_filters",
        says=gettext_lazy(
            "Tells a colleague whom a filter finds that they follow. It changes nothing for who is found."
        ),
        tasks=("saved-filters",),
    ),
    Part(
        name="rules",
        says=gettext_lazy(
            "Does what colleagues wrote down as rules, in their name, once they have looked at whom it touches. What a "
            "rule that is on does to applicants, the posts that it concerns say."
        ),
        tasks=("rules", "rules-heard", "rules-waited"),
    ),
    Part(
        name="signals",
        says=gettext_lazy(
            "Shows colleagues what several people share, or what a file hides. What it means, a person says, and "
            "nobody is held back for it."
        ),
        tasks=("signals",),
    ),
    Part(
        name="pools",
        says=gettext_lazy(
            "Takes people off the lists of a pool when their consent has run out, and sends the letters that a "
            "colleague began, until somebody answers. It decides on no application."
        ),
        tasks=("pools", "sequences"),
    ),
    Part(
        name="erasing",
        says=gettext_lazy(
            "Erases whoever asked for it, and whoever's time is over by the rules of their place, once somebody has "
            "switched that on. It judges nobody."
        ),
        tasks=("retention-of-people", "erasures"),
    ),
    Part(
        name="data_requests",
        says=gettext_lazy(
            "Puts together the copy of their data that somebody asked for, and reminds colleagues of answers that are "
            "due. It closes no request."
        ),
        tasks=("data-requests", "data_requests.copy"),
    ),
    Part(
        name="interviews",
        says=gettext_lazy(
            "Ends offered times that ran out, and calls off interviews once a person has decided. Reminds "
            "interviewers of their evidence."
        ),
        tasks=("booking.expire", "interview.end", "interview.call_off", "scorecards"),
    ),
    Part(
        name="offers",
        says=gettext_lazy(
            "Notes when an offer arrived, was accepted or ran out, and plans the first day of a hire."
        ),
        tasks=(
            "offers.reached",
            "offers.remind",
            "offers.expire",
            "hires.check",
            "hires.agree",
            "hires.first_day",
        ),
    ),
)

declare(PARTS)
