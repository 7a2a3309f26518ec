"""Times as Kafka has them, milliseconds since the Unix epoch, and as text."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def rfc3339(milliseconds: int) -> str:
    """The time as RFC 3339 in UTC, `2022-02-17T09:30:00.000Z`; the bare number where no calendar reaches that far."""
    try:
        time = _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return str(milliseconds)
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
