"""Data synthesis and training; never imported by the application."""
