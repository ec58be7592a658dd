"""`/api/v1/generate-tags`: identity only from a verified token, real extraction, and the log line."""

import hmac
import http.server
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi.testclient import TestClient
from jwt.utils import base64url_encode
from pydantic import SecretStr

from alt_pipelines.settings import EdgeSettings, ServerSettings
from alt_pipelines_tests.contract.conftest import JWT_SECRET
from alt_pipelines_tests.contract.test_tags import TEXT
from api.security import open_paths

PATH = "/api/v1/generate-tags"
BODY = {
    "request": {"article_id": "article-1", **TEXT},
    "user_context": {"user_id": "somebody-else", "tenant_id": "another", "roles": ["admin"]},
}
REFUSED = {"detail": "Invalid bearer token"}


def claims(**changes: Any) -> dict[str, Any]:
    given = {"sub": "user-1", "tenant_id": "tenant-1", "roles": ["reader"], "exp": time.time() + 300, **changes}
    return {name: value for name, value in given.items() if value is not None}


def bearer(payload: dict[str, Any], key: Any = JWT_SECRET, algorithm: str = "HS256", **options: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {jwt.encode(payload, key, algorithm, **options)}"}


def test_tags_are_made_for_the_user_of_the_token_whatever_the_body_claims(client: TestClient) -> None:
    answer = client.post(PATH, json=BODY, headers=bearer(claims()))
    assert answer.status_code == 200
    body = answer.json()
    assert (body["user_id"], body["tenant_id"], body["article_id"]) == ("user-1", "tenant-1", "article-1")
    assert body["success"] is True
    assert body["timestamp"].endswith("Z")
    assert len(body["tags"]) >= 3
    for tag in body["tags"]:
        assert set(tag) == {"tag", "confidence", "category", "source"}
        assert 0 <= tag["confidence"] <= 1
    assert len({tag["confidence"] for tag in body["tags"]}) > 1


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer x", "Bearer a.b.c", "Bearer ..", "Bearer \xe9.x"],
)
def test_a_missing_or_broken_token_is_unauthorized(client: TestClient, header: str) -> None:
    answer = client.post(PATH, json=BODY, headers={"Authorization": header.encode("latin-1")})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


WRONG_CLAIMS = [{"exp": time.time() - 60}, {"exp": None}, {"sub": None}, {"sub": ""}, {"sub": 7}, {"tenant_id": None},
                {"tenant_id": ""}, {"roles": "admin"}, {"sub": "a\ud800"}, {"nbf": time.time() + 86_400}]  # fmt: skip
# Evaluated at collection, long before the test runs: a future time must still be in the future in a slow session.


@pytest.mark.parametrize("wrong", WRONG_CLAIMS)
def test_a_token_without_a_valid_identity_or_time_is_unauthorized(client: TestClient, wrong: dict[str, Any]) -> None:
    answer = client.post(PATH, json=BODY, headers=bearer(claims(**wrong)))
    assert (answer.status_code, answer.json()) == (401, REFUSED)


def test_a_signature_by_another_secret_or_none_is_unauthorized(client: TestClient) -> None:
    other = bearer(claims(), key="another-secret-of-at-least-32-bytes!")
    unsigned = bearer(claims(), key="", algorithm="none")
    for header in (other, unsigned, bearer(claims(), algorithm="HS512")):
        assert client.post(PATH, json=BODY, headers=header).status_code == 401


def test_issuer_and_audience_are_checked_where_they_are_configured(make_client: Any) -> None:
    server = ServerSettings(jwt_secret=SecretStr(JWT_SECRET), jwt_issuer="alt", jwt_audience="tags")
    client = make_client(server=server)
    right = claims(iss="alt", aud="tags")
    assert client.post(PATH, json=BODY, headers=bearer(right)).status_code == 200
    for wrong in ({**right, "iss": "other"}, {**right, "aud": "other"}, claims(iss="alt"), claims(aud="tags")):
        assert client.post(PATH, json=BODY, headers=bearer(wrong)).status_code == 401


def test_without_a_configured_audience_any_audience_is_accepted_and_start_up_says_so(client: TestClient) -> None:
    # The platform's tokens name its backend as audience, and the old service never checked it.
    for audience in ("alt-backend", ["alt-backend", "other"]):
        assert client.post(PATH, json=BODY, headers=bearer(claims(aud=audience))).status_code == 200
    assert client.post(PATH, json=BODY, headers=bearer(claims())).status_code == 200
    server = ServerSettings(jwt_secret=SecretStr(JWT_SECRET))
    assert any("JWT_AUDIENCE" in sentence for sentence in open_paths(server, EdgeSettings()))
    named = server.model_copy(update={"jwt_audience": "tags"})
    assert not any("JWT_AUDIENCE" in sentence for sentence in open_paths(named, EdgeSettings()))


def test_without_a_verifier_authentication_is_unavailable(make_client: Any) -> None:
    answer = make_client(server=ServerSettings()).post(PATH, json=BODY, headers=bearer(claims()))
    assert (answer.status_code, answer.json()) == (503, {"detail": "Authentication is unavailable"})


@pytest.mark.parametrize(
    "body", [{}, {"request": {}}, {"request": {"article_id": "a", "title": 1, "content": ""}}, {"request": None}]
)
def test_a_body_of_another_shape_is_a_validation_error(client: TestClient, body: Any) -> None:
    assert client.post(PATH, json=body, headers=bearer(claims())).status_code == 422


# ---- keys of an identity provider


@pytest.fixture
def provider() -> Iterator[tuple[str, dict[str, rsa.RSAPrivateKey]]]:
    """An identity provider's JWKS over HTTP; keys added to the dictionary are published immediately."""
    keys: dict[str, rsa.RSAPrivateKey] = {}

    class Jwks(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            published = [
                {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())), "kid": kid, "use": "sig"}
                for kid, key in keys.items()
            ]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"keys": published}).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Jwks)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/jwks.json", keys
    server.shutdown()
    server.server_close()


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_tokens_are_verified_with_the_providers_keys_and_no_others(make_client: Any, provider: Any) -> None:
    url, keys = provider
    client = make_client(server=ServerSettings(jwt_jwks_url=url))
    keys.update(first=new_key(), second=new_key())
    for kid in ("first", "second"):
        header = bearer(claims(), keys[kid], "RS256", headers={"kid": kid})
        assert client.post(PATH, json=BODY, headers=header).status_code == 200
    unknown = bearer(claims(), new_key(), "RS256", headers={"kid": "third"})
    assert client.post(PATH, json=BODY, headers=unknown).status_code == 401
    forged = bearer(claims(), new_key(), "RS256", headers={"kid": "first"})
    assert client.post(PATH, json=BODY, headers=forged).status_code == 401


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(make_client: Any, provider: Any) -> None:
    url, keys = provider
    client = make_client(server=ServerSettings(jwt_jwks_url=url))
    keys["first"] = new_key()
    public = keys["first"].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    parts = [base64url_encode(json.dumps(part).encode()) for part in ({"alg": "HS256", "kid": "first"}, claims())]
    signature = base64url_encode(hmac.digest(public, b".".join(parts), "sha256"))  # PyJWT refuses to forge this
    header = {"Authorization": b"Bearer " + b".".join([*parts, signature])}
    assert client.post(PATH, json=BODY, headers=header).status_code == 401


def test_a_provider_that_is_away_makes_authentication_unavailable(make_client: Any) -> None:
    client = make_client(server=ServerSettings(jwt_jwks_url="http://127.0.0.1:9/jwks.json"))
    header = bearer(claims(), new_key(), "RS256", headers={"kid": "first"})
    assert client.post(PATH, json=BODY, headers=header).status_code == 503
