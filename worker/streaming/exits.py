"""How a worker process ends: the exit codes, and what the supervisor makes of each."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of `run` and of its worker processes; the numbers follow BSD's `sysexits.h` where it has one."""

    OK = 0
    """Asked to stop, and stopped with everything committed."""
    UNAVAILABLE = 69
    """No session with the cluster came about in time."""
    SOFTWARE = 70
    """An exception that nobody expected: a defect."""
    STALLED = 75
    """A Kafka call outlived its deadline, or there was input and no commit for too long."""
    FENCED = 76
    """Another instance uses the same transactional id or group instance id, or a transaction timed out."""
    FORBIDDEN = 77
    """The cluster refused the credentials, or an ACL is missing."""
    CONFIG = 78
    """Settings or topics that no restart can mend."""
    ORPHANED = 79
    """The supervisor is gone."""

    @property
    def restartable(self) -> bool:
        """Whether a fresh process can do better without a hand."""
        return self not in (Exit.FORBIDDEN, Exit.CONFIG)

    @property
    def defect(self) -> bool:
        """Whether the fault may lie in the worker, so that it gives up after a few in a row.

        A cluster that is away is no defect: the worker outwaits it.
        """
        return self not in (Exit.OK, Exit.STALLED, Exit.UNAVAILABLE)
