from typing import get_args

import pytest
from kafka import codec

from worker.settings import Kafka

OFFERED = get_args(Kafka.model_fields["compression_type"].annotation)


def test_every_codec_of_kafka_is_offered() -> None:
    assert OFFERED == ("none", "gzip", "snappy", "lz4", "zstd")


# Reading needs them all, whichever is written: the codec of the articles is their producer's choice.
@pytest.mark.parametrize("name", [name for name in OFFERED if name != "none"])
def test_the_client_can_read_and_write_every_codec(name: str) -> None:
    encode, decode = getattr(codec, f"{name}_encode"), getattr(codec, f"{name}_decode")
    text = b"The mission leaves. " * 100
    assert decode(encode(text)) == text
    assert len(encode(text)) < len(text)
