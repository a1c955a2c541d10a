"""One mention of a source, read as it stands: person, role, body, outlet, document, group or pronoun.

"Its coordinator in the city of Kelmin, Mira Oduwe," is a person, Mira Oduwe, whose role is coordinator. Who a
pronoun, a surname or "the ministry" means is decided in `cast`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ..records import SourceKind
from .heads import listed, phrase_of, tail_of, text_of
from .shapes import KINDS, Mention, Shape
from .words import Token, Words, key, tokens

LONGEST = 60
"""Words of a mention that are read; what follows is description."""


@lru_cache(maxsize=2048)
def read(text: str, words: Words) -> Mention:
    """The mention in the words `text`."""
    if ")" in text and "(" not in text:
        text = text[text.index(")") + 1 :]
    found = _unabbreviated(tokens(text)[:LONGEST], words)
    while len(found) > 1 and found[-1].word in words.days | words.links:
        found = found[:-1]
    while found and not found[0].word[:1].isalnum():
        found = found[1:]
    clause = next((n for n, token in enumerate(found) if n > 1 and token.word in words.own), None)
    found = found[:clause]  # "an inspector | I spoke to"
    if not found:
        return Mention(text.strip(), "other")
    plain = " ".join(token.word for token in found)
    pronoun = None if found[0].initials else _pronoun(text, plain, found, words)
    if pronoun:
        return pronoun
    joint = _joint(text, found, words)
    if joint:
        return joint
    alias = _alias(text, found, words)
    if alias:
        return alias
    parts = _segments(found, words)
    belongs = next((part for part in parts[1:] if part[0].word in words.links), None)
    segments = [_segment(text, part, words) for part in parts if part is not belongs]
    segments = [segment for segment in segments if segment.name]
    if not segments:
        return Mention(text.strip(" ,"), "other")
    whole = _together(segments)
    if belongs:
        whole = _belonging(whole, tail_of(text, belongs[1:], words))
    if whole.shape == "role" and not whole.definite and not whole.owner and found[0].word in words.determiners:
        whole = replace(whole, kind="unnamed")
    hidden = any(phrase in plain for phrase in words.unnamed)
    if hidden and whole.shape != "person":
        whole = replace(whole, kind="unnamed", unnamed=True)
    return whole


def _unabbreviated(found: Sequence[Token], words: Words) -> tuple[Token, ...]:
    """The words without the full stop of a title: "the mayor, Dr. Ola Mark"."""
    return tuple(
        token for n, token in enumerate(found) if token.word != "." or n == 0 or found[n - 1].word not in words.titles
    )


def _belonging(mention: Mention, body: str | None) -> Mention:
    """ "Varga, of the Reform Party,": a bare name with a body behind it is a person's."""
    if mention.shape == "name":
        mention = replace(mention, shape="person", kind="person")
    return replace(mention, affiliation=mention.affiliation or body)


def _pronoun(text: str, plain: str, found: Sequence[Token], words: Words) -> Mention | None:
    """The mention that only points to another: "he", "its", "our reporter", "the latter"."""
    if plain in words.own or (found[0].word in words.own and len(found) == 1):
        return Mention(text.strip(), "pronoun", nouns=frozenset((plain,)))
    if len(found) <= 3 and found[0].word in words.person | words.body | words.several | words.relative:
        rest = [token for token in found[1:] if token.word in words.heads or token.capital]
        if not rest:
            return Mention(found[0].word, "pronoun", nouns=frozenset((found[0].word,)))
    if plain in words.latter | words.former:
        return Mention(plain, "pronoun", nouns=frozenset((plain,)))
    return None


def _alias(text: str, found: Sequence[Token], words: Words) -> Mention | None:
    """The only name somebody gives: "one of them, a gunner who asked to be called | Luko"."""
    match = words.called.search(text, found[0].start, found[-1].end)
    behind = [token for token in found if match and token.start >= match.end()]
    last = next((n for n, token in enumerate(behind) if not token.capital), len(behind))
    role = next(
        (token.word for token in found if match and token.end <= match.start() and token.word in words.roles), None
    )
    if not last:
        return None
    return Mention(text_of(text, behind[:last]), "person", "person", role, nouns=frozenset({role} if role else ()))


def _segments(found: Sequence[Token], words: Words) -> list[list[Token]]:
    """The mention cut at its commas; relative clauses, ages and asides left out."""
    parts: list[list[Token]] = [[]]
    depth, skipping = 0, False
    for number, token in enumerate(found):
        if token.word in "([":
            depth += 1
        elif token.word in ")]":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif token.word in ",;–—-:":
            if skipping and len(parts) > 1 and number + 1 < len(found) and not found[number + 1].capital:
                continue
            skipping = False
            parts.append([])
        elif (token.word in words.relative and number and not token.initials) or (
            not parts[-1] and number and words.citing.match(token.word)
        ):
            skipping = True
        elif not skipping and token.word not in "\"“”'‘’«»„":
            parts[-1].append(token)
    return [part for part in parts if part and not _age(part)]


def _age(part: Sequence[Token]) -> bool:
    return part[-1].word.isdigit() and len(part) <= 2


def _segment(text: str, part: Sequence[Token], words: Words) -> Mention:
    owner = None
    definite = False
    if part[0].word in words.issuing:
        part = part[1:]
    while part and part[0].word in words.determiners:
        definite = definite or part[0].word in words.possessive | words.those | words.definite
        owner = part[0].word if part[0].word in words.possessive else owner
        part = part[1:]
    if not part:
        return Mention("", "other")
    issuer = _issuer(text, part, words)
    if issuer:
        return issuer
    phrase = text[part[0].start : part[-1].end].strip(" ,'’")
    body = listed(phrase, part, text, words)
    nouns = frozenset(token.word for token in part if token.word in words.heads)
    if body:
        return replace(body, definite=definite, nouns=nouns | body.nouns | set(key(body.name).split()))
    mention = phrase_of(text, phrase, part, words)
    return replace(mention, definite=definite, owner=owner, nouns=nouns | mention.nouns)


def _issuer(text: str, part: Sequence[Token], words: Words) -> Mention | None:
    """Whose document it is: "an update by | the ministry", "figures from | Tarsa", "a report in | The Nation"."""
    number = next((n for n, token in enumerate(part[:6]) if token.word in words.documents), None)
    if number is None:
        return None
    at = number + 1
    while at < len(part) and part[at].word in words.made:
        at += 1
    if at + 1 >= len(part) or part[at].word not in words.authored | words.carried:
        return None
    if " ".join(token.word for token in part[at + 1 :]) in words.own:
        return Mention(text[part[at + 1].start : part[-1].end], "pronoun")
    found = _segment(text, part[at + 1 :], words)
    if part[at].word in words.carried and found.shape != "outlet":
        titled = found.shape in ("name", "body") and part[at + 1].capital and part[at + 1].word in words.articles
        found = replace(found, shape="outlet", kind="outlet", definite=False) if titled else Mention("", "other")
    if found.shape not in ("body", "outlet", "person", "role", "name", "group"):
        return None
    return replace(found, nouns=found.nouns | {part[number].word})


def _together(segments: list[Mention]) -> Mention:
    """One mention of what stands between its commas: a name with its roles, or a body with its description."""
    nouns = frozenset(noun for segment in segments for noun in segment.nouns)
    person = next((s for s in segments if s.shape == "person"), None)
    names = [s for s in segments if s.shape == "name"]
    roles = [s for s in segments if s.shape == "role"]
    first = segments[0]
    owner = next((s.owner for s in segments if s.owner), None)
    if not person and names and roles:
        person = replace(names[0], shape="person", kind="person")
    if person:
        role = person.role or next((s.role for s in roles), None)
        affiliation = person.affiliation or next((s.affiliation for s in roles if s.affiliation), None)
        return replace(person, role=role, affiliation=affiliation, nouns=nouns, owner=owner)
    issuer = next((s for s in segments[1:] if s.shape == "body"), None)
    if first.shape == "document" and issuer:
        return replace(issuer, nouns=nouns)
    if first.shape == "name" and len(segments) > 1:
        kind = next((s for s in segments[1:] if s.shape in ("body", "outlet", "document", "group")), None)
        if kind:
            shape: Shape = "outlet" if kind.shape == "outlet" else "body"
            return replace(first, shape=shape, kind=KINDS[shape], nouns=nouns)
        return replace(first, nouns=nouns)
    if first.shape in ("other", "group") and names:
        return replace(names[0], shape="person", kind="person", nouns=nouns)
    return replace(first, nouns=nouns)


def _joint(text: str, found: Sequence[Token], words: Words) -> Mention | None:
    """Two sources that speak together, as one: "Hamas and Palestinian officials"."""
    for number, token in enumerate(found):
        if token.word in words.relative and number:
            return None
        if token.word not in words.joining or number == 0 or number + 1 == len(found):
            continue
        before, after = found[number - 1], found[-1]
        second = found[number + 1 :]
        sources = words.heads
        if (
            (before.word in sources or before.capital)
            and not before.possessive
            and _source_like(second, words)
            and not _inside_name(found, number, words)
        ):
            start = 1 if found[0].word in words.determiners else 0
            name = text[found[start].start : after.end].strip(" ,'’")
            both = frozenset(t.word for t in found if t.word in sources)
            kind: SourceKind = "unnamed" if found[-1].word in words.groups else "organisation"
            return Mention(name, "group", kind, nouns=both)
    return None


def _source_like(part: Sequence[Token], words: Words) -> bool:
    return any(token.word in words.heads or token.capital for token in part)


def _inside_name(found: Sequence[Token], number: int, words: Words) -> bool:
    """Whether the "and" belongs to one body's name ("the U.N. Relief and Works Agency") or one role."""
    before, after = found[number - 1], found[number + 1]
    head = found[-1]
    if before.word in words.modifiers and after.word not in words.determiners and head.word in words.heads:
        return True
    proper = before.capital and after.capital and head.capital and head.word in words.bodies | words.outlets
    return (
        proper
        and found[number + 1 :][0].word not in words.determiners
        and not any(token.word in words.heads for token in found[:number])
    )
