"""Who may do what with a ledger that several people use: accounts, roles, sessions and a log of both.

They lie in a file beside the ledger (`ledger.accordingto.accounts`), never in it, so that no export or copy of a ledger
carries them. Passwords are kept as Argon2id hashes, sessions as SHA-256 hashes of random names.

    Accounts(ledger path)   the open file       exist(ledger path)   whether anybody has an account
"""

from .roles import ROLES, may
from .store import Account, Accounts, beside, exist

__all__ = ["ROLES", "Account", "Accounts", "beside", "exist", "may"]
