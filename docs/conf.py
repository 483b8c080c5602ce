"""Sphinx settings: MyST pages, Furo theme."""

project = "onrecord"
author = "The onrecord authors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
myst_enable_extensions = ["colon_fence", "deflist"]
exclude_patterns = ["_build"]
