"""Pictures made ready for the screen: a label and a mip chain for everything that can be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from lsd2.worker.protocol import TileDone
from lsd2_gui import text
from lsd2_gui.background import Background
from lsd2_gui.display_gain import matching_gain
from lsd2_gui.pictures import LONG, RUNNING, SHORT, Picture, Role, ViewKey
from lsd2_gui.qimage import U16, MipChain, display_table
from lsd2_gui.session import Session
from lsd2_gui.text import tr

UNFINISHED_SHARE = 0.35
"""Brightness of the short frame where tiles of a running job are still to come."""


@dataclass(frozen=True, eq=False)
class Layer:
    """A picture to paint, and what its label says."""

    label: str
    chain: MipChain


@dataclass(frozen=True, slots=True)
class _ChainKey:
    block: str
    gain: float


class LayerBook(QObject):
    """Keeps the mip chains of the session's pictures, made in the background.

    Signals: `changed` when a layer can be had that could not, or looks different now; `tile_drawn` when a part of the
    running result arrived.
    """

    changed = Signal()
    tile_drawn = Signal()

    def __init__(self, session: Session, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._chains: dict[_ChainKey, MipChain] = {}
        self._wanted: set[_ChainKey] = set()
        self._gain = 1.0
        self._pair: tuple[str, ...] = ()
        session.pair_changed.connect(self._refresh)
        session.results_changed.connect(self._refresh)

    @property
    def short_gain(self) -> float:
        """Gain in linear light by which the short frame is shown."""
        return self._gain

    def layer(self, key: ViewKey) -> Layer | None:
        """None if there is no such picture, or it is not ready yet."""
        picture = self._session.picture(key)
        chain = self._chains.get(self._chain_key(key, picture)) if picture else None
        return Layer(self.label(key), chain) if chain else None

    def label(self, key: ViewKey) -> str:
        """What the picture is and how it is shown, for its corner."""
        if key == SHORT and self._gain > 1.0:
            gain = text.stops(self._gain)
            return tr("Short  ·  shown {0} brighter").format(gain)
        fused = self._session.result(key)
        if fused is not None:
            settings = text.key_parameter(fused.reply.parameters)
            return f"{self.name(key)}{settings}  ·  {text.duration(fused.reply.seconds)}"
        return self.name(key)

    def name(self, key: ViewKey) -> str:
        """The picture's short name, for lists."""
        if key.role is not None:
            return tr("Short") if key == SHORT else tr("Long")
        if key == RUNNING:
            return tr("Fusing…")
        fused = self._session.result(key)
        if fused is None:
            return ""
        alike = sum(other.reply.label == fused.reply.label for other in self._session.results)
        return f"{fused.reply.label} #{fused.number}" if alike > 1 else fused.reply.label

    def draw_tile(self, tile: TileDone) -> None:
        """Show a finished tile of the running result."""
        picture = self._session.running
        chain = self._chains.get(_ChainKey(picture.image.block, 1.0)) if picture else None
        if picture is None or chain is None:
            return
        part = picture.pixels[tile.top : tile.top + tile.height, tile.left : tile.left + tile.width]
        chain.write(tile.left, tile.top, part, display_table())
        self.tile_drawn.emit()

    def start_running(self) -> None:
        """Prepare the running result: the short frame, dimmed, until the tiles come."""
        picture = self._session.running
        if picture is None:
            return
        short = self.layer(SHORT)
        fits = short is not None and (short.chain.width, short.chain.height) == (picture.width, picture.height)
        chain = short.chain.dimmed(UNFINISHED_SHARE) if short and fits else MipChain(picture.width, picture.height)
        self._chains[_ChainKey(picture.image.block, 1.0)] = chain
        self.changed.emit()

    def finish(self, picture: Picture) -> None:
        """Draw a finished result again as a whole: not every method tells of tiles."""
        self._build(_ChainKey(picture.image.block, 1.0), picture)

    def _refresh(self) -> None:
        self._measure_gain()
        needed = {}
        for key in self._session.views():
            picture = self._session.picture(key)
            if picture is not None:
                needed[self._chain_key(key, picture)] = picture
        self._chains = {key: chain for key, chain in self._chains.items() if key in needed}
        self._wanted &= set(needed)
        running = self._session.running
        for chain_key, picture in needed.items():
            if picture is not running and chain_key not in self._chains and chain_key not in self._wanted:
                self._build(chain_key, picture)
        self.changed.emit()

    def _measure_gain(self) -> None:
        pictures = [self._session.picture(key) for key in (SHORT, LONG)]
        blocks = tuple(picture.image.block for picture in pictures if picture)
        if blocks == self._pair:
            return
        self._pair = blocks
        short, long = pictures
        self._gain = matching_gain(short.pixels, long.pixels) if short and long else 1.0

    def _chain_key(self, key: ViewKey, picture: Picture) -> _ChainKey:
        return _ChainKey(picture.image.block, self._gain if key.role is Role.SHORT else 1.0)

    def _build(self, key: _ChainKey, picture: Picture) -> None:
        self._wanted.add(key)
        self._background.run(partial(_make_chain, picture.pixels, key.gain), partial(self._store, key))

    def _store(self, key: _ChainKey, chain: MipChain) -> None:
        if key not in self._wanted:
            return  # the picture has left the session meanwhile
        self._wanted.discard(key)
        self._chains[key] = chain
        self.changed.emit()


def _make_chain(pixels: U16, gain: float) -> MipChain:
    return MipChain.from_u16(pixels, display_table(gain))
