"""Every field of a candidate is in a package's table of what goes when they are erased, or says why it stays."""

from importlib import import_module

from django.apps import apps

from ats.kernel.data_classes import Of
from ats.kernel.erasing import TABLE

PACKAGES = ("ats", "requisitions", "candidates", "partners")


def of_candidates() -> set[str]:
    return {
        f"{package}.{model}.{field}"
        for package in PACKAGES
        for model, by_class in import_module(f"{package}.data_classes").CLASSES.items()
        for field in by_class.get(Of.CANDIDATE, ())
    }


def said() -> set[str]:
    found = set(TABLE.stays)
    for part in TABLE.goes:
        fields = part.leaves or [field.name for field in part.model._meta.local_fields]
        found |= {f"{part.model._meta.label}.{field}" for field in fields}
    for work in TABLE.works:
        found |= {f"{model._meta.label}.{field}" for model, fields in work.fields.items() for field in fields}
    return found


def test_every_field_of_a_candidate_goes_or_says_why_it_stays() -> None:
    assert of_candidates() - said() == set()


def test_what_stays_says_why_and_is_there() -> None:
    for path, why in TABLE.stays.items():
        package, model, field = path.split(".")
        assert apps.get_model(package, model)._meta.get_field(field)
        assert why.endswith(".")


def test_what_is_said_is_a_field() -> None:
    for part in TABLE.goes:
        names = {field.name for field in part.model._meta.local_fields}
        assert set(part.leaves) <= names
    for work in TABLE.works:
        for model, fields in work.fields.items():
            assert set(fields) <= {field.name for field in model._meta.local_fields}
