"""Report → Claims: who says what, according to whom."""

from .claiming import claims
from .owners import owner
from .reasons import Reason, Reasons, Rule

__all__ = ["Reason", "Reasons", "Rule", "claims", "owner"]
