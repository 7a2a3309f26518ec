"""What a Kafka error means for a transaction that is under way.

kafka-python raises a plain `KafkaError` from the transactional calls once the transaction manager is in an error
state; the cause is to be had from the manager alone. This module is the only one that knows.
"""

from kafka import errors

from worker.streaming.exits import Exit

_FENCED = (errors.ProducerFencedError, errors.InvalidProducerEpochError, errors.FencedInstanceIdError)
_FORBIDDEN = (
    errors.TopicAuthorizationFailedError,
    errors.GroupAuthorizationFailedError,
    errors.ClusterAuthorizationFailedError,
    errors.TransactionalIdAuthorizationFailedError,
    errors.SaslAuthenticationFailedError,
    errors.UnsupportedSaslMechanismError,
)
_MISCONFIGURED = (
    errors.KafkaConfigurationError,
    errors.UnsupportedVersionError,
    errors.UnsupportedForMessageFormatError,
    errors.MessageSizeTooLargeError,
    errors.InvalidTopicError,
    errors.InvalidTransactionTimeoutError,
    errors.InvalidSessionTimeoutError,
)
_STALE = (
    errors.CommitFailedError,
    errors.IllegalGenerationError,
    errors.UnknownMemberIdError,
    errors.RebalanceInProgressError,
)


class FaultError(Exception):
    """A transaction or a session ended without its work done."""


class StaleMemberError(FaultError):
    """The group has moved on: nothing was committed, and its partitions may belong to somebody else now."""


class IndefiniteError(FaultError):
    """Nobody here can say what became of the transaction; the committed offsets can, through a new session."""


class FatalError(FaultError):
    """The process cannot go on; `exit` says why."""

    def __init__(self, exit_code: Exit, message: str) -> None:
        super().__init__(message)
        self.exit = exit_code


def cause_of(error: BaseException, last_error: BaseException | None = None) -> BaseException:
    """The typed error behind a plain `KafkaError`: its argument, or the transaction manager's last error."""
    while type(error) is errors.KafkaError:
        inner = error.args[0] if error.args else None
        if isinstance(inner, BaseException):
            error = inner
        elif last_error is not None and last_error is not error:
            error, last_error = last_error, None
        else:
            break
    return error


def classify(error: BaseException, last_error: BaseException | None = None) -> FaultError:
    """Sort an error that ended a transaction or a session. A retriable one is indefinite: the client has given up."""
    cause = cause_of(error, last_error)
    said, name = str(cause), type(cause).__name__
    if name not in said:
        said = f"{name}: {said}"
    if isinstance(cause, _STALE):
        return StaleMemberError(said)
    if isinstance(cause, _FENCED):
        return FatalError(Exit.FENCED, said)
    if isinstance(cause, _FORBIDDEN):
        return FatalError(Exit.FORBIDDEN, said)
    if isinstance(cause, _MISCONFIGURED):
        return FatalError(Exit.CONFIG, said)
    return IndefiniteError(said)
