"""The store's schema, revision by revision; forward only, with data."""
