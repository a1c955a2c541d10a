"""When: the times of a report as EDTF (ISO 8601-2), and the time that belongs to a figure.

    when.times(report, prose)                 every time expression, with its words and anchor
    when.of(figure, times, report, prose)     the one a figure holds for, and the day it was said
    when.days(edtf)                           first and last day, None where open

Words and forms are `languages/<language>/times.toml`; `grammar` finds them, `rules` (`named`, `counted`) say
what they mean in their `setting`, `timeline` puts them in order, `belongs` ties them to figures.
"""

from .belongs import of
from .period import days
from .timeline import published, times, told_on

__all__ = ["days", "of", "published", "times", "told_on"]
