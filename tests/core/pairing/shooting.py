"""Photographers' folders made for tests: tiny JPEG files with EXIF data, and which of them are pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

EVENING = datetime(2024, 5, 1, 21, 0, 0)  # noqa: DTZ001 - EXIF times have no zone


@dataclass
class Camera:
    """A camera with a counter and a clock of its own.

    Attributes
    ----------
    model : None writes no EXIF data at all.
    clock : offset from the true time, s; None: the camera never writes a time.
    subseconds : whether it writes them.
    power_on : if given, its clock begins there anew with every scene.
    """

    folder: Path
    model: str | None
    name: str
    number: int = 1
    clock: float | None = 0.0
    subseconds: bool = True
    power_on: datetime | None = None
    size: tuple[int, int] = (64, 48)
    focal: float = 35.0
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    def shoot(
        self,
        scene: np.ndarray,
        at: float,
        seconds: float,
        light: float,
        focal: float | None = None,
        exif: bool = True,
        iso: int | None = None,
    ) -> Path:
        """Write one photo `at` seconds after the evening began, its pixels `light` times the scene's."""
        taken = EVENING + timedelta(seconds=at)
        stem = self.name.format(number=self.number, time=taken)
        self.number = self.number % 9999 + 1
        path = self.folder / f"{stem}.jpg"
        frame = _frame(scene, light, blurred=seconds > 0.1, rng=self.rng)
        iso = iso or int(min(12800, max(100, 100 * 2 ** round(np.log2(0.25 * light / seconds)))))
        block = self._exif(taken, seconds, iso, focal or self.focal) if exif and self.model else None
        path.write_bytes(jpeg(frame, block))
        return path

    def _exif(self, taken: datetime, seconds: float, iso: int, focal: float) -> Image.Exif:
        when = None if self.clock is None else (self.power_on or taken) + timedelta(seconds=self.clock)
        if when is not None and self.power_on is not None:
            when += timedelta(seconds=(taken - EVENING).total_seconds() % 600)
        return exif(self.model or "", seconds, iso, focal, when, self.subseconds)


def exif(
    model: str, seconds: float, iso: int, focal: float = 35.0, taken: datetime | None = EVENING, fine: bool = True
) -> Image.Exif:
    """EXIF data as a camera writes it."""
    block = Image.Exif()
    block[0x010F], block[0x0110] = model.split()[0], model
    ratio = Fraction(seconds).limit_denominator(8000)
    inner = block.get_ifd(0x8769)
    inner.update({0x829A: IFDRational(ratio.numerator, ratio.denominator), 0x829D: IFDRational(28, 10)})
    inner.update({0x920A: IFDRational(round(focal * 10), 10), 0x8827: iso})
    if taken is not None:
        inner[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
        if fine:
            inner[0x9291] = f"{taken.microsecond // 10000:02d}"
    return block


def jpeg(frame: np.ndarray, block: Image.Exif | None = None, quality: int = 85) -> bytes:
    """A picture (H, W, 3), 0-1, as the bytes of a JPEG file."""
    file = BytesIO()
    image = Image.fromarray(np.rint(255 * np.clip(frame, 0, 1)).astype(np.uint8))
    image.save(file, "JPEG", quality=quality, **({"exif": block.tobytes()} if block is not None else {}))
    return file.getvalue()


def scene(seed: int, size: tuple[int, int] = (64, 48)) -> np.ndarray:
    """A picture (H, W, 3), 0-1, of soft shapes, another one for every seed."""
    width, height = size
    rng = np.random.default_rng(seed)
    shapes = cv2.GaussianBlur(rng.random((height, width, 3)), (0, 0), min(size) / 12)
    return (shapes - shapes.min()) / np.ptp(shapes)


def _frame(picture: np.ndarray, light: float, blurred: bool, rng: np.random.Generator) -> np.ndarray:
    shift = np.float32([[1, 0, rng.uniform(-2, 2)], [0, 1, rng.uniform(-2, 2)]])
    moved = cv2.warpAffine(picture, shift, picture.shape[1::-1], borderMode=cv2.BORDER_REFLECT)
    if blurred:
        moved = cv2.blur(moved, (5, 3))
    return moved * light + rng.normal(0, 0.01 if blurred else 0.03, picture.shape)


@dataclass
class Evening:
    """A folder of 200 photos that several cameras took on one evening, with everything that makes pairing hard.

    `truth` holds the (short, long) file names that belong together.
    """

    folder: Path
    seed: int
    truth: set[tuple[str, str]] = field(default_factory=set)
    _time: float = 0.0
    _scenes: int = 0

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)
        self._shoot_all()

    # ---- what happens ----

    def _shoot_all(self) -> None:
        acme = self._camera("Acme One", "IMG_{number:04d}", number=9960)
        bolt = self._camera("Bolt X2", "DSC{number:05d}", clock=-3 * 3600 - 1020, subseconds=False)
        phone = self._camera("Cell 7", "PXL_{time:%Y%m%d_%H%M%S}{time:%f}", clock=7200)
        reset = self._camera("Dawn D1", "P101{number:04d}", power_on=datetime(2000, 1, 1), subseconds=False)  # noqa: DTZ001
        bare = self._camera(None, "SCAN{number:03d}")
        for turn in range(8):
            self._pair(acme)
            self._single(acme)
            self._pair(bolt, long_first=turn % 2 == 1)
            self._single(phone)
            self._pair(phone)
            self._pair(reset)
            if turn == 4:
                acme.clock = 3600.0
        for camera in (acme, bolt):
            self._burst_of_pairs(camera, 3)
            self._bracket(camera, 3, 2.0)
            self._bracket(camera, 5, 1.0)
            self._bracket(camera, 5, 2.0)
            self._tries(camera)
            self._bait(camera)
            self._zoomed(camera)
        for _ in range(5):
            self._pair(bare)
            self._single(bare)
        self._half_told(acme)
        self._half_told(bolt)
        self._copies()
        while len(list(self.folder.iterdir())) < 200:
            self._single(acme)

    def _pair(self, camera: Camera, long_first: bool = False, pause: float | None = None) -> tuple[Path, Path]:
        picture, gap = self._next_scene(), pause or float(self.rng.uniform(0.5, 4))
        seconds = float(self.rng.choice([1 / 200, 1 / 100, 1 / 60]))
        longer = seconds * float(self.rng.choice([10, 16, 25, 30]))
        exposures = [(seconds, 0.25), (longer, 0.9)]
        paths = self._shots(camera, picture, exposures[::-1] if long_first else exposures, gap)
        short, long = reversed(paths) if long_first else paths
        self.truth.add((short.name, long.name))
        return short, long

    def _single(self, camera: Camera) -> None:
        seconds = float(self.rng.choice([1 / 500, 1 / 125, 1 / 60, 1 / 15]))
        self._shots(camera, self._next_scene(), [(seconds, float(self.rng.uniform(0.4, 0.9)))], 0)

    def _burst_of_pairs(self, camera: Camera, count: int) -> None:
        """Several pairs of one scene without a rest: S L S L S L."""
        for turn in range(count):
            self._pair(camera, pause=1.0)
            self._time -= self._rest if turn < count - 1 else 0

    def _bracket(self, camera: Camera, count: int, step: float) -> None:
        """What a camera makes by itself: one ISO, shutter times in equal steps."""
        order = sorted(range(count), key=lambda i: abs(i - count // 2))  # 0, -, +, --, ++
        exposures = [(1 / 60 * 2 ** (step * (i - count // 2)), 0.2 + 0.15 * i) for i in order]
        paths = dict(zip(order, self._shots(camera, self._next_scene(), exposures, 0.4, iso=800), strict=True))
        apart = round(4 / step)
        self.truth.add((paths[count - 1 - apart].name, paths[count - 1].name))

    def _tries(self, camera: Camera) -> None:
        """Two short frames that went wrong, then a pair."""
        picture = self._next_scene()
        for _ in range(2):
            self._shots(camera, picture, [(1 / 100, 0.25)], 0, rest=7)
        paths = self._shots(camera, picture, [(1 / 100, 0.25), (1 / 5, 0.9)], 1)
        self.truth.add((paths[0].name, paths[1].name))

    def _bait(self, camera: Camera) -> None:
        """Two scenes in a hurry, exposed as differently as a pair: only their pixels tell."""
        for turn in range(3):
            self._shots(camera, self._next_scene(), [(1 / 125, 0.6)], 0, rest=2)
            self._shots(camera, self._next_scene(), [(1 / 125 * (6 + 4 * turn), 0.7)], 0)

    def _zoomed(self, camera: Camera) -> None:
        picture = self._next_scene()
        camera.shoot(picture, self._time, 1 / 100, 0.25, focal=35)
        camera.shoot(picture, self._time + 2, 1 / 5, 0.9, focal=50)
        self._time += self._rest

    def _half_told(self, camera: Camera) -> None:
        """A pair of which a program threw the EXIF data of one frame away."""
        picture = self._next_scene()
        short = camera.shoot(picture, self._time, 1 / 100, 0.25)
        long = camera.shoot(picture, self._time + 2, 1 / 5, 0.9, exif=False)
        self.truth.add((short.name, long.name))
        self._time += self._rest

    def _copies(self) -> None:
        """Both frames of a pair copied, and one saved anew."""
        for short, long in sorted(self.truth)[:3]:
            for name in (short, long):
                data = (self.folder / name).read_bytes()
                (self.folder / f"{Path(name).stem} (1).jpg").write_bytes(data)
            with Image.open(self.folder / long) as image:
                image.save(self.folder / f"{Path(long).stem}-edited.jpg", quality=60, exif=image.info.get("exif", b""))

    # ---- how it is written ----

    @property
    def _rest(self) -> float:
        return 95.0

    def _camera(self, model: str | None, name: str, **more: object) -> Camera:
        return Camera(self.folder, model, name, rng=self.rng, **more)  # type: ignore[arg-type]

    def _next_scene(self) -> np.ndarray:
        self._scenes += 1
        return scene(1000 * self.seed + self._scenes)

    def _shots(
        self,
        camera: Camera,
        picture: np.ndarray,
        exposures: Sequence[tuple[float, float]],
        pause: float,
        rest: float | None = None,
        iso: int | None = None,
    ) -> list[Path]:
        paths = []
        for seconds, light in exposures:
            paths.append(camera.shoot(picture, self._time, seconds, light, iso=iso))
            self._time += seconds + pause
        self._time += self._rest if rest is None else rest
        return paths
