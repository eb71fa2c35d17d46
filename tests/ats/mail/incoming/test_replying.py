"""What somebody says, apart from what they answer to: as mail programs write it, in the languages of our candidates."""

import pytest

from ats.mail import incoming
from ats.mail.incoming import replying
from tests.effort import cpu_seconds

KIM = "Kim Sample, Example Company <hiring+a@example.com>"
QUOTED = "\n\n> Hello Robin,\n>\n> would Thursday suit you?\n"
HEAD = "{0}: Kim Sample <hiring@example.com>\n{1}: 24/11/2026\n{2}: Robin <robin@example.com>\n{3}: Thursday\n\nHello"

INTRODUCED = {
    "English": f"On Tue, 24 Nov 2026 at 10:00, {KIM} wrote:",
    "English, in two lines": "On Tue, 24 Nov 2026 at 10:00, Kim Sample, Example Company\n<hiring@example.com> wrote:",
    "German": f"Am Di., 24. Nov. 2026 um 10:00 Uhr schrieb {KIM}:",
    "German, by Thunderbird": "Am 24.11.26 um 10:00 schrieb Kim Sample, Example Company:",
    "German, the other way round": "Kim Sample <hiring@example.com> schrieb am Di., 24. Nov. 2026, 10:00:",
    "French": f"Le mar. 24 nov. 2026 à 10:00, {KIM} a écrit :",
    "Spanish": f"El mar, 24 nov 2026 a las 10:00, {KIM} escribió:",
    "Portuguese": f"Em ter., 24 de nov. de 2026 às 10:00, {KIM} escreveu:",
    "Italian": f"Il giorno mar 24 nov 2026 alle ore 10:00 {KIM} ha scritto:",
    "Dutch": f"Op di 24 nov 2026 om 10:00 schreef {KIM}:",
    "Japanese": "2026年11月24日(火) 10:00 Kim Sample <hiring@example.com>:",
}
BELOW = {
    **{name: f"{line}{QUOTED}" for name, line in INTRODUCED.items()},
    "unmarked": f"{INTRODUCED['German']}\n\nHello Robin,\nwould Thursday suit you?",
    "Outlook, English": "________________________________\n" + HEAD.format("From", "Sent", "To", "Subject"),
    "Outlook, German": HEAD.format("Von", "Gesendet", "An", "Betreff"),
    "Outlook, French": HEAD.format("De ", "Envoyé ", "À ", "Objet "),
    "Outlook, Spanish": HEAD.format("De", "Enviado el", "Para", "Asunto"),
    "Outlook, in bold": HEAD.format("*From*", "*Sent*", "*To*", "*Subject*"),
    "an original": "-----Original Message-----\nFrom: Kim Sample\nHello",
    "an original, in German": "-----Ursprüngliche Nachricht-----\nVon: Kim Sample\nHello",
    "marks alone": "> Hello Robin,\n> would Thursday suit you?",
}


@pytest.mark.parametrize("name", BELOW)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_they_answer_to_is_folded(name: str, end: str) -> None:
    text = f"Thursday suits me.\n\nAt ten?\n\n{BELOW[name]}\n".replace("\n", end)
    letter = replying.taken_apart(text)
    assert letter.words == "Thursday suits me.\n\nAt ten?"
    assert letter.below.split() == BELOW[name].split()  # nothing is lost


@pytest.mark.parametrize("name", INTRODUCED)
def test_who_answers_below_is_read_as_well(name: str) -> None:
    letter = replying.taken_apart(f"{INTRODUCED[name]}{QUOTED}\nThursday suits me.\n")
    assert letter.words == "Thursday suits me."


SIGNED = {
    "by two dashes": "-- \nRobin Example\n+49 30 901820",
    "by a telephone": "Sent from my iPhone",
    "by a telephone, in German": "Von meinem iPhone gesendet",
    "by a telephone, in French": "Envoyé de mon iPhone",
    "by an app": "Get Outlook for Android",
}


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize("below", ["", f"\n\n{BELOW['German']}"], ids=["alone", "above"])
def test_a_signature_is_folded(name: str, below: str) -> None:
    letter = replying.taken_apart(f"Thursday suits me.\n\n{SIGNED[name]}{below}")
    assert (letter.words, letter.below.startswith(SIGNED[name])) == ("Thursday suits me.", True)


WHOLE = [
    "> Would Thursday suit you?\n\nYes.\n\n> Or Friday?\n\nNo, sorry.",
    "On Monday I wrote to you:\nnothing came.\n\nFrom: my side all is fine.\nThanks",
    "Hello,\n\nFrom: Berlin\nTo: Munich\n\nthat is how I would travel.",
    "Thank you.\nBest regards are due to Kim, who told me of it at 10:30. Could you say when?",
    "Three things:\n1. pay\n2. place\n-----\nand the date.",
    "Danke! Ich komme gern.\nVon mir aus um 10:00.",
    "--",
    "> nothing but what you wrote",
    "😀" * 1000,
]


@pytest.mark.parametrize("text", WHOLE)
def test_words_of_their_own_stay_whole(text: str) -> None:
    assert replying.taken_apart(text) == replying.Letter(text)


def test_a_page_is_read_line_by_line() -> None:
    page = (
        "<html><head><style>p { color: red }</style></head><body><p>Thursday <b>suits</b>\n me &amp; Alex.</p>"
        "<div>At ten?<br>Robin</div><div class=gmail_quote><div>On Tue, 24 Nov 2026 at 10:00, Kim &lt;k@example.com&gt;"
        " wrote:<br></div><blockquote><p>Hello Robin,</p>would Thursday suit you?</blockquote></div></body></html>"
    )
    raw = f"Content-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
    letter = replying.letter(incoming.parsed(raw))
    assert letter.words == "Thursday suits me & Alex.\n\nAt ten?\nRobin"
    assert "> would Thursday suit you?" in letter.below


def test_files_are_told_from_words() -> None:
    raw = """Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

Here it is.
--b
Content-Type: application/pdf; name="cv.pdf"
Content-Transfer-Encoding: base64

JVBERg==
--b
Content-Type: text/plain
Content-Disposition: attachment; filename="notes.txt"

Notes.
--b
Content-Type: image/png
Content-ID: <logo>
Content-Disposition: inline; filename="l.png"

x
--b--
"""
    message = incoming.parsed(raw.encode())
    assert replying.letter(message) == replying.Letter("Here it is.")
    assert [(file.name, file.content) for file in replying.files(message)] == [
        ("cv.pdf", b"%PDF"),
        ("notes.txt", b"Notes."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "😀" * 100_000,
        "On " * 40_000,
        "> a\n" * 50_000,
        "From: a\n" * 20_000,
        " " * 100_000,
        "_" * 100_000,
        ("-" * 30 + "\n") * 4_000,
        "a@b 1 wrote:\n" * 8_000,
        "<" * 100_000,
        "<br>" * 25_000,
        "<blockquote>" * 9_000,
    ],
    ids=range(11),
)
def test_no_letter_takes_long(text: str) -> None:
    assert cpu_seconds(lambda: (replying.taken_apart(text), replying.of_page(text)), enough=1) < 1
