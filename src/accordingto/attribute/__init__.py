"""Report → Claims: who says what, according to whom."""

from .claiming import claims
from .doubts import doubts
from .owners import FAR, owner
from .reasons import Reason, Reasons, Rule

__all__ = ["FAR", "Reason", "Reasons", "Rule", "claims", "doubts", "owner"]
