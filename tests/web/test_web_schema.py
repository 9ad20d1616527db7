"""Requests made from the API's own description find no answer that is a fault of ours."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from tests.web.conftest import Room


@pytest.mark.slow
def test_no_request_that_the_description_allows_breaks_the_server(room: Room) -> None:
    schema = schemathesis.openapi.from_url(f"{room.address}/api/openapi.json")
    asked = 0
    for operation in (each.ok() for each in schema.get_all_operations()):

        @given(case=operation.as_strategy())
        @settings(
            max_examples=25,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            asked += 1
            answer = case.call(base_url=room.address)
            assert answer.status_code < 500, (case.formatted_path, case.query, answer.text)
            if answer.status_code >= 400:
                assert answer.headers["content-type"][0] in ("application/problem+json", "text/html; charset=utf-8")

        ask()
    assert asked > 100
