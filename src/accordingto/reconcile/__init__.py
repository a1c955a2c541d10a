"""Claims side by side: which figures answer one question, whom they go back to, and what the answer is.

Pure functions over `Entry` rows: no disk, no clock, and the order of the rows never matters.

    copies(reports)                                   -> {report: group}   reports that carry one text
    questions(entries, copies)                        -> [Question]        figures that answer one question
    applied(questions, {figure: entry}, reviews)      -> [Question]        as people split, merged and renamed them
    answered(entries of one event)                    -> [Question]        the questions of one event
    origins(entries of a question, copies)            -> [Origin]          figures that go back to one witness
    ties(entries of a question, copies)               -> [Tie]             why two figures have one origin, in words
    tied(entries of an origin, copies)                -> [Tie]             the same for one origin
    answer(question, entries, copies, as_of, rule)    -> Answer            what each origin says, low / best / high
"""

from . import rules
from .answers import answer, standing, told_by
from .decisions import GROUPING, applied
from .grouping import answered, questions
from .independence import Tie, tied, ties
from .overlap import copies
from .rules import RULES, Rule
from .saying import said
from .tellings import Telling
from .witnesses import order, origins

__all__ = [
    "GROUPING",
    "RULES",
    "Rule",
    "Telling",
    "Tie",
    "answer",
    "answered",
    "applied",
    "copies",
    "order",
    "origins",
    "questions",
    "rules",
    "said",
    "standing",
    "tied",
    "ties",
    "told_by",
]
