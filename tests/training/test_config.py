"""The settings of a run: schedules, what is kept of them, what is refused."""

from __future__ import annotations

import pytest

from lsd2.errors import OptionsError
from lsd2.training.config import Loss, Optimizer, Schedule, TrainConfig, paper_recipe
from lsd2.training.loop import learning_rate


def test_cosine_schedule_rises_and_falls_to_zero() -> None:
    config = TrainConfig(rate=1.0)
    assert learning_rate(config, 0.0) == 0
    assert learning_rate(config, 0.02) == pytest.approx(1, abs=0.01)
    assert learning_rate(config, 0.5) == pytest.approx(0.5)
    assert learning_rate(config, 1.0) == pytest.approx(0)


def test_papers_schedule_halves_every_fifth() -> None:
    config = paper_recipe("paper", 60, seed=0)
    assert (config.loss, config.schedule, config.rate) == (Loss.L2, Schedule.HALVING, 5e-5)
    rates = [learning_rate(config, done) for done in (0.0, 0.19, 0.21, 0.99, 1.0)]
    assert rates == pytest.approx([5e-5, 5e-5, 2.5e-5, 5e-5 / 16, 5e-5 / 16])


def test_config_survives_json() -> None:
    config = paper_recipe("fast", 60, seed=3)
    assert TrainConfig.from_dict(config.to_dict()) == config
    assert all(type(value) in (str, int, float) for value in config.to_dict().values())


def test_config_of_a_run_before_optimizers_could_be_chosen_is_adamws() -> None:
    values = TrainConfig().to_dict()
    del values["optimizer"]
    assert TrainConfig.from_dict(values) == TrainConfig(optimizer=Optimizer.ADAMW)


@pytest.mark.parametrize("values", [{"minutes": 0}, {"batch": 0}])
def test_impossible_config_is_refused(values: dict[str, int]) -> None:
    with pytest.raises(OptionsError):
        TrainConfig(**values)  # type: ignore[arg-type]
