"""The demo company: its organisation, and the people who sign in there."""

from datetime import datetime, time

from django.conf import settings

from ats.accounts.models import Role, User
from ats.embedded import DEMO_PASSWORD
from ats.organisation.models import Department, HiringOrganisation, Location, WorkingCalendar

SIGN_INS = (
    ("admin", Role.ADMIN, "Ada Admin", "Administrator"),
    ("recruiter", Role.RECRUITER, "Rosa Recruiter", "Recruiter"),
    ("coordinator", Role.COORDINATOR, "Cora Coordinator", "Recruiting coordinator"),
    ("manager", Role.MANAGER, "Max Manager", "Head of Data"),
    ("interviewer", Role.INTERVIEWER, "Ines Interviewer", "Senior Data Engineer"),
    ("lead", Role.LEAD, "Lea Lead", "Head of Recruiting"),
)
COLLEAGUES = (
    ("carla", Role.MANAGER, "Carla Care", "Head of Customer Care"),
    ("dario", Role.MANAGER, "Dario Design", "Head of Design"),
    ("ruben", Role.RECRUITER, "Ruben Recruiter", "Recruiter"),
    ("dana", Role.STAKEHOLDER, "Dana Director", "Director of Service and Design"),
    ("hanna", Role.STAKEHOLDER, "Hanna HR", "Head of HR"),
    ("bela", Role.STAKEHOLDER, "Bela Business", "Director of Operations"),
    ("cosima", Role.STAKEHOLDER, "Cosima Compensation", "Head of Compensation"),
    ("mila", Role.STAKEHOLDER, "Mila Marketing", "Head of Marketing"),
    ("felix", Role.STAKEHOLDER, "Felix Finance", "Head of Finance"),
    ("tara", Role.INTERVIEWER, "Tara Timetable", "Data Engineer"),
    ("jonas", Role.INTERVIEWER, "Jonas Junction", "Site Reliability Engineer"),
    ("nils", Role.INTERVIEWER, "Nils Newcomer", "Data Engineer"),
    ("nora", Role.INTERVIEWER, "Nora Night", "Timetable Analyst"),
)


class House:
    """Everybody and every place of the demo company, by name."""

    def __init__(self, now: datetime) -> None:
        if settings.PRODUCTION and not settings.DEMO:
            raise RuntimeError("The demo company is not for production.")
        self.calendar = WorkingCalendar.objects.create(
            name="Berlin office",
            time_zone="Europe/Berlin",
            day_starts=time(9),
            day_ends=time(17),
            holiday_country="DE",
            holiday_region="BE",
        )
        self.organisation = HiringOrganisation.objects.create(
            name="Fernweh Rail",
            slug="fernweh-rail",
            calendar=self.calendar,
            colour="#1f5c7a",
            website="https://fernweh.example.com",
            reply_to="hiring@demo.test",
            acts_by_mail=True,
            about_text="We plan and sell train journeys across Europe: one ticket, one timetable, one number to "
            "call when something goes wrong. Two hundred people in Berlin and Lyon.",
            value_proposition="You can see what your work did in the same week: a line that sells out, a family "
            "that made the connection. We are small enough that you know who decided, and old enough to pay on time.",
            privacy_text="We use what you send us to answer your application and for nothing else. You can see, "
            "correct or withdraw it at any time through the link in our mails.",
        )
        self.data, self.care, self.design, self.operations = (
            Department.objects.create(organisation=self.organisation, name=name)
            for name in ("Data", "Customer Care", "Design", "Operations")
        )
        self.berlin = Location.objects.create(
            organisation=self.organisation,
            name="Berlin",
            street="Beispielstraße 12",
            city="Berlin",
            region="Berlin",
            postal_code="10115",
            country="DE",
            time_zone="Europe/Berlin",
        )
        self.lyon = Location.objects.create(
            organisation=self.organisation,
            name="Lyon",
            street="12 rue de l’Exemple",
            city="Lyon",
            region="Auvergne-Rhône-Alpes",
            postal_code="69001",
            country="FR",
            time_zone="Europe/Paris",
        )
        self.people = {
            name: User.objects.create_user(
                f"{name}@demo.test",
                DEMO_PASSWORD,
                role=role,
                name=full_name,
                title=title,
                time_zone="Europe/Berlin",
            )
            for name, role, full_name, title in (*SIGN_INS, *COLLEAGUES)
        }

    def __getitem__(self, name: str) -> User:
        return self.people[name]
