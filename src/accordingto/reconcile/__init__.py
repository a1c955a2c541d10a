"""Claims side by side: which figures answer one question, whom they go back to, and what the answer is.

Pure functions over `Entry` rows: no disk, no clock, and the order of the rows never matters.

    copies(reports)                                   -> {report: group}   reports that carry one text
    questions(entries, copies)                        -> [Question]        figures that answer one question
    origins(entries of a question, copies)            -> [Origin]          figures that go back to one witness
    answer(question, entries, copies, as_of, rule)    -> Answer            what each origin says, low / best / high
"""

from .answers import RULES, Rule, answer, standing
from .grouping import questions
from .overlap import copies
from .saying import said
from .witnesses import origins

__all__ = ["RULES", "Rule", "answer", "copies", "origins", "questions", "said", "standing"]
