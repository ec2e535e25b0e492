"""`lsd2 denoise` and `lsd2 evaluate-denoising`."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from lsd2.cli.main import main

Capture = pytest.CaptureFixture[str]


def _photo(path: Path, sigma: float = 0.0) -> Path:
    y, x = np.mgrid[:72, :88]
    clean = 120 + 60 * np.sin(x / 15)[..., None] + 0.3 * y[..., None] * np.array([1.0, 0.5, 0.2])
    noisy = clean + np.random.default_rng(3).normal(0, sigma, clean.shape)
    assert cv2.imwrite(str(path), np.clip(noisy, 0, 255).astype(np.uint8))
    return path


def _error(arguments: list[str], capsys: Capture) -> str:
    assert main(arguments) in (1, 2)
    (line,) = capsys.readouterr().err.strip().splitlines()
    return line


def test_denoise_estimates_the_noise_and_takes_it_away(tmp_path: Path, capsys: Capture) -> None:
    clean, noisy = _photo(tmp_path / "clean.png"), _photo(tmp_path / "noisy.png", 20)
    out = tmp_path / "out.png"
    assert main(["denoise", str(noisy), "-o", str(out), "--json"]) == 0
    parameters = json.loads(capsys.readouterr().out)["parameters"]
    assert parameters["sigma_source"] == "auto"
    assert parameters["sigma"] == pytest.approx(20, rel=0.15)
    before, after, truth = (cv2.imread(str(path)).astype(float) for path in (noisy, out, clean))
    assert np.abs(after - truth).mean() < 0.4 * np.abs(before - truth).mean()


def test_a_given_sigma_is_used_and_said(tmp_path: Path, capsys: Capture) -> None:
    arguments = ["denoise", str(_photo(tmp_path / "n.png", 10)), "-o", str(tmp_path / "o.png"), "--sigma", "7"]
    assert main(arguments) == 0
    assert "bm3d, sigma 7.0 (given)" in capsys.readouterr().out


def test_denoise_refuses_what_it_cannot_do(tmp_path: Path, capsys: Capture) -> None:
    photo = str(_photo(tmp_path / "n.png", 10))
    assert "no denoiser 'lsd2'" in _error(["denoise", photo, "-o", str(tmp_path / "o.png"), "--method", "lsd2"], capsys)
    assert "n.png" in _error(["denoise", photo, "-o", photo, "--force"], capsys)
    with pytest.raises(SystemExit):
        main(["denoise", photo, "-o", str(tmp_path / "o.png"), "--sigma", "900"])


def test_evaluate_denoising_measures_every_photo(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "clean"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        _photo(folder / name)
    file = tmp_path / "report.json"
    assert main(["evaluate-denoising", str(folder), "--sigma", "25", "--methods", "bm3d", "--json", str(file)]) == 0
    report = json.loads(file.read_text())
    assert set(report["images"]) == {"a.png", "b.png"}
    assert set(report["mean"]["bm3d"]) == {"psnr", "ssim", "seconds"}
    assert report["mean"]["bm3d"]["psnr"] > 20.17 + 8  # 20.17 dB is the noise itself
    assert f"{report['mean']['bm3d']['psnr']:.2f}" in capsys.readouterr().out


def test_evaluate_denoising_names_what_is_no_photo(tmp_path: Path, capsys: Capture) -> None:
    assert "holds no photos" in _error(["evaluate-denoising", str(tmp_path), "--sigma", "25"], capsys)
    (tmp_path / "x.png").write_text("no")
    assert "x.png" in _error(["evaluate-denoising", str(tmp_path), "--sigma", "25"], capsys)


def test_methods_that_lack_their_weights_are_left_out_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("lsd2.methods.registry.all_models", lambda: ())
    folder = tmp_path / "clean"
    folder.mkdir()
    _photo(folder / "a.png")
    assert main(["evaluate-denoising", str(folder), "--sigma", "25"]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0].split() == ["PSNR,", "dB", "/", "SSIM", "bm3d"]
    assert "note: fdncnn is left out: it has no weights; see 'lsd2 weights --help'" in printed.out
    assert printed.err == ""
