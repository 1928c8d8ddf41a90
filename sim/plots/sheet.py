"""How large a picture is and whether it has a title: what is usual for it, or what a paper asks for."""

from dataclasses import dataclass

CM = 2.54  # to an inch


class TooSmallError(Exception):
    """A picture does not fit a size; the message says what it needs."""


@dataclass(frozen=True)
class Sheet:
    """What a picture is drawn on; a side that is none is as long as is usual for the picture. In inches."""

    width: float | None = None
    height: float | None = None
    titled: bool = True

    def wide(self, usual: float, least: float) -> float:
        """How wide a picture is that is `usual` inches wide and needs `least`.

        Raises:
            TooSmallError: the sheet is narrower.
        """
        if self.width is not None and self.width < least:
            raise TooSmallError(f"this picture needs at least {_said(least)} of width")
        return usual if self.width is None else self.width

    def room(self, beside: float, usual: float, least: float) -> float:
        """How high axes are that usually have `usual` inches and need `least`, with `beside` above and below them.

        Raises:
            TooSmallError: the sheet is lower.
        """
        if self.height is None:
            return usual
        if self.height < beside + least:
            raise TooSmallError(f"at this width the picture needs at least {_said(beside + least)} of height")
        return self.height - beside


def _said(inches: float) -> str:
    """A length in both units, rounded up so that what is said suffices."""
    tenths = -int(-inches * 10 // 1)
    return f"{tenths / 10:g} inches ({-int(-tenths * CM // 1) / 10:g} cm)"


USUAL = Sheet()
