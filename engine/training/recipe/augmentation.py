"""How far a training film may be changed."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a training film may be moved and changed; zero switches a change off.

    Attributes:
        shift: Largest displacement, as a share of the film's height and width.
        rotate: Largest rotation in degrees.
        scale: Largest change of size; 0.1 is 0.9 to 1.1.
        stretch: Largest change of the height against the width.
        crop: Largest share of height and of width that is cut away; what is left fills the grid.
        flip: Probability of exchanging left and right.
        gamma: Largest |log2 γ| of a power law on the values.
        contrast: Largest change of the slope around the middle grey.
        brightness: Largest offset.
        noise: Largest standard deviation of white noise.
        headroom: Largest share of 0…1 that the greys of a film lose, see `headroom`.
        spare: Share of the films whose greys stay as they were.
        never_spared: Classes, by their number from 0, of which no film is spared.
        style: Share of the films that get the frequencies' amplitudes of another, see `looks`.
        tone: How far the histogram of a film is brought to an even one, at most.
        window: Largest share of the range of values that is clipped, at either end.
        blur: Largest standard deviation of a blur, in model rows.
        sharpen: Largest weight of what a blur of one model row takes away.
        jpeg: Share of the films that are compressed at the model's grid.
        bars: Share of the films with bars along their edges.
        mixup: α of Beta(α, α), the share of a second film (Zhang 2018, mix-up).
        anchor: Share of the films that are blended with the mean film, see `anchor`.
        neutral: Share of the films that become the mean film itself, see `neutral`.
        splice: Share of the films of which rows are replaced by the mean film's, see `splice`.
        splice_most: Largest share of a film's rows that is replaced.
        splice_label: Whether a spliced film's target moves to "absent" (class 0) with the rows
            that it lost, or is "kept".
    """

    shift: float = 0.0
    rotate: float = 0.0
    scale: float = 0.0
    stretch: float = 0.0
    flip: float = 0.0
    gamma: float = 0.0
    contrast: float = 0.0
    brightness: float = 0.0
    noise: float = 0.0
    mixup: float = 0.0
    anchor: float = 0.0
    neutral: float = 0.0
    splice: float = 0.0
    splice_most: float = 1.0
    splice_label: Literal["absent", "kept"] = "absent"
    crop: float = 0.0
    headroom: float = 0.0
    spare: float = 0.0
    never_spared: tuple[int, ...] = ()
    style: float = 0.0
    tone: float = 0.0
    window: float = 0.0
    blur: float = 0.0
    sharpen: float = 0.0
    jpeg: float = 0.0
    bars: float = 0.0

    @property
    def moves(self) -> bool:
        """Whether pixels change their place."""
        return any((self.shift, self.rotate, self.scale, self.stretch, self.flip, self.crop))

    @property
    def tones(self) -> bool:
        """Whether films are given greys of other collections."""
        return any((self.style, self.tone, self.window))

    @property
    def wears(self) -> bool:
        """Whether films are given what files of other collections do to them."""
        return any((self.blur, self.sharpen, self.jpeg, self.bars))
