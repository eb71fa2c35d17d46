"""JSON Resume and Europass: in, out, and what is none of them."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from jsonschema import Draft7Validator

from ats.kernel.errors import Invalid
from candidates.models import Candidate, KnownFact, ResumeReading
from candidates.resumes import actions, queries
from candidates.resumes.actions.bring_in import LARGEST, text_of
from candidates.resumes.actions.read import facts_of
from candidates.resumes.domain import europass, json_resume
from candidates.resumes.domain.facts import Confidence
from tests.candidates.helpers import run_lane
from tests.candidates.resumes import papers
from tests.factories import NOW, make_candidate

OLD_EUROPASS = """<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo><Identification>
<PersonName><FirstName>Robin</FirstName><Surname>Example</Surname></PersonName><ContactInfo>
<Address><Contact><Municipality>Berlin</Municipality><Country><Code>DE</Code></Country></Contact></Address>
<Email><Contact>robin@post.example</Contact></Email>
<TelephoneList><Telephone><Contact>+49 30 901820</Contact></Telephone></TelephoneList>
<WebsiteList><Website><Contact>robin.example</Contact></Website></WebsiteList></ContactInfo></Identification>
<WorkExperienceList><WorkExperience><Period><From year="2002" month="--08"/><Current>true</Current></Period>
<Position><Label>Welder</Label></Position><Employer><Name>Specimen GmbH</Name></Employer></WorkExperience>
</WorkExperienceList><EducationList><Education><Period><From year="1999"/><To year="2002" month="--07" day="---31"/>
</Period><Title>Apprenticeship</Title><Organisation><Name>Example School</Name></Organisation></Education>
</EducationList><Skills><Linguistic><MotherTongueList><MotherTongue><Description><Code>de</Code></Description>
</MotherTongue></MotherTongueList><ForeignLanguageList><ForeignLanguage><Description><Code>en</Code></Description>
<ProficiencyLevel><Listening>C1</Listening><Writing>B1</Writing></ProficiencyLevel></ForeignLanguage>
</ForeignLanguageList></Linguistic></Skills></LearnerInfo></SkillsPassport>"""


def test_json_resume_comes_out_as_it_came_in() -> None:
    read = json_resume.facts(json_resume.loaded(papers.as_json()))
    assert read.name.value == "Robin Example"
    assert [each.value for each in read.skills] == ["Python", "Kubernetes"]
    assert [(each.value, each.more) for each in read.languages] == [("de", "native")]
    assert {fact.confidence for _, fact in read.each()} == {Confidence.SURE}
    written = json_resume.written(read)
    assert json_resume.checked(written) == written
    assert json_resume.facts(written) == read


PUBLIC = Path(settings.ROOT) / "node_modules" / "@jsonresume" / "schema"


def test_what_goes_out_is_valid_by_the_public_schema() -> None:
    schema = Draft7Validator(json.loads((PUBLIC / "schema.json").read_text()))
    written = json_resume.written(json_resume.facts(json_resume.loaded(papers.as_json())))
    assert list(schema.iter_errors(written)) == []
    assert list(schema.iter_errors(json.loads(papers.as_json()))) == []


def test_the_public_examples_are_taken_whole() -> None:
    examples = [PUBLIC / "sample.resume.json", *sorted((PUBLIC / "examples").glob("*.json"))]
    assert len(examples) > 2
    for example in examples:
        said = json.loads(example.read_text())
        read = json_resume.facts(json_resume.loaded(example.read_text()))
        assert read.name.value == said["basics"]["name"]
        assert len(read.positions) == len(said.get("work", []))
        assert len(read.education) == len(said.get("education", []))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", json_resume.NO_JSON),
        ("{", json_resume.NO_JSON),
        ("[" * 100_000, json_resume.NO_JSON),
        ("[]", "the whole: [] is not of type 'object'"),
        ("{}", json_resume.NO_RESUME),
        ('{"basics": {"name": null}}', json_resume.NO_RESUME),
        ('{"basics": {"name": 7}}', "basics/name: 7 is not of type 'string'"),
        ('{"work": [{"name": "x", "startDate": "1.5.2019"}]}', "work/0/startDate: '1.5.2019' does not match"),
    ],
)
def test_what_is_no_json_resume_says_why(text: str, said: str) -> None:
    with pytest.raises(json_resume.Faulty) as refused:
        json_resume.loaded(text)
    assert str(refused.value).startswith(said)


def test_europass_of_today() -> None:
    read = europass.facts(papers.EUROPASS)
    assert (read.name.value, read.place.value, read.place.more) == ("Robin Example", "Berlin", "DE")
    assert [each.value for each in read.phones] == ["+49 30901820"]
    assert [(each.value, each.more) for each in read.languages] == [("de", ""), ("en", "B2")]
    assert read.positions[0].text == "Pipelines"


def test_europass_of_before() -> None:
    read = europass.facts(OLD_EUROPASS)
    assert [each.value for each in read.links] == ["https://robin.example"]
    assert [(each.what, each.start, each.end, each.current) for each in read.positions] == [
        ("Welder", "2002-08", "", True)
    ]
    assert [(each.where, each.start, each.end) for each in read.education] == [
        ("Example School", "1999", "2002-07-31")
    ]
    assert [(each.value, each.more) for each in read.languages] == [("de", ""), ("en", "B1")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", europass.NO_XML),
        ("<Candidate>", europass.NO_XML),
        ("<html/>", europass.NO_EUROPASS),
        ('<Candidate xmlns="http://www.europass.eu/1.0"/>', europass.NO_EUROPASS),
        (papers.BOMB, europass.REFERS),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><Candidate/>', europass.REFERS),
    ],
)
def test_what_is_no_europass_says_why(text: str, said: str) -> None:
    assert facts_of({"europass": text})[1] == said


def test_elements_without_end_end_in_time() -> None:
    assert facts_of({"europass": "<a>" * 100_000})[1] != ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.json", b""), ("x.json", b" " * (LARGEST + 1)), ("x.json", b"\xff\xfe\xff"), ("x.xml", b"\x81\x8d"),
        ("x.exe", b"{}"), ("", b"{}"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_facts_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Invalid):
        text_of(papers.upload(name or "x", content))


def test_a_file_is_brought_read_and_confirmed_on_their_page(client, recruiter) -> None:
    person = make_candidate(email="kim@post.example")
    client.force_login(recruiter)
    address = reverse("resume_bring", args=[person.pk])
    client.post(address, {"file": papers.upload("robin.xml", papers.EUROPASS)})
    client.post(address, {"file": papers.upload("robin.json", "{}")})
    client.post(address)
    assert run_lane("resumes", NOW) == 2
    europe, broken = ResumeReading.objects.order_by("pk")
    assert (europe.state, broken.state, broken.problem) == ("read", "failed", json_resume.NO_RESUME)
    page = client.get(reverse("resume_panel", args=[person.pk])).content.decode()
    assert json_resume.NO_RESUME in page
    actions.take(reading_id=europe.pk, keys=None, by=recruiter, now=NOW)
    assert KnownFact.objects.get(kind="position").where == "Specimen GmbH"
    out = client.get(reverse("json_resume", args=[person.pk]))
    assert out["Content-Disposition"] == f'attachment; filename="candidate-{person.pk}.json"'
    said = json.loads(out.content)
    json_resume.checked(said)
    assert said["work"] == [{"name": "Specimen GmbH", "position": "Data engineer", "startDate": "2019-03-01"}]
    assert {each["language"] for each in said["languages"]} == {"German", "English"}


def test_nothing_that_was_only_read_goes_out(recruiter) -> None:
    person = make_candidate(first_name="Kim", last_name="Example", email="kim@post.example")
    papers.read(person)
    said = queries.exported(recruiter, person.pk)
    assert (said.get("work"), said.get("skills")) == (None, None)
    assert said["basics"]["email"] == "kim@post.example"


def test_the_api_adds_somebody_from_a_json_resume_and_tells_it_again(api, recruiter) -> None:
    answer = api.post("/api/v1/candidates/from-json-resume/", papers.JSON_RESUME, format="json")
    assert answer.status_code == 201
    person = Candidate.objects.get()
    assert (person.name, person.email, person.headline) == (
        "Robin Example",
        "robin.example@post.example",
        "Data engineer",
    )
    again = api.post("/api/v1/candidates/from-json-resume/", papers.JSON_RESUME, format="json")
    assert (again.status_code, Candidate.objects.count()) == (200, 1)
    run_lane("resumes", NOW)
    row = ResumeReading.objects.earliest("pk")
    actions.take(reading_id=row.pk, keys=None, by=recruiter, now=NOW)
    address = f"/api/v1/candidates/{person.pk}/json-resume/"
    assert [each["name"] for each in api.get(address).json()["skills"]] == ["Kubernetes", "Python"]
    assert api.post(address, {"work": "none"}, format="json").status_code == 400
    assert api.post(address, papers.JSON_RESUME, format="json").status_code == 201
