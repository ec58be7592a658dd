"""Settings of authentication that would be unsafe are refused; the service's secret is compared whole."""

import pytest
from fastapi import HTTPException
from pydantic import SecretStr

from alt_pipelines.settings import ServerSettings, SettingsError
from api.security import authorize_service

LONG = "a-signing-secret-for-tests-of-32-bytes"


@pytest.mark.parametrize(
    "variables",
    [
        {"JWT_SECRET": LONG, "JWT_JWKS_URL": "https://id.example/jwks"},
        {"JWT_SECRET": LONG, "JWT_ALGORITHMS": "RS256"},
        {"JWT_SECRET": LONG, "JWT_ALGORITHMS": "HS256,none"},
        {"JWT_JWKS_URL": "https://id.example/jwks", "JWT_ALGORITHMS": "RS256,HS256"},
    ],
)
def test_secrets_and_public_keys_are_never_mixed(variables: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as refused:
        ServerSettings.read(variables)
    assert LONG not in str(refused.value)


@pytest.mark.parametrize(
    ("variables", "accepted"),
    [
        ({"JWT_SECRET": LONG}, ("HS256",)),
        ({"BACKEND_TOKEN_SECRET": LONG, "JWT_ALGORITHMS": "HS512"}, ("HS512",)),
        ({"JWT_JWKS_URL": "https://id.example/jwks"}, ("RS256", "ES256")),
        ({"JWT_JWKS_URL": "https://id.example/jwks", "JWT_ALGORITHMS": "EdDSA"}, ("EdDSA",)),
    ],
)
def test_the_kind_of_key_decides_which_signatures_count(variables: dict[str, str], accepted: tuple[str, ...]) -> None:
    assert ServerSettings.read(variables).accepted_algorithms == accepted


@pytest.mark.parametrize(("token", "status"), [(None, 401), ("", 401), ("s", 403), ("secrets", 403), ("Secret", 403)])
def test_only_the_whole_secret_passes(token: str | None, status: int) -> None:
    settings = ServerSettings(service_secret=SecretStr("secret"))
    authorize_service(settings, "secret")
    with pytest.raises(HTTPException) as refused:
        authorize_service(settings, token)
    assert refused.value.status_code == status


def test_a_secret_in_utf8_is_compared_with_the_bytes_of_the_header() -> None:
    authorize_service(ServerSettings(service_secret=SecretStr("schlüssel")), "schlüssel".encode().decode("latin-1"))
