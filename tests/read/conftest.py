"""Settings of the property tests of reading."""

from __future__ import annotations

from hypothesis import settings

# Time on a shared machine says nothing about the law that is tested.
settings.register_profile("read", deadline=None)
settings.load_profile("read")
