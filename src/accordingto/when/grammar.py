"""The forms of `languages/<language>/times.toml` as regular expressions, found by their first word.

One pass over the words of a text looks each up among the words a form can begin with; only there the
forms are tried, anchored, longest reading first. Everything is matched in lower case; the words that
need a capital letter are checked against the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..errors import LanguageError
from ..languages import supported, table

Value = int | str
Slots = Mapping[str, Value]
BLANK = "[ \t-]+"
"""What may stand between two words of a form, in a text that `lower` has been over. Characters beyond Latin-1 in it
would make every form ten times as slow to compile."""
_NO_BLANK = BLANK[:-1] + "*"
_PLAIN = (("\xa0", " "), ("\u2009", " "), ("\u202f", " "), ("’", "'"))
_WORD = re.compile(r"[^\W\d_]+|\d+")
_NEXT = re.compile(r"[\W_]{0,6}([^\W\d_]+|\d+)")
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}$")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_DIGITS = re.compile(r"\d+")
_MONEY_OR_PART = "$£€¥#.,/:"
_YEARS = frozenset({"year", "of", "short_year", "bare_year"})
_WHOLE_DATES = frozenset({"iso", "figures", "decade"})
DIGIT = "0"
"""Stands for every word written in figures."""
ANY = ""
"""Stands for whatever follows a form's first word."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One form: its expression, what it means, and which slot each named group is read by."""

    expression: str
    means: str
    slots: Mapping[str, str]
    given: Mapping[str, Value]
    number: int


@dataclass(frozen=True, eq=False)
class Grammar:
    """All forms of a language by their first two words, and the tables that say what the words are worth."""

    words: Mapping[str, Mapping[str, Value]]
    forms: Mapping[str, Mapping[str, tuple[Form, ...]]]
    capitals: frozenset[str]
    table: Mapping[str, Any]

    def listed(self, *path: str) -> frozenset[str]:
        """A list of words of the table as a set."""
        return _listed(self, path)

    def pattern(self, *path: str) -> re.Pattern[str]:
        """The same list as one expression of whole words."""
        return _pattern(self, path)

    def value(self, slot: str, words: str) -> Value:
        """What the words of a slot are worth: the table's entry, or the first figure in them."""
        known = self.words.get(slot, {}).get(_plain(words))
        if known is not None:
            return known
        if slot in self.table.get("spoken", {}) and not words[0].isdigit():
            return self._spoken(slot, words)
        digits = _DIGITS.search(words)
        return int(digits.group()) if digits and slot not in ("iso", "figures", "clock") else words

    def _spoken(self, slot: str, words: str) -> Value:
        """ "nineteen ninety-six": the first word counts hundreds."""
        hundreds, rest = self.table["spoken"][slot]
        first, _, others = _plain(words).partition(" ")
        one, other = self.words[hundreds].get(first), self.words[rest].get(others)
        return one * 100 + other if isinstance(one, int) and isinstance(other, int) and other > 9 else words


@dataclass(frozen=True, slots=True)
class Reading:
    """One form found in a text: its span, what it means, and the words of its slots in lower case."""

    start: int
    end: int
    means: str
    slots: Slots

    @property
    def names_year(self) -> bool:
        """Whether its words say which year."""
        return self.means in _WHOLE_DATES or not _YEARS.isdisjoint(self.slots)


def grammar_of(language: str | None) -> Grammar:
    """The grammar of a language, of English when it is not known. Raises LanguageError for a broken table."""
    return _grammar(language if language in supported() else "en")


@lru_cache(maxsize=4)
def lower(text: str) -> str:
    """Lower case of the same length, its blanks and apostrophes plain ones, digits of every script as 0 to 9."""
    low = text.lower()
    low = low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if low.isascii():
        return low
    for sign, plain in _PLAIN:
        low = low.replace(sign, plain)
    return _FOREIGN_DIGIT.sub(lambda digit: str(int(digit.group())), low)


def readings(text: str, low: str, grammar: Grammar, start: int, end: int) -> Generator[list[Reading], int | None, None]:
    """For each place where forms match: the readings, longest first. The caller says where to go on with `send`."""
    forms = grammar.forms
    done = start
    for word in _WORD.finditer(low, start, end):
        at = word.start()
        first = word.group()
        seconds = forms.get(first if not first[0].isdigit() else DIGIT)
        if seconds is None or at < done:
            continue
        second = _NEXT.match(low, word.end())
        tried = seconds.get(DIGIT if second[1][0].isdigit() else second[1]) if second else None
        if not tried and not (tried := seconds.get(ANY)):
            continue
        found = _at(text, low, grammar, tried, at, end)
        if found:
            taken = yield found
            done = max(done, taken or 0)


def _at(text: str, low: str, grammar: Grammar, forms: tuple[Form, ...], at: int, end: int) -> list[Reading]:
    if at and (low[at - 1].isalnum() or (low[at].isdigit() and _figure_goes_on(low, at))):
        return []
    found = [m for form in forms if (m := _match(text, low, grammar, form, at, end))]
    found.sort(key=lambda reading: -reading.end)
    return found


def _figure_goes_on(low: str, at: int) -> bool:
    """Whether the digits at `at` are the rest of a larger number, an amount or a fraction."""
    sign = low[at - 1]
    return sign in _MONEY_OR_PART and (sign in "$£€¥#" or (at > 1 and low[at - 2].isdigit()))


def _match(text: str, low: str, grammar: Grammar, form: Form, at: int, end: int) -> Reading | None:
    found = _compiled(form.expression).match(low, at, end)
    if not found or (found.end() < len(low) and _runs_on(low, found.end())):
        return None
    slots: dict[str, Value] = dict(form.given)
    for name, words in found.groupdict().items():
        if words is None:
            continue
        if _plain(words) in grammar.capitals and not text[found.start(name)].isupper():
            return None
        slots[name] = grammar.value(form.slots[name], words)
    return Reading(at, found.end(), form.means, slots)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _runs_on(low: str, end: int) -> bool:
    """Whether a word or number goes on behind the match."""
    after, last = low[end], low[end - 1]
    if after.isalnum() and last != ".":
        return True
    return last.isdigit() and after in ".,:/%" and low[end + 1 : end + 2].isdigit()


def _plain(words: str) -> str:
    return re.sub(r"[\s\xa0\u2009\u202f-]+", " ", words).rstrip(".")


@cache
def _grammar(language: str) -> Grammar:
    data = table(language, "times")
    words = {name: _plain_keys(entries) for name, entries in data.get("slots", {}).items()}
    for slot, shape in data.get("compounds", {}).items():
        words[slot] |= _compounds(words[slot], words.get("number", {}), shape)
    patterns = {slot: _alternation(data["slots"].get(slot, {}), words.get(slot, {})) for slot in words}
    for slot, (hundreds, rest) in data.get("spoken", {}).items():
        spoken = f"(?:{patterns[hundreds]}){BLANK}(?:{patterns[rest]})"
        patterns[slot] = "|".join(filter(None, (patterns.get(slot), spoken)))
        words[slot] = words.get(slot, {}) | dict.fromkeys(words[hundreds], 0)
    for slot, shape in data.get("shapes", {}).items():
        patterns[slot] = f"{shape}|{patterns[slot]}" if slot in patterns else shape
    if "day" in patterns and "ordinal" in words:
        ordinals = words["ordinal"].items()
        words["day"] = {word: value for word, value in ordinals if isinstance(value, int) and value < 32}
        patterns["day"] += "|" + _alternation({}, words["day"])
    by_pair: dict[str, dict[str, list[Form]]] = {}
    for number, (entry, form) in enumerate((one, form) for one in data["forms"] for form in one["forms"]):
        _add(by_pair, form, entry, words, patterns, data, number)
    capitals = frozenset(_plain(word) for word in data.get("capitals", ()))
    return Grammar(words, {first: _merged(seconds) for first, seconds in by_pair.items()}, capitals, data)


@cache
def _listed(grammar: Grammar, path: tuple[str, ...]) -> frozenset[str]:
    entry: Any = grammar.table
    for name in path:
        entry = entry.get(name, {})
    return frozenset(_plain(word) or word for word in entry)


@cache
def _pattern(grammar: Grammar, path: tuple[str, ...]) -> re.Pattern[str]:
    words = sorted(_listed(grammar, path), key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


def _plain_keys(entries: Mapping[str, Value]) -> dict[str, Value]:
    return {_plain(word): value for word, value in entries.items()}


def _compounds(ones: Mapping[str, Value], numbers: Mapping[str, Value], shape: str) -> dict[str, Value]:
    """Tens and units as one number, "twenty four": 20 to 90 with 1 to 9."""
    tens = {w: n for w, n in numbers.items() if isinstance(n, int) and 20 <= n < 100 and n % 10 == 0 and " " not in w}
    small = {w: n for w, n in ones.items() if isinstance(n, int) and 0 < n < 10 and len(w) > 2 and " " not in w}
    return {shape.format(ten=t, one=o): a + b for t, a in tens.items() for o, b in small.items()}


def _alternation(entries: Mapping[str, Value], plain: Mapping[str, Value]) -> str:
    """All words of a slot; an abbreviation's full stop may be missing, a hyphen may be a blank."""
    dotted = {_plain(word) for word in entries if word.endswith(".")}
    rests: dict[str, list[str]] = {}
    for word in sorted(plain, key=lambda word: (-len(word), word)):
        first, _, rest = word.partition(" ")
        rests.setdefault(first, []).append(rest)
    firsts = sorted(rests, key=lambda word: (-len(word), word))
    return "|".join(_phrase(first, rests[first], r"\.?" if first in dotted else "") for first in firsts)


def _phrase(first: str, rests: list[str], stop: str) -> str:
    """One first word with all that may follow it, longest first."""
    longer = "|".join(BLANK.join(map(re.escape, rest.split())) for rest in rests if rest)
    follow = f"(?:{BLANK}(?:{longer}))" if longer else ""
    return re.escape(first) + stop + follow + ("?" if follow and "" in rests else "")


def _add(
    by_pair: dict[str, dict[str, list[Form]]],
    form: str,
    entry: Mapping[str, Any],
    words: Mapping[str, Mapping[str, Value]],
    patterns: Mapping[str, str],
    data: Mapping[str, Any],
    number: int,
) -> None:
    tokens = [_token(token, form, patterns) for token in form.split()]
    groups = {token.name: token.slot for token in tokens if token.slot}
    given = {key: value for key, value in entry.items() if key not in ("means", "forms")}
    compiled = Form(_expression(tokens), entry["means"], groups, given, number)
    for first, second in _pairs(tokens, words, data):
        by_pair.setdefault(first, {}).setdefault(second, []).append(compiled)


def _merged(seconds: Mapping[str, list[Form]]) -> dict[str, tuple[Form, ...]]:
    """For each second word its forms and those that any word may follow, in the order of the file."""
    anything = seconds.get(ANY, [])
    return {word: tuple(sorted({*forms, *anything}, key=lambda f: f.number)) for word, forms in seconds.items()}


class Token(NamedTuple):
    """One token of a form: its expression, whether it may be missing, whether a comma may follow; its slot and name."""

    inner: str
    missing: bool
    comma: bool
    slot: str
    name: str


def _token(token: str, form: str, patterns: Mapping[str, str]) -> Token:
    comma, token = token.endswith(","), token.rstrip(",")
    missing, token = token.endswith("?"), token.rstrip("?")
    slot = _SLOT.match(token)
    if not slot:
        return Token("(?:" + "|".join(map(re.escape, token.split("|"))) + ")", missing, comma, "", token)
    if slot[1] not in patterns:
        raise LanguageError(f"times.toml: form {form!r} names slot {slot[1]!r}, which has no words nor shape; add it")
    name = slot[2] or slot[1]
    return Token(f"(?P<{name}>{patterns[slot[1]]})", missing, comma, slot[1], name)


def _expression(tokens: list[Token]) -> str:
    """The whole form; blanks belong to whatever token may be missing."""
    parts: list[str] = []
    started = False
    gap = BLANK
    for inner, missing, comma, _, _ in tokens:
        blank = rf"(?:,?{BLANK}|{_NO_BLANK}[–—]{_NO_BLANK})" if gap == "," else BLANK
        if "–" in inner and "{" not in inner:
            inner, blank = rf"{inner}{_NO_BLANK}", _NO_BLANK
            parts.append(rf"{blank}{inner}")
            gap = "none"
            continue
        if gap == "none":
            blank = ""
        if not started:
            parts.append(rf"(?:{inner}{_after(comma)})?" if missing else inner)
            started = not missing
            gap = "," if comma else BLANK
            continue
        parts.append(rf"(?:{blank}{inner})?" if missing else rf"{blank}{inner}")
        gap = "," if comma or (missing and gap == ",") else BLANK
    return "".join(parts)


def _after(comma: bool) -> str:
    return f"(?:,?{BLANK})" if comma else BLANK


def _pairs(tokens: list[Token], words: Mapping[str, Mapping[str, Value]], data: Any) -> set[tuple[str, str]]:
    """Every pair of words the form can begin with."""
    pairs: set[tuple[str, str]] = set()
    for number, token in enumerate(tokens):
        follow = _followers(tokens[number + 1 :], words, data)
        for phrase in _phrases(token, words, data):
            pairs |= {(phrase[0], phrase[1])} if len(phrase) > 1 else {(phrase[0], second) for second in follow}
        if not token.missing:
            break
    return pairs


def _followers(tokens: list[Token], words: Mapping[str, Mapping[str, Value]], data: Any) -> set[str]:
    found: set[str] = set()
    for token in tokens:
        found |= {phrase[0] for phrase in _phrases(token, words, data)}
        if not token.missing:
            return found
    return {*found, ANY}


def _phrases(token: Token, words: Mapping[str, Mapping[str, Value]], data: Any) -> set[tuple[str, ...]]:
    """What a token can be, as words; figures with letters behind them ("4th") are two."""
    slot, name = token.slot, token.name
    choices = words.get(slot, {}) if slot else name.split("|")
    phrases = {tuple(DIGIT if w[0].isdigit() else w for w in _WORD.findall(choice)) for choice in choices}
    shape = data.get("shapes", {}).get(slot)
    if slot in data.get("spoken", {}):
        phrases = {(*phrase, ANY) if len(phrase) == 1 else phrase for phrase in phrases}
    if shape:
        ends = re.findall(r"[a-z]{2}", shape)
        follow = data.get("follow", {}).get(slot, ("", *ends))
        phrases |= {(DIGIT, word) if word else (DIGIT,) for word in follow}
    return phrases - {()}
