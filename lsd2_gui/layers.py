"""Pictures made ready for the screen: a label and a mip chain for everything that can be looked at."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from lsd2.photo import Crop
from lsd2.worker.protocol import TileDone
from lsd2.worker.share import PackedShare, unpack
from lsd2_gui import text
from lsd2_gui.background import Background
from lsd2_gui.canvas.clipping import ClipMap
from lsd2_gui.canvas.layout import PART_GAP
from lsd2_gui.display_gain import matching_gain
from lsd2_gui.library_words import translated
from lsd2_gui.pictures import LONG, REFERENCE, RUNNING, SHORT, Fused, Picture, Role, ViewKey
from lsd2_gui.qimage import U8, U16, MipChain, display_table
from lsd2_gui.session import Session
from lsd2_gui.shelf import BYTES_PER_PIXEL, Shelf, ShelfKey, Shown
from lsd2_gui.text import tr
from lsd2_gui.tracing import tinted

UNFINISHED_SHARE = 0.35
"""Brightness of the short frame where tiles of a running job are still to come."""


@dataclass(frozen=True, eq=False)
class Layer:
    """A picture to paint.

    `key` tells it from the others, `name` is short, `label` says how it is shown; `pixels` is what it was made from,
    uint16 (H, W, 3) gamma-encoded sRGB, shown with `gain` in linear light.  `part` is all that there is of the picture,
    None for the whole; of one that `is_growing` there are some tiles.  `share`, uint8 (H, W), of one that shows how
    much of every pixel is the short frame's.
    """

    key: Hashable
    name: str
    label: str
    chain: MipChain
    clips: ClipMap
    pixels: U16
    gain: float = 1.0
    part: Crop | None = None
    is_growing: bool = False
    share: U8 | None = None

    def knows(self, column: int, row: int) -> bool:
        """Whether the method has made that pixel; what is shown elsewhere is another picture, dimmed."""
        if self.part is not None:
            return 0 <= column - self.part.x < self.part.width and 0 <= row - self.part.y < self.part.height
        return not self.is_growing or bool(self.pixels[row, column].any())


@dataclass(eq=False)
class _Growing:
    """The result in the making: tiles that came before its first picture was ready wait here."""

    key: ShelfKey
    picture: Picture
    waiting: list[TileDone] = field(default_factory=list)


class LayerBook(QObject):
    """Names the session's pictures and has them made ready for the screen, in the background.

    Signals: `changed` when a layer can be had that could not, or looks different now; `tile_drawn` when a part of the
    running result arrived.
    """

    changed = Signal()
    tile_drawn = Signal()

    def __init__(self, session: Session, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self.shelf = Shelf(background, parent=self)
        self.shelf.changed.connect(self.changed)
        self._growing: _Growing | None = None
        self._gain = 1.0
        self._pair: tuple[str, ...] = ()
        self._fetching = QTimer(self, singleShot=True, interval=0)
        self._fetching.timeout.connect(self._fetch)
        session.pair_changed.connect(self._refresh)
        session.results_changed.connect(self._refresh)
        session.reference_changed.connect(self._refresh)

    @property
    def short_gain(self) -> float:
        """Gain in linear light by which the short frame is shown."""
        return self._gain

    def layer(self, key: ViewKey) -> Layer | None:
        """None if there is no such picture, or it is not ready yet."""
        picture = self._session.picture(key)
        if picture is None:
            return None
        chain_key = self._chain_key(key, picture)
        shown = self.shelf.get(chain_key)
        if shown is None:
            return None
        name, label = self.name(key), self.label(key)
        fused = self._session.result(key)
        part = fused.crop if fused is not None else None
        gain, is_growing = chain_key.gain, key == RUNNING
        return Layer(key, name, label, shown.chain, shown.clips, picture.pixels, gain, part, is_growing, shown.share)

    def chain(self, key: ViewKey) -> MipChain | None:
        """A picture as it is ready for the screen, without its being looked at."""
        picture = self._session.picture(key)
        shown = self.shelf.peek(self._chain_key(key, picture)) if picture is not None else None
        return shown.chain if shown is not None else None

    def label(self, key: ViewKey) -> str:
        """What the picture is and how it is shown, for its corner."""
        if key == SHORT and self._gain > 1.0:
            gain = text.stops(self._gain)
            return tr("Short  ·  shown {0} brighter").format(gain)
        fused = self._session.result(key)
        if fused is not None and key.shows_share and fused.reply.share is not None:
            return tr("{0}  ·  orange: from the short photo, {1}").format(
                self._result_name(fused), text.share(fused.reply.share.mean)
            )
        if fused is not None:
            return PART_GAP.join(self.result_words(fused))
        return self.name(key)

    def result_words(self, fused: Fused) -> tuple[str, ...]:
        """What a result is, by how much it is shown, how long it took, of how much of the photo."""
        parameters = fused.reply.parameters
        parts = [self._result_name(fused) + text.noise_taken(parameters), *text.effort(parameters)]
        if fused.strength < 1.0:
            parts.append(tr("at {0} %").format(round(fused.strength * 100)))
        parts.append(text.duration(fused.reply.seconds))
        if fused.crop is not None:
            parts.append(tr("visible part"))
        return tuple(parts)

    def name(self, key: ViewKey) -> str:
        """The picture's short name, for lists."""
        if key.role is not None:
            return tr("Short") if key == SHORT else tr("Long")
        if key == RUNNING:
            return tr("{0}, in the making").format(self._session.running_label)
        if key == REFERENCE:
            return tr("Reference")
        fused = self._session.result(key)
        if fused is None:
            return ""
        if key.shows_share:
            return tr("Where {0} comes from").format(self._result_name(fused))
        return self._result_name(fused)

    def _result_name(self, fused: Fused) -> str:
        alike = sum(other.reply.label == fused.reply.label for other in self._session.results)
        label = translated(fused.reply.label)
        return f"{label} #{fused.number}" if alike > 1 else label

    def draw_tile(self, tile: TileDone) -> None:
        """Show a finished tile of the running result."""
        growing = self._growing
        if growing is None:
            return
        shown = self.shelf.get(growing.key)
        if shown is None:
            growing.waiting.append(tile)
            return
        right, bottom = tile.left + tile.width, tile.top + tile.height
        part = growing.picture.pixels[tile.top : bottom, tile.left : right]
        shown.chain.write(tile.left, tile.top, part, display_table())
        shown.clips.renew(growing.picture.pixels, tile.left, tile.top, right, bottom)
        self.tile_drawn.emit()

    def start_running(self) -> None:
        """Prepare the running result: the short frame, dimmed, until the tiles come."""
        picture = self._session.running
        if picture is None:
            return
        self._growing = _Growing(ShelfKey(picture.image.block, 1.0), picture)
        short = self.layer(SHORT)
        fits = short is not None and (short.chain.width, short.chain.height) == (picture.width, picture.height)
        under = short.chain if short is not None and fits else None
        self.shelf.expect(self._growing.key, _size(picture))
        self._background.run(partial(_first_look, picture, under), partial(self._start_growing, self._growing))

    def _start_growing(self, growing: _Growing, shown: Shown) -> None:
        if growing is not self._growing:
            return  # finished or given up meanwhile
        self.shelf.put(growing.key, shown)
        for tile in growing.waiting:
            self.draw_tile(tile)
        growing.waiting.clear()

    def finish(self, fused: Fused) -> None:
        """Draw a finished result again as a whole: not every method tells of tiles."""
        self._build(ShelfKey(fused.picture.image.block, 1.0), fused.picture)

    def _refresh(self) -> None:
        self._measure_gain()
        self.shelf.retain(self._needed(self._session.views()))
        if self._session.running is None:
            self._growing = None
        self._fetching.start()
        self.changed.emit()

    def _needed(self, keys: Iterable[ViewKey]) -> dict[ShelfKey, Picture]:
        pictures = {key: self._session.picture(key) for key in keys}
        return {self._chain_key(key, picture): picture for key, picture in pictures.items() if picture is not None}

    def show(self, keys: Iterable[ViewKey]) -> None:
        """These are to be on the screen: they are made ready first, and kept, as is the result in the making."""
        self.shelf.show([*self._needed(keys), *([self._growing.key] if self._growing else [])])
        self._fetching.start()

    def _fetch(self) -> None:
        """Have made ready what is missing, once all that changes together has changed."""
        needed = self._needed(self._session.views())
        for key, picture in sorted(needed.items(), key=lambda item: not self.shelf.is_shown(item[0])):
            if picture is not self._session.running and self.shelf.is_due(key, _size(picture)):
                self._build(key, picture)

    def _measure_gain(self) -> None:
        pictures = [self._session.picture(key) for key in (SHORT, LONG)]
        blocks = tuple(picture.image.block for picture in pictures if picture)
        if blocks == self._pair:
            return
        self._pair = blocks
        short, long = pictures
        self._gain = matching_gain(short.pixels, long.pixels) if short and long else 1.0

    def _chain_key(self, key: ViewKey, picture: Picture) -> ShelfKey:
        gain = self._gain if key.role is Role.SHORT else 1.0
        return ShelfKey(picture.image.block, gain, key.shows_share)

    def _build(self, key: ShelfKey, picture: Picture) -> None:
        made_of = (fused for fused in self._session.results if picture in (fused.picture, fused.mixed))
        fused = next(made_of, None)
        crop = fused.crop if fused is not None else None
        short = self.layer(SHORT) if crop is not None else None
        under = short.chain if short else None
        if key.shows_share and fused is not None and fused.reply.share is not None:
            work = partial(_share_made_ready, picture, fused.reply.share, crop, under)
        elif crop is not None:
            work = partial(_part_made_ready, picture, crop, under)
        else:
            work = partial(_made_ready, picture.pixels, key.gain)
        self.shelf.build(key, _size(picture), work)


def _size(picture: Picture) -> int:
    """Bytes that a picture takes when it is ready for the screen."""
    return picture.width * picture.height * BYTES_PER_PIXEL


def _made_ready(pixels: U16, gain: float) -> Shown:
    return Shown(MipChain.from_u16(pixels, display_table(gain)), ClipMap.of(pixels))


def _part_made_ready(picture: Picture, crop: Crop, under: MipChain | None) -> Shown:
    """The part in its place, over another picture dimmed."""
    shown = _first_look(picture, under)
    shown.chain.write(crop.x, crop.y, picture.pixels[crop.rows, crop.columns], display_table())
    shown.clips.renew(picture.pixels, crop.x, crop.y, crop.columns.stop, crop.rows.stop)
    return shown


def _share_made_ready(picture: Picture, packed: PackedShare, crop: Crop | None, under: MipChain | None) -> Shown:
    """Where the picture comes from; of a part, in its place."""
    part = crop or Crop(0, 0, picture.width, picture.height)
    shown = _first_look(picture, under)
    share = np.zeros((picture.height, picture.width), np.uint8)
    share[part.rows, part.columns] = unpack(packed)
    colours = tinted(picture.pixels[part.rows, part.columns], share[part.rows, part.columns])
    shown.chain.write(part.x, part.y, colours, display_table())
    return replace(shown, share=share)


def _first_look(picture: Picture, under: MipChain | None) -> Shown:
    """Black, or another picture dimmed."""
    chain = under.dimmed(UNFINISHED_SHARE) if under else MipChain(picture.width, picture.height)
    return Shown(chain, ClipMap(picture.width, picture.height))
