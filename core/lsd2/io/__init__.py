"""Photos from and to files.

`read` turns a file into an upright `Photo`, through the table of `decoders`; `metadata` reads what the camera wrote,
with ExifRead, from EXIF blocks that `exif_guard` lets pass; `write` encodes pixels and `atomic` puts them into place;
`pairing` tells which of two photos is the short one.  A new format is one new file in `decoders` and one line in its
table.
"""
