"""Files to modality values: the only place that knows DICOM, Pillow and the codecs.

Every file is hostile until proven otherwise: its content decides its format, its header must
agree with its codestream, each transfer syntax has exactly one decoder, and whatever goes wrong
is one `ImageError` whose sentence names the file and the way out.
"""

from engine.imaging.content import film_identity, film_key, header_digest, told_apart
from engine.imaging.folders import Listing, image_files, list_images, look_through
from engine.imaging.guarded import (
    be_the_guarded_process,
    describe_frame,
    prepare_reading,
    read_frame,
    read_image,
    try_again,
)
from engine.imaging.source import file_stamp
from engine.imaging.thumbnail import thumbnail
from engine.imaging.voi import apply_voi, auto_window, default_voi, full_window

__all__ = [
    "Listing",
    "apply_voi",
    "auto_window",
    "be_the_guarded_process",
    "default_voi",
    "describe_frame",
    "file_stamp",
    "film_identity",
    "film_key",
    "full_window",
    "header_digest",
    "image_files",
    "list_images",
    "look_through",
    "prepare_reading",
    "read_frame",
    "read_image",
    "thumbnail",
    "told_apart",
    "try_again",
]
