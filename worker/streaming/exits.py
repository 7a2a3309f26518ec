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
    KILLED = 137
    """Told to stop, and had to be killed because it did not within the grace period, or at a second signal."""

    @property
    def restartable(self) -> bool:
        """Whether a fresh process can do better without a hand."""
        return self not in (Exit.FORBIDDEN, Exit.CONFIG)
