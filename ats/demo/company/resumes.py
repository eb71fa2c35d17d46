"""Résumés of people who do not exist, as the files that real people send: PDF and DOCX."""

import io
from dataclasses import dataclass
from random import Random

from docx import Document
from fpdf import FPDF

TRADES: dict[str, dict[str, tuple[str, ...]]] = {
    "data": {
        "titles": ("Data Engineer", "Senior Data Engineer", "Analytics Engineer", "Backend Developer"),
        "skills": ("Python", "PostgreSQL", "Airflow", "dbt", "Kafka", "Django", "Docker", "SQL", "Spark", "Git"),
        "did": (
            "Ran the nightly load of {n} sources; brought failures down from weekly to two a year.",
            "Moved {n} reports from spreadsheets to dbt models with tests.",
            "Built an alert that tells the shift why a number is late, not only that it is.",
            "Taught SQL to {n} colleagues in finance.",
        ),
    },
    "care": {
        "titles": ("Team Lead Customer Service", "Customer Care Agent", "Shift Lead", "Support Specialist"),
        "skills": ("French", "English", "German", "Shift planning", "Zendesk", "Complaint handling", "Coaching"),
        "did": (
            "Led {n} agents on the evening shift; waiting time went from nine minutes to three.",
            "Wrote the refund rules that agents may apply without asking.",
            "Listened to {n} calls a week and gave feedback the same day.",
            "Planned shifts so that nobody works more than two late evenings in a row.",
        ),
    },
    "design": {
        "titles": ("Product Designer", "UX Designer", "Interaction Designer", "Senior Product Designer"),
        "skills": ("Figma", "Prototyping", "Usability testing", "Typography", "HTML and CSS", "Accessibility"),
        "did": (
            "Cut a booking flow from {n} steps to four; completion rose by a fifth.",
            "Tested every second week with {n} people over sixty.",
            "Brought the design system to WCAG 2.2 AA.",
            "Worked beside developers until the last pixel shipped.",
        ),
    },
    "office": {
        "titles": ("Office Manager", "Team Assistant", "Front Desk Lead", "Facility Coordinator"),
        "skills": ("Purchasing", "Excel", "Event planning", "Fire safety", "Contracts", "First aid"),
        "did": (
            "Ran a house with {n} desks and a canteen.",
            "Renegotiated cleaning and energy; saved {n} thousand a year.",
            "Organised the move of {n} people over one weekend.",
        ),
    },
}  # fmt: skip
EMPLOYERS = ("Example Works", "Sample Systems", "Specimen Studios", "Placeholder Foods", "Notional Logistics")
SCHOOLS = ("University of Example", "Sample Institute of Technology", "Specimen College")


@dataclass(frozen=True)
class Life:
    """What stands in a résumé."""

    name: str
    email: str
    phone: str
    city: str
    title: str
    positions: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    school: str
    skills: tuple[str, ...]


def make_life(chance: Random, *, trade: str, name: str, email: str, phone: str, city: str) -> Life:
    material, year, positions = TRADES[trade], 2026, []
    for number in range(chance.randint(2, 3)):
        start = year - chance.randint(2, 4)
        did = tuple(text.format(n=chance.randint(4, 60)) for text in chance.sample(material["did"], k=2))
        period = f"{start} - {'today' if number == 0 else year}"
        positions.append((chance.choice(material["titles"]), chance.choice(EMPLOYERS), period, did))
        year = start
    skills = tuple(chance.sample(material["skills"], k=chance.randint(4, len(material["skills"]))))
    return Life(name, email, phone, city, positions[0][0], tuple(positions), chance.choice(SCHOOLS), skills)


def as_pdf(life: Life) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_title(f"Resume of {life.name}")
    pdf.add_page()
    pdf.set_margin(22)
    _line(pdf, life.name, size=22, style="B", after=1)
    _line(pdf, life.title, size=12, after=1)
    _line(pdf, f"{life.email}   {life.phone}   {life.city}", size=9, after=6)
    _heading(pdf, "Experience")
    for title, employer, period, did in life.positions:
        _line(pdf, f"{title}, {employer}", size=11, style="B", after=0)
        _line(pdf, period, size=9, after=1)
        for sentence in did:
            _line(pdf, f"-  {sentence}", size=10, after=0)
        pdf.ln(3)
    _heading(pdf, "Education")
    _line(pdf, life.school, size=10, after=3)
    _heading(pdf, "Skills")
    _line(pdf, ", ".join(life.skills), size=10, after=0)
    return bytes(pdf.output())


def _heading(pdf: FPDF, text: str) -> None:
    _line(pdf, text.upper(), size=10, style="B", after=0)
    pdf.set_draw_color(170)
    pdf.line(pdf.get_x(), pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())
    pdf.ln(2)


def _line(pdf: FPDF, text: str, *, size: int, after: float, style: str = "") -> None:
    # The fonts that every reader has know Latin-1 only; the demo's people have names that fit.
    pdf.set_font("Helvetica", style=style, size=size)
    pdf.multi_cell(
        0, size * 0.52, text.encode("latin-1", "replace").decode("latin-1"), new_x="LMARGIN", new_y="NEXT"
    )
    pdf.ln(after)


def as_docx(life: Life) -> bytes:
    document = Document()
    document.add_heading(life.name, level=0)
    document.add_paragraph(f"{life.title}\n{life.email}, {life.phone}, {life.city}")
    document.add_heading("Experience", level=1)
    for title, employer, period, did in life.positions:
        document.add_paragraph().add_run(f"{title}, {employer} ({period})").bold = True
        for sentence in did:
            document.add_paragraph(sentence, style="List Bullet")
    document.add_heading("Education", level=1)
    document.add_paragraph(life.school)
    document.add_heading("Skills", level=1)
    document.add_paragraph(", ".join(life.skills))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
