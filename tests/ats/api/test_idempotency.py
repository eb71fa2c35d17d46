"""A write with a key is carried out once."""

import threading

import pytest
from django.db import connection

from ats.api.models import IdempotentCall
from candidates.models import Candidate
from tests.factories import make_user

URL = "/api/v1/candidates/"
BODY = {"first_name": "Robin", "last_name": "Example", "email": ""}


def post(api, key="k-1", body=BODY):
    return api.post(URL, body, headers={"idempotency-key": key})


def test_the_second_call_gets_the_first_answer(api):
    first, second = post(api), post(api)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert second["Idempotent-Replayed"] == "true"
    assert Candidate.objects.count() == 1


def test_another_key_is_another_call(api):
    assert post(api, "k-1").json()["id"] != post(api, "k-2").json()["id"]


def test_a_key_is_not_for_another_body(api):
    post(api)
    answer = post(api, body=BODY | {"first_name": "Kim"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "idempotency_key_reused"
    assert Candidate.objects.count() == 1


def test_the_keys_of_two_people_do_not_meet(api, client_of):
    assert post(api).json()["id"] != post(client_of(make_user("lead"))).json()["id"]


def test_a_mistake_may_be_mended_under_the_same_key(api):
    assert post(api, body={"first_name": "", "last_name": ""}).status_code == 400
    assert IdempotentCall.objects.count() == 0
    assert post(api).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_has_a_sensible_length(api, key):
    assert post(api, key).status_code == 400
    assert Candidate.objects.count() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_calls_at_once_are_one(recruiter, client_of):
    clients = [client_of(recruiter) for _ in range(2)]
    barrier, answers = threading.Barrier(2), []

    def call(api):
        try:
            barrier.wait()
            answers.append(post(api))
        finally:
            connection.close()

    threads = [threading.Thread(target=call, args=[api]) for api in clients]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Candidate.objects.count() == 1
