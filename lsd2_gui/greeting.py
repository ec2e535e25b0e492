"""What is said when the window opens without photos: the last pair is offered, or, the first time, what to try."""

from __future__ import annotations

from lsd2.io.on_disk import is_file
from lsd2_gui import settings as declared
from lsd2_gui.controller import Controller
from lsd2_gui.notices import Level, Notice
from lsd2_gui.text import tr


def greet(controller: Controller) -> None:
    """Open or offer the last pair as the setting says; otherwise help the first time."""
    settings, last = controller.settings, controller.keeper.last
    restore = settings.get(declared.RESTORE)
    if last is None or restore == "never":
        _hint(controller)
    elif not last.is_there:
        gone = next(path for path in (last.short, last.long) if not is_file(path))
        controller.herald.said.emit(tr("The last pair cannot be opened: {0} is no longer there.").format(gone.name))
    elif restore == "always":
        controller.restore()
    else:
        crashed = tr("The program did not come to its end last time. Its photos are unharmed: {0} and {1}.")
        plain = tr("Last time {0} and {1} were open.")
        words = (crashed if last.crashed else plain).format(last.short.name, last.long.name)
        controller.herald.noticed.emit(Notice(Level.INFO, words, actions=("restore",)))


def _hint(controller: Controller) -> None:
    if controller.settings.get(declared.HINT_SEEN):
        return
    controller.settings.put(declared.HINT_SEEN, True)
    words = tr("New here? Try the sample pair; the guide tells how to take your own.")
    controller.herald.noticed.emit(Notice(Level.INFO, words, actions=("guide",)))
