"""The widgets around the canvas."""
