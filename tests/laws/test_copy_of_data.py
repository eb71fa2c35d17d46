"""A copy of somebody's data tells every field that is classed as theirs, or says why not."""

from importlib import import_module

import pytest
from django.apps import apps

from ats.kernel.data_classes import Of
from candidates.data_requests.queries.left_out import LEFT_OUT
from candidates.data_requests.queries.told import Part
from candidates.data_requests.queries.told_of_mail import ALL

PACKAGES = ("ats", "requisitions", "candidates", "partners")


def classed() -> set[tuple[str, str]]:
    return {
        (f"{package}.{model}", field)
        for package in PACKAGES
        for model, by_class in import_module(f"{package}.data_classes").CLASSES.items()
        for field in by_class.get(Of.CANDIDATE, ())
    }


def told() -> set[tuple[str, str]]:
    fields = {(part.model, field) for part in ALL for field in part.fields if "__" not in field}
    return fields | {(part.model, part.file) for part in ALL if part.file}


def left_out() -> set[tuple[str, str]]:
    return {(model, field) for model, fields in LEFT_OUT.items() for field in fields}


def test_every_field_of_theirs_is_told_or_left_out_with_a_reason() -> None:
    assert classed() - told() - left_out() == set()
    assert left_out() & told() == set()
    assert left_out() - classed() == set()
    assert [why for fields in LEFT_OUT.values() for why in fields.values() if not why.strip()] == []


@pytest.mark.parametrize("part", ALL, ids=lambda part: part.key)
def test_each_part_can_be_read_and_names_nobody_of_the_house(part: Part) -> None:
    model = apps.get_model(part.model)
    # Django checks every path as it puts the question together.
    str(model._base_manager.order_by(*part.by).values(*part.fields, *filter(None, [part.file])).query)
    if part.whose:
        str(model._base_manager.filter(**{part.whose: 1}).query)
    people = [
        field for field in part.fields if model_of(model, field) == "User" and not field.endswith("__role")
    ]
    assert people == []


def model_of(model: type, path: str) -> str:
    """Of which model the last field of a path is; of the one that it refers to, where it is a reference."""
    *way, last = path.removesuffix("_id").split("__") if path != "pk" else ["pk"]
    for step in way:
        model = model._meta.get_field(step).related_model
    if last == "pk":
        return model.__name__
    field = model._meta.get_field(last if last in {each.name for each in model._meta.get_fields()} else path)
    return field.related_model.__name__ if field.is_relation else model.__name__


def test_no_part_is_told_twice() -> None:
    assert len({part.key for part in ALL}) == len(ALL)
    assert all(part.whose or part.of for part in ALL)
