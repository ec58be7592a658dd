"""The OpenAPI document is complete, correct (schemathesis finds nothing undocumented) and readable without a CDN."""

import re
import warnings
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import checks
    from schemathesis.generation import GenerationMode

from alt_pipelines_tests.contract.bodies import JOB_ID, run_headers
from alt_pipelines_tests.contract.conftest import SERVICE_SECRET
from alt_pipelines_tests.contract.run_rules import assert_keeps_contract
from alt_pipelines_tests.contract.test_generate_tags import bearer, claims
from api import examples

CONTRACT = {
    ("post", "/v1/runs"): {202, 400, 408, 409, 413, 422, 429},
    ("get", "/v1/runs"): {200, 422},
    ("get", "/v1/runs/{run_id}"): {200, 404, 422},
    ("post", "/admin/warmup"): {200, 422},
    ("post", "/admin/learning"): {202, 409, 502},
    ("post", "/admin/build-graph"): {200, 400},
    ("post", "/admin/graph-jobs"): {202, 409, 415},
    ("get", "/admin/graph-jobs"): {200},
    ("get", "/admin/learning-jobs"): {200},
    ("get", "/"): {200},
    ("get", "/tags/latest"): {200},
    ("get", "/recaps"): {200, 422},
    ("get", "/recaps/{job_id}"): {200, 404},
    ("get", "/recaps/{job_id}/{genre}"): {200, 404},
    ("get", "/admin/graph-jobs/{job_id}"): {200, 404},
    ("post", "/admin/learning-jobs"): {202, 409},
    ("get", "/admin/learning-jobs/{job_id}"): {200, 404},
    ("post", "/api/v1/tags/batch"): {200, 400, 401, 403, 422, 500},
    ("post", "/api/v1/generate-tags"): {200, 401, 422, 503},
    ("post", "/api/v1/extract-tags"): {200, 401, 403, 422, 500},
    ("get", "/health"): {200},
    ("get", "/health/live"): {200},
    ("get", "/health/ready"): {200, 503},
    ("get", "/metrics"): {200},
}

# Codes over 500 that are correct in these tests, which have no Dagster and no receiver of thresholds.
AWAY = {"/admin/learning": (502,), "/health/ready": (503,)}

checks.load_all_checks()
CHECKS = [
    checks.CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
]
BOUNDED = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


@pytest.mark.parametrize(("operation", "codes"), CONTRACT.items())
def test_every_path_and_code_of_the_contract_is_documented(
    document: dict[str, Any], operation: tuple[str, str], codes: set[int]
) -> None:
    method, path = operation
    assert codes <= {int(code) for code in document["paths"][path][method]["responses"]}


def test_no_operation_is_left_out_here(document: dict[str, Any]) -> None:
    found = {(method, path) for path, operations in document["paths"].items() for method in operations}
    assert found == set(CONTRACT)


def test_every_operation_has_a_summary_and_every_answer_a_body(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            for code, answer in operation["responses"].items():
                assert answer["description"], (method, path, code)
                assert answer["content"], (method, path, code)


def test_every_field_of_every_body_says_what_it_is(document: dict[str, Any]) -> None:
    missing = [
        f"{name}.{field}"
        for name, schema in document["components"]["schemas"].items()
        for field, found in schema.get("properties", {}).items()
        if not found.get("description")
    ]
    assert missing == []


def test_every_parameter_says_what_it_is(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for parameter in operation.get("parameters", []):
                assert parameter.get("description"), (method, path, parameter["name"])


@pytest.mark.parametrize("operation", [operation for operation in CONTRACT if operation[0] == "post"])
def test_the_examples_of_the_document_are_served(
    client: TestClient, document: dict[str, Any], operation: tuple[str, str]
) -> None:
    method, path = operation
    body = document["paths"][path][method].get("requestBody")
    if body is None:
        pytest.skip("the operation has no body")
    media = body["content"]["application/json"]
    schema = document["components"]["schemas"][media["schema"]["$ref"].rsplit("/", 1)[1]]
    examples_of_it = [media["example"]] if "example" in media else schema.get("examples", [])
    assert examples_of_it, "a body has an example"
    for example in examples_of_it:
        headers = {**run_headers(), "X-Service-Token": SERVICE_SECRET.encode(), **bearer(claims())}
        assert client.post(path, json=example, headers=headers).status_code in (200, 202)


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', str(document).replace("'", '"')))
    assert "GenreRunRequest" in names
    assert names <= set(document["components"]["schemas"])


def test_the_limits_of_a_run_request_are_in_the_document(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["RunParams"]["properties"]["max_sentences_total"]["maximum"] == 10_000
    assert schemas["RunParams"]["additionalProperties"] is False
    assert schemas["GenreRunRequest"]["properties"]["documents"]["minItems"] == 3


def test_the_examples_of_the_document_keep_the_contract(client: TestClient) -> None:
    answer = client.post("/v1/runs", json=examples.RUN_REQUEST, headers=run_headers())
    assert answer.status_code == 202
    assert_keeps_contract(examples.RUN)


@pytest.mark.parametrize("page", ["/docs", "/redoc"])
def test_the_pages_load_nothing_from_elsewhere(client: TestClient, page: str) -> None:
    html = client.get(page).text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert loaded
    for address in loaded:
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", CONTRACT)
def test_schemathesis_finds_no_server_error_and_nothing_undocumented(
    client: TestClient, document: dict[str, Any], operation: tuple[str, str], mode: GenerationMode
) -> None:
    """Send valid and invalid requests, with credentials, to the adapter in process."""
    method, path = operation
    tried = schemathesis.openapi.from_dict(document)[path][method.upper()]
    if mode.is_negative and not (tried.body or tried.query or path.endswith("{run_id}")):
        pytest.skip("there is nothing in such a request that could be wrong")
    credentials = {"X-Service-Token": SERVICE_SECRET.encode(), **bearer(claims())}
    good_headers = {"X-Alt-Job-Id": JOB_ID, "X-Alt-Genre": "tech"} if path == "/v1/runs" else None

    for headers in (None, good_headers) if good_headers else (None,):

        @BOUNDED
        @given(case=tried.as_strategy(generation_mode=mode, headers=headers))
        def ask(case: Any) -> None:
            request = case.as_transport_kwargs(base_url="http://testserver")
            request["headers"] = {**request["headers"], **credentials}
            answer = client.request(**request)
            if answer.status_code not in AWAY.get(path, ()):
                case.validate_response(answer, checks=CHECKS)
            assert_clean(answer.text)

        ask()


def assert_clean(text: str) -> None:
    """Fail if an error body shows internal details."""
    for trace in ("Traceback", "sqlalchemy", "psycopg", "SELECT ", "INSERT ", "site-packages", SERVICE_SECRET):
        assert trace not in text
