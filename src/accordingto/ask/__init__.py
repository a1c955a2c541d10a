"""Asking in plain words: which questions are meant, and their answers on a terminal, as JSON, as CSV.

asked.understand(words)          kinds of figure, and terms with the places and people they name
finding.stored(index, words)     the questions of a ledger that fit, best first
view.table, view.choices         an answer, and a list to choose from; chart.draw its history as a chart
out.as_json, out.as_csv          the same as data
"""
