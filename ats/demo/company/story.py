"""What happened in the demo company: weeks of recruiting, lived day by day through the real actions.

Time is replayed: every action gets the moment at which it happened, and the tick runs in between, so that
promises are kept, broken and nudged, and mail leaves, exactly as they would have.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F, OuterRef, Subquery
from faker import Faker

from ats.accounts.models import User
from ats.demo.company import (
    afterwards,
    aligning,
    briefs,
    closing,
    coming,
    courses,
    hearing,
    journeys,
    keeping,
    learning,
    looking_back,
    ontario,
    plans,
    refusals,
    respect,
    roles,
    talk,
    their_data,
    times,
    within,
    words_to_them,
)
from ats.demo.company.house import House
from ats.demo.company.meetings import Meetings
from ats.demo.company.resumes import as_docx, as_pdf, make_life
from ats.demo.company.timeline import Role, Timeline, active
from ats.mail.models import OutgoingMail
from candidates.application_pages.queries import no_letters
from candidates.applications import actions as applications
from candidates.models import Application, Candidate, DispositionReason, Document, Offer, OfferState, Review
from candidates.offers.models import LIVE
from candidates.people.actions import change_contact
from candidates.reviews import actions as reviews
from partners.models import CheckIn, CheckInState, Partnership
from partners.partnerships import actions as partnerships
from requisitions.models import JobPost, StageKind

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CITIES = ("Berlin", "Lyon", "Hamburg", "Paris", "Madrid", "Utrecht", "Leipzig", "Milan")
LOCALES = ("en_GB", "de_DE", "fr_FR", "es_ES", "nl_NL", "it_IT")
SETBACKS = ("stronger-match", "missing-must-have")


class Story(Timeline):
    """The demo company from the first advert to last night."""

    def __init__(self, house: House, now: datetime, say: Callable[[str], None]) -> None:
        super().__init__(house, now, say)
        self.faker = Faker(list(LOCALES))
        self.faker.seed_instance(2026)
        self._addresses: set[str] = set()
        self._slow = {"design", "office"}  # roles of which somebody's view will take its time, once
        self.meetings = Meetings(self)

    def tell(self) -> None:
        """Everything that happened until now."""
        closing.lay_chain(self.house, now=self.morning(60))
        closing.approve_words(self.house, now=self.morning(60))
        plans.make_pool(self.house, now=self.morning(60))
        refusals.name_readers(self.house, now=self.morning(60))
        aligning.name_signers(self.house, now=self.morning(60))
        keeping.name_heads(self.house, now=self.morning(60))
        self.at(self.morning(5), partial(learning.ask_to_sit_in, self.house))
        self.at(self.morning(6), partial(journeys.change, self.house))
        within.name_managers(self.house, now=self.morning(60))
        respect.ask_everybody(self.house, now=self.morning(respect.DAYS + 1))
        respect.live(self)
        afterwards.live(self)
        respect.answers(self)
        their_data.tell(self)
        words_to_them.tell(self)
        for plan in roles.plans(self.house):
            self.at(self.morning(plan.opened_days_ago), partial(self._open, plan))
        self.at(self.morning(1), partial(ontario.begin, self.house))
        self.at(self.now - timedelta(hours=1), partial(times.ask_manager, self.house))
        self.run()
        hearing.tell(self)
        self._decide_just_now()
        # People and their files came with the applications, weeks ago, and not when this was loaded.
        every = Application.objects.order_by("applied_at").values("applied_at")
        Document.objects.update(created_at=Subquery(every.filter(pk=OuterRef("application_id"))[:1]))
        Candidate.objects.update(created_at=Subquery(every.filter(candidate=OuterRef("pk"))[:1]))
        OutgoingMail.objects.update(created_at=F("not_before"))

    def _decide_just_now(self) -> None:
        """A decision whose letter can still be taken back, and feedback that waits for it."""
        new = Application.objects.active().filter(stage__kind=StageKind.APPLIED).order_by("-applied_at")
        for application in new.select_related("requisition__recruiter")[4:5]:
            reason = DispositionReason.objects.get(code=SETBACKS[0])
            applications.reject(
                application_id=application.pk,
                reason=reason.code,
                message=no_letters.letter_to(application, now=self.now, reason=reason.candidate_text)[:2],
                by=application.requisition.recruiter,
                now=self.now,
            )
            words_to_them.give(application.pk, now=self.now)

    # --- The roles

    def _open(self, plan: roles.Plan, now: datetime) -> None:
        self.say(plan.facts["title"])
        requisition, post = roles.open_role(self.house, plan, now=now)
        role = Role(plan, requisition, post)
        recruiter = self.house[plan.recruiter]
        if plan.key == "data":
            plans.seat_pool(self.house, requisition, by=recruiter, now=now)
        plans.lay(self.house, requisition, plan.key, by=recruiter, manager=plan.manager, now=now)
        partnership = Partnership.objects.get(requisition=requisition)
        for hours, name in ((2, plan.recruiter), (26, plan.manager)):
            self.at(now + timedelta(hours=hours), partial(self._accept, partnership, name))
        self._brief(partnership, plan, now)
        for day in range(2, plan.opened_days_ago):
            self.at(now + timedelta(days=day, hours=1), partial(self._check_in, partnership, plan))
        span = min(plan.opened_days_ago - 1, 24)
        for number in range(plan.applicants):
            # Most people apply in the first days.
            moment = now + timedelta(days=span * self.chance.random() ** 2, hours=self.chance.uniform(1, 9))
            self.at(moment, partial(self._apply, role, number))
        aligning.tell(self, role, now)
        refusals.tell(self, role)
        courses.tell(self, role)
        keeping.tell(self, role)
        within.tell(self, role)
        coming.tell(self, role)
        looking_back.tell(self, role)
        learning.tell(self, role, now)
        if plan.key == "office":
            self.at(self.morning(16), partial(self._fill, role))
        if plan.key == "design":
            self.at(self.morning(5), partial(self._hire_best, role))

    def _brief(self, partnership: Partnership, plan: roles.Plan, now: datetime) -> None:
        """What the partners say of the role, in the days after it opened."""
        recruiter, manager = self.house[plan.recruiter], self.house[plan.manager]

        def write(hours: int, words: briefs.Words, by: User) -> None:
            moment = now + timedelta(hours=hours)
            self.at(moment, lambda now: briefs.write(partnership, words, by=by, now=now))

        def settle(hours: int) -> None:
            both = (manager, recruiter)
            self.at(now + timedelta(hours=hours), lambda now: briefs.settle(partnership, both, now=now))

        if plan.key == "data":
            self.at(now + timedelta(hours=2), lambda now: briefs.begin(partnership, by=manager, now=now))
            write(3, briefs.DATA, manager)
            self.at(now + timedelta(hours=4), lambda now: briefs.say_how(partnership, by=manager, now=now))
            calibrate = partial(briefs.calibrate, partnership, recruiter, manager)
            self.at(now + timedelta(hours=25), lambda now: calibrate(now=now))
            settle(26)
            write(24 * 9, briefs.DATA_LATER, recruiter)
            settle(24 * 9 + 2)
        elif plan.key == "office":
            write(5, briefs.OFFICE, manager)
            settle(28)
        elif plan.key == "design":
            write(20, briefs.DESIGN, manager)
            both = (manager, recruiter)
            self.at(
                self.morning(3) + timedelta(hours=1), lambda now: briefs.settle(partnership, both, now=now)
            )
            apart = partial(briefs.side_by_side, partnership, recruiter, manager)
            # On a Monday both mornings are last Friday's.
            self.at(self.morning(1) + timedelta(hours=3), lambda now: apart(now=now))

    def _accept(self, partnership: Partnership, name: str, now: datetime) -> None:
        newest = partnership.agreements.order_by("-version")[0]
        partnerships.accept(
            partnership_id=partnership.pk, version=newest.version, by=self.house[name], now=now
        )

    def _check_in(self, partnership: Partnership, plan: roles.Plan, now: datetime) -> None:
        from partners.checkins import actions as check_ins

        ready = CheckIn.objects.filter(
            partnership=partnership, state=CheckInState.READY, scheduled_at__lte=now
        ).first()
        if ready is None or (plan.key == "data" and ready.number == 2):  # one was skipped, as it happens
            return
        if ready.number == 1:
            courses.agree(self, ready, plan, now=now)
        check_ins.hold(
            check_in_id=ready.pk,
            notes="Went through the open candidates one by one. The advert brings people who write SQL but have "
            "not run anything at night; we say so more clearly in the first lines.",
            by=self.house[plan.recruiter],
            now=now,
        )

    def _fill(self, role: Role, now: datetime) -> None:
        self._hire_best(role, now)
        recruiter = self.house[role.plan.recruiter]
        applications.sweep(
            requisition_id=role.requisition.pk,
            reason="position-filled",
            message=(
                "Your application at Fernweh Rail",
                "Dear {{ candidate.first_name }},\n\nthe place has been filled. Thank you for the time that you "
                "gave us; it was not wasted on our side.\n\nWith kind regards",
            ),
            by=recruiter,
            now=now + timedelta(hours=2),
        )

    def _hire_best(self, role: Role, now: datetime) -> None:
        best = (
            Application.objects.active()
            .filter(requisition=role.requisition)
            .exclude(offers__state__in=(*LIVE, OfferState.DECLINED))
            .order_by("-stage__position", "stage_entered_at", "pk")
            .first()
        )
        if best is not None and role.has_seat():
            starts = (now + timedelta(days=60)).date().replace(day=1)
            applications.hire(
                application_id=best.pk,
                by=self.house["lead"],
                now=now,
                starts_on=starts,
                without_offer="They said yes on the telephone to the terms of the role; the contract follows.",
            )

    # --- The candidates

    def _apply(self, role: Role, number: int, now: datetime) -> None:
        if not JobPost.objects.live().filter(pk=role.post.pk).exists():  # every seat is taken meanwhile
            return
        first, last, email = self._somebody()
        phone = f"+49 30 {self.chance.randint(2_000_000, 9_999_999)}"
        life = make_life(
            self.chance, trade=role.plan.trade, name=f"{first} {last}", email=email, phone=phone,
            city=self.chance.choice(CITIES),
        )  # fmt: skip
        if number % 4 == 3:
            resume = SimpleUploadedFile(f"{last}_cv.docx", as_docx(life), content_type=DOCX)
        else:
            resume = SimpleUploadedFile(f"{last} resume.pdf", as_pdf(life), content_type="application/pdf")
        questions = role.post.questions.filter(removed_at__isnull=True)
        answers = {question.pk: self._answer(question.kind, question.options) for question in questions}
        applied = applications.apply(
            submission=applications.Submission(
                post_id=role.post.pk,
                first_name=first,
                last_name=last,
                email=email,
                phone=phone,
                headline=f"{life.title} at {life.positions[0][1]}" if number % 5 else "",
                cover_letter=""
                if number % 3
                else "I have taken your trains for years and would like to help.",
                resume=resume,
                answers=answers,
                consent_pool=number % 2 == 0,
                time_zone="Europe/Berlin",
            ),
            now=now,
        )
        if number % 4:  # most say where they live, once they have found their page
            person = applied.candidate
            change_contact(candidate=person, by=person, now=now + timedelta(minutes=9), city=life.city)
        self._continue(role, applied.application, number, now)

    def _somebody(self) -> tuple[str, str, str]:
        while True:
            first, last = self.faker.first_name().split()[0], self.faker.last_name().split()[-1]
            email = f"{first}.{last}@mail.demo.test".lower().encode("ascii", "ignore").decode()
            if email not in self._addresses:
                self._addresses.add(email)
                return first, last, email

    def _answer(self, kind: str, options: list[str]) -> object:
        if kind == "yes_no":
            return True
        if kind == "choice":
            return self.chance.choice(options)
        if kind == "short":
            return "https://work.example.com"
        return (
            "The load of our partner prices: forty files a night. It once ran on the wrong calendar and sold "
            "tomorrow's trains for yesterday's prices. Since then it refuses to guess a date."
        )

    def _continue(self, role: Role, application: Application, number: int, now: datetime) -> None:
        """Most get an answer in time, some too late, and the last days' not yet."""
        fate = number % 10
        if role.plan.key == "data" and number in {6, 17, 31}:
            return  # nobody looked: the promise will break
        if fate in {1, 4, 7}:
            self.at(self.soon(now, 1, 4), partial(self._reject, role, application))
        elif fate == 9 and number % 20 == 9:
            self.at(self.soon(now, 2, 5), partial(self._withdraw, application))
        else:
            self.at(self.soon(now, 1, 4), partial(self._move, role, application, StageKind.REVIEW))
        if fate in {2, 8}:
            self.at(now + timedelta(days=1.2), partial(talk.ask, self, role, application, number))

    def _move(self, role: Role, application: Application, kind: str, now: datetime, nth: int = 0) -> None:
        if not active(application):
            return
        by = self.house[role.plan.recruiter]
        applications.move(application_id=application.pk, stage_id=role.stage(kind, nth), by=by, now=now)
        if kind == StageKind.REVIEW:
            self.at(self.soon(now, 0.3, 3.5), partial(self._review, role, application))
        elif kind == StageKind.INTERVIEW:
            then = self._after_interviews if nth else self._after_call
            self.at(self.soon(now, 0.1, 0.8), partial(self.meetings.ask, role, application, nth, then))
        elif kind == StageKind.OFFER:
            self.at(self.soon(now, 0.1, 1), partial(self._offer, role, application))

    def _offer(self, role: Role, application: Application, now: datetime) -> None:
        """The first takes the seat; whoever comes after that has found something else meanwhile."""
        if not active(application) or not role.has_seat():
            return
        accepts = not Offer.objects.filter(application__requisition=role.requisition).exists()
        offer = closing.make_offer(self, role, application, now=now)
        if offer.state == OfferState.SENT:
            answer = closing.accept if accepts else closing.decline
            self.at(self.soon(now, 1.5, 2.5), partial(answer, offer.pk))

    def _review(self, role: Role, application: Application, now: datetime) -> None:
        review = Review.objects.open().filter(application=application).first()
        if review is None or (role.plan.key == "data" and (self.now - now) < timedelta(days=3)):
            return  # the manager still has these to look at
        if role.plan.key in self._slow:
            self._slow.discard(role.plan.key)
            self.at(now + timedelta(days=7, hours=2), partial(self._review, role, application))
            return
        verdict = self.chance.choices(("yes", "unsure", "no"), weights=(6, 2, 3))[0]
        musts = role.requisition.criteria.filter(kind="must")
        doubt = {"yes": "yes", "unsure": "unclear", "no": "no"}[verdict]
        judged = {must.pk: {"met": "yes" if index else doubt, "text": ""} for index, must in enumerate(musts)}
        reviews.answer(
            review_id=review.pk,
            verdict=verdict,
            reason={
                "yes": "Has done this before and says plainly what went wrong.",
                "unsure": "Strong on the craft; I could not see whether it ever ran in earnest.",
                "no": "Good work, but none of it the kind that we need from the first day.",
            }[verdict],
            criteria=judged,
            by=self.house[role.plan.manager],
            now=now,
        )
        if verdict == "no" or (verdict == "unsure" and self.chance.random() < 0.5):
            self.at(self.soon(now, 0.2, 2), partial(self._reject, role, application))
        else:
            self.at(self.soon(now, 0.2, 1.5), partial(self._move, role, application, StageKind.INTERVIEW))

    def _after_call(self, role: Role, application: Application, *, good: bool, now: datetime) -> None:
        if good:
            self._move(role, application, StageKind.INTERVIEW, now, nth=1)
        else:
            self._reject(role, application, now)

    def _after_interviews(self, role: Role, application: Application, *, good: bool, now: datetime) -> None:
        """An offer for the first who convinces; who comes after them waits for its answer, or is told no."""
        offered = Offer.objects.filter(application__requisition=role.requisition, state__in=LIVE)
        if good and role.has_seat() and not offered.exists():
            self._move(role, application, StageKind.OFFER, now)
        elif not good or self.chance.random() < 0.7:
            self._reject(role, application, now)

    def _reject(self, role: Role, application: Application, now: datetime) -> None:
        if not active(application):
            return
        reason = DispositionReason.objects.get(code=self.chance.choice(SETBACKS))
        applications.reject(
            application_id=application.pk,
            reason=reason.code,
            message=no_letters.letter_to(application, now=now, reason=reason.candidate_text)[:2],
            by=self.house[role.plan.recruiter],
            now=now,
        )

    def _withdraw(self, application: Application, now: datetime) -> None:
        if active(application):
            applications.withdraw(
                application=application,
                by=application.candidate,
                reason_text="I have accepted another offer.",
                now=now,
            )
