"""What can be chosen for saved results, value and words, wherever it is asked: in the dialogs and the preferences."""

from __future__ import annotations

from pathlib import Path

from lsd2.io.name_template import FIELDS, NameFacts, render_name
from lsd2.options import OutputProfile, Role
from lsd2_gui.text import mark, tr

FORMATS = (("jpeg", mark("JPEG, 8 bit")), ("png", mark("PNG, 16 bit")), ("tiff", mark("TIFF, 16 bit")))
SUFFIXES = {"jpeg": ".jpg", "png": ".png", "tiff": ".tif"}
"""Of `FORMATS`."""
PROFILES = (
    (str(OutputProfile.SRGB), mark("sRGB: right everywhere")),
    (str(OutputProfile.DISPLAY_P3), mark("Display P3: more colours, for newer screens")),
    (str(OutputProfile.SOURCE), mark("Profile of the photo")),
)
PARENTS = ((str(Role.LONG), mark("The long photo")), (str(Role.SHORT), mark("The short photo")))
SHORT_PROFILES = {
    OutputProfile.SRGB: "sRGB",
    OutputProfile.DISPLAY_P3: "Display P3",
    OutputProfile.SOURCE: mark("profile of the photo"),
}
LEAST_QUALITY = 50
"""Of a JPEG; less is no photo any more."""
WAITS_FOR_STRENGTH = mark("Saving waits until the short photo is matched for this strength.")

_EXAMPLE = NameFacts(Path("IMG_1024.jpg"), Path("IMG_1025.jpg"), "lsd2", "lsd2-fast")


def name_example(template: str) -> str:
    """What a template makes of a pair.

    Raises
    ------
    OptionsError
        When it has an unknown field.
    """
    return tr("Such as {0}").format(render_name(template, _EXAMPLE))


def name_tip() -> str:
    """The fields that a template may have."""
    return "\n".join([tr("Filled in for each result:"), *("{" + name + "}" for name in FIELDS)])
