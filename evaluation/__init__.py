"""Suites that score onrecord against labelled text; data is always given by path."""
