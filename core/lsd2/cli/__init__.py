"""The `lsd2` command."""
