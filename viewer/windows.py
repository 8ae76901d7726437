"""Which window a film is shown with: by its menu, by hand, and when another frame comes."""

from dataclasses import dataclass, replace

from engine import FrameHeader, Voi, Window
from viewer.loading import Film

BY_HAND = -1  # no place in the menu
_COMPUTED = 2  # the last of the menu: "auto" and "full range"


@dataclass(frozen=True, slots=True)
class Choice:
    """The window menu of a film.

    Attributes:
        vois: What it offers.
        place: Which of them is shown; `BY_HAND` keeps the one that the reader has set.
        hand: That one.
    """

    vois: tuple[Voi, ...] = ()
    place: int = BY_HAND
    hand: Window | None = None

    @property
    def voi(self) -> Voi | None:
        """What the film is shown with; None where there is no film."""
        return self.hand if self.place == BY_HAND else self.vois[self.place]


def again(then: Choice, now: Choice) -> Choice:
    """The menu of now with what was chosen then, perhaps of another frame of the film."""
    if then.place == BY_HAND or len(then.vois) == len(now.vois):
        return replace(now, place=then.place, hand=then.hand)
    return now


def of_film(film: Film) -> Choice:
    """The menu of a film that was not on screen before."""
    return Choice(film.vois, film.vois.index(film.voi))


def of_next_frame(film: Film, last: Choice, seen: FrameHeader) -> Choice:
    """The menu of another frame of the file, which shows it as it would show itself.

    The frame's own window at the same place of the header goes before the window of the frame
    that was on screen: slopes and windows may differ from frame to frame (PS3.3 C.7.6.16.2.10). A
    computed window, and one by hand, stay as long as the same number means the same thing, or a
    stack would flicker.

    Args:
        film: The frame.
        last: Menu and choice of the frame before.
        seen: What the file says of the frame before.
    """
    header, count = film.frame.header, len(film.vois)
    same = alike(header, seen)
    if count != len(last.vois) or (last.place == BY_HAND and not same):
        return of_film(film)
    if same and header.orientation == seen.orientation:
        kept = last.vois[-_COMPUTED:]
        return Choice((*film.vois[:-_COMPUTED], *kept), last.place, last.hand)
    return Choice(film.vois, last.place, last.hand)


def alike(header: FrameHeader, seen: FrameHeader) -> bool:
    """Whether one number means the same in two frames, and their headers show them alike."""
    return _windows(header) == _windows(seen) and _scale(header) == _scale(seen)


def _windows(header: FrameHeader) -> tuple[Window, ...]:
    return tuple(voi for voi in header.voi if isinstance(voi, Window))


def _scale(header: FrameHeader) -> tuple[object, ...]:
    """What a modality value means; a rescale that differs does not change that in a known unit."""
    unit = header.unit
    return (unit,) if unit else (unit, header.rescale, header.value_range)
