"""Settings for all tests."""

from hypothesis import settings

# Continuous integration shares its cores: how long an example takes says nothing there.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")
