"""LSD2: fuses a short and a long exposure of one scene into one clean, sharp photo.

The package is a library without any user interface.  `lsd2.pipeline.process` is the one door to it;
the command line, the window's worker process, batch jobs and the tests all go through it.
Importing `lsd2` itself is cheap: torch is imported only by the modules that compute.
"""

__version__ = "0.1.0"
