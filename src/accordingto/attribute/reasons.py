"""Why this source: what the stage went by, noted where it decides. Worded in `why`, and never read by the stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..records import Span

Rule = Literal[
    # whom a mention means (`cast`)
    "as-written", "listed", "speaks", "antecedent", "pair", "ahead", "surname", "full-name", "role-met", "role-named",
    "called", "outlet-near", "phrase", "collective", "same-name", "issuer",
    # why the claim stands, and each link of its chain (`claiming`)
    "tagged", "linked", "loose", "ruled", "sourced", "whole", "closings", "interviews", "credited", "quotation",
    "said", "around", "carried", "behind", "left-out",
    # whose words a figure is (`owners`)
    "inside", "extracted", "same-breath", "quoted-on", "goes-on", "of-them", "between", "account",
    "own-words", "presupposed", "no-saying",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One decision: by which rule, about the words that begin at `at`, resting on the words at `by`. `word` is
    the one it turned on ("he", "ministry") and `name` the source it came to, where there are such."""

    rule: Rule
    at: int
    by: Span | None = None
    word: str | None = None
    name: str | None = None


@dataclass(slots=True)
class Reasons:
    """The reasons of one report: of mentions and figures by where they begin; of claims by their content, first why
    there is one, then one for each link of the chain."""

    mentions: dict[int, list[Reason]] = field(default_factory=dict)
    claims: dict[Span, list[Reason]] = field(default_factory=dict)
    figures: dict[int, list[Reason]] = field(default_factory=dict)
