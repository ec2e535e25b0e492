"""Exposure fusion after Mertens, Kautz and Van Reeth 2007, in strips and bounded memory.

`weights` says how much every pixel of every exposure counts, `blend` joins exposures by Laplacian pyramids, `radiance`
joins a clipped picture with a darker frame that keeps its highlights, and `levels` sets black and white.
"""
