"""Authentication: a service by the shared secret, a caller by a token of a group of paths, a user by a signed token.

A request's body is never trusted for identity, and no secret or token is logged or echoed.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from typing import Any

import jwt
import structlog
from fastapi import HTTPException
from jwt import PyJWKClient
from jwt.exceptions import PyJWKClientConnectionError, PyJWTError
from pydantic import SecretStr

from alt_pipelines.settings import EdgeSettings, ServerSettings

log = structlog.get_logger(__name__)

# The keys of a JWKS are fetched again after this long, and when a token names an unknown key, but not more often than
# PyJWT's cool-down allows: providers publish a key some time before they sign with it.
JWKS_LIFESPAN_SECONDS = 300
JWKS_TIMEOUT_SECONDS = 5
CLOCK_SKEW_SECONDS = 30


@dataclass(frozen=True)
class User:
    """A signed-in user, from the claims of a verified token."""

    user_id: str
    tenant_id: str
    roles: tuple[str, ...]


def authorize_service(settings: ServerSettings, token: str | None) -> None:
    """Accept a service that sends SERVICE_SECRET.

    Raises:
        HTTPException: checked in this order: 500 if no secret is configured, 401 without a token, 403 for a wrong one.
    """
    if settings.service_secret is None:
        log.error("service_secret_missing", advice="set SERVICE_SECRET or SERVICE_SECRET_FILE")
        raise HTTPException(500, "Service authentication not configured")
    if not token:
        raise HTTPException(401, "Missing X-Service-Token header")
    if not _equal(token, settings.service_secret):
        raise HTTPException(403, "Invalid service token")


def authorize_token(secret: SecretStr | None, authorization: str | None) -> bool:
    """Accept a caller that sends the token of a group of paths; if no token is set, accept every caller.

    The token is sent as `Authorization: Bearer <token>`, or as the password of `Basic`, which browsers use. Returns
    True if a token is set and was sent, False if none is set.

    Raises:
        HTTPException: 401 without a token, 403 for a wrong one.
    """
    if secret is None:
        return False
    scheme, _, given = (authorization or "").partition(" ")
    token = _basic_password(given) if scheme.lower() == "basic" else given.strip()
    if scheme.lower() not in ("bearer", "basic") or not token:
        raise HTTPException(401, "Missing token", headers={"WWW-Authenticate": 'Bearer, Basic realm="alt-pipelines"'})
    if not _equal(token, secret):
        raise HTTPException(403, "Invalid token")
    return True


def open_paths(server: ServerSettings, edge: EdgeSettings) -> list[str]:
    """Return one sentence per setting that leaves paths open; start-up logs them."""
    found = []
    if edge.runs_token is None:
        found.append("/v1/runs and the reader's pages require no token (RUNS_TOKEN is not set).")
    if edge.admin_token is None:
        found.append("/admin requires no token (ADMIN_TOKEN is not set).")
    if edge.extract_tags_auth == "none":
        found.append("/api/v1/extract-tags requires no token (EXTRACT_TAGS_AUTH=none).")
    if (server.jwt_secret or server.jwt_jwks_url) and server.jwt_audience is None:
        found.append("The audience of users' tokens is not verified (JWT_AUDIENCE is not set).")
    return found


def _equal(token: str, secret: SecretStr) -> bool:
    """Compare in constant time; headers are decoded as latin-1."""
    return hmac.compare_digest(token.encode("latin-1", "replace"), secret.get_secret_value().encode("utf-8"))


def _basic_password(given: str) -> str:
    try:
        return base64.b64decode(given.strip(), validate=True).decode("latin-1").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


class UserTokens:
    """Verifies `Authorization: Bearer` tokens: signature, expiry, issuer and audience where configured.

    Without JWT_AUDIENCE a token of any audience is accepted, and start-up logs a warning. The reason is compatibility:
    the platform's tokens name its backend as audience, which the old service never checked.
    """

    def __init__(self, settings: ServerSettings) -> None:
        self._settings = settings
        self._keys = (
            PyJWKClient(settings.jwt_jwks_url, lifespan=JWKS_LIFESPAN_SECONDS, timeout=JWKS_TIMEOUT_SECONDS)
            if settings.jwt_jwks_url
            else None
        )

    @property
    def configured(self) -> bool:
        """Whether a key to verify tokens is configured."""
        return self._settings.jwt_secret is not None or self._keys is not None

    def verify(self, authorization: str | None) -> User:
        """Verify an Authorization header and return its user. May fetch keys over the network: call it in a thread.

        Raises:
            HTTPException: 503 if no verifier is configured or its keys are unreachable; 401 for any other problem.
        """
        if not self.configured:
            log.error("user_tokens_not_configured", advice="set JWT_SECRET or JWT_JWKS_URL")
            raise HTTPException(503, "Authentication is unavailable")
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise _unauthorized("Missing bearer token")
        try:
            claims = self._claims(token.strip())
        except PyJWKClientConnectionError as error:
            log.error("jwks_unreachable", error=type(error).__name__)
            raise HTTPException(503, "Authentication is unavailable") from None
        except (PyJWTError, ValueError) as error:
            log.info("user_token_refused", reason=type(error).__name__)
            raise _unauthorized("Invalid bearer token") from None
        return _user(claims)

    def _claims(self, token: str) -> dict[str, Any]:
        settings = self._settings
        key: Any
        if self._keys is not None:
            key = self._keys.get_signing_key_from_jwt(token).key
        else:
            assert settings.jwt_secret is not None
            key = settings.jwt_secret.get_secret_value()
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(settings.accepted_algorithms),
            issuer=settings.jwt_issuer,
            audience=settings.jwt_audience,
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": ["exp", "sub"], "verify_aud": settings.jwt_audience is not None},
        )
        return claims


def _user(claims: dict[str, Any]) -> User:
    user_id, tenant_id, roles = claims.get("sub"), claims.get("tenant_id"), claims.get("roles", [])
    if not isinstance(user_id, str) or not user_id or not isinstance(tenant_id, str) or not tenant_id:
        raise _unauthorized("Invalid bearer token")
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise _unauthorized("Invalid bearer token")
    if not all(_is_encodable(text) for text in (user_id, tenant_id, *roles)):
        raise _unauthorized("Invalid bearer token")
    return User(user_id, tenant_id, tuple(roles))


def _is_encodable(text: str) -> bool:
    """Whether a text has no lone surrogates, which JSON can encode but an answer or a log line cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _unauthorized(detail: str) -> HTTPException:
    return HTTPException(401, detail, headers={"WWW-Authenticate": "Bearer"})
