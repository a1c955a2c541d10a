"""The head of a noun phrase: a person by name or role, a body, an outlet, a document, a group or a bare name.

"Interior Minister | Ilena Marrovic", "Mounzer Khalil | head of the clinic", "Britain-based monitoring group | SOHR".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .bodies import Body
from .places import country
from .shapes import KINDS, Mention, Shape
from .words import Token, Words


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


def listed(phrase: str, part: Sequence[Token], text: str, words: Words) -> Mention | None:
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


def phrase_of(text: str, phrase: str, part: Sequence[Token], words: Words) -> Mention:
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
            text_of(text, front[:ahead]),
            "person",
            "person",
            text_of(text, front[ahead:]),
            tail_of(text, tail, words) or role,
            nouns=frozenset(),
        )
    word = head.word
    if word in words.roles:
        return Mention(
            phrase,
            "role",
            "person",
            text_of(text, front),
            tail_of(text, tail, words) or _affiliation(text, front, words),
        )
    if word in words.groups:
        return Mention(phrase, "group", "unnamed", text_of(text, front), tail_of(text, tail, words))
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
        return Mention(phrase if not tail else text_of(text, front), "name", None, None, tail_of(text, tail, words))
    name = _person_behind(front, words)
    if name:
        return Mention(
            text_of(text, front[name:]), "person", "person", text_of(text, front[:name]), tail_of(text, tail, words)
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
    name = text_of(text, front[at:])
    noun = front[at - 1].word
    lead = text_of(text, front[:at])
    known = words.bodies_known.called(name)
    press = _press(front[:at], words)
    if noun in words.roles or noun in words.titles:
        return Mention(name, "person", "person", lead, tail_of(text, tail, words))
    if known and (known.kind == "outlet" or not press):
        return of_body(known, name, frozenset((noun,)))
    shape: Shape = "outlet" if press else "body"
    full = text_of(text, [*front[at:], *(())])
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
        return _bare(text_of(text, lead))
    holder = next((number for number, token in enumerate(lead) if token.possessive), None)
    return None if holder is None else _bare(text_of(text, lead[: holder + 1]))


def _bare(name: str) -> str:
    """A name without a closing possessive."""
    return re.sub(r"['’]s$", "", name)


def tail_of(text: str, tail: Sequence[Token], words: Words) -> str | None:
    if not tail:
        return None
    first = 1 if tail[0].word in words.articles and len(tail) > 1 else 0
    return text[tail[first].start : tail[-1].end].rstrip(" ,")


def text_of(text: str, part: Sequence[Token]) -> str:
    return text[part[0].start : part[-1].end].strip(" ,'’") if part else ""
