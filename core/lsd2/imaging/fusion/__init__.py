"""Exposure fusion after Mertens, Kautz and Van Reeth 2007, in strips and bounded memory.

`weights` says how much every pixel of every exposure counts, and `blend` joins exposures by Laplacian pyramids;
`mertens` does both with pictures as they are.  `highlights` makes exposures of a picture that clips and a darker frame
that does not, and `levels` sets black and white.
"""
