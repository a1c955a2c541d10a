"""Hypothesis without deadlines: no test here depends on how fast the machine is, nor on its user's files."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
os.environ["ACCORDINGTO_KINDS"] = os.environ["ACCORDINGTO_GAZETTEER"] = os.devnull
