"""The actions of the View menu: how the pictures are laid out, moved and examined."""

from __future__ import annotations

from lsd2_gui.action_spec import SEPARATOR, ActionSpec, When

VIEW_TABLE: tuple[ActionSpec | str, ...] = (
    ActionSpec("fit", "&Fit", "canvas.fit", "view", ("F", "Ctrl+0"), "fit", When.PICTURE, "Show the whole picture"),
    ActionSpec(
        "toggle_fit", "Fit / 100 % at the &pointer", "canvas.toggle_fit", "view", ("Z", "Ctrl+1"), when=When.PICTURE
    ),
    ActionSpec(
        "actual_size",
        "&100 %",
        "canvas.actual_size",
        "view",
        ("Ctrl+Alt+0",),
        "one-to-one",
        When.PICTURE,
        "One pixel of the photo on one pixel of the screen",
    ),
    ActionSpec("zoom_in", "Zoom &in", "canvas.zoom_in", "view", ("+", "=", "Ctrl++"), "zoom-in", When.PICTURE),
    ActionSpec("zoom_out", "Zoom &out", "canvas.zoom_out", "view", ("-", "Ctrl+-"), "zoom-out", When.PICTURE),
    SEPARATOR,
    ActionSpec(
        "swap_views",
        "&Exchange the sides",
        "swap_views",
        "view",
        ("X",),
        "swap-views",
        When.WIPE,
        "Left picture to the right, right picture to the left",
    ),
    ActionSpec("divider_left", "Divider to the &left", "canvas.divider_left", "view", ("Shift+Left",), when=When.WIPE),
    ActionSpec(
        "divider_right", "Divider to the &right", "canvas.divider_right", "view", ("Shift+Right",), when=When.WIPE
    ),
    ActionSpec("divider_centre", "Divider to the &middle", "canvas.divider_centre", "view", ("C",), when=When.WIPE),
    SEPARATOR,
    ActionSpec("hide_panel", "&Hide or show the panel", "toggle_panel", "view", ("Shift+Tab",)),
    ActionSpec("full_screen", "F&ull screen", "toggle_full_screen", "view", ("F11",)),
)
