"""The window.

Only this package knows Qt.  It never imports torch or a photo decoder: those live in the worker process.
"""
