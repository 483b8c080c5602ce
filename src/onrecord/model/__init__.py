"""The nouns of onrecord: spans, documents, annotations, statements, actors, claims.

Values only: nothing here opens a file, loads a model or touches a database.
"""
