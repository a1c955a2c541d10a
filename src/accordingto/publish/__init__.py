"""The ledger written out: pages, tables, exchange formats. One module a format, each with `write(ledger, out)`."""
