"""What goes wrong, as exceptions: one class for each exit status of the program."""

from __future__ import annotations

from typing import Any


class AttnGraphError(Exception):
    """What the program refused, with the place, and a hint that leads to the cure.

    `status` is the program's exit status, `place` the file and the place in it or the option (may be
    empty), `message` the whole sentence, `hint` what to do about it (may be empty).
    """

    status = 70

    def __init__(self, message: str, place: str = "", hint: str = "", status: int | None = None):
        super().__init__(message + ("\nhint: " + hint if hint else ""))
        self.message = message
        self.place = place
        self.hint = hint
        self.status = type(self).status if status is None else status

    def __reduce__(self) -> Any:
        """As workers send it (multiprocessing, joblib)."""
        return type(self), (self.message, self.place, self.hint, self.status)


class UsageError(AttnGraphError, ValueError):
    """An option is wrong, or two do not go together."""

    status = 2


class InputError(AttnGraphError, ValueError):
    """The data is not what it must be."""

    status = 3


class FileError(AttnGraphError, OSError):
    """Reading or writing failed."""

    status = 4


class LimitError(AttnGraphError, MemoryError):
    """The work would go beyond a limit, such as `max_memory`."""

    status = 5


class SomeFailed(AttnGraphError):
    """Some of several inputs failed: `answer` is what the others gave (None where all failed),
    `errors` holds an exception for each that failed."""

    status = 1

    def __init__(self, errors: list[AttnGraphError], answer: Any):
        count = len(errors)
        first = errors[0].message if errors else "see what the program said"
        super().__init__(f"{count} of the inputs failed; the first: {first}")
        self.errors = errors
        self.answer = answer

    def __reduce__(self) -> Any:
        return type(self), (self.errors, self.answer)


def error_for(status: int, message: str, place: str = "", hint: str = "") -> AttnGraphError:
    """The exception of the class that stands for an exit status."""
    for kind in (UsageError, InputError, FileError, LimitError):
        if kind.status == status:
            return kind(message, place, hint)
    return AttnGraphError(message, place, hint, status)
