"""Figures as a notebook shows them, whatever it has imported: matplotlib's own are shown once pyplot is loaded only."""

from matplotlib.figure import Figure


class NotebookFigure(Figure):
    """A figure that a notebook shows as its file would be."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """The bytes of a PNG, and how large it stands on the page, in pixels."""
        from sim.plots.formats import picture_bytes

        width, height = (round(96 * side) for side in self.get_size_inches())
        return picture_bytes(self, "png"), {"width": width, "height": height}
