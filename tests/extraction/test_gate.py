"""The gate lets every message through that may report a change, in any encoding, and little else."""

import html
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from worker.extraction.gate import Gate
from worker.extraction.lexicon.load import LANGUAGES, triggers
from worker.missions.register import Register

GATE = Gate.load(Register.load())
SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"
OWN = Path(__file__).resolve().parents[1] / "corpus"

RELEVANT = [
    "Nederland haalt zijn militairen terug uit Gao.",
    "De vredesmissie in het zuiden is beëindigd.",
    "De laatste waarnemers van de VN-missie zijn vertrokken.",
    "Kfor wordt uitgebreid.",
    "België stuurt een fregat naar de Rode Zee.",
    "La France met fin à l'opération Barkhane.",
    "Les Casques bleus quittent Kidal.",
    "L'armée déploie deux cents soldats à l'est.",
    "La mission de l'ONU est prorogée d'un an.",
    "The last peacekeepers have left the island.",
    "US TROOPS WITHDRAW FROM NIGER",
    "Irish soldiers will stay in Lebanon for another year.",
    "The mandate of the UN mission was renewed.",
    "Die Bundeswehr verlässt Mali.",
    "Österreich verlängert den Einsatz seiner Soldaten.",
    "Die Blauhelme ziehen ab.",
    "Das Mandat der Nato-Mission läuft aus.",
    "Minusma closes.",
]
IRRELEVANT = [
    "De trein naar Haarlem is gestopt. De NS stuurt bussen.",
    "De commissie verlengt de termijn; de emissierechten worden duurder.",
    "Ajax verlengt het contract van zijn trainer en haalt een spits.",
    "La commission met fin à la grève des transports.",
    "Le club prolonge son entraîneur et envoie deux joueurs en prêt.",
    "The company ends its permission scheme and will close two shops.",
    "Shares fell as the bank extended its offer and cut staff.",
    "Die Kommission verlängert die Frist, das Werk wird geschlossen.",
    "Der Verein schickt zwei Spieler nach Kiel und verlängert mit dem Torwart.",
    "",
    "KFC",
]


@pytest.fixture
def gate() -> Gate:
    return GATE


@pytest.mark.parametrize("text", RELEVANT)
def test_a_change_passes_in_every_encoding(gate: Gate, text: str) -> None:
    envelope = {"title": None, "text": text}
    assert gate.relevant(text.encode())
    assert gate.relevant(text.encode("latin-1"))
    assert gate.relevant(text.encode("utf-16"))
    assert gate.relevant(json.dumps(envelope).encode())
    assert gate.relevant(json.dumps(envelope, ensure_ascii=False).encode())
    assert gate.relevant(html.escape(text).encode("ascii", "xmlcharrefreplace"))
    named = "".join(f"&{html.entities.codepoint2name[ord(sign)]};" if ord(sign) > 127 else sign for sign in text)
    assert gate.relevant(f"<p>{named}</p>".encode())


@pytest.mark.parametrize("text", IRRELEVANT)
def test_other_news_does_not_pass(gate: Gate, text: str) -> None:
    assert not gate.relevant(text.encode())


def test_soft_hyphens_hide_nothing(gate: Gate) -> None:
    text = "Die Bundes\xadwehr ver\xadlässt Mali."
    assert gate.relevant(text.encode())
    assert gate.relevant(json.dumps(text).encode())
    assert gate.relevant(text.replace("\xad", "&shy;").encode())


def test_a_word_of_change_has_to_be_near(gate: Gate) -> None:
    far = "x " * 400
    assert gate.relevant(b"The soldiers are here. They leave.")
    assert not gate.relevant(f"The soldiers are here. {far} They leave.".encode())


def test_a_word_that_may_mean_other_things_needs_another(gate: Gate) -> None:
    assert not gate.relevant(b"The company ends its mission.")
    assert gate.relevant(b"The company ends its mission for the United Nations.")


def test_every_mission_passes_by_each_of_its_names(gate: Gate) -> None:
    lost = [
        alias
        for mission in Register.load().by_slug.values()
        for language in LANGUAGES
        for alias in mission.phrases(language)
        if not gate.relevant(f"On Monday {alias}, the United Nations mission, was extended.".encode())
    ]
    assert lost == []


def test_acronyms_alone_are_enough(gate: Gate) -> None:
    for name in ("MINUSMA", "Minusma", "KFOR", "Barkhane", "EUFOR", "UNIFIL", "Finul", "Takuba"):
        assert gate.relevant(f"{name} was extended.".encode()), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trigger_of_a_lexicon_is_a_word_of_change(gate: Gate, language: str) -> None:
    lost = [
        trigger
        for trigger in sorted(triggers(language))
        if not gate.relevant(f"Die Soldaten, die troepen, les soldats, the soldiers {trigger.strip('*')} .".encode())
    ]
    assert lost == []


@pytest.mark.parametrize(
    "folder", [SHARED, OWN, OWN / "articles", OWN / "held-out"], ids=["shared", "own", "articles", "held-out"]
)
def test_no_labelled_article_is_lost(gate: Gate, folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip("no labelled articles here")
    for article, text in _news(folder):
        assert gate.relevant(text.encode()), article
        assert gate.relevant(json.dumps(text).encode()), article
        assert gate.relevant(text.encode("latin-1", "replace")), article


def test_few_items_of_one_sentence_are_lost(gate: Gate) -> None:
    news = list(_news(OWN / "items"))
    lost = sum(not gate.relevant(text.encode()) for _, text in news)
    assert lost < len(news) / 10  # some speak in images alone: "the last Germans are home"


def _news(folder: Path) -> Iterator[tuple[str, str]]:
    """The labelled articles of a folder that report a change: id and text."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            if article["expect"]:
                yield article["id"], f"{article['title'] or ''}\n\n{article['body']}"


@given(st.binary(max_size=200))
def test_no_bytes_break_it(value: bytes) -> None:
    assert GATE.relevant(value) in (True, False)


@pytest.mark.parametrize("piece", [b"soldiers ", b"mission ", b"x", b"\0s", b"&shy;", b"leave "])
def test_hostile_bytes_take_linear_time(piece: bytes) -> None:
    def looking(size: int) -> Callable[[], object]:
        value = piece * (size // len(piece))
        return lambda: GATE.relevant(value)

    assert_linear(looking, 100_000)
