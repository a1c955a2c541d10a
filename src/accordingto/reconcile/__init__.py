"""Claims side by side: which figures answer one question, whom they go back to, and what the answer is.

Pure functions over `Entry` rows: no disk, no clock, and the order of the rows never matters.

    copies(reports)                                   -> {report: group}   reports that carry one text
    questions(entries, copies)                        -> [Question]        figures that answer one question
    answered(entries of one event)                    -> [Question]        the questions of one event
    origins(entries of a question, copies)            -> [Origin]          figures that go back to one witness
    answer(question, entries, copies, as_of, rule)    -> Answer            what each origin says, low / best / high
"""

from . import rules
from .answers import answer, standing, told_by
from .grouping import answered, questions
from .overlap import copies
from .rules import RULES, Rule
from .saying import said
from .tellings import Telling
from .witnesses import order, origins

__all__ = [
    "RULES",
    "Rule",
    "Telling",
    "answer",
    "answered",
    "copies",
    "order",
    "origins",
    "questions",
    "rules",
    "said",
    "standing",
    "told_by",
]
