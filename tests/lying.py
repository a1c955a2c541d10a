"""A provider of OpenID Connect on this machine that tells the truth unless a test has it lie."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "ledger", "a secret of this test"
KEY, OTHER = (RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}) for _ in range(2))
ADA = {"sub": "1", "email": "Ada@example.org", "email_verified": True, "name": "Ada Lovell"}


@dataclass
class Provider:
    """Who stands before it is `person`; `claims`, `header`, `told` and `answers` replace what it would say."""

    person: dict[str, Any] = field(default_factory=lambda: dict(ADA))
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    key: Any = field(default_factory=lambda: KEY)
    signing: Any = None
    secret: bytes = b""
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    issuer: str = ""

    def description(self) -> dict[str, Any]:
        places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        told = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in places.items()}
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **told, **self.told}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where somebody who signed in is sent back to."""
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split() and asked["client_id"] == CLIENT
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any]:
        """The tokens for a code, once, for who knows the secret and the verifier."""
        begun = self.codes.pop(form["code"])
        assert base64.b64decode(authorization.removeprefix("Basic ")).decode() == f"{CLIENT}:{SECRET}"
        assert create_s256_code_challenge(form["code_verifier"]) == begun["code_challenge"]
        assert form["redirect_uri"] == begun["redirect_uri"]
        now = int(time.time())
        about = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": begun["nonce"]}
        claims = {**about, **self.person, **self.claims}
        given = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "an access token", "token_type": "Bearer", "id_token": self.signed(given)}

    def signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": "RS256", "kid": "1", **self.header}
        if header["alg"] in ("none", "HS256"):
            parts = b".".join(_plain(json.dumps(part).encode()) for part in (header, claims))
            signature = hmac.digest(self.secret, parts, "sha256") if header["alg"] == "HS256" else b""
            return (parts + b"." + _plain(signature)).decode()
        return jwt.encode(header, claims, self.key if self.signing is None else self.signing)

    def answer(self, path: str, query: dict[str, str], form: dict[str, str], authorization: str) -> Any:
        if path == "/.well-known/openid-configuration":
            return self.description()
        if path == "/keys":
            return KeySet([self.key]).as_dict(private=False)
        if path == "/userinfo":
            assert authorization == "Bearer an access token"
            return self.userinfo or self.person
        return self.authorize(query) if path == "/authorize" else self.token(form, authorization)


def _plain(words: bytes) -> bytes:
    return base64.urlsafe_b64encode(words).rstrip(b"=")


@contextmanager
def provided() -> Iterator[Provider]:
    """A provider at an address of its own, which a browser takes for another site."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            query, form = ({name: values[0] for name, values in parse_qs(one).items()} for one in (parts.query, body))
            status, sent, further = 200, b"", {}
            if parts.path in provider.answers:
                status, sent = provider.answers[parts.path]
            else:
                try:
                    found = provider.answer(parts.path, query, form, self.headers.get("Authorization", ""))
                except (AssertionError, KeyError):
                    status, found = 400, {"error": "invalid_grant"}
                if isinstance(found, str):
                    status, further = 303, {"Location": found}
                else:
                    sent = json.dumps(found).encode()
            self.send_response(status)
            headers = {"Content-Type": "application/json", "Content-Length": str(len(sent)), **further}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent)

        do_POST = do_GET

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://localhost:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield provider
        server.shutdown()
