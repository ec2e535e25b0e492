"""Rendered streets at night, with lamps, signs and wet ground: pictures of our own to show and test the program on."""
