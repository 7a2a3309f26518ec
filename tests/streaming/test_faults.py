import pytest
from kafka import errors

from worker.streaming.exits import Exit
from worker.streaming.faults import FatalError, FaultError, IndefiniteError, StaleMemberError, cause_of, classify


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errors.CommitFailedError(), StaleMemberError),
        (errors.IllegalGenerationError(), StaleMemberError),
        (errors.UnknownMemberIdError(), StaleMemberError),
        (errors.KafkaTimeoutError("Expiring 9 record(s)"), IndefiniteError),
        (errors.NotLeaderForPartitionError(), IndefiniteError),
        (errors.InvalidTxnStateError(), IndefiniteError),
        (errors.InvalidProducerIdMappingError(), IndefiniteError),
        (errors.UnknownProducerIdError(), IndefiniteError),
        (errors.KafkaError("Unexpected error in TxnOffsetCommitResponse: OffsetMetadataTooLarge"), IndefiniteError),
        (RuntimeError("not of Kafka"), IndefiniteError),
    ],
)
def test_what_can_be_recovered_from(error: Exception, kind: type[FaultError]) -> None:
    assert type(classify(error)) is kind


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ProducerFencedError(), Exit.FENCED),
        (errors.FencedInstanceIdError(), Exit.FENCED),
        (errors.TopicAuthorizationFailedError("articles.dead-letter"), Exit.FORBIDDEN),
        (errors.TransactionalIdAuthorizationFailedError(), Exit.FORBIDDEN),
        (errors.SaslAuthenticationFailedError(), Exit.FORBIDDEN),
        (errors.MessageSizeTooLargeError(), Exit.CONFIG),
        (errors.UnsupportedVersionError(), Exit.CONFIG),
    ],
)
def test_what_ends_the_process(error: Exception, code: Exit) -> None:
    fault = classify(error)
    assert isinstance(fault, FatalError)
    assert fault.exit is code
    assert type(error).__name__ in str(fault)


def test_the_cause_is_taken_from_the_transaction_manager() -> None:
    plain = errors.KafkaError("Cannot execute transactional method because we are in an error state")
    fenced = errors.ProducerFencedError()
    assert cause_of(plain, fenced) is fenced
    assert isinstance(classify(plain, fenced), FatalError)


def test_the_cause_is_taken_from_within() -> None:
    inner = errors.InvalidTxnStateError()
    assert cause_of(errors.KafkaError(inner), errors.ProducerFencedError()) is inner


def test_a_plain_error_without_a_cause_is_its_own() -> None:
    plain = errors.KafkaError("in an error state: itself")
    assert cause_of(plain, plain) is plain
