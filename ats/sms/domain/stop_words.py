"""What somebody answers who wants no more SMS, or wants them again: the whole answer, and nothing else in it."""

import re
import unicodedata

STOP = frozenset(
    {
        *(
            "stop",
            "stopall",
            "stop all",
            "unsubscribe",
            "cancel",
            "end",
            "quit",
            "optout",
            "opt out",
            "revoke",
        ),
        *("stopp", "abmelden", "abbestellen", "ende", "aufhoren", "keine sms", "keine sms mehr"),
        *("arret", "arreter", "desabonner", "desinscrire", "desinscription", "fin"),
        *("alto", "parar", "baja", "cancelar", "detener", "basta", "no mas"),
        *("توقف", "قف", "ايقاف", "الغاء", "الغاء الاشتراك", "اوقف"),
    }
)
START = frozenset({"start", "unstop", "yes", "anmelden", "demarrer", "iniciar", "alta", "ابدا", "ابدأ"})
SIGNS = re.compile(r"[^\w\s]|_")


def plain(text: str) -> str:
    """`ARRÊT !` as `arret`: small letters without marks and signs, one space."""
    letters = unicodedata.normalize("NFKD", text[:200].casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(SIGNS.sub(" ", bare).split())


def says_stop(text: str) -> bool:
    return plain(text) in STOPS


def says_start(text: str) -> bool:
    return plain(text) in STARTS


STOPS = frozenset(plain(word) for word in STOP)
STARTS = frozenset(plain(word) for word in START)
