"""Signing in through a provider of OpenID Connect: the authorization code flow with PKCE, state and nonce.

    provider(issuer, client, …)      who signs people in, as whoever runs the server says
    Provider.begin(back)             where somebody is sent, and what is kept until they come back
    Provider.person(answer, begun)   who came back

Sources: OpenID Connect Core 1.0 and Discovery 1.0, RFC 7636 (PKCE), RFC 9207 (issuer of an answer), RFC 9700.
The provider is asked for nothing until somebody signs in; its description is kept for an hour, its keys are asked for
each time.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client.errors import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import ClaimError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from ..errors import AccordingtoError, InputError

SIGNED = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Signatures that only the holder of a private key can make."""
FIRST_MET = ("reader", "coder")
SECONDS, LEEWAY, HOUR = 10.0, 60, 3600
"""Seconds for one request to the provider, by which clocks may differ, and for which its description is kept."""
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Refused(AccordingtoError):
    """Somebody is not signed in; `status` is that of the page which says why."""

    def __init__(self, status: int, happened: str) -> None:
        super().__init__(happened)
        self.status = status


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was begun: where its answer comes back to, and what shows that the answer is its own."""

    back: str
    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the provider knows; `email` only when the provider has verified it."""

    issuer: str
    subject: str
    email: str | None = None
    name: str = ""


@dataclass(slots=True)
class Provider:
    """`issuer`: its address; `client`, `secret`: under what this server is known to it; `role`: of people first met,
    None = only those who have an account sign in; `verify`: which certificates are trusted."""

    issuer: str
    client: str
    secret: str | None = field(default=None, repr=False)
    role: str | None = None
    verify: Any = True
    _told: tuple[float, dict[str, Any]] | None = None

    @property
    def name(self) -> str:
        """What people read on the page of signing in."""
        return urlsplit(self.issuer).netloc

    def begin(self, back: str) -> tuple[str, Begun]:
        """Where somebody is sent to sign in, and what is kept until they are back. Raises Refused."""
        begun = Begun(back)
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                self._described(client)["authorization_endpoint"], begun.state, begun.verifier, nonce=begun.nonce
            )
        return str(address), begun

    def person(self, answer: Mapping[str, str], begun: Begun) -> Person:
        """Who came back with an answer. Raises Refused."""
        if "error" in answer or not answer.get("code"):
            raise Refused(403, f"{self.name} did not sign you in ({_plain(answer.get('error', 'no code'))}).")
        with self._client(begun.back) as client:
            told = self._described(client)
            if answer.get("iss", told["issuer"]) != told["issuer"]:
                raise Refused(400, f"The answer is not of {self.name}.")
            method = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
            if self.secret and "client_secret_basic" not in method:
                client.token_endpoint_auth_method = "client_secret_post"
            with self._asking():
                given = client.fetch_token(
                    told["token_endpoint"],
                    grant_type="authorization_code",
                    code=answer["code"],
                    code_verifier=begun.verifier,
                    redirect_uri=begun.back,
                )
            claims = self._claims(client, told, given, begun)
            more = claims
            if "email" not in claims and "userinfo_endpoint" in told:
                with self._asking():
                    more = _object(client.get(self._sound(told["userinfo_endpoint"])))
                if more.get("sub") != claims["sub"]:
                    raise Refused(403, f"What {self.name} told of you is of somebody else.")
        verified = more.get("email_verified") in (True, "true") and isinstance(more.get("email"), str)
        name = next((told for told in (more.get("name"), claims.get("name")) if isinstance(told, str)), "")
        return Person(told["issuer"], str(claims["sub"]), more["email"] if verified else None, name)

    def _claims(self, client: Any, told: dict[str, Any], given: dict[str, Any], begun: Begun) -> dict[str, Any]:
        """What the id token says, once all of it is verified."""
        with self._asking():
            keys = _object(client.request("GET", told["jwks_uri"], withhold_token=True))
        wanted = (("iss", told["issuer"]), ("aud", self.client))
        options = {name: {"essential": True, "value": own} for name, own in wanted}
        known = {"nonce": begun.nonce, "client_id": self.client, "access_token": given.get("access_token")}
        try:
            registry = JWSRegistry(algorithms=SIGNED, strict_check_header=False)
            token = jwt.decode(str(given["id_token"]), KeySet.import_key_set(_usable(keys)), registry=registry)
            claims = CodeIDToken(token.claims, token.header, options, known)
            claims.validate(leeway=LEEWAY)
        except ClaimError as error:
            what = f"its {error.claim} does not hold" if getattr(error, "claim", None) else "it has expired"
            raise Refused(403, f"{self.name} sent a token that is not good here: {what}.") from error
        except (JoseError, KeyError, ValueError, TypeError) as error:
            raise Refused(403, f"{self.name} sent a token whose signature cannot be verified.") from error
        return dict(claims)

    def _described(self, client: Any) -> dict[str, Any]:
        """What the provider says of itself. Raises Refused."""
        if self._told and time.monotonic() - self._told[0] < HOUR:
            return self._told[1]
        with self._asking():
            address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            told = _object(client.request("GET", address, withhold_token=True))
            if str(told.get("issuer")).rstrip("/") != self.issuer.rstrip("/"):
                raise ValueError(f"it calls itself {_plain(told.get('issuer'))}")
            for name in _ENDPOINTS:
                self._sound(told.get(name))
        self._told = time.monotonic(), told
        return told

    def _sound(self, address: object) -> str:
        """An address of the provider, which is as safe as its issuer's. Raises ValueError."""
        if not isinstance(address, str) or not safe(address) or (safe(self.issuer, False) and not safe(address, False)):
            raise ValueError(f"it names an address that is not https: {_plain(address)}")
        return address

    def _client(self, back: str) -> Any:
        return OAuth2Client(
            self.client,
            self.secret,
            scope="openid email profile",
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=SECONDS,
            verify=self.verify,
        )

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Whatever goes wrong between this server and the provider. Raises Refused."""
        try:
            yield
        except OAuthError as error:
            raise Refused(403, f"{self.name} refused the sign-in ({_plain(error.error)}).") from error
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError) as error:
            raise Refused(502, f"{self.name} cannot be asked: {_plain(error)}.") from error


def provider(issuer: str | None, client: str | None, secret_file: str | None, role: str | None) -> Provider | None:
    """The provider that options name, None where they name none. Raises InputError."""
    if issuer is None:
        if client or secret_file or role:
            raise InputError("--oidc-client, --oidc-secret-file and --oidc-role go with --oidc ISSUER_URL; give it")
        return None
    if not safe(issuer):
        raise InputError(f"--oidc {issuer!r}: give the issuer's address, which begins with https://")
    if not client:
        raise InputError("--oidc: give --oidc-client, the name under which the provider knows this server")
    if role not in (None, *FIRST_MET):
        raise InputError(f"--oidc-role {role!r}: give {' or '.join(FIRST_MET)}, or leave it out")
    return Provider(issuer, client, _secret(Path(secret_file)) if secret_file else None, role)


def safe(address: str, loopback: bool = True) -> bool:
    """Whether an address is https, or http on this machine alone, without a name, password or words after it."""
    try:
        parts = urlsplit(address)
        here = parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        here = False
    if not address.isprintable() or " " in address or parts.username is not None or parts.fragment:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (loopback and here and parts.scheme == "http"))


def _secret(file: Path) -> str:
    try:
        secret = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"--oidc-secret-file {file}: it cannot be read ({error})") from error
    if not secret:
        raise InputError(f"--oidc-secret-file {file}: it is empty; it holds the secret the provider gave")
    return secret


def _object(answer: httpx2.Response) -> dict[str, Any]:
    """A JSON object. Raises httpx2.HTTPError, ValueError."""
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("its answer is no JSON object")
    return found


def _usable(keys: dict[str, Any]) -> Any:
    """The keys that sign, of the types known here."""
    held = keys.get("keys", ())
    return {"keys": [key for key in held if key.get("kty") in ("RSA", "EC", "OKP") and key.get("use", "sig") == "sig"]}


def _plain(words: object) -> str:
    """A short line of what somebody else wrote."""
    line = " ".join(str(words).split("\n")[0].split())
    return "".join(one for one in line if one.isprintable())[:100]
