"""The few dialogs: files, and the report of a crash."""
