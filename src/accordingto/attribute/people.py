"""Which person a name, a surname or a role means: "Tasko", "the minister", "its spokesman"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import spelling
from ..records import Source, Span
from . import pronouns
from .mentions import read
from .shapes import Mention
from .speakers import Speaker, head_of, initials, source_of, unopened
from .words import key

if TYPE_CHECKING:
    from .cast import Cast

_LED = re.compile(r"(?:[A-ZÀ-ÞЀ-Я][\w'’\-]* ){1,3}$")
_FOLLOWED = re.compile(r" [A-ZÀ-ÞЀ-Я][\w'’]*-[\w'’\-]+")
_NAME = r"[A-ZÀ-Þ][\w'’\-]+"
REACH = 4000
"""Characters behind a role in which the text may name its holder."""


def named(cast: Cast, mention: Mention, at: int) -> Speaker | Source:
    """A person or a proper name: met before in this or another spelling, or named in full elsewhere in the text."""
    parts = key(mention.name).split()
    for speaker in reversed(cast.lately()):
        if parts and speaker.source.kind != "unnamed" and _same(mention, parts, speaker):
            return cast.because("surname", at, _fuller(speaker, mention))
    if len(parts) == 1 and mention.name[:1].isupper():
        full, where = _full_name(cast, mention) or (None, None)
        if full:
            cast.because("full-name", at, source_of(full), by=where)
            return replace(
                source_of(mention),
                name=full.name,
                kind=full.kind or "person",
                role=mention.role or full.role,
                affiliation=mention.affiliation or full.affiliation,
            )
    if mention.shape == "name" and set(parts) & (cast.words.modifiers | cast.words.heads):
        return replace(source_of(mention), kind="organisation")
    if mention.shape == "name" and not mention.definite and 2 <= len(parts) <= 4 and not mention.nouns & set(parts):
        return replace(source_of(mention), kind="person" if _acts_as_person(cast, mention) else None)
    return replace(source_of(mention), affiliation=affiliated(cast, mention, at))


def _same(mention: Mention, parts: list[str], speaker: Speaker) -> bool:
    """Whether the name can be the speaker's: first and last name where both are written, in any romanisation."""
    source = speaker.source
    if initials(source.name) == mention.name or key(source.name) == key(mention.name):
        return True
    if source.kind not in ("person", None) or not speaker.surname:
        return False
    if len(parts) == 1:
        theirs = spelling.parts(source.name)
        return spelling.family(mention.name, source.name) or (
            len(theirs) == 1 and theirs == spelling.parts(mention.name)
        )
    if " " not in source.name:
        return spelling.family(source.name, mention.name)
    return spelling.person(mention.name, source.name)


def affiliated(cast: Cast, mention: Mention, at: int) -> str | None:
    """The body behind "its spokesman"."""
    if mention.affiliation or not mention.owner:
        return mention.affiliation
    found = pronouns.meant(cast, mention.owner, at)
    return found.source.name if found else None


def _fuller(speaker: Speaker, mention: Mention) -> Speaker:
    """The speaker with what this mention adds (a role, a first name)."""
    source = speaker.source
    longer = len(mention.name.split()) > len(source.name.split()) and mention.shape == "person"
    longer = longer or (" " in mention.name and " " not in source.name)
    return replace(
        speaker,
        source=replace(
            source,
            name=mention.name if longer else source.name,
            role=source.role or mention.role,
            affiliation=source.affiliation or mention.affiliation,
            kind=source.kind or mention.kind,
        ),
    )


def _full_name(cast: Cast, mention: Mention) -> tuple[Mention, Span] | None:
    """The longer form of a surname or of initials, anywhere in the text."""
    if mention.name not in cast.full_names:
        cast.full_names[mention.name] = next(_look_up(cast, mention), None)
    return cast.full_names[mention.name]


def _look_up(cast: Cast, mention: Mention) -> Iterator[tuple[Mention, Span]]:
    text = cast.text
    if mention.name.isupper() and len(mention.name) > 1:
        spelt = spelt_out(cast, mention.name)
        if spelt:
            yield replace(read(text[slice(*spelt)], cast.words), kind="organisation"), spelt
        return
    at = text.find(f" {mention.name}")
    while at > 0:
        end = at + 1 + len(mention.name)
        match, behind = _LED.search(text, max(0, at - 60), at + 1), _FOLLOWED.match(text, end)
        at = text.find(f" {mention.name}", end)
        if behind and spelling.family(mention.name, mention.name + behind.group()):
            yield read(mention.name + behind.group(), cast.words), (end - len(mention.name), behind.end())
        if match is None or text[end : end + 1].isalnum():
            continue
        name = unopened(match.group() + mention.name, cast.words)
        found = read(name, cast.words)
        if found.shape in ("person", "name") and found.name.endswith(mention.name) and " " in found.name:
            yield found, (end - len(name), end)


def spelt_out(cast: Cast, letters: str) -> Span | None:
    """The name whose words begin with the letters, anywhere in the text."""
    small = "|".join(sorted(re.escape(word) for word in cast.words.links | cast.words.joining | cast.words.articles))
    inside = rf"\s+(?:(?:{small})\s+){{0,2}}".join(f"{letter}[\\w-]+" for letter in letters if letter.isalpha())
    match = re.search(rf"\b{inside}\b", cast.text) if f"({letters})" in cast.text or len(letters) > 2 else None
    return match.span() if match else None


def _acts_as_person(cast: Cast, mention: Mention) -> bool:
    """Whether the text never puts an article before the name."""
    return not any(
        f"{before}{article} {mention.name}" in cast.text
        for article in cast.words.definite
        for before, article in ((" ", article), ("", article.capitalize()))
    )


def role(cast: Cast, mention: Mention, at: int, end: int) -> Speaker | Source:
    """ "the minister", "its spokesman": the last person with that role, or whom the text names with it; else the
    role itself. "A spokesman" is one only when the text goes on to call that spokesman by name."""
    noun = head_of(mention, cast.words)
    bare = cast.text.startswith(mention.role or " ", at)
    headline = bare and at < (cast.prose.sentences[0][1] if cast.prose.sentences else 0)
    if noun and (mention.definite or (headline and not mention.affiliation)):
        for speaker in reversed([] if headline else cast.earlier(at)):
            held = (speaker.source.role or "").lower().split()
            if (
                speaker.source.kind in ("person", "unnamed")
                and (noun in held or noun in speaker.mention.nouns)
                and _same_place(mention, speaker)
            ):
                return cast.because("role-met", at, speaker, noun)
        found = _holder(cast, noun, mention, at)
        if found:
            return found
    elif noun and not mention.definite and not mention.owner:
        found = _named_later(cast, noun, mention, at, end)
        if found:
            return found
    return replace(source_of(mention), affiliation=affiliated(cast, mention, at))


def _same_place(mention: Mention, speaker: Speaker) -> bool:
    if not mention.affiliation:
        return True
    mine = set(key(mention.affiliation).split())
    theirs = set(key(f"{speaker.source.affiliation} {speaker.source.role} {speaker.source.name}").split())
    return bool(mine & theirs)


def _holder(cast: Cast, noun: str, mention: Mention, at: int) -> Source | None:
    """A person the text names with this role, the last before `at`, else the first behind."""
    holders = _holders(cast, noun)
    behind = bisect_left(holders, at, key=lambda held: held[1][0])
    if behind:
        return _given_name(cast, mention, noun, at, holders[behind - 1])
    first = next((held for held in holders[:1] if held[1][1] <= at + REACH), None)
    return _given_name(cast, mention, noun, at, first)


def _holders(cast: Cast, noun: str) -> list[tuple[str, Span]]:
    """Everybody the text names with a role, and where, read once a role: "the mayor of Velmora, Anton Krizh", "Anton
    Krizh, the mayor", "Mayor Anton Krizh"."""
    if noun in cast.holders:
        return cast.holders[noun]
    words = cast.words
    of, article = "|".join(sorted(words.links)), "|".join(sorted(words.articles | words.possessive))
    behind = rf"\b(?i:{noun})\b(?:\s+(?:{of})\s+(?:(?:{article})\s+)?[A-Z][\w\-]+)?,?\s+((?:{_NAME}[ ]*){{2,3}})"
    ahead = rf"((?:{_NAME}\s){{1,2}}{_NAME}),\s+(?:{article})\s+[\w \-]{{0,40}}\b{noun}\b"
    matches = re.finditer(f"{behind}|{ahead}", cast.text)
    found = (_as_person(cast, (match.group(1) or match.group(2)).strip(), match) for match in matches)
    return cast.holders.setdefault(noun, [held for held in found if held])


def _named_later(cast: Cast, noun: str, mention: Mention, at: int, end: int) -> Source | None:
    """ "A spokesman said … The spokesman, Karim Abbas, …": the name that "the" same role bears later in the text."""
    article = "|".join(sorted(cast.words.definite))
    pattern = rf"\b(?i:{article})\s+(?:{noun}),\s+((?:{_NAME}\s){{1,2}}{_NAME}),"
    match = re.compile(pattern).search(cast.text, end, end + REACH)
    found = _as_person(cast, match.group(1), match) if match else None
    return _given_name(cast, mention, noun, at, found)


def _as_person(cast: Cast, name: str, match: re.Match[str]) -> tuple[str, Span] | None:
    if read(name, cast.words).shape not in ("name", "person"):
        return None
    return name, (match.start(), match.start() + len(match.group().rstrip()))


def _given_name(cast: Cast, mention: Mention, noun: str, at: int, found: tuple[str, Span] | None) -> Source | None:
    if found is None:
        return None
    name = read(found[0], cast.words).name
    return cast.because("role-named", at, replace(source_of(mention), name=name, kind="person"), noun, found[1])
