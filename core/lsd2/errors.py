"""The errors of the library.  Every message is one line, fit to be shown to a user: what, which file, what to do."""


class Lsd2Error(Exception):
    """Anything that went wrong for a reason outside this program's own code."""


class PhotoReadError(Lsd2Error):
    """A file is not a photo that can be read."""


class PhotoWriteError(Lsd2Error):
    """A result could not be written; the target is as it was before."""


class RecipeError(Lsd2Error):
    """The recipe of a result cannot be followed: it, a photo or the weights are missing or are others."""


class PairError(Lsd2Error):
    """Two photos do not make a short/long pair."""


class WeightsError(Lsd2Error):
    """A network's weights are missing, damaged or of another network."""


class OptionsError(Lsd2Error, ValueError):
    """An option has a value it cannot have."""


class DeviceError(Lsd2Error):
    """The chosen device is not there, or has too little memory for the job."""


class BatchError(Lsd2Error):
    """A batch cannot go on, or did not do all it was asked to."""


class TrainingError(Lsd2Error):
    """Training or synthesis cannot start or go on with what it was given."""
