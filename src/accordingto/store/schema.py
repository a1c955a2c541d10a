"""The tables of a ledger. One SQLite file; open it with any SQLite tool and query the views.

Tables
    reports             one row a report as read: `text` is what all offsets refer to (code points); `reader` the
                        version of the reading line, NULL when its language cannot be read; `text_sha256` guards `text`;
                        `learned` when the ledger first held it (UTC), however often it is read again
    archive             the original bytes by their SHA-256, compressed with zlib
    claims              one row a claim; `record` is the whole record as JSON (accordingto.codec), `chain` the names
                        of its sources, origin last, with the unit separator (U+001F) between them
    links               one row a step of a chain, `number` 0 nearest to the outlet
    figures             one row a figure; `low` and `high` NULL = open; dates EDTF, countries ISO 3166-1
    copies              reports that are copies of one another share `original`
    tellings            what one report tells of one thing: its figures, `line` its place in line, `leader` the telling
                        it follows, `event` the first of those that follow one another (accordingto.reconcile.following)
    telling_keys        the keys a telling is found by; report_runs the runs of words a copy is found by
    unsettled           reports, tellings and events that have still to be laid beside the others
    questions, question_figures
                        the figures of an event that answer one question; `number` how many they are
    discrepancies, discrepancy_figures
                        what `check` found in the figures; written anew each time
    question_terms      what each question is found by: `told` the words of its label, `met` what its figures count,
                        where, according to whom, and codes (placeru, peoplekp, sectormil); `figures` their number
    reviews             what people decided; rows can only be added (triggers refuse UPDATE and DELETE); `refers` is the
                        number of the row one withdraws or carries over; those with a `sample` were given blind
    anchors             where the record of a verdict stood, with its words, so that it is found after a new reading
    queue               the figures in the order they are to be decided (accordingto.review.weights); `unweighed` the
                        events whose figures have still to be put in it
    samples, sample_figures
                        figures drawn for several people to code blind
    names               names of people at risk found in each report, in small letters, with what puts them at risk;
                        `unlooked` the reports in which they have still to be looked for
    audit               who masked or unmasked a name, when and why; rows can only be added
    meta                schema version, when it was made, and the counters that tell whether the questions are fresh
Views for people
    figure_rows         one row a figure with report, publisher, date, origin, relays, bounds, sentence, verdict
    claim_rows          one row a claim with report, publisher, date, chain
    sources             every source with how many claims go through it and how many originate from it
    question_rows       one row a figure of a question
    verdicts            the review that holds on each record
Search
    claim_words         FTS5 index over the contents of claims and their origins
    question_words      FTS5 index over question_terms (stemmed); question_vocabulary lists its words

Words that SQL reserves are avoided (`stop` is a record's `end`, `test` a discrepancy's `check`).
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()


def now() -> str:
    """The time, UTC, as the ledger writes it: 2025-03-10T09:30:00+00:00."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _to(table: str, name: str, primary_key: bool = False) -> Column[str]:
    return Column(name, Text, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, primary_key=primary_key)


meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

archive = Table(
    "archive",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("byline", Text),
    Column("published", Text),
    Column("fetched", Text),
    Column("language", Text),
    Column("medium", Text),
    Column("doubts", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("reader", Text),
    Column("learned", Text),
    Index("reports_by_learned", "learned"),
    Index("reports_by_date", "published", "name", "id"),
    Index("reports_by_name", "name"),
)

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, unique=True, nullable=False),
    _to("reports", "report"),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("manner", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("origin", Text),
    Column("chain", Text, nullable=False),
    Column("doubts", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("claims_by_report", "report", "start", "stop"),
)

links = Table(
    "links",
    metadata,
    _to("claims", "claim", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("kind", Text),
    Column("role", Text),
    Column("affiliation", Text),
    Column("country", Text),
    Column("mention", Text),
    Column("cue", Text),
    Column("hedge", Text),
    Index("links_by_name", "name"),
)

figures = Table(
    "figures",
    metadata,
    _id(),
    _to("claims", "claim"),
    _to("reports", "report"),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("exact", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("qualifier", Text),
    Column("mode", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("part_of", Text),
    Column("counted", Text),
    Column("counted_country", Text),
    Column("counted_sector", Text),
    Column("edtf", Text),
    Column("as_of", Text),
    Column("place", Text),
    Column("geonames", Integer),
    Column("place_country", Text),
    Column("place_precision", Integer),
    Column("lat", Float),
    Column("lon", Float),
    Column("sentence", Text, nullable=False),
    Column("time_said", Integer),
    Column("place_said", Integer),
    Index("figures_by_report", "report", "start"),
    Index("figures_by_claim", "claim"),
    Index("figures_by_kind", "kind"),
)

copies = Table(
    "copies",
    metadata,
    _to("reports", "report", primary_key=True),
    Column("original", Text, nullable=False),
    Index("copies_by_original", "original"),
)

questions = Table(
    "questions",
    metadata,
    _id(),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("actor", Text),
    Column("place", Text),
    Column("period", Text),
    Column("event", Integer),
    Index("questions_by_number", "number"),
    Index("questions_by_event", "event"),
)

question_figures = Table(
    "question_figures",
    metadata,
    _to("questions", "question", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _to("figures", "figure"),
    Index("questions_by_figure", "figure"),
)

question_terms = Table(
    "question_terms",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("question", Text, ForeignKey("questions.id", ondelete="CASCADE"), unique=True, nullable=False),
    Column("kind", Text, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("told", Text, nullable=False),
    Column("met", Text, nullable=False),
    Index("question_terms_by_kind", "kind", "figures"),
    Index("question_terms_by_figures", "figures"),
)

discrepancies = Table(
    "discrepancies",
    metadata,
    _id(),
    Column("number", Integer, nullable=False),
    Column("test", Text, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("question", Text),
    Column("amount", Integer),
)

discrepancy_figures = Table(
    "discrepancy_figures",
    metadata,
    _to("discrepancies", "discrepancy", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _to("figures", "figure"),
    Index("discrepancies_by_figure", "figure"),
)

tellings = Table(
    "tellings",
    metadata,
    Column("line", Integer, primary_key=True, autoincrement=False),
    _to("reports", "report"),
    Column("figures", Text, nullable=False),
    Column("profile", Text, nullable=False),
    Column("leader", Integer),
    Column("event", Integer),
    Index("tellings_by_report", "report"),
    Index("tellings_by_leader", "leader"),
    Index("tellings_by_event", "event"),
)

telling_keys = Table(
    "telling_keys",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

report_runs = Table(
    "report_runs",
    metadata,
    Column("run", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("report", Text, primary_key=True),
    Index("report_runs_by_report", "report"),
    sqlite_with_rowid=False,
)

unsettled = Table(
    "unsettled",
    metadata,
    Column("what", Text, primary_key=True),
    Column("which", Text, primary_key=True),
    sqlite_with_rowid=False,
)

reviews = Table(
    "reviews",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("record", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("note", Text),
    Column("correction", Text),
    Column("refers", Integer),
    Column("sample", Text),
    Index("reviews_by_record", "record", "number"),
    Index("reviews_by_refers", "refers"),
    Index("reviews_by_reviewer", "reviewer", "number"),
    Index("reviews_by_sample", "sample", "record"),
    sqlite_autoincrement=True,
)

anchors = Table(
    "anchors",
    metadata,
    Column("record", Text, primary_key=True),
    Column("what", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("exact", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Index("anchors_by_report", "report"),
    Index("anchors_by_address", "address"),
)

queue = Table(
    "queue",
    metadata,
    _to("figures", "figure", primary_key=True),
    Column("decided", Integer, nullable=False),
    Column("moves", Integer, nullable=False),
    Column("doubts", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    Index("queue_by_weight", "decided", "moves", "doubts", "size", "figure"),
)

unweighed = Table("unweighed", metadata, Column("event", Integer, primary_key=True, autoincrement=False))

samples = Table(
    "samples",
    metadata,
    Column("name", Text, primary_key=True),
    Column("made", Text, nullable=False),
    Column("by", Text, nullable=False),
)

sample_figures = Table(
    "sample_figures",
    metadata,
    Column("sample", Text, ForeignKey("samples.name", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("figure", Text, nullable=False),
)

names = Table(
    "names",
    metadata,
    _to("reports", "report", primary_key=True),
    Column("name", Text, primary_key=True),
    Column("people", Text, nullable=False),
    sqlite_with_rowid=False,
)

unlooked = Table("unlooked", metadata, _to("reports", "report", primary_key=True), sqlite_with_rowid=False)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("time", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("whom", Text, nullable=False),
    Column("why", Text),
    Index("audit_by_what", "what", "number"),
    sqlite_autoincrement=True,
)

VIEWS = {
    "verdicts": """
        SELECT record, verdict, reviewer, time, note, correction FROM reviews
        WHERE number IN (SELECT max(number) FROM reviews
                         WHERE verdict NOT IN ('split', 'merge', 'rename', 'withdraw') AND sample IS NULL
                         AND number NOT IN (SELECT refers FROM reviews WHERE verdict = 'withdraw') GROUP BY record)""",
    "claim_rows": """
        SELECT c.id AS claim, r.name AS report, r.publisher, r.published, c.origin,
               replace(c.chain, char(31), ' ← ') AS chain, c.manner, c.stance, c.content, c.start, c.stop, v.verdict
        FROM claims c JOIN reports r ON r.id = c.report LEFT JOIN verdicts v ON v.record = c.id""",
    "figure_rows": """
        SELECT f.id AS figure, r.name AS report, r.publisher, r.published, c.origin,
               CASE WHEN instr(c.chain, char(31)) THEN
                   replace(substr(c.chain, 1, length(c.chain) - length(c.origin) - 1), char(31), ' ← ')
               END AS relay,
               f.kind, f.low, f.high, f.exact, f.qualifier, f.mode, f.stance, f.counted, f.counted_country,
               f.edtf, f.as_of, f.place, f.place_country, f.sentence, f.claim,
               coalesce(vf.verdict, vc.verdict) AS verdict
        FROM figures f JOIN claims c ON c.id = f.claim JOIN reports r ON r.id = f.report
        LEFT JOIN verdicts vf ON vf.record = f.id LEFT JOIN verdicts vc ON vc.record = f.claim""",
    "sources": """
        SELECT l.name, max(l.kind) AS kind, max(l.country) AS country, count(*) AS claims,
               sum(l.number = (SELECT max(k.number) FROM links k WHERE k.claim = l.claim)) AS originates
        FROM links l GROUP BY l.name""",
    "question_rows": """
        SELECT q.id AS question, q.label, f.* FROM questions q
        JOIN question_figures qf ON qf.question = q.id JOIN figure_rows f ON f.figure = qf.figure""",
}
"""Views for people who open the file; accordingto itself does not read them."""


def _kept(index: str, table: str, *columns: str) -> dict[str, str]:
    """Triggers that keep an FTS5 index over columns of a table whose rows are numbered."""
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{name}" for name in columns) for row in ("NEW", "OLD"))
    put = f"INSERT INTO {index}(rowid, {names}) VALUES (NEW.number, {new});"
    drop = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', OLD.number, {old});"
    return {
        f"{index}_add": f"AFTER INSERT ON {table} BEGIN {put} END",
        f"{index}_drop": f"AFTER DELETE ON {table} BEGIN {drop} END",
        f"{index}_change": f"AFTER UPDATE OF {names} ON {table} BEGIN {drop} {put} END",
    }


def _added(table: str) -> dict[str, str]:
    """Triggers that let rows be added, and nothing else."""
    refused = "BEGIN SELECT raise(ABORT, '{table} are never {done}; add another one'); END"
    keep, stay, grow = (refused.format(table=table, done=done) for done in ("changed", "deleted", "replaced"))
    return {
        f"{table}_keep": f"BEFORE UPDATE ON {table} {keep}",
        f"{table}_stay": f"BEFORE DELETE ON {table} {stay}",
        f"{table}_grow": f"""BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE number = NEW.number)
        {grow}""",
    }


AUDITED = _added("audit")
TRIGGERS = {**_added("reviews"), **_kept("claim_words", "claims", "content", "origin")}

SEARCH = """CREATE VIRTUAL TABLE claim_words USING fts5(
    content, origin, content = 'claims', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2")"""

ASKING = (
    """CREATE VIRTUAL TABLE question_words USING fts5(
    told, met, content = 'question_terms', content_rowid = 'number',
    tokenize = "porter unicode61 remove_diacritics 2")""",
    "CREATE VIRTUAL TABLE question_vocabulary USING fts5vocab(question_words, row)",
    *(
        f"CREATE TRIGGER {name} {body}"
        for name, body in _kept("question_words", "question_terms", "told", "met").items()
    ),
)
"""What makes questions be found by words."""
