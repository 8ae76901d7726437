"""What can go wrong, as one tree: a message is a sentence that names the file and the way out."""

from typing import ClassVar, Literal

from engine.words import Sentence

Reason = Literal[
    "missing",  # no such file
    "not-a-file",  # folder, pipe, device, link to one
    "empty",  # zero bytes
    "unknown-format",  # neither DICOM nor a supported raster format
    "no-pixels",  # valid DICOM without an image
    "truncated",  # ends before its pixels do
    "damaged",  # header and codestream disagree, or decoding failed
    "video",  # moving pictures, which are not read
    "unsupported",  # a transfer syntax or pixel format that is not read
    "too-large",  # more pixels or bytes than the cap
    "crashed",  # it ended the process that worked on it
    "timed-out",  # it was not finished within its time
    "not-started",  # no process could be started
    "no-such-frame",  # a frame number outside the file
    "bundle",  # a model folder that cannot be trusted
    "device",  # no usable device
    "data",  # a training set that cannot be used
    "abstained",  # the model must not answer for this film
    "not-a-number",  # the network answered with NaN or infinity
]


class EngineError(Exception):
    """An expected failure: one sentence for the user, and a reason code for programs.

    Attributes:
        sentence: With its template and arguments, so that another language can say it.
        reason: One of `Reason`, stable across versions; where none is given, that of the class.
    """

    usual: ClassVar[Reason]

    def __init__(self, message: str, reason: Reason | None = None, /, **arguments: object) -> None:
        self.sentence = (
            message if isinstance(message, Sentence) else Sentence(message, **arguments)
        )
        super().__init__(self.sentence)
        self.reason: Reason = reason or self.usual

    def __reduce__(self) -> tuple[type["EngineError"], tuple[Sentence, Reason]]:
        """Pickle with the reason: errors cross process borders."""
        return type(self), (self.sentence, self.reason)


class ImageError(EngineError):
    """A file that cannot be read as an image."""


class BundleError(EngineError):
    """A model folder that cannot be loaded or trusted."""

    usual: ClassVar[Reason] = "bundle"


class DeviceError(EngineError):
    """A device that was asked for and is not there."""

    usual: ClassVar[Reason] = "device"


class DataError(EngineError):
    """A training set that cannot be used."""

    usual: ClassVar[Reason] = "data"


class InferenceError(EngineError):
    """A network that gave no usable answer, or cannot do what it was asked."""

    usual: ClassVar[Reason] = "unsupported"
