"""Errors that name the thing, the reason and the next step."""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of every error onrecord raises on purpose.

    Attributes:
        subject: The thing that is wrong: a path, an option, an identifier.
        reason: What is wrong with it.
        next_step: What to do about it; may be empty.
    """

    def __init__(self, subject: str, reason: str, next_step: str = "") -> None:
        self.subject = subject
        self.reason = reason
        self.next_step = next_step
        super().__init__(f"{subject}: {reason}." + (f" {next_step}" if next_step else ""))

    def __reduce__(self) -> tuple[type[OnrecordError], tuple[str, str, str]]:
        # Workers send errors to their parent; by default only the message would travel.
        return type(self), (self.subject, self.reason, self.next_step)


class ReadError(OnrecordError):
    """An input cannot be read; other inputs are not affected."""


class RecordError(OnrecordError):
    """The record cannot be opened, or a row asked for is not in it."""


class QueryError(OnrecordError):
    """A filter or option does not make sense."""


class ModelError(OnrecordError):
    """A model file is missing or does not fit this version."""
