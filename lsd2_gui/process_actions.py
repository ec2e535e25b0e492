"""The actions of the Process menu and those that save: what is made of the pair, and where it goes."""

from __future__ import annotations

from lsd2_gui.action_spec import SEPARATOR, ActionSpec, When

PROCESS_TABLE: tuple[ActionSpec | str, ...] = (
    ActionSpec(
        "fuse_visible", "Run on the &visible part", "commands.run_visible", "process", ("R",), "run-visible",
        When.RUNNABLE,
        "Runs the ticked methods on what is on the screen: soon done, and just as the whole photo will look",
    ),
    ActionSpec(
        "fuse", "Run on the &whole photo", "controller.runner.fuse", "process", ("Ctrl+R",), "fuse", When.RUNNABLE,
        "Runs the ticked methods on the whole photo",
    ),
    ActionSpec(
        "fuse_all", "Run &all methods", "controller.runner.fuse_all", "process", ("Ctrl+Shift+R",), when=When.RUNNABLE,
        tip="Runs every method on the whole photo; one for comparison only if it is ticked",
    ),
    SEPARATOR,
    ActionSpec("retry", "&Try again", "controller.runner.retry", "process", (), "retry", When.FAILED),
    ActionSpec(
        "retry_less_memory", "Try again with &less memory", "controller.runner.retry_with_less_memory", "process",
        when=When.FAILED, tip="Halves the memory budget and runs again",
    ),
    ActionSpec("cancel", "&Cancel", "controller.runner.cancel", "process", ("Esc",), "cancel", When.RUNNING),
    ActionSpec(
        "cancel_all", "Cancel all &runs", "controller.runner.cancel_all", "process", ("Shift+Esc",),
        when=When.RUNNING,
    ),
    SEPARATOR,
    ActionSpec(
        "swap_roles", "&Swap short and long", "controller.swap_roles", "process", ("Shift+X",), "swap",
        When.IDLE_PHOTO, "The short photo becomes the long one, and the long one the short one",
    ),
    ActionSpec(
        "load_reference", "Load a sharp re&ference…", "commands.reference_dialog", "process", (), "reference",
        When.PAIR,
        "A sharp photo of the same scene: PSNR and SSIM of every result are measured against it",
    ),
    ActionSpec(
        "clear_reference", "R&emove the reference", "controller.reference.clear", "process", when=When.REFERENCE
    ),
    ActionSpec(
        "remove_result", "Remove the res&ult", "commands.remove_result", "process", ("Delete",), when=When.RESULT,
        tip="Takes the result on the screen off the list; files are left alone",
    ),
)  # fmt: skip

SAVE_TABLE: tuple[ActionSpec | str, ...] = (
    ActionSpec(
        "save", "&Save result…", "commands.save_dialog", "file", ("Ctrl+S",), "save", When.SAVABLE,
        "Write the result, or all results, to files",
    ),
    ActionSpec(
        "save_comparison", "Save co&mparison…", "commands.show_sheet_bar", "file", ("Ctrl+Shift+S",), "sheet",
        When.SAVABLE, "A sheet with the photos, the results and enlarged parts, as a picture or PDF",
    ),
    ActionSpec(
        "copy_result", "Cop&y result", "commands.copy_result", "file", ("Ctrl+C",), "copy", When.RESULT,
        "Put the result on the clipboard, in 8 bits",
    ),
    ActionSpec("show_in_folder", "Show in &folder", "commands.show_in_folder", "file", (), "show-folder", When.SAVED),
)  # fmt: skip
