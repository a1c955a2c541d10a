"""What whoever runs the server decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError

if TYPE_CHECKING:
    from fastapi import APIRouter

    from ..accounts.oidc import Provider
    from ..intake import Fetch


def _nobody(path: Path) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Settings:
    """`accounts_exist`: whether the ledger at a path has accounts, so that other machines may be let in; `long`: rows
    on one page of a list; `wait`: seconds a page waits for a locked ledger, and for one that is being laid;
    `boundaries`: which the map draws (publish/basemap.py); `fetch`: what goes to the network for a report that is added
    by its address (`intake.fetcher()`), None = nothing does; `provider`: through whom people may also sign in, with the
    router of oidc.py; `routers`: further pages, `navigation`: (path, words) of those to be named in the navigation."""

    host: str = "127.0.0.1"
    port: int = 8765
    accounts_exist: Callable[[Path], bool] = _nobody
    long: int = 50
    wait: float = 5.0
    boundaries: str = "recognised"
    fetch: Fetch | None = None
    provider: Provider | None = None
    routers: tuple[APIRouter, ...] = ()
    navigation: tuple[tuple[str, str], ...] = ()


def refuse_strangers(settings: Settings, path: Path) -> None:
    """Raises InputError when other machines could read a ledger for which nobody needs to sign in."""
    if not loopback(settings.host) and not settings.accounts_exist(path):
        raise InputError(
            f"--host {settings.host}: other machines could read the ledger, and nobody would need to sign in; "
            "add an account first, or leave --host out to serve this machine alone"
        )


def loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
