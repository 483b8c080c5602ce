"""Published benchmarks and tables of our own, rerun by `onrecord evaluate`.

A suite reads gold data, asks the product for its own annotations, and
compares the two. Scorers take predictions as values, so any system's output
in the same form can be scored.
"""
