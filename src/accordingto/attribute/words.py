"""The words that attribute (`languages/<code>/attribution.toml`) and the bodies reports name (`bodies.toml`)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from .. import spelling
from ..kinds import readings
from ..languages import supported, table
from .bodies import Bodies, bodies
from .keys import key

__all__ = ["LONG", "TOKEN", "Token", "Words", "key", "tokens", "words"]
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-'’.,]\w+)*['’]?|[^\w\s]")


LONG = 7
"""Letters from which on a word of a longer phrase ("unaccounted for") says by itself what is counted."""


SHOUTED = 3
"""Blanks from which on a text in capitals is a headline, and none of its words initials."""


class Token(NamedTuple):
    """One word or sign of a sentence: span, lower-case word without its possessive, and how it is written."""

    start: int
    end: int
    word: str
    capital: bool
    possessive: bool
    initials: bool = False
    """Written in capitals amid words that are not ("US", "WHO")."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The attribution words of one language; every set is lower case."""

    numbers: re.Pattern[str]
    say: frozenset[str]
    after: frozenset[str]
    clausal: frozenset[str]
    clause: frozenset[str]
    followed: dict[str, frozenset[str]]
    toll_verbs: frozenset[str]
    toll_nouns: frozenset[str]
    toll_led: frozenset[str]
    toll_set: frozenset[str]
    toll_low: frozenset[str]
    agents: frozenset[str]
    lives: frozenset[str]
    taking: frozenset[str]
    count: frozenset[str]
    plain: frozenset[str]
    plan: frozenset[str]
    plan_alone: frozenset[str]
    denied: frozenset[str]
    turning: tuple[str, ...]
    contracted: tuple[str, ...]
    unturned: frozenset[str]
    unsure: frozenset[str]
    asking: frozenset[str]
    open: frozenset[str]
    turns: frozenset[str]
    planned: tuple[str, ...]
    possible: tuple[str, ...]
    hedges: frozenset[str]
    impersonal: frozenset[str]
    nobody: frozenset[str]
    nothing: frozenset[str]
    set_phrases: re.Pattern[str]
    contrary: tuple[str, ...]
    negations: frozenset[str]
    questioning: frozenset[str]
    citing: re.Pattern[str]
    outward: re.Pattern[str]
    as_saying: re.Pattern[str]
    heard: re.Pattern[str]
    told: frozenset[str]
    holding: frozenset[str]
    public: frozenset[str]
    gathering: frozenset[str]
    briefed: re.Pattern[str]
    account: frozenset[str]
    account_prepositions: frozenset[str]
    seats: frozenset[str]
    passive: frozenset[str]
    according: re.Pattern[str]
    closing: frozenset[str]
    those: frozenset[str]
    openings: re.Pattern[str]
    parts: re.Pattern[str]
    background: re.Pattern[str]
    accounts: re.Pattern[str]
    answers: tuple[str, ...]
    questions: tuple[str, ...]
    carries: re.Pattern[str]
    summaries: re.Pattern[str]
    headings: re.Pattern[str]
    whole_documents: frozenset[str]
    roles: frozenset[str]
    groups: frozenset[str]
    bodies: frozenset[str]
    outlets: frozenset[str]
    documents: frozenset[str]
    collective: frozenset[str]
    restricting: frozenset[str]
    issued: frozenset[str]
    wires: frozenset[str]
    wired: frozenset[str]
    government: frozenset[str]
    plurals: frozenset[str]
    made: frozenset[str]
    based: tuple[str, ...]
    authored: frozenset[str]
    carried: frozenset[str]
    staff: frozenset[str]
    called: re.Pattern[str]
    unnamed: tuple[str, ...]
    modifiers: frozenset[str]
    person: frozenset[str]
    body: frozenset[str]
    several: frozenset[str]
    relative: frozenset[str]
    own: frozenset[str]
    she: frozenset[str]
    possessive: frozenset[str]
    object: frozenset[str]
    latter: frozenset[str]
    former: frozenset[str]
    between: frozenset[str]
    days: frozenset[str]
    contrasts: frozenset[str]
    dating: frozenset[str]
    asides: frozenset[str]
    cuts: frozenset[str]
    determiners: frozenset[str]
    articles: frozenset[str]
    being: frozenset[str]
    halting: frozenset[str]
    going_on: frozenset[str]
    inner: frozenset[str]
    joining: frozenset[str]
    issuing: frozenset[str]
    causes: frozenset[str]
    definite: frozenset[str]
    within: frozenset[str]
    there: tuple[str, ...]
    links: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    breaks: frozenset[str]
    clauses: frozenset[str]
    aside: frozenset[str]
    events: frozenset[str]
    qualifiers: frozenset[str]
    function: frozenset[str]
    """Small words that no source is made of, though they may begin a sentence."""
    heads: frozenset[str]
    """Every word that can be the head of a source."""
    asserting: frozenset[str]
    """Words of a cue whose source stands for all of the content, "an attack that killed 58" included or not."""
    verbs: frozenset[str]
    """Every verb a rule begins at."""
    measured: frozenset[str]
    """Words that say what a number counts, of every kind, and words for a toll."""
    bodies_known: Bodies
    """Bodies, outlets and metonyms by all their names."""


@lru_cache(maxsize=512)
def tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The words and signs of a stretch of text."""
    stop = len(text) if end is None else min(end, len(text))
    if start == 0 and stop == len(text):
        found = _read(text, 0, stop)
    else:
        every, starts, ends = _every(text)
        first, last = bisect_left(starts, start), bisect_right(ends, stop)
        cut = (first and ends[first - 1] > start) or (last < len(starts) and starts[last] < stop)
        found = _read(text, start, stop) if cut else every[first:last]
    if text.count(" ", start, stop) >= SHOUTED and text[start:stop].isupper():
        return tuple(token._replace(initials=False) for token in found)
    return found


@lru_cache(maxsize=4)
def _every(text: str) -> tuple[tuple[Token, ...], list[int], list[int]]:
    """All words and signs of a text, where they start and where they end: rules ask for one stretch after another."""
    every = _read(text, 0, len(text))
    return every, [token.start for token in every], [token.end for token in every]


def _read(text: str, start: int, end: int) -> tuple[Token, ...]:
    found = []
    for match in TOKEN.finditer(text, start, end):
        word = match.group()
        bare = word[:-2] if word[-2:] in ("'s", "’s") else word.rstrip("'’")
        initials = len(bare) > 1 and bare.isupper()
        capital = word[0].isupper() or spelling.particled(word)
        found.append(Token(*match.span(), bare.lower(), capital, len(bare) < len(word), initials))
    return tuple(found)


@cache
def words(language: str | None) -> Words:
    """The words of a language; English when it is unknown or not supported."""
    code = language if language in supported() else "en"
    data = table(code or "en", "attribution")
    source, pronoun, grammar, stance = data["source"], data["pronoun"], data["grammar"], data["stance"]
    toll, relay, account, follows, whole = data["toll"], data["relay"], data["account"], data["follows"], data["whole"]
    unsaid = data["unsaid"]
    return Words(
        numbers=re.compile(r"\d+|" + _any(data["numbers"]), re.IGNORECASE),
        say=frozenset(data["say"]),
        after=frozenset(data["after"]),
        clausal=frozenset(data["clausal"]),
        clause=frozenset(data["clause"]),
        followed={verb: frozenset(after) for verb, after in data["with"].items()},
        toll_verbs=frozenset(toll["verbs"]),
        toll_nouns=frozenset(toll["nouns"]),
        toll_led=frozenset(toll["led"]),
        toll_set=frozenset(toll["set"]),
        toll_low=frozenset(toll["low"]),
        agents=frozenset(toll["agents"]),
        lives=frozenset(data["count"]["lives"]),
        taking=frozenset(data["count"]["taking"]),
        count=frozenset(data["count"]["verbs"]),
        plain=frozenset(data["count"]["plain"]),
        plan=frozenset(data["plan"]["verbs"]),
        plan_alone=frozenset(data["plan"]["alone"]),
        denied=frozenset(stance["denied"]),
        turning=tuple(stance["turning"]),
        contracted=tuple(stance["contracted"]),
        unturned=frozenset(stance["unturned"]),
        unsure=frozenset(stance["unsure"]),
        asking=frozenset(stance["asking"]),
        open=frozenset(stance["open"]),
        turns=frozenset(stance["turns"]),
        planned=tuple(stance["planned"]),
        possible=tuple(stance["possible"]),
        hedges=frozenset(data["hedge"]["words"]),
        impersonal=frozenset(data["hedge"]["impersonal"]),
        nobody=frozenset(unsaid["nobody"]),
        nothing=frozenset(unsaid["nothing"]),
        set_phrases=re.compile(_any(unsaid["phrases"]), re.IGNORECASE),
        contrary=tuple(unsaid["contrary"]),
        negations=frozenset(unsaid["negations"]),
        questioning=frozenset(unsaid["questioning"]),
        citing=re.compile(_any(relay["citing"], relay["amid"]), re.IGNORECASE),
        outward=re.compile(_any(relay["outward"], relay["amid"]), re.IGNORECASE),
        as_saying=re.compile(
            rf"(?:{_any(relay['as_saying'])}\s*|{_any(relay['as_telling'])}(?:\s+[\w'’-]+){{1,6}}?\s+(?={_any(grammar['clauses'])}))",
            re.IGNORECASE,
        ),
        heard=re.compile(_any(relay["heard"]), re.IGNORECASE),
        told=frozenset(relay["told"]),
        holding=frozenset(relay["holding"]),
        public=frozenset(relay["public"]),
        gathering=frozenset(relay["gathering"]),
        briefed=re.compile(
            _any(data["pronoun"]["relative"])
            + rf"\s+(?:(?!{_any(grammar['articles'])})\w+\s+){{0,4}}?"
            + _any(relay["briefed"], relay["amid"])
            + "|"
            + _any(relay["reduced"]),
            re.IGNORECASE,
        ),
        account=frozenset(account["nouns"]),
        account_prepositions=frozenset(account["prepositions"]),
        seats=frozenset(account["seats"]),
        passive=frozenset(account["passive"]),
        according=re.compile(_any(account["according"]), re.IGNORECASE),
        closing=frozenset(follows["closing"]),
        those=frozenset(follows["those"]),
        parts=re.compile(_any(follows["parts"]), re.IGNORECASE),
        background=re.compile(_any(follows["background"]) + r"|\b(?:19|20)\d\d\b", re.IGNORECASE),
        accounts=re.compile(_any(follows["accounts"]), re.IGNORECASE),
        openings=re.compile(r"\W*" + _any(follows["openings"]), re.IGNORECASE),
        answers=tuple(whole["answers"]),
        questions=tuple(whole["questions"]),
        carries=re.compile(_any(whole["carries"]), re.IGNORECASE),
        summaries=re.compile(r"\W*" + _any(whole["summaries"]), re.IGNORECASE),
        headings=re.compile(r"\W*" + _any(whole["headings"]), re.IGNORECASE),
        whole_documents=frozenset(whole["documents"]),
        roles=frozenset(source["roles"]),
        groups=frozenset(source["groups"]),
        bodies=frozenset(source["bodies"]),
        outlets=frozenset(source["outlets"]),
        documents=frozenset(source["documents"]),
        collective=frozenset(source["collective"]),
        restricting=frozenset(source["restricting"]),
        issued=frozenset(source["issued"]),
        plurals=frozenset(source["plurals"]),
        wires=frozenset(source["wires"]),
        wired=frozenset(source["wired"]),
        government=frozenset(source["government"]),
        made=frozenset(source["made"]),
        based=tuple(source["based"]),
        authored=frozenset(source["authored"]),
        carried=frozenset(source["carried"]),
        staff=frozenset(source["staff"]),
        called=re.compile(_any(source["called"]) + r"\W{1,3}", re.IGNORECASE),
        unnamed=tuple(source["unnamed"]),
        modifiers=frozenset(source["modifiers"]),
        person=frozenset(pronoun["person"]),
        body=frozenset(pronoun["body"]),
        several=frozenset(pronoun["several"]),
        relative=frozenset(pronoun["relative"]),
        own=frozenset(pronoun["own"]),
        she=frozenset(pronoun["she"]),
        possessive=frozenset(pronoun["possessive"]),
        object=frozenset(pronoun["object"]),
        latter=frozenset(pronoun["latter"]),
        former=frozenset(pronoun["former"]),
        between=frozenset(grammar["between"]),
        days=frozenset(grammar["days"]),
        contrasts=frozenset(grammar["contrasts"]),
        dating=frozenset(grammar["dating"]),
        asides=frozenset(grammar["asides"]),
        cuts=frozenset(grammar["cuts"]),
        determiners=frozenset(grammar["determiners"]),
        articles=frozenset(grammar["articles"]),
        being=frozenset(grammar["being"]),
        halting=frozenset(grammar["halting"]),
        going_on=frozenset(grammar["going_on"]),
        inner=frozenset(grammar["inner"]),
        joining=frozenset(grammar["joining"]),
        issuing=frozenset(grammar["issuing"]),
        causes=frozenset(grammar["causes"]),
        definite=frozenset(grammar["definite"]),
        within=frozenset(grammar["within"]),
        there=tuple(grammar["there"]),
        links=frozenset(grammar["links"]),
        titles=frozenset(grammar["titles"]),
        particles=frozenset(grammar["particles"]),
        breaks=frozenset(grammar["breaks"]),
        clauses=frozenset(grammar["clauses"]),
        aside=frozenset(grammar["aside"]),
        events=frozenset(grammar["events"]),
        qualifiers=frozenset(grammar["qualifiers"]),
        function=frozenset(word for name in ("determiners", "breaks", "links", "between") for word in grammar[name])
        | frozenset(account["prepositions"])
        | frozenset(
            (
                *pronoun["person"],
                *pronoun["body"],
                *pronoun["several"],
                *pronoun["relative"],
                *pronoun["own"],
                *follows["those"],
            )
        ),
        heads=frozenset(
            word for name in ("roles", "groups", "bodies", "outlets", "documents") for word in source[name]
        ),
        asserting=frozenset(
            (
                *data["say"],
                *data["after"],
                *data["with"],
                *toll["verbs"],
                *data["count"]["verbs"],
                *data["plan"]["verbs"],
                *data["plan"]["alone"],
                *account["nouns"],
                "according",
            )
        ),
        verbs=frozenset((*data["say"], *data["with"], *toll["verbs"], *data["count"]["verbs"], *data["plan"]["verbs"])),
        measured=frozenset(
            word
            for phrase in readings(code or "en")
            for word in phrase.split()
            if len(word) >= LONG or " " not in phrase
        )
        | frozenset(toll["nouns"]),
        bodies_known=bodies(code or "en"),
    )


def _any(phrases: Iterable[str], amid: Iterable[str] = ()) -> str:
    """A pattern for whole phrases, the longest first, with one of the words `amid` between theirs or none."""
    blank = rf"(?:\s+{_any(amid)})?\s+" if amid else r"\s+"
    ordered = sorted(phrases, key=len, reverse=True)
    first = "".join(sorted({phrase[0] for phrase in ordered}))
    return rf"\b(?=[{first}])(?:" + "|".join(re.escape(phrase).replace(r"\ ", blank) for phrase in ordered) + r")\b"
