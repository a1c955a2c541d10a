"""Where a ledger is kept: SQLite now, one file; another database later behind the same contract.

`schema` documents the tables, `migrations` their versions, `rows` turns records into rows, `sql` is what the ledger
asks for (SQLAlchemy Core; its parts in `statements`), `sqlite` knows how a file is opened and locked. Importing `sql`
imports SQLAlchemy, so the ledger does so only when one is opened.
"""
