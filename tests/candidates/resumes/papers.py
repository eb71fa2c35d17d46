"""Résumés and facts of made-up people, as files."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from candidates.documents.actions import attach
from candidates.models import Candidate, Document, ResumeReading
from tests.candidates.documents import files
from tests.candidates.helpers import run_lane
from tests.factories import NOW

TEXT = """Robin Example
Data engineer
robin.example@post.example | +49 30 901820 | linkedin.com/in/robin-example
Berlin, Germany

Experience
Senior Data Engineer, Specimen GmbH
March 2019 - present
Built pipelines in Python and PostgreSQL.

Skills
Python, PostgreSQL, k8s

Languages
German (native), English (C1)
"""
JSON_RESUME: dict[str, Any] = {
    "basics": {"name": "Robin Example", "email": "robin.example@post.example", "label": "Data engineer"},
    "work": [{"name": "Specimen GmbH", "position": "Data engineer", "startDate": "2019-03"}],
    "skills": [{"name": "Back end", "keywords": ["Python", "k8s"]}],
    "languages": [{"language": "German", "fluency": "native"}],
}
EUROPASS = """<?xml version="1.0" encoding="UTF-8"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9"
  xmlns:eures="http://www.europass_eures.eu/1.0" xmlns:hr="http://www.hr-xml.org/3">
<CandidatePerson><PersonName><oa:GivenName>Robin</oa:GivenName><hr:FamilyName>Example</hr:FamilyName></PersonName>
<Communication><ChannelCode>Email</ChannelCode><oa:URI>robin.example@post.example</oa:URI></Communication>
<Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>49</CountryDialing>
  <oa:DialNumber>030901820</oa:DialNumber></Communication>
<Communication><Address><oa:CityName>Berlin</oa:CityName><CountryCode>de</CountryCode></Address></Communication>
<PrimaryLanguageCode>ger</PrimaryLanguageCode></CandidatePerson>
<CandidateProfile languageCode="en"><EmploymentHistory><EmployerHistory>
<hr:OrganizationName>Specimen GmbH</hr:OrganizationName><PositionHistory>
<PositionTitle typeCode="FREETEXT">Data engineer</PositionTitle><eures:EmploymentPeriod>
<eures:StartDate><hr:FormattedDateTime>2019-03-01</hr:FormattedDateTime></eures:StartDate>
<hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
<oa:Description>&lt;p&gt;Pipelines&lt;/p&gt;</oa:Description></PositionHistory></EmployerHistory></EmploymentHistory>
<PersonQualifications><PersonCompetency><CompetencyID schemeName="NORMAL">eng</CompetencyID>
<hr:TaxonomyID>language</hr:TaxonomyID>
<eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Writing-Production</hr:CompetencyDimensionTypeCode>
<eures:Score><hr:ScoreText>B2</hr:ScoreText></eures:Score></eures:CompetencyDimension>
<eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Speaking-Production</hr:CompetencyDimensionTypeCode>
<eures:Score><hr:ScoreText>C1</hr:ScoreText></eures:Score></eures:CompetencyDimension>
</PersonCompetency></PersonQualifications></CandidateProfile></Candidate>
"""
BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Candidate xmlns="http://www.europass.eu/1.0">&b;</Candidate>"""


def upload(name: str, text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def as_json(**changes: Any) -> str:
    return json.dumps(JSON_RESUME | changes)


def handed_in(
    person: Candidate, text: str | bytes = TEXT, *, name: str = "cv.txt", kind: str = "resume"
) -> Document:
    """A file of theirs, its words read; what stands in them not yet."""
    file = files.upload(name, text.encode() if isinstance(text, str) else text)
    document = attach(candidate=person, application=None, kind=kind, upload=file, by=None, now=NOW)
    run_lane("outside-tasks", NOW)
    document.refresh_from_db()
    return document


def read(person: Candidate, text: str | bytes = TEXT, *, name: str = "cv.txt") -> ResumeReading:
    """The same, and what stands in it."""
    handed_in(person, text, name=name)
    run_lane("resumes", NOW)
    return ResumeReading.objects.filter(candidate=person).latest("pk")
