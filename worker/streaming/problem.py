"""What is wrong with a log, and where."""

from dataclasses import dataclass

from worker.missions.observation import Coordinates


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it must be, and the coordinates of it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def place(at: Coordinates) -> str:
    """Coordinates as people write them: `articles.raw-0@17`."""
    return f"{at.topic}-{at.partition}@{at.offset}"
