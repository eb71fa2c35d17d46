# ruff: noqa: RUF001 - dashes and quotes as people type them
"""Plain texts in the charsets that people's programs still write."""

import io

import pytest

from candidates.documents.domain.checks import check
from candidates.documents.reading import read
from candidates.documents.reading.txt import DOUBT
from tests.candidates.documents import files


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("cp1251", "Резюме Иван Петров, разработчик"),
        ("koi8-r", "Резюме Иван Петров, разработчик"),
        ("cp866", "Резюме Иван Петров, разработчик"),
        ("cp932", "山田太郎 履歴書"),
        ("euc-jp", "山田太郎 履歴書"),
        ("iso2022_jp", "山田太郎 履歴書"),
        ("gb18030", "张伟 简历 软件工程师 北京大学"),
        ("big5", "陳大文 履歷表"),
        ("cp949", "김철수 이력서"),
        ("cp1250", "Życiorys: Łukasz Źdźbło, inżynier"),
        ("iso8859_2", "Życiorys: Łukasz Źdźbło, inżynier"),
        ("cp1253", "Βιογραφικό σημείωμα: Γιώργος"),
        ("cp1254", "Özgeçmiş: İbrahim Şahin, mühendis"),
        ("cp1255", "קורות חיים: דוד כהן"),
        ("cp1256", "السيرة الذاتية: محمد أحمد"),
        ("cp874", "ประวัติย่อ สมชาย"),
        ("mac_roman", "Résumé: José Muñoz, développeur à Genève, “Éducation”"),
        ("mac_roman", "Jürgen Müller\nSoftwareentwickler in Köln, Straße 5"),
        ("mac_roman", "• Python\n• Français\n2019 – 2024"),
        ("mac_roman", "l’informatique"),
        ("cp1252", "Jürgen Müller\nSoftwareentwickler in Köln, Straße 5"),
        ("cp1252", "I’m “happy” – see café, 45 000 €, naïve résumé"),
        ("cp1252", "• Python\n• Français\n2019 – 2024"),
        ("cp1252", "São Paulo, Ångström, Año"),
        ("cp850", "Lebenslauf Jürgen Müller, Größe"),
        ("iso8859_15", "Coût: 45 000 €, cœur"),
        ("iso8859_15", "Gehalt: 45 000 €"),
        ("utf-16", "Łukasz"),
    ],
)
def test_a_text_in_its_own_charset_is_read(charset: str, text: str) -> None:
    content = text.encode(charset)
    assert check(files.upload("cv.txt", content)).kind == "txt"
    found = read(io.BytesIO(content), "txt")
    assert (found.problem, found.text, found.unread) == ("", text, ())


def test_letters_that_look_wrong_are_said_to() -> None:
    content = bytes(range(0x80, 0x100)) * 4
    assert read(io.BytesIO(content), "txt").unread == (DOUBT,)


def test_signs_that_nobody_sees_do_not_tear_words() -> None:
    content = "Data\u00adbase zero\u200bwidth \u200fRobin\u200e A\u0301da\u202fExample\u2003x".encode()
    assert read(io.BytesIO(content), "txt").text == "Database zerowidth Robin Áda Example x"
