"""Pages from the network: only when asked for, only from the public internet, and only so much.

    guard.py     which addresses are public
    pinned.py    connections to checked addresses alone, within a time
    get.py       `Fetcher`: an address -> its bytes

A `Fetcher` goes to `intake.received(inputs, fetch=Fetcher())` (`accordingto read ADDRESS --fetch`) and to the server's
settings (`accordingto serve --fetch`). Without one nothing here is ever imported.
"""

from .get import Fetcher
from .guard import public

__all__ = ["Fetcher", "public"]
