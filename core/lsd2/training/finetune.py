"""`lsd2 finetune`: a trained fusion network goes on learning from a user's own tripod captures (Section 3.2.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lsd2.errors import Lsd2Error, TrainingError
from lsd2.networks.architectures import ARCHITECTURES
from lsd2.networks.portable import read_description
from lsd2.training.captures import Capture, CaptureConfig, CaptureStream, find_captures, read_capture
from lsd2.training.checkpoint import Checkpoint
from lsd2.training.config import Loss, TrainConfig
from lsd2.training.loop import Log
from lsd2.training.tasks import TASKS, Task
from lsd2.training.train import Given, Job, make_trainer, run

SETTINGS = TrainConfig(minutes=30.0, rate=1e-4, loss=Loss.RMSE, threads=0)
"""A low rate: the network knows how to fuse already, and few captures must not make it forget."""


def finetune(job: Job, given: Given, log: Log, note: Callable[[str], None]) -> Checkpoint:
    """Fine-tune the weights `job.start` on the captures in `job.images`, and write new weights.

    Parameters
    ----------
    log : takes the figures.
    note : takes remarks for the user.

    Raises
    ------
    TrainingError
        When there is nothing to learn from, the checkpoint does not fit, or the run was interrupted.
    OptionsError, PhotoWriteError, WeightsError
        When the settings do not fit, the weight file cannot be written, or the weights to start from cannot be used.
    """
    job.check()
    start = Checkpoint.load(job.checkpoint) if job.resume else None
    task = _task(job, start)
    config, stream = given.resumed(task, start, job.checkpoint) if start else given.fresh(task)
    assert isinstance(stream, CaptureConfig)
    captures = _usable(find_captures(job.images), stream.scene, note)
    trainer = make_trainer(task, config, stream, start, job.start)
    crops = CaptureStream(captures, job.gyro, stream, config.seed + trainer.step)
    return run(job, trainer, crops, task.step, len(captures), log)


def _task(job: Job, start: Checkpoint | None) -> Task:
    """The fusion task with a capture stream, for the member of the family that the run goes on with."""
    fusion = TASKS["lsd2"]
    if start:
        size = str(start.config["network"])
    else:
        if job.start is None:
            raise TrainingError("there are no weights to fine-tune; name a model with --from, see 'lsd2 weights list'")
        described = read_description(job.start)
        members = ARCHITECTURES[fusion.architecture].members
        fitting = [name for name, member in members.items() if member.to_dict() == described["config"]]
        if described["method"] != fusion.method or not fitting:
            raise TrainingError(f"{job.start.name} is no fusion network that can be fine-tuned; choose another model")
        size = fitting[0]
    return replace(
        fusion,
        sizes=(size,),
        settings=replace(SETTINGS, network=size),
        stream=lambda _, crop: CaptureConfig() if crop is None else CaptureConfig(crop=crop, scene=crop * 7 // 4),
        stored_stream=CaptureConfig.from_dict,
    )


def _usable(captures: list[Capture], least: int, note: Callable[[str], None]) -> list[Capture]:
    """The captures that can be learnt from; says why of the others.

    Raises
    ------
    TrainingError
        When none is left.
    """
    usable, reasons = [], []
    for capture in captures:
        try:
            read_capture(capture, least)
            usable.append(capture)
        except Lsd2Error as error:
            reasons.append(str(error))
            note(f"left out: {error}")
    if not usable:
        raise TrainingError(f"no capture can be used: {reasons[0]}")
    return usable
