"""The picture area: one transform, any number of panes, one widget that paints them."""
