"""Search before create, measured."""
