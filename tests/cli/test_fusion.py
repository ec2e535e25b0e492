"""`lsd2 fuse --fusion`: highlights come back, the view says from where, and mistakes are told in one line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from lsd2.cli.fusion import fusion_options
from lsd2.cli.main import build_parser, main
from lsd2.options import Fusion, FusionOptions

Run = pytest.CaptureFixture[str]


@pytest.fixture
def pair(tmp_path: Path) -> list[str]:
    """A short and a long frame of a wall with a striped lamp that the long one clips."""
    scene = 0.15 + 0.05 * cv2.GaussianBlur(np.random.default_rng(0).standard_normal((96, 128, 3)), (0, 0), 2)
    scene *= np.linspace(0.5, 2.5, 128)[None, :, None]
    scene[30:60, 40:90] = 6 + 3 * np.sin(np.arange(50) / 2)[None, :, None]
    paths = []
    for name, gain in (("short", 0.08), ("long", 1.0)):
        frame = np.clip(scene * gain, 0, 1) ** (1 / 2.2) + np.random.default_rng(1).normal(0, 0.005, scene.shape)
        paths.append(str(tmp_path / f"{name}.png"))
        assert cv2.imwrite(paths[-1], (np.clip(frame, 0, 1) * 255 + 0.5).astype(np.uint8))
    return paths


def test_highlights_come_back_and_the_view_shows_where(pair: list[str], tmp_path: Path, capsys: Run) -> None:
    plain, fused, view = (tmp_path / name for name in ("plain.png", "fused.png", "view.png"))
    assert main(["fuse", *pair, "-o", str(plain)]) == 0
    capsys.readouterr()
    chosen = ["--fusion", "mertens", "--fusion-strength", "0.6", "--white-point", "250", "--weights-view", str(view)]
    assert main(["fuse", *pair, "-o", str(fused), "--json", *chosen]) == 0
    fusion = json.loads(capsys.readouterr().out)["parameters"]["options"]["fusion"]
    assert (fusion["kind"], fusion["strength"]) == ("mertens", 0.6)
    assert fusion["white_point"] == pytest.approx(250 / 255)
    before, after, where = (cv2.imread(str(path)).astype(float) for path in (plain, fused, view))
    lamp = np.s_[34:56, 44:86, 1]
    assert after[lamp].std() > before[lamp].std() + 5
    assert np.median(where[lamp]) > 128
    assert where[70:].max() == 0


def test_compare_finishes_what_can_be_finished(pair: list[str], tmp_path: Path, capsys: Run) -> None:
    folder = tmp_path / "c"
    assert main(["compare", *pair, "-o", str(folder), "--methods", "long,mertens,lsd2", "--fusion", "mertens"]) == 0
    methods = json.loads((folder / "report.json").read_text())["methods"]
    assert [name for name, row in methods.items() if "fusion" in row["parameters"]] == ["lsd2"]
    assert "fuses the exposures itself" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--weights-view", "v.png"], 2, "give --fusion"),
        (["--fusion", "mertens", "--weights-view", "OUT"], 2, "another one"),
        (["--fusion-strength", "0.5"], 2, "--fusion-strength says how exposures are fused; give --fusion mertens or"),
        (["--fusion-detail", "2"], 2, "--fusion-detail says"),
        (["--fusion-colour", "1"], 2, "--fusion-colour says"),
        (["--fusion-light", "0"], 2, "--fusion-light says"),
        (["--fusion-model", "fusion-small"], 2, "--fusion-model says"),
        (["--black-point", "0"], 2, "--black-point says"),
        (["--white-point", "auto", "--fusion", "none"], 2, "--white-point says"),
        (["--fusion", "mertens", "--fusion-model", "fusion-small"], 2, "give --fusion network, or leave it out"),
        (["--fusion", "magic"], 2, "magic"),
        (["--fusion", "mertens", "--fusion-strength", "2"], 2, "must be 0 to 1"),
        (["--fusion", "mertens", "--black-point", "200", "--white-point", "100"], 2, "black point"),
    ],
)
def test_mistakes_are_told(
    pair: list[str], tmp_path: Path, capsys: Run, options: list[str], code: int, words: str
) -> None:
    out = tmp_path / "o.png"
    arguments = [str(out) if option == "OUT" else option for option in options]
    try:
        got: object = main(["fuse", *pair, "-o", str(out), *arguments])
    except SystemExit as end:
        got = end.code
    assert got == code
    assert words in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("command", ["compare", "evaluate", "batch"])
def test_every_command_refuses_settings_of_a_fusion_that_is_not_asked_for(
    pair: list[str], tmp_path: Path, capsys: Run, command: str
) -> None:
    for role, source in zip(("short", "long", "sharp"), (*pair, pair[1]), strict=True):
        shutil.copy(source, tmp_path / f"scene_{role}.png")
    out = ["-o", str(tmp_path / "c")]
    arguments = {"compare": [*pair, *out], "evaluate": [str(tmp_path)], "batch": [str(tmp_path), *out]}
    assert main([command, *arguments[command], "--black-point", "20"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "lsd2: --black-point says how exposures are fused; give --fusion mertens or network too"
    assert not (tmp_path / "c").exists()


def test_settings_reach_the_options_and_defaults_stay() -> None:
    parser = build_parser()
    plain = parser.parse_args(["fuse", "a", "b", "-o", "c", "--fusion", "network"])
    assert fusion_options(plain) == FusionOptions(Fusion.NETWORK)
    chosen = ["--fusion-strength", "0.2", "--fusion-detail", "2", "--fusion-colour", "1", "--fusion-light", "0"]
    more = ["--black-point", "51", "--white-point", "204", "--fusion-model", "mine"]
    given = parser.parse_args(["fuse", "a", "b", "-o", "c", "--fusion", "network", *chosen, *more])
    assert fusion_options(given) == FusionOptions(Fusion.NETWORK, 0.2, 2.0, 1.0, 0.0, 0.2, 0.8, "mine")
