"""The time that belongs to a figure: its own, the one carried forward, or the day it was told.

A day of saying is not the day of the event: "said on Monday that 12 were killed on Friday". A figure
without a time of its own takes the event told beside it, else the report's main event. A count that
still runs ("so far", "have been killed") reaches from there to the day it was told; how many are
missing, deployed or sheltered holds for that day alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from ..campaigns import counts_a_country, counts_a_war, war_counts
from ..kinds import kinds
from ..prose import Prose
from ..records import Evidence, Figure, Report, Span, When
from .grammar import Grammar, grammar_of
from .period import days
from .timeline import told_on

_HEAD = 60
"""Times looked at for the main event, so that a long report stays cheap."""
_NEAR = 2
"""Sentences before the figure's whose event is still the one spoken of."""
_REACH = 200
"""Code points between a figure and a time of its own."""
_EVENT = timedelta(10)
"""The longest span that can be the time of one event."""
_FRESH = timedelta(5)
"""How long before the day of telling the event may lie that news reports without saying when."""
_TAKEN = frozenset({"abducted", "captured", "detained"})
"""Stocks that news tells by the act, so that they hold for the day of the act."""
_COMMA = 15
"""Code points that a comma between a figure and a time is worth."""
_CLAUSES = re.compile(r"[,;:]\s")
_WORDS = re.compile(r"[\w’'-]+")
_SAID_AFTER = re.compile(r"(?:['’]s)?(,?)\s+([\w’-]+)(?:\s+([\w’-]+))?")
_CLAUSE = re.compile(r"[,;:]\s+(?:\w+\s+)?$")
_OBJECT = re.compile(r"(?:\s+on)?\s+\w+\s*")
_WITHIN = re.compile(r"[,;:]")


@dataclass(frozen=True, slots=True)
class Scene:
    """A report's times, and the day it speaks from; `head` is where its dateline ends."""

    times: Sequence[When]
    report: Report
    prose: Prose
    grammar: Grammar
    day: date | None
    head: int

    def within(self, span: Span) -> Sequence[When]:
        """The times that begin in the span, dateline left out."""
        first = bisect_left(self.times, max(span[0], self.head), key=_start)
        return self.times[first : bisect_left(self.times, span[1], key=_start)]


def of(figure: Figure, times: Sequence[When], report: Report, prose: Prose) -> When | None:
    """When the figure holds, as EDTF; `as_of` is the day it was said or known. None when nothing is known."""
    day, head = told_on(report, prose)
    scene = Scene(times, report, prose, grammar_of(report.language or prose.language), day, head)
    sentence = prose.sentence_at(figure.evidence.start) or figure.evidence.span
    told = _told(scene, figure, sentence)
    own = _own(scene, figure, sentence)
    words, language = scene.report.text[slice(*sentence)], scene.prose.language
    if own and _start(own) > figure.evidence.end and war_counts(words, figure.evidence.start - sentence[0], language):
        own = None  # the war has killed 12,000, nine of them on Monday
    if own and _recalled(scene, own, figure, sentence):
        return _answer(own.edtf.removesuffix("/.."), own, told)
    if own and not (told and _stands(scene, figure)):
        return _answer(_held(scene, own, figure, sentence, told), own, told)
    return _implied(scene, figure, sentence, told)


def _implied(scene: Scene, figure: Figure, sentence: Span, told: date | None) -> When | None:
    """The time of a figure whose sentence names none."""
    if told and figure.stance == "planned":
        return _answer(f"{told.isoformat()}/..", None, told)
    if told and _is_stock(figure):
        return _answer(told.isoformat(), None, told)
    words, language = scene.report.text[slice(*sentence)], scene.prose.language
    running = scene.grammar.pattern("belongs", "perfect").search(words.lower())
    if told and (counts_a_war(words, language) or (running and counts_a_country(words, language))):
        return _answer(f"../{told.isoformat()}", None, told)
    event = _beside(scene, sentence) or _main(scene, figure)
    if event and told and not _begun(event, told):
        told = scene.day
    if told and _runs(scene, sentence, event):
        return _answer(_until(event, told), event, told)
    if event:
        return _answer(event.edtf, event, told)
    return _answer(_lately(scene, told), None, told) if told else None


def _lately(scene: Scene, told: date) -> str:
    """An event that nobody dates lies between the day it was told and the day before anyone first spoke."""
    first = min((day for day in _spoken(scene) if told - day <= _FRESH), default=told)
    return f"{date.fromordinal(max(1, min(first, told).toordinal() - 1)).isoformat()}/{told.isoformat()}"


def _spoken(scene: Scene) -> Iterator[date]:
    """The days of saying told at the head of the report."""
    for time in scene.times[:_HEAD]:
        first, last = days(time.edtf)
        sentence = scene.prose.sentence_at(_start(time)) or _span(time)
        if first and first == last and _start(time) >= scene.head and _is_saying(scene, time, sentence):
            yield first


def _is_stock(figure: Figure) -> bool:
    """Whether the figure tells how many there are, not how many there came."""
    kind = kinds().get(figure.kind)
    return kind is not None and kind.measure == "stock" and kind.name not in _TAKEN


def _stands(scene: Scene, figure: Figure) -> bool:
    """“212 people are still missing”: a stock told in the present."""
    end = figure.evidence.end
    if figure.stance == "planned" or not _is_stock(figure):
        return False
    following = _WORDS.findall(scene.report.text[end : end + 40].lower())[:2]
    return not scene.grammar.listed("belongs", "standing").isdisjoint(following)


def _answer(edtf: str, words: When | None, told: date | None) -> When:
    evidence, anchor = (words.evidence, words.anchor) if words else (None, None)
    return When(edtf, evidence, anchor, told.isoformat() if told else None)


def _held(scene: Scene, own: When, figure: Figure, sentence: Span, told: date | None) -> str:
    """“since June” reaches to the day of telling; a plan “by Tuesday” from there on."""
    if told is None:
        return own.edtf
    if own.edtf.endswith("/.."):
        return own.edtf[:-2] + told.isoformat()
    before = _WORDS.findall(scene.report.text[max(0, _start(own) - 24) : _start(own)].lower())
    if not scene.grammar.listed("belongs", "begun").isdisjoint(before[-2:]) and "/" not in own.edtf:
        return f"{own.edtf}/{told.isoformat()}" if _begun(own, told) and own.edtf != told.isoformat() else own.edtf
    if "/" not in own.edtf and _begun(own, told) and _reaches(scene, own, figure, sentence):
        return f"{own.edtf}/{told.isoformat()}" if own.edtf != told.isoformat() else own.edtf
    if figure.stance == "planned" and before and before[-1] in scene.grammar.listed("around", "deadline"):
        deadline = _deadline(own.edtf.rpartition("/")[2])
        last = days(deadline)[1]
        return f"{told.isoformat()}/{deadline if last and last >= told else '..'}"
    return own.edtf


def _reaches(scene: Scene, time: When, figure: Figure, sentence: Span) -> bool:
    """“3,785 killed since the army attacked on 7 October”, “Since the attack of 7 October, 3,785 were killed”."""
    at, end = _since(scene, time, sentence), _span(time)[1]
    if at is None:
        return False
    return figure.evidence.end <= at or "," in scene.report.text[end : figure.evidence.start]


def _compared(scene: Scene, time: When, sentence: Span) -> bool:
    """“the worst flood since 1953”: a day in the past that what is told is held against."""
    at = _since(scene, time, sentence)
    before = scene.report.text[max(sentence[0], (at or 0) - _REACH // 2) : at].lower()
    return at is not None and bool(scene.grammar.pattern("belongs", "records").search(before))


def _recalled(scene: Scene, time: When, figure: Figure, sentence: Span) -> bool:
    """“since 1953, when 112 people drowned”, “since Tuesday's attack that killed 87”: of that day."""
    between = scene.report.text[_span(time)[1] : figure.evidence.start].lower()
    if not between or _since(scene, time, sentence) is None:
        return False
    recalling = scene.grammar.pattern("belongs", "recalling")
    return bool(recalling.match(between, 2) if between.startswith(",") else recalling.search(between))


def _since(scene: Scene, time: When, sentence: Span) -> int | None:
    """Where the “since” stands whose clause ends in a time; a time may hold its own."""
    start, end = _span(time)
    first = max(sentence[0], start - _REACH // 2)
    found = list(scene.grammar.pattern("belongs", "from_then").finditer(scene.report.text[first:end].lower()))
    at = first + found[-1].start() if found else end
    return None if not found or _WITHIN.search(scene.report.text, at, start) else at


def _deadline(edtf: str) -> str:
    """The last day or month before it is over; a season is over for a plan when it begins."""
    first, last = days(edtf)
    return first.isoformat()[:7] if first and last and edtf[5:6] == "2" else edtf


def _until(event: When | None, told: date) -> str:
    """From the event to the day of telling."""
    first = days(event.edtf)[0] if event else None
    if first is None or first > told:
        return f"../{told.isoformat()}"
    return told.isoformat() if first == told else f"{first.isoformat()}/{told.isoformat()}"


def _told(scene: Scene, figure: Figure, sentence: Span) -> date | None:
    """The day the figure was said: of the saying in its sentence, else the day the report speaks from, or the one
    before when the sentence says that it was said earlier."""
    at = figure.evidence.start
    for time in scene.within(sentence):
        first, last = days(time.edtf)
        says = first and first == last and _is_saying(scene, time, sentence, at)
        if first and says and (scene.day is None or first <= scene.day):
            return first
    if scene.day is None or scene.day.toordinal() < 2:
        return scene.day
    return scene.day - timedelta(1) if _is_former(scene, sentence[0], at) else scene.day


def _is_former(scene: Scene, start: int, end: int) -> bool:
    """Whether the words before a figure say that it was told earlier: "earlier put the toll at", "up from"."""
    before = scene.report.text[max(start, end - _REACH) : end].lower()
    if before.rstrip().endswith(tuple(scene.grammar.listed("belongs", "former"))):
        return True
    words = _WORDS.findall(before[before.rfind(";") + 1 :])
    earlier, saying = (scene.grammar.listed("belongs", name) for name in ("earlier", "saying"))
    return any({one, two} & earlier and {one, two} & saying for one, two in pairwise(words))


def _own(scene: Scene, figure: Figure, sentence: Span) -> When | None:
    """The nearest time of the sentence that is no day of saying, nor to come for what is told as past."""
    at = figure.evidence.start
    near = [t for t in scene.within(sentence) if _gap(figure, t) <= _REACH and not _is_saying(scene, t, sentence, at)]
    near = [t for t in near if _recalled(scene, t, figure, sentence) or not _compared(scene, t, sentence)]
    if figure.stance == "asserted":
        near = [t for t in near if _begun(t, scene.day)]
    own = min(near, key=lambda time: _gap(figure, time) + _turns(scene, figure, time), default=None)
    return _both(scene, near, own) if own else None


def _both(scene: Scene, times: Sequence[When], one: When) -> When:
    """“on Monday and Tuesday”: from the one day to the other."""
    text, number = scene.report.text, times.index(one)
    for first, second in pairwise(times[max(0, number - 1) : number + 2]):
        (start, begins), (ends, end) = days(first.edtf), days(second.edtf)
        between = _WORDS.findall(text[_span(first)[1] : _start(second)].lower())
        single = start and ends and start == begins and ends == end and start < ends
        if single and len(between) == 1 and between[0] in scene.grammar.listed("belongs", "both"):
            return replace(
                first,
                edtf=f"{first.edtf}/{second.edtf}",
                evidence=Evidence.of(scene.report, _start(first), _span(second)[1]),
            )
    return one


def _turns(scene: Scene, figure: Figure, time: When) -> int:
    """What the commas between a figure and a time add to the way: each may begin another clause."""
    start, end = _span(time)
    between = scene.report.text[end : figure.evidence.start] or scene.report.text[figure.evidence.end : start]
    return _COMMA * len(_CLAUSES.findall(between))


def _gap(figure: Figure, time: When) -> int:
    start, end = _span(time)
    return max(start - figure.evidence.end, figure.evidence.start - end, 0)


def _beside(scene: Scene, sentence: Span) -> When | None:
    """The event told last in the sentences just before."""
    number = scene.prose.sentence_index(sentence[0])
    for before in range(number - 1, max(-1, number - 1 - _NEAR), -1):
        span = scene.prose.sentences[before]
        found = next(_events(scene, scene.within(span)), None)
        if found:
            return found if _is_fresh(scene, found) else None
    return None


def _is_fresh(scene: Scene, event: When) -> bool:
    """Whether the event is of the last days; an older one beside a figure is what went before, not what is told."""
    last = days(event.edtf)[1]
    return scene.day is None or last is None or scene.day - last <= _FRESH


def _main(scene: Scene, figure: Figure) -> When | None:
    """The first event of the last days that the report dates, else the first older one told before the figure."""
    events = list(_events(scene, scene.times[:_HEAD]))
    fresh = (time for time in events if _is_fresh(scene, time) and not _elsewhere(scene, time, figure))
    older = (time for time in events if _start(time) < figure.evidence.start)
    return next(fresh, None) or next(older, None)


def _elsewhere(scene: Scene, time: When, figure: Figure) -> bool:
    """Whether an event told behind the figure is of something else: "…, where a blast on Tuesday killed 471"."""
    at = _start(time)
    if at < figure.evidence.end:
        return False
    sentence = scene.prose.sentence_at(at) or _span(time)
    turned = scene.grammar.pattern("belongs", "turned")
    return bool(turned.search(scene.report.text[sentence[0] : at].lower()))


def _events(scene: Scene, times: Iterable[When]) -> Iterator[When]:
    for time in times:
        first, last = days(time.edtf)
        if first is None or last is None or last - first > _EVENT or _start(time) < scene.head:
            continue
        sentence = scene.prose.sentence_at(_start(time)) or _span(time)
        before = _WORDS.findall(scene.report.text[max(sentence[0], _start(time) - 24) : _start(time)].lower())
        ends = before and before[-1] in scene.grammar.listed("belongs", "up_to")
        if not ends and _begun(time, scene.day) and not _is_saying(scene, time, sentence):
            yield time


def _begun(time: When, told: date | None) -> bool:
    first, last = days(time.edtf)
    begins = first or last
    return told is None or begins is None or begins <= told


def _is_saying(scene: Scene, time: When, sentence: Span, figure: int | None = None) -> bool:
    """Whether the time is when something was said: "said on Monday", "Monday's statement", "On Monday, he said that",
    "the ministry (2 Jan): …". Of a figure behind the time (its start), only what is said before it counts."""
    saying = scene.grammar.listed("belongs", "saying")
    between = scene.grammar.listed("belongs", "between_saying")
    text = scene.report.text
    start, end = _span(time)
    before = _WORDS.findall(text[max(sentence[0], start - 60) : start].lower())
    while before and before[-1] in between:
        before.pop()
    if (before and before[-1] in saying) or (text[start - 1 : start] == "(" and text[end : end + 2] == "):"):
        return True
    after = _SAID_AFTER.match(text, end, sentence[1])
    if after and _goes_on_saying(scene, *(word.lower() for word in after.groups(default=""))):
        return True
    opens = not before or (_CLAUSE.search(text, max(sentence[0], start - 12), start) and text[end : end + 1] != ",")
    return bool(opens) and _speaks(scene, end, sentence[1], figure)


def _goes_on_saying(scene: Scene, comma: str, word: str, next_word: str) -> bool:
    """ "Monday said", "Monday also said", "on Monday, had said"; "on Monday, said the army" ends the event's clause."""
    saying = scene.grammar.listed("belongs", "saying")
    if comma:
        return word in scene.grammar.listed("tense", "perfect") and next_word in saying
    return word in saying or (word in scene.grammar.listed("belongs", "aside") and next_word in saying)


def _speaks(scene: Scene, start: int, end: int, figure: int | None) -> bool:
    """Whether the clause that a time opens goes on to say something: a verb of saying with an object, not the
    ", officials said" at its end, nor "said Wednesday", which has its own time."""
    low = scene.report.text[start : min(end, start + _REACH)].lower()
    naming = scene.grammar.listed("belongs", "naming")
    verbs = (verb for verb in scene.grammar.pattern("belongs", "saying").finditer(low) if verb.group() not in naming)
    found = next(verbs, None)
    if not found or (figure is not None and start < figure < start + found.start()):
        return False
    following = _OBJECT.match(low, found.end())
    return following is not None and not scene.within((start + found.end(), start + following.end()))


def _runs(scene: Scene, sentence: Span, event: When | None) -> bool:
    """Whether the sentence tells a count that still runs: "have been killed in a strike" that nobody dates does not."""
    words = scene.report.text[sentence[0] : sentence[1]].lower()
    running, perfect, tolls, happening = (
        scene.grammar.pattern("belongs", name).search(words) for name in ("running", "perfect", "tolls", "happening")
    )
    return bool(running or ((perfect or tolls) and (event or not happening)))


def _start(time: When) -> int:
    return time.evidence.start if time.evidence else 0


def _span(time: When) -> Span:
    return time.evidence.span if time.evidence else (0, 0)
