"""How an exception is told to the user: one line, and a traceback for the log if it was not foreseen."""

from __future__ import annotations

import traceback

from lsd2.errors import Lsd2Error
from lsd2.networks.memory import is_out_of_memory
from lsd2.worker.folder_protocol import FolderRequest, describe_request
from lsd2.worker.protocol import (
    Failed,
    JobRequest,
    MeasureNoise,
    MeasurePicture,
    OpenPhoto,
    OpenPreview,
    PreparePair,
    ProcessPair,
)


def describe(request: JobRequest) -> str:
    """What the job was doing, such as "opening a.jpg"."""
    if isinstance(request, OpenPhoto | OpenPreview):
        return f"opening {request.path.name}"
    if isinstance(request, ProcessPair | PreparePair):
        return f"processing {request.short.name} and {request.long.name}"
    if isinstance(request, MeasureNoise):
        return f"measuring the noise of {request.short.name}"
    if isinstance(request, MeasurePicture):
        return "measuring the result"
    if isinstance(request, FolderRequest):
        return describe_request(request)
    return f"saving {request.target.name}"


def failure(request: JobRequest, error: Exception) -> Failed:
    """The reply to a job that raised `error`."""
    if isinstance(error, Lsd2Error):
        return Failed(request.job, _one_line(error))
    detail = "".join(traceback.format_exception(error))
    if is_out_of_memory(error):
        message = f"there is too little memory for {describe(request)}; try a smaller memory budget"
        return Failed(request.job, message, detail, less_memory_may_help=True)
    message = f"unexpected problem in {describe(request)} ({type(error).__name__}: {_one_line(error)})"
    return Failed(request.job, message, detail)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
