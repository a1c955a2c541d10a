"""Turn `accordingto export -f jsonl` into attributions per document, the shape scorers of PolNeAR take.

    accordingto export -f jsonl | python bench/attributions.py > attributions.jsonl

One line a report: {"doc": name, "attributions": [{"source": [[start, end]], "cue": …, "content": …}]}. The source is
the mention of the first link, the cue its cue, the content its parts or span; claims with an empty chain are left out.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from typing import Any


def spans(*anchors: dict[str, Any] | None) -> list[list[int]]:
    return [[anchor["start"], anchor["end"]] for anchor in anchors if anchor]


def main() -> None:
    documents: dict[str, list[dict[str, list[list[int]]]]] = defaultdict(list)
    for claim in map(json.loads, sys.stdin):
        if claim["chain"]:
            first, content = claim["chain"][0], claim["content"]
            documents[claim["report"]["name"]].append(
                {
                    "source": spans(first["mention"]),
                    "cue": spans(first["cue"]),
                    "content": content.get("parts") or spans(content),
                }
            )
    for name, attributions in documents.items():
        print(json.dumps({"doc": name, "attributions": attributions}))


if __name__ == "__main__":
    main()
