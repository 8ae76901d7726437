from engine.errors import ImageError, Reason
from engine.imaging.text import clean

MAX_SAMPLES = 200_000_000  # rows × columns × samples of one frame
MAX_INFLATED = 1 << 30  # bytes of a deflated data set

_WAY_OUT: dict[Reason, str] = {
    "missing": "check the path, and that you may read it",
    "not-a-file": "choose a file",
    "empty": "copy it again from where it came from",
    "unknown-format": "choose a DICOM, PNG, JPEG or TIFF file",
    "no-pixels": "choose a file that holds an image",
    "truncated": "copy it again from where it came from",
    "damaged": "export it again from where it came from",
    "unsupported": "convert it, for example to uncompressed DICOM or to PNG",
    "video": "play it with a video player, or save single frames of it as images",
    "too-large": "choose a smaller image or export it at lower resolution",
    "crashed": "export it again from where it came from",
    "timed-out": "export it again, or open it once more when the machine is less busy",
    "not-started": "close other programs",
    "no-such-frame": "choose a frame that it has",
}


class RefusedError(Exception):
    """Why a file is not read, said where it is found out and the file's name is not known.

    Attributes:
        what: What is wrong, as the middle of a sentence ("its pixel data end too early").
        reason: The reason code of the `ImageError` that it becomes.
    """

    def __init__(self, what: str, reason: Reason) -> None:
        super().__init__(what)
        self.what = what
        self.reason: Reason = reason

    def sentence_about(self, name: str) -> ImageError:
        """Return the error for the user: one sentence with the file's name and the way out."""
        file = clean(name, limit=120) or "The file"
        message = f"{file} cannot be read: {self.what}; {_WAY_OUT[self.reason]}."
        return ImageError(message, self.reason)


def check_size(rows: int, columns: int, *, samples: int = 1) -> None:
    """Refuse frames without pixels and frames with more samples than `MAX_SAMPLES`."""
    if rows < 1 or columns < 1 or samples < 1:
        raise RefusedError(f"its header says {rows} × {columns} pixels", "damaged")
    if rows * columns * samples > MAX_SAMPLES:
        raise RefusedError(
            f"{rows} × {columns} pixels are more than the limit of {MAX_SAMPLES // 10**6} million",
            "too-large",
        )
