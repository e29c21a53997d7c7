"""The API: JSON by the same views that pages and commands show."""
