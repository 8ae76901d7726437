def is_plausible(aspect: float) -> bool:
    """Whether width over height of a pixel can be meant: detectors stay within 1 : 20."""
    return 0.05 <= aspect <= 20
