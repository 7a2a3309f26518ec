"""What can go wrong between the domain and Avro. `reason` is the code that a dead letter carries."""

from typing import ClassVar


class EventError(ValueError):
    """Base of the errors of this room; the message never holds an article's text."""

    reason: ClassVar[str] = "event"


class EncodingError(EventError):
    """A value is not what its schema says: the fault of the code that made it."""

    reason: ClassVar[str] = "event_encoding"


class DecodingError(EventError):
    """Bytes do not hold what their schema says: truncated, with something trailing, or with values out of range."""

    reason: ClassVar[str] = "event_decoding"


class UnknownSchemaError(EventError):
    """Bytes name a schema that is not known here, or none at all."""

    reason: ClassVar[str] = "schema_unknown"


class RegistryError(EventError):
    """The schema registry refused or could not be reached; `retriable` tells whether trying later may help."""

    reason: ClassVar[str] = "registry"

    def __init__(self, message: str, *, retriable: bool) -> None:
        super().__init__(message)
        self.retriable = retriable


class IncompatibleSchemaError(RegistryError):
    """The registry has versions of a subject that a schema does not go with."""

    def __init__(self, message: str) -> None:
        super().__init__(message, retriable=False)
