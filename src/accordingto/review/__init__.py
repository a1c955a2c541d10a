"""What people decide about records: verdicts that are added and never overwritten, and the queue they work through.

decision(record, verdict, reviewer, …)  -> Review       a verdict, checked
standing(reviews)                       -> {record: Review}   what holds, replayed
Desk(ledger, reviewer, sample)          the queue: the next figure, a decision, an undo
agreement(codings, …)                   -> [Agreement]  Krippendorff's alpha, a field each
"""

from .verdicts import TAKING, VERDICTS, decision, standing

__all__ = ["TAKING", "VERDICTS", "decision", "standing"]
