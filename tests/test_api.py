"""What programs may ask of the server: described as it is, and answered without an error whatever they send."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core import NOT_SET
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks
from serving import client, first, signed_in, team, token
from starlette.testclient import TestClient

from accordingto.ledger import Ledger
from accordingto.serve import described

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
HOLDS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
TRIED = 6
"""Requests for each address and each kind of data, right and wrong."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "examples.accordingto"
    with Ledger(path) as ledger:
        ledger.read(EXAMPLES, processes=1)
        ledger.discrepancies()
    return path


@pytest.fixture
def path(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept, tmp_path))


def there(visitor: TestClient) -> dict[str, list[str]]:
    """Ids of what is in the ledger, by the beginning of its address."""
    lists = {"questions": "questions", "reports": "reports", "sources": "sources", "checks": "discrepancies"}
    lists["map"] = "places"
    rows = [row["href"] for name, held in lists.items() for row in visitor.get(f"/{name}.json").json()[held]]
    found = {kind: [one.partition("/")[2] for one in rows if one.startswith(kind)] for kind in ("places", *lists)}
    return {**found, "review": [first(visitor).rpartition("/")[2]]}


def takes(operation: Any) -> bool:
    """Whether anything can be sent there that does not fit."""
    return bool(operation.body or operation.query)


def asked(visitor: TestClient, told: Any, mode: GenerationMode, secret: str | None) -> None:
    """Ask for everything that is described, in ways that fit the description or do not; signing out comes last."""
    ids = there(visitor) if secret else {}
    cookies = dict(visitor.cookies)
    operations = [result.ok() for result in schemathesis.openapi.from_dict(told).get_all_operations()]
    for operation in sorted(operations, key=lambda one: one.path == "/sign-out"):
        known = ids.get(operation.path.split("/")[1].partition(".")[0], [])

        @settings(
            max_examples=TRIED,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(mode), id=some.sampled_from([None, *known]))
        def ask(case: Any, id: str | None) -> None:
            if id and case.path_parameters:
                case.path_parameters = dict.fromkeys(case.path_parameters, id)
            if secret and isinstance(case.body, dict) and case.body is not NOT_SET:
                case.body["token"] = secret
            answer = case.call(
                app=visitor.app, base_url="http://127.0.0.1", cookies=dict(cookies), allow_redirects=False
            )
            case.validate_response(answer, checks=HOLDS)

        try:
            ask()
        except Unsatisfiable:
            assert mode == GenerationMode.NEGATIVE and not takes(operation)


@pytest.fixture
def told(path: Path) -> Any:
    """What the server says of itself."""
    return client(path).get("/openapi.json").json()


def test_whatever_a_program_sends_is_answered_as_described(path: Path, told: Any) -> None:
    visitor = client(path)
    asked(visitor, told, GenerationMode.POSITIVE, token(visitor.get("/review").text))


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_a_coder_sends_is_answered_as_described(path: Path, told: Any, mode: GenerationMode) -> None:
    team(path, Ada="coder")
    visitor = signed_in(path, "Ada")
    asked(visitor, told, mode, token(visitor.get("/review").text))


def test_whatever_a_stranger_sends_is_answered_as_described_and_changes_nothing(path: Path, told: Any) -> None:
    team(path, Ada="coder")
    stranger = client(path)
    stranger.get("/sign-in")
    with Ledger(path) as ledger:
        before = len(list(ledger.reports())), ledger.decisions.audit("accept", "reject")
    asked(stranger, told, GenerationMode.POSITIVE, None)
    with Ledger(path) as ledger:
        assert (len(list(ledger.reports())), ledger.decisions.audit("accept", "reject")) == before


def test_the_description_is_for_those_who_may_read(path: Path) -> None:
    team(path, Ada="reader")
    assert client(path).get("/openapi.json").status_code == 401
    assert signed_in(path, "Ada").get("/openapi.json").status_code == 200


def test_everything_described_is_told_whole(told: Any) -> None:
    for address, operations in told["paths"].items():
        if "post" in operations:
            assert address in described.FORMS, address
        elif address != "/review/next":
            assert address in described.TWINS.keys() | described.FILES.keys(), address
    assert {*described.TWINS, *described.FILES, *described.FORMS} <= told["paths"].keys()


@pytest.mark.parametrize("asked", ["?made=9223372036854775808", "?seen=9223372036854775808", "/next?words=%00"])
def test_numbers_and_words_that_no_ledger_holds_are_no_error_of_the_server(path: Path, asked: str) -> None:
    visitor = client(path)
    figure = first(visitor)
    address = f"/review{asked}" if asked.startswith("/") else f"{figure}{asked}"
    assert visitor.get(address).status_code in (303, 400)
    given = {"verdict": "accept", "seen": "9" * 5000, "token": token(visitor.get(figure).text)}
    assert visitor.post(figure, data=given).status_code == 303
    assert visitor.post("/samples", data={**given, "name": "x", "size": "9" * 5000}).status_code == 400
