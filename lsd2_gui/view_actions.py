"""The actions of the View menu: how the pictures are laid out, moved and examined."""

from __future__ import annotations

from lsd2_gui.action_spec import SEPARATOR, ActionSpec, When

_ARRANGEMENT: tuple[ActionSpec | str, ...] = (
    ActionSpec(
        "split", "&Split", "canvas.show_split", "view", ("S",), "split", When.TWO,
        "Two pictures with a divider between them", "canvas.is_split_mode",
    ),
    ActionSpec(
        "side_by_side", "Si&de by side", "canvas.show_side", "view", ("D",), "side-by-side", When.TWO,
        "Two pictures beside each other, moved together", "canvas.is_side_mode",
    ),
    ActionSpec(
        "grid", "&Grid", "canvas.show_grid", "view", ("G",), "grid", When.TWO,
        "Up to nine pictures, moved together", "canvas.is_grid_mode",
    ),
    ActionSpec(
        "difference", "Differe&nce", "canvas.show_difference", "view", ("0",), "difference", When.TWO,
        "Right minus left, made visible; again for the next kind", "canvas.is_difference_mode",
    ),
    SEPARATOR,
    ActionSpec(
        "swap_views", "E&xchange the sides", "viewer.swap", "view", ("X",), "swap-views", When.WIPE,
        "Left picture to the right, right picture to the left",
    ),
    ActionSpec(
        "next_picture", "Next &picture at the right", "viewer.next_picture", "view", ("Tab",), when=When.TWO,
        scope="canvas",
    ),
    ActionSpec(
        "previous_picture", "P&revious picture at the right", "viewer.previous_picture", "view", ("Backspace",),
        when=When.TWO, scope="canvas",
    ),
    SEPARATOR,
)  # fmt: skip

_ZOOM: tuple[ActionSpec, ...] = (
    ActionSpec(
        "fit", "&Fit", "canvas.fit", "view/zoom", ("F", "Ctrl+0"), "fit", When.PICTURE, "Show the whole picture"
    ),
    ActionSpec(
        "toggle_fit", "Fit / 100 % at the &pointer", "canvas.toggle_fit", "view/zoom", ("Z", "Ctrl+1"),
        when=When.PICTURE,
    ),
    ActionSpec(
        "actual_size", "&100 %", "canvas.actual_size", "view/zoom", ("Ctrl+Alt+0",), "one-to-one", When.PICTURE,
        "One pixel of the photo on one pixel of the screen",
    ),
    ActionSpec(
        "type_zoom", "Zoom to a &value…", "commands.type_zoom", "view/zoom", ("P",), when=When.PICTURE,
        tip="Type per cent, or 'fit'",
    ),
    ActionSpec("zoom_in", "Zoom &in", "canvas.zoom_in", "view/zoom", ("+", "=", "Ctrl++"), "zoom-in", When.PICTURE),
    ActionSpec("zoom_out", "Zoom &out", "canvas.zoom_out", "view/zoom", ("-", "Ctrl+-"), "zoom-out", When.PICTURE),
)  # fmt: skip

_DIVIDER: tuple[ActionSpec, ...] = (
    ActionSpec(
        "turn", "&Turn the divider", "canvas.turn", "view/divider", ("V",), "turn", When.TWO,
        "Upright or level; side by side or one above the other",
    ),
    ActionSpec(
        "divider_back", "To the &left, or up", "canvas.divider_back", "view/divider", ("Shift+Left", "Shift+Up"),
        when=When.WIPE,
    ),
    ActionSpec(
        "divider_on", "To the &right, or down", "canvas.divider_on", "view/divider", ("Shift+Right", "Shift+Down"),
        when=When.WIPE,
    ),
    ActionSpec(
        "divider_centre", "To the &middle", "canvas.divider_centre", "view/divider", ("C",), when=When.WIPE
    ),
)  # fmt: skip

_DIFFERENCE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "next_difference", "Next &kind of difference", "canvas.next_difference", "view/difference", ("Shift+0",),
        when=When.DIFFERENCE, tip="Absolute, signed, or of the luminance",
    ),
    ActionSpec(
        "more_gain", "&Amplify the difference", "canvas.more_gain", "view/difference", (".",), when=When.DIFFERENCE
    ),
    ActionSpec(
        "less_gain", "&Weaken the difference", "canvas.less_gain", "view/difference", (",",), when=When.DIFFERENCE
    ),
)  # fmt: skip

_AIDS: tuple[ActionSpec | str, ...] = (
    SEPARATOR,
    ActionSpec(
        "loupe", "&Loupe", "canvas.toggle_loupe", "view", ("L",), "loupe", When.PICTURE,
        "Magnify every picture around the pointer", "canvas.look.loupe",
    ),
    ActionSpec(
        "loupe_scale", "Loupe &magnification", "canvas.next_loupe_scale", "view", ("Shift+L",), when=When.PICTURE,
        tip="100, 200, 400 or 800 %",
    ),
    ActionSpec(
        "minimap", "Min&imap", "canvas.toggle_minimap", "view", ("M",), when=When.PICTURE,
        tip="A small map while only a part of the picture is seen", checked="canvas.look.minimap",
    ),
    ActionSpec(
        "values", "Pixel v&alues", "canvas.toggle_values", "view", ("I",), when=When.PICTURE,
        tip="Values at the pointer in every picture, in 8 bits and in linear light", checked="canvas.look.values",
    ),
    ActionSpec(
        "histogram", "&Histogram", "canvas.toggle_histogram", "view", ("H",), "histogram", When.PICTURE,
        "How often each value occurs in the compared pictures", "canvas.look.histogram",
    ),
    ActionSpec(
        "clipped_shadows", "Clipped shado&ws", "canvas.toggle_shadows", "view", ("<",), when=When.PICTURE,
        tip="Mark in blue what is black in the file", checked="canvas.look.shadows",
    ),
    ActionSpec(
        "clipped_highlights", "Clipped highligh&ts", "canvas.toggle_highlights", "view", (">",), "clipping",
        When.PICTURE, "Mark in red what is burnt out in the file", "canvas.look.highlights",
    ),
    ActionSpec(
        "where_from", "Ta&ken from the short photo", "controller.session.toggle_trace", "view", ("W",), "where-from",
        When.TRACEABLE, "Shows in orange what exposure fusion took from the short photo", "controller.session.traced",
    ),
    ActionSpec(
        "background", "Next &background", "canvas.next_ground", "view", ("B",), "background", When.ALWAYS,
        "Greys, middle grey with a white frame to assess by, black, white, checks",
    ),
    ActionSpec(
        "rejoin", "Put m&oved panes back", "canvas.rejoin", "view", ("Shift+F",), when=When.MOVED,
        tip="Undo what dragging with Shift did",
    ),
    SEPARATOR,
    ActionSpec("focus", "Fo&cus: picture or panel", "canvas.toggle_focus", "view", ("F6",), when=When.PICTURE),
    ActionSpec("hide_panel", "Hide or show the pan&el", "toggle_panel", "view", ("Shift+Tab",)),
    ActionSpec("full_screen", "F&ull screen", "toggle_full_screen", "view", ("F11",)),
)  # fmt: skip

VIEW_TABLE: tuple[ActionSpec | str, ...] = (*_ARRANGEMENT, *_ZOOM, *_DIVIDER, *_DIFFERENCE, *_AIDS)
