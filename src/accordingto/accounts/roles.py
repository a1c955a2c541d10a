"""Roles, each of which may do what the ones before it may."""

from __future__ import annotations

ROLES = {
    "reader": "sees the pages",
    "coder": "adds reports, decides in the queue, codes samples",
    "adjudicator": "decides what coders disagree on, splits and merges questions",
    "owner": "shows and withholds names, draws samples, sees the log",
}
"""Role -> what it adds."""


def may(role: str, needed: str) -> bool:
    """Whether a role includes another."""
    order = list(ROLES)
    return role in ROLES and order.index(role) >= order.index(needed)
