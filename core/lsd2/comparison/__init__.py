"""Measures and pictures that set methods side by side."""
