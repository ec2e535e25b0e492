"""How results are saved: where, under which names, in which format; the paths are shown as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lsd2.errors import Lsd2Error
from lsd2.io.on_disk import is_folder
from lsd2.options import OutputProfile, Role, WriteOptions
from lsd2_gui.dialogs.files import nearest_folder
from lsd2_gui.library_words import translated
from lsd2_gui.panels.widgets import CalmComboBox, CalmSlider, label, set_kind
from lsd2_gui.pictures import Fused
from lsd2_gui.save_choices import FORMATS, LEAST_QUALITY, PARENTS, PROFILES, name_tip
from lsd2_gui.saving import SavePlan, Saver, format_of
from lsd2_gui.text import sentence, tr

_SHOWN_PATHS = 6


class SaveDialog(QDialog):
    """Asks how; `take` gets the plan and the results once the user is content."""

    def __init__(
        self, parent: QWidget, saver: Saver, shown: Fused, take: Callable[[SavePlan, Sequence[Fused]], None]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save the result"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._saver, self._shown, self._take = saver, shown, take
        self._begun = saver.plan(shown)
        self.which, self.format, self.profile, self.parent_role = (CalmComboBox() for _ in range(4))
        self.folder, self.name = QLineEdit(str(self._begun.folder)), QLineEdit(self._begun.template)
        self.quality = CalmSlider(LEAST_QUALITY, 100)
        self._quality_value = label(kind="muted")
        self.gps = QCheckBox(tr("Keep where it was taken"))
        self.recipe = QCheckBox(tr("Write beside it how it was made"))
        self.paths = label(kind="faint", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._fill()
        self._lay_out()
        self._connect()
        self.refresh()
        self.name.setFocus()
        self.name.selectAll()

    @property
    def results(self) -> tuple[Fused, ...]:
        """Those that are saved."""
        return self._saver.all_savable if self.which.currentIndex() == 1 else (self._shown,)

    def plan(self) -> SavePlan:
        """As the fields say.  A name that ends like a photo's file chooses the format, a whole path the folder too."""
        typed, folder = self.name.text().strip(), _expanded(Path(self.folder.text()))
        if Path(typed).is_absolute():
            folder, typed = Path(typed).parent, Path(typed).name
        named = format_of(Path(typed)) if typed else None
        options = WriteOptions(
            profile=OutputProfile(self.profile.currentData()),
            quality=self.quality.value(),
            parent=Role(self.parent_role.currentData()),
            gps=self.gps.isChecked(),
        )
        return SavePlan(
            folder,
            str(Path(typed).with_suffix("")) if named else typed,
            named or self.format.currentData(),
            options,
            self.recipe.isChecked(),
        )

    def refresh(self) -> None:
        """Show where the files would go, or what is wrong."""
        plan = self.plan()
        self.quality.setEnabled(plan.format == "jpeg")
        self._quality_value.setText(str(plan.options.quality) if plan.format == "jpeg" else "\N{EN DASH}")
        try:
            if not is_folder(plan.folder):
                raise Lsd2Error(tr("there is no folder {0}").format(plan.folder))
            targets = self._saver.targets(plan, self.results)
        except Lsd2Error as error:
            self._show_paths(sentence(str(error)), "error")
            return
        except OSError:  # of the folder, or a name that its drive does not take
            words = tr("No file of that name can be put into {0}: choose another folder or name.")
            self._show_paths(words.format(plan.folder), "error")
            return
        lines = [str(path) for path in targets[:_SHOWN_PATHS]]
        more = len(targets) - len(lines)
        self._show_paths("\n".join(lines + ([tr("and {0} more").format(more)] if more else [])), "faint")

    def accept(self) -> None:
        self._take(self.plan(), self.results)
        super().accept()

    def _show_paths(self, words: str, kind: str) -> None:
        self.paths.setText(words)
        set_kind(self.paths, kind)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(kind != "error")

    def _fill(self) -> None:
        self.which.addItem(tr("The result on the screen: {0}").format(translated(self._shown.reply.label)))
        count = len(self._saver.all_savable)
        if count > 1:
            self.which.addItem(tr("All {0} results").format(count))
        options = self._begun.options
        _fill(self.format, FORMATS, self._begun.format)
        _fill(self.profile, PROFILES, options.profile)
        _fill(self.parent_role, PARENTS, options.parent)
        self.quality.setValue(options.quality)
        self.gps.setChecked(options.gps)
        self.recipe.setChecked(self._begun.recipe)

    def _lay_out(self) -> None:
        browse = QPushButton(tr("Browse…"))
        browse.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        browse.clicked.connect(self._browse)
        self.name.setToolTip(name_tip())
        self.quality.setToolTip(tr("Of a JPEG: 95 cannot be told from the original; less makes smaller files."))
        self.gps.setToolTip(tr("Left out unless you ask for it: a shared picture would tell where you live."))
        self.recipe.setToolTip(tr("A small file from which 'lsd2 redo' makes the same result again."))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: tuple[tuple[str, QWidget, tuple[QWidget, ...]], ...] = (
            (tr("Save"), self.which, ()),
            (tr("Folder"), self.folder, (browse,)),
            (tr("Name"), self.name, ()),
            (tr("Format"), self.format, ()),
            (tr("Quality"), self.quality, (self._quality_value,)),
            (tr("Colours"), self.profile, ()),
            (tr("Camera data from"), self.parent_role, ()),
        )
        for words, field, beside in rows:
            caption = label(words, "muted")
            caption.setBuddy(field)
            field.setAccessibleName(words)
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(field, 1)
            for part in beside:
                line.addWidget(part)
            form.addRow(caption, line)
        form.addRow(label(), self.gps)
        form.addRow(label(), self.recipe)
        self._quality_value.setFixedWidth(32)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText(tr("Save"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("kind", "small-primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(self.paths)
        column.addWidget(self.buttons)
        self.setMinimumWidth(560)

    def _connect(self) -> None:
        for edit in (self.folder, self.name):
            edit.textChanged.connect(self.refresh)
        for box in (self.which, self.format, self.profile, self.parent_role):
            box.currentIndexChanged.connect(self.refresh)
        self.quality.valueChanged.connect(self.refresh)
        self.quality.reset.connect(lambda: self.quality.setValue(WriteOptions().quality))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Choose a folder"), str(nearest_folder(Path(self.folder.text()))))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _expanded(folder: Path) -> Path:
    """With the user's folder in place of `~`; as it is where that of another, or of nobody, is meant."""
    try:
        return folder.expanduser()
    except RuntimeError:
        return folder


def _fill(box: QComboBox, choices: Sequence[tuple[str, str]], chosen: str) -> None:
    for value, words in choices:
        box.addItem(tr(words), value)
    box.setCurrentIndex([value for value, _ in choices].index(chosen))
