"""What a post adds to an edition, as values: notes of each paper, and its pictures beside the post. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.fulltext import Picture
    from digest.notes import Taken


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture of a paper that is to lie beside a post.

    Attributes:
        image: its name in the paper's full text.
        file: where it lies, as a relative URL: a folder and a name of letters, digits, dots and hyphens.
        body: a PNG, JPEG, GIF or WebP file.
    """

    image: str
    file: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is added to a paper.

    Attributes:
        taken: its notes; None where arXiv couldn't be reached.
        pictures: those of its figures that could be had, in order.
    """

    taken: Taken | None
    pictures: tuple[Illustration, ...] = ()

    @property
    def figures(self) -> tuple[Picture, ...]:
        """The figures of the paper that have a picture beside the post, with those alone."""
        if self.taken is None:
            return ()
        here = {each.image for each in self.pictures}
        kept = (
            replace(figure, images=tuple(image for image in figure.images if image in here))
            for figure in self.taken.full_paper.figures
        )
        return tuple(figure for figure in kept if figure.images)
