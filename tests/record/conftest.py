"""A small record to ask: fictional reports with the rows a reader would write down."""
