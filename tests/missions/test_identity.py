import hashlib
import uuid

import pytest

from worker.missions.dates import PartialDate
from worker.missions.identity import NAMESPACE, content_id


def test_is_the_uuid5_of_the_json_array() -> None:
    expected = uuid.uuid5(NAMESPACE, '["kind",["minusma","2022-02",["é",1,null,true]]]')
    assert content_id("kind", ("minusma", PartialDate(2022, 2), ("é", 1, None, True))) == str(expected)


def test_stays_what_it_was_released_as() -> None:
    """Identifiers are stored in topics for good: a change here is a change of every identifier ever published."""
    assert content_id("kind", ("minusma",)) == "883d2f61-5fc5-5a90-bc77-0bdbca4108d0"


def test_kind_and_parts_tell_apart() -> None:
    parts = [("a", ("b",)), ("b", ("a",)), ("a", (("b",),)), ("a", ("b", None)), ("a", ("b", "c")), ("a", ("b,c",))]
    assert len({content_id(kind, part) for kind, part in parts}) == len(parts)


def test_refuses_what_has_no_settled_form() -> None:
    with pytest.raises(TypeError):
        content_id("kind", (hashlib.sha256(),))
