"""Report → Claims: who says what, according to whom."""

from .claiming import claims
from .owners import owner

__all__ = ["claims", "owner"]
