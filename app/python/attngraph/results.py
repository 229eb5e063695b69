"""Pictures and pages that show themselves in a notebook."""

from __future__ import annotations

import html
import os


class Picture:
    """A drawing as the program wrote it; the last value of a notebook's cell shows itself."""

    def __init__(self, data: bytes, format: str):
        self.data = data
        self.format = format

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the picture as it is."""
        with open(path, "wb") as file:
            file.write(self.data)

    def _repr_svg_(self) -> str | None:
        return self.data.decode() if self.format == "svg" else None

    def _repr_png_(self) -> bytes | None:
        return self.data if self.format == "png" else None

    def __repr__(self) -> str:
        return f"<attngraph picture: {self.format}, {len(self.data)} bytes>"


class Page:
    """One HTML file to click through; a notebook shows it in a frame."""

    def __init__(self, data: bytes, height: int = 640):
        self.data = data
        self.height = height

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the page as it is."""
        with open(path, "wb") as file:
            file.write(self.data)

    def _repr_html_(self) -> str:
        page = html.escape(self.data.decode(), quote=True)
        return (
            f'<iframe sandbox="allow-scripts allow-downloads" srcdoc="{page}" '
            f'style="width:100%;height:{self.height}px;border:0"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<attngraph page: {len(self.data)} bytes>"
