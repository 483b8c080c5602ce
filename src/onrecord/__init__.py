"""Put the news on record: who did or said what to whom, when and where, and on whose word.

    import onrecord

    record = onrecord.open("news.db")             # one SQLite file, made when missing
    summary = record.read("reports/")             # files, folders, globs; twice changes nothing
    print(summary)                                # 24 read, 1 skipped, 0 failed, ...
    record.events(type="ASSAULT", since="2024").to_pandas()
    for quote in record.quotes(speaker="Lena Ostrova", kind="direct"):
        print(quote.chain, quote.words)           # outlet < agency < speaker
    record.show(record.events(limit=1)[0].statement_id)   # the sentence with its words marked
    record.export("polecat", "events.txt", since="2024")

Public is what `onrecord.__all__` names; everything else may change.
"""

from importlib.metadata import version as _version

from onrecord.errors import (
    ModelError,
    OnrecordError,
    QueryError,
    ReadError,
    RecordError,
)
from onrecord.show.api import Record
from onrecord.show.api import open_record as open  # noqa: A004 - read as `onrecord.open`

__version__ = _version("onrecord")

__all__ = [
    "ModelError",
    "OnrecordError",
    "QueryError",
    "ReadError",
    "Record",
    "RecordError",
    "__version__",
    "open",
]
