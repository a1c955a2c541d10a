"""One mention of a source, read as it stands: person, role, body, outlet, document, group or pronoun.

"Its coordinator in the city of Kelmin, Mira Oduwe," is a person, Mira Oduwe, whose role is coordinator. Who a
pronoun, a surname or "the ministry" means is decided in `cast`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ..records import SourceKind
from .bodies import Body
from .places import country
from .words import Token, Words, key, tokens

Shape = Literal["person", "role", "body", "outlet", "document", "group", "name", "pronoun", "other"]
KINDS: dict[Shape, SourceKind | None] = {
    "person": "person", "role": "person", "body": "organisation", "outlet": "outlet",
    "document": "document", "group": "unnamed", "name": None, "pronoun": None, "other": "unnamed",
}  # fmt: skip
LONGEST = 60
"""Words of a mention that are read; what follows is description."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What one mention says by itself. `nouns` are the source words in it ("ministry", "agency"), lower case."""

    name: str
    shape: Shape
    kind: SourceKind | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    definite: bool = False
    owner: str | None = None
    """The pronoun of "its spokesman", "her ministry"."""
    nouns: frozenset[str] = frozenset()
    unnamed: bool = False
    listed: str | None = None
    """The words under which the tables of bodies and outlets know it."""


@lru_cache(maxsize=2048)
def read(text: str, words: Words) -> Mention:
    """The mention in the words `text`."""
    if ")" in text and "(" not in text:
        text = text[text.index(")") + 1 :]
    found = tokens(text)[:LONGEST]
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
    segments = [_segment(text, part, words) for part in _segments(found, words)]
    segments = [segment for segment in segments if segment.name]
    if not segments:
        return Mention(text.strip(" ,"), "other")
    whole = _together(segments)
    if whole.shape == "role" and not whole.definite and not whole.owner and found[0].word in words.determiners:
        whole = replace(whole, kind="unnamed")
    hidden = any(phrase in plain for phrase in words.unnamed)
    if hidden and whole.shape != "person":
        whole = replace(whole, kind="unnamed", unnamed=True)
    return whole


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
    known = _known(phrase, part, text, words)
    nouns = frozenset(token.word for token in part if token.word in words.heads)
    if known:
        return replace(known, definite=definite, nouns=nouns | known.nouns | set(key(known.name).split()))
    mention = _phrase(text, phrase, part, words)
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


def _press(part: Sequence[Token], words: Words) -> bool:
    """Whether the words before a name make it an outlet's: "the daily", "state agency"."""
    found = {token.word for token in part}
    last = part[-1].word if part else ""
    return last in words.outlets or (last in words.wired and bool(found & words.wires))


def _news(front: Sequence[Token], words: Words) -> bool:
    """Whether an agency is an outlet by the word before it: "Vadra Press | Agency"."""
    return len(front) > 1 and front[-2].word in words.wires & words.outlets


def of_body(body: Body, form: str, nouns: frozenset[str] = frozenset()) -> Mention:
    """The mention of a body that the tables know, written `form`."""
    shape: Shape = "outlet" if body.kind == "outlet" else "body"
    nouns |= body.nouns
    return Mention(body.name, shape, body.kind, None, body.stands_for, body.country, nouns=nouns, listed=form)


def _known(phrase: str, part: Sequence[Token], text: str, words: Words) -> Mention | None:
    """The mention of a body that the tables know, with "Britain-based" and "monitoring group" around it or not."""
    last = len(part)
    while (
        last > 1
        and not part[last - 1].capital
        and part[last - 1].word in (words.heads | words.modifiers) - words.groups - words.roles - words.plurals
    ):
        last -= 1
    first = 0
    while first < last - 1 and (
        "-" in part[first].word or (not part[first].capital and part[first].word not in words.roles | words.links)
    ):
        first += 1
    owned = next((n + 1 for n, token in enumerate(part[: last - 1]) if token.possessive and _country(text, part, n)), 0)
    slices = [(0, len(part)), (first, len(part)), (first, last), (0, last), (owned, len(part)), (owned, last)]
    if text[part[last - 1].start : part[last - 1].end].isupper() and all(token.capital for token in part[:last]):
        slices.append((last - 1, last))
    named = next((n for n in range(len(part) - 1, -1, -1) if not part[n].capital), -1) + 1
    if 0 < named < len(part) and part[named - 1].word not in words.function:
        slices.append((named, len(part)))  # "news site | Ukrainska Pravda"
    for start, end in slices:
        form = text[part[start].start : part[end - 1].end]
        body = words.bodies_known.called(form)
        if body and (body.kind == "outlet" or not _press(part[:start], words)):
            return of_body(body, form)
    return None


def _country(text: str, part: Sequence[Token], number: int) -> bool:
    """Whether the words up to a possessive are a country: "South Korea's | Yonhap news agency"."""
    return country(_bare(text[part[0].start : part[number].end])) is not None


def _phrase(text: str, phrase: str, part: Sequence[Token], words: Words) -> Mention:
    """A noun phrase without its article: where is its head, and is there a proper name behind it?"""
    end = next(
        (n for n, token in enumerate(part) if n and _cuts(token, words) and part[n - 1].word != ","),
        len(part),
    )
    head = part[end - 1]
    if end < len(part) and _proper_through(part, end, words):
        end = _proper_end(part, end, words)
    front, tail = part[:end], part[end + 1 :]
    behind = _name_behind(front, words)
    if behind is not None:
        return _named_behind(text, front, behind, tail, words)
    ahead = _name_ahead(front, words)
    if ahead is not None:
        role = text[front[ahead].start : part[-1].end]
        return Mention(
            _text(text, front[:ahead]),
            "person",
            "person",
            _text(text, front[ahead:]),
            _tail(text, tail, words) or role,
            nouns=frozenset(),
        )
    word = head.word
    if word in words.roles:
        return Mention(
            phrase, "role", "person", _text(text, front), _tail(text, tail, words) or _affiliation(text, front, words)
        )
    if word in words.groups:
        return Mention(phrase, "group", "unnamed", _text(text, front), _tail(text, tail, words))
    if (word in words.outlets and word not in words.bodies) or (word in words.wired and _news(front, words)):
        return Mention(phrase, "outlet", "outlet")
    if word in words.bodies:
        government = bool(words.government & {token.word for token in front})
        return Mention(phrase, "body", "government" if government else "organisation")
    if word in words.outlets:
        return Mention(phrase, "outlet", "outlet")
    if word in words.documents:
        return Mention(phrase, "document", "document")
    if len(front) > 1 and front[0].capital and front[0].word in words.outlets and front[1].capital:
        return Mention(phrase, "outlet", "outlet")
    if all(token.capital or token.word in words.particles for token in front) and not _common(front, words):
        return Mention(phrase if not tail else _text(text, front), "name", None, None, _tail(text, tail, words))
    name = _person_behind(front, words)
    if name:
        return Mention(
            _text(text, front[name:]), "person", "person", _text(text, front[:name]), _tail(text, tail, words)
        )
    return Mention(phrase, "other", "unnamed")


def _person_behind(front: Sequence[Token], words: Words) -> int:
    """Where a full name starts behind what its bearer is: "geologist | Runa Falk"; 0 when there is none."""
    first = len(front)
    while first > 0 and front[first - 1].capital and front[first - 1].word not in words.heads | words.modifiers:
        first -= 1
    described = first > 0 and all(token.word.isalpha() and not token.capital for token in front[:first])
    return first if described and 2 <= len(front) - first <= 3 else 0


def _cuts(token: Token, words: Words) -> bool:
    """Whether the head of the phrase stands before this word."""
    return token.word in words.links or (token.word in words.cuts and not token.capital)


def _common(front: Sequence[Token], words: Words) -> bool:
    """Whether nothing in the phrase is a name ("One", "Many"), capital or not."""
    return all(token.word in words.function | words.modifiers for token in front)


def _proper_through(part: Sequence[Token], link: int, words: Words) -> bool:
    """Whether the preposition stands inside a proper name ("Observatory for Human Rights", "Ministry of Defence")."""
    before, after = part[link - 1], part[link + 1 : link + 2]
    return bool(before.capital and before.word in words.bodies and after and after[0].capital)


def _proper_end(part: Sequence[Token], link: int, words: Words) -> int:
    """One past the last word of a proper name that goes on behind its preposition."""
    end = link + 1
    while end < len(part) and (
        part[end].capital or part[end].word in words.heads or part[end].word in words.inner | words.articles
    ):
        end += 1
    while part[end - 1].word in words.inner | words.articles:
        end -= 1
    return end


def _name_behind(front: Sequence[Token], words: Words) -> int | None:
    """Where a proper name starts behind a role or source noun: "Interior Minister | Ilena Marrovic"."""
    last = len(front)
    first = last
    while (
        first > 0
        and (front[first - 1].capital or front[first - 1].word in words.particles)
        and not front[first - 1].possessive
    ):
        if front[first - 1].word in words.roles | words.titles or (
            front[first - 1].word in words.heads and first < last and not front[first - 1].capital
        ):
            break
        first -= 1
    if first == 0 or first == last or (front[last - 1].word in words.heads and front[first - 1].capital):
        return None
    before = front[first - 1]
    return first if before.word in words.roles | words.titles | words.heads else None


def _named_behind(text: str, front: Sequence[Token], at: int, tail: Sequence[Token], words: Words) -> Mention:
    name = _text(text, front[at:])
    noun = front[at - 1].word
    lead = _text(text, front[:at])
    known = words.bodies_known.called(name)
    press = _press(front[:at], words)
    if noun in words.roles or noun in words.titles:
        return Mention(name, "person", "person", lead, _tail(text, tail, words))
    if known and (known.kind == "outlet" or not press):
        return of_body(known, name, frozenset((noun,)))
    shape: Shape = "outlet" if press else "body"
    full = _text(text, [*front[at:], *(())])
    if tail and front[-1].word in words.bodies:
        full = text[front[at].start : tail[-1].end]
    return Mention(full, shape, KINDS[shape], None, None, nouns=frozenset((noun,)))


def _name_ahead(front: Sequence[Token], words: Words) -> int | None:
    """Where the role starts in "Mounzer Khalil | head", a name whose comma was lost."""
    at = 0
    while at < len(front) and front[at].capital and front[at].word not in words.heads and not front[at].possessive:
        at += 1
    if (
        at >= 2
        and at < len(front)
        and not front[at].capital
        and front[-1].word in words.roles
        and front[at - 1].word not in words.modifiers
    ):
        return None if country(" ".join(token.word.capitalize() for token in front[:at])) else at
    return None


def _affiliation(text: str, front: Sequence[Token], words: Words) -> str | None:
    """The body inside a role: "an Israeli foreign ministry | spokesperson"."""
    lead = front[:-1]
    if any(token.word in words.bodies for token in lead):
        return _bare(_text(text, lead))
    holder = next((number for number, token in enumerate(lead) if token.possessive), None)
    return None if holder is None else _bare(_text(text, lead[: holder + 1]))


def _bare(name: str) -> str:
    """A name without a closing possessive."""
    return re.sub(r"['’]s$", "", name)


def _tail(text: str, tail: Sequence[Token], words: Words) -> str | None:
    if not tail:
        return None
    first = 1 if tail[0].word in words.articles and len(tail) > 1 else 0
    return text[tail[first].start : tail[-1].end].rstrip(" ,")


def _text(text: str, part: Sequence[Token]) -> str:
    return text[part[0].start : part[-1].end].strip(" ,'’") if part else ""


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
