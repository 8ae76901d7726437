from engine.errors import ImageError, Reason
from engine.imaging.text import clean
from engine.words import Sentence

MAX_SAMPLES = 200_000_000  # rows × columns × samples of one frame
MAX_INFLATED = 1 << 30  # bytes of a deflated data set

_WAY_OUT: dict[Reason, Sentence] = {
    "missing": Sentence("check the path, and that you may read it"),
    "not-a-file": Sentence("choose a file"),
    "empty": Sentence("copy it again from where it came from"),
    "unknown-format": Sentence("choose a DICOM, PNG, JPEG or TIFF file"),
    "no-pixels": Sentence("choose a file that holds an image"),
    "truncated": Sentence("copy it again from where it came from"),
    "damaged": Sentence("export it again from where it came from"),
    "unsupported": Sentence("convert it, for example to uncompressed DICOM or to PNG"),
    "video": Sentence("play it with a video player, or save single frames of it as images"),
    "too-large": Sentence("choose a smaller image or export it at lower resolution"),
    "no-such-frame": Sentence("choose a frame that it has"),
}


class RefusedError(Exception):
    """Why a file is not read, said where it is found out and the file's name is not known.

    Attributes:
        what: What is wrong, as the middle of a sentence ("its pixel data end too early").
        reason: The reason code of the `ImageError` that it becomes.
    """

    def __init__(self, what: str, reason: Reason, /, **arguments: object) -> None:
        self.what = what if isinstance(what, Sentence) else Sentence(what, **arguments)
        super().__init__(self.what)
        self.reason: Reason = reason

    def sentence_about(self, name: str) -> ImageError:
        """Return the error for the user: one sentence with the file's name and the way out."""
        return ImageError(
            "{file} cannot be read: {what}; {way_out}.",
            self.reason,
            file=clean(name, limit=120) or Sentence("The file"),
            what=self.what,
            way_out=_WAY_OUT[self.reason],
        )


def check_size(rows: int, columns: int, *, samples: int = 1) -> None:
    """Refuse frames without pixels and frames with more samples than `MAX_SAMPLES`."""
    if rows < 1 or columns < 1 or samples < 1:
        raise RefusedError(
            "its header says {rows} × {columns} pixels", "damaged", rows=rows, columns=columns
        )
    if rows * columns * samples > MAX_SAMPLES:
        raise RefusedError(
            "{rows} × {columns} pixels are more than the limit of {max_samples} million",
            "too-large",
            rows=rows,
            columns=columns,
            max_samples=MAX_SAMPLES // 10**6,
        )
