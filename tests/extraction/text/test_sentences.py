"""Cutting texts into sentences: `|` marks each cut that there must be, and none is anywhere else."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from worker.extraction.text.fold import fold
from worker.extraction.text.sentences import Sentence, split

NL = [
    "De missie stopt. | Dat zegt gen. Middendorp. | Wanneer? | Dat weet niemand.",
    "Minister Hennis (Def.) blijft. | Lt. kol. De Vries ook.",
    "De inzet van o.a. Frankrijk en m.b.v. drones loopt t/m 31 dec. 2014. | Daarna is het klaar.",
    "Zr.Ms. Tromp vaart uit. | Hr.Ms. De Ruyter volgt, a.s. vrijdag.",
    "Er zijn tenten, auto's enz. nodig. | De rest komt later, enz. | De VN wacht.",
    "Zo'n 3.000 man, nr. 5 van de lijst. | Art. 100 geldt.",
    "Hij vertrok uit de VS. | Volgens drs. P. Jansen was dat dom.",
    "Ze verlieten Soedan.Twee weken later volgden de Britten.",
    "Zie www.Defensie.nl of mail J.Bakker@Defensie.nl voor meer. | Bel niet.",
    "\"We gaan weg. | We komen niet terug\", zei hij. | Niemand sprak.",
    "\"We gaan weg.\" | De zaal was stil. | 's Avonds vloog hij terug. | 't Is gedaan!",
    "'Gaan we?' vroeg zij. | \"Ja!\" riep hij.",
    "NAVO STUURT EXTRA MILITAIREN NAAR KOSOVO | De NAVO versterkt KFOR.",
    "NAVO STUURT 700 MAN NAAR KOSOVO  | Extra troepen zijn onderweg.",
    "VREDE IN OOST-TIMOR lijkt ver weg. | De VN STUURT TROEPEN.",
    "DEN HAAG - De minister zwijgt. | NEW YORK, 26 OKT. | De VN krijgt het voor het zeggen.",
    "Niger mogelijk nieuwe thuisbasis | De landen overwegen te verhuizen.",
    "Dank u. | — A (@b) July 9, 2021 | De minister zegt niets.",
    "Hij las De Telegraaf en sprak met minister Van der Steur. | Toen ging hij.",
    "Dat zei de ministerDe Kamer is verdeeld.",
    "Dat was in maart 2017De Kamer is verdeeld.",
    "Wie bleef? | Niemand... | Toch brandde er licht… | Een wacht.",
]  # fmt: skip

FR = [
    "M. Macron s'est entretenu avec le gén. Michon. | Ils n'ont rien dit.",
    "J.-Y. Le Drian et Mme. Parly sont à Gao. | « Nous partons. | Nous reviendrons », ont-ils dit.",
    "« Nous partons. » | Puis il se tut. | Pourquoi ? | Nul ne sait !",
    "L'accord de sept. 2013, art. 4, reste en vigueur. | Le 31 déc. 2014 il expire.",
    "Chars, camions, etc. sont partis. | Il ne reste rien, etc. | Les soldats attendent.",
    "La force est là depuis novembre.A Kinshasa, on doute.",
    "La force est là depuis novembre.Les rebelles avancent.",
    "Le M23 cède une position, Kinshasa doute | Les rebelles du mouvement sont partis.",
    "Il lit Le Monde avec le ministre Le Drian. | C'est tout.",
    "LA FRANCE QUITTE LE TCHAD | La base d'Abéché a été rendue.",
    "Environ 1.200 hommes. | Le no. 2 du régime salue le geste.",
]  # fmt: skip

EN = [
    "Gen. Smith left the U.S. on Friday. | He went to Ft. Bragg with Lt. Col. J. R. Doe.",
    "The U.N. Security Council met in the U.S. | The vote was at 10 a.m. | It passed.",
    "George W. Bush spoke to Gov. J. Brown on Sept. 20. | He left.",
    "\"Did they go? | I heard planes.\" | Nobody knew. | \"Yes,\" he said. | \"The mandate stands.\"",
    "Boots Inc. sold No. 5 vs. Acme Co. in Jan. 2004. | The price fell.",
    "He said no. | The others agreed... | Then they left.",
    "DILI, EAST TIMOR, SEPT 20 -- HERCULES TRANSPORTS LANDED. | THE TROOPS UNDER GEN. COSGROVE WENT ASHORE.",
    "AUSTRALIAN-LED FORCE LANDS IN EAST TIMOR | The force landed at dawn.",
    "US troops leave the last base in Niger  | The army said so on Monday.",
    "UNITED NATIONS — The council met. | WASHINGTON (AP) — The U.S. left.",
    "They left Sudan.Two weeks later the British followed.",
    "Mission ends after ten long years | The last soldiers have left.",
    "They met in The Hague with The Elders. | It rained.",
    "Visit www.Army.mil or mail John.Doe@Army.mil today. | Do it.",
    "The force , about 300 strong , left . | It was cold .",
]  # fmt: skip

DE = [
    "Am 31. Mai 2022 endete der Einsatz. | Die 10. Panzerdivision kehrt zurück.",
    "Es waren 31. | Der 3. Oktober ist ein Feiertag, z.B. in Kiel.",
    "Oberst a.D. Dr. K. Meier und Gen. Vollmer sind u.a. Gäste. | Rund 3 Mio. Euro kostet das.",
    "Er kam 2014. | Im Jahr 2015 ging er, am 15. und 16. September, usw. | Die Regierung schwieg.",
    "Friedrich II. Herrscher zu sein half ihm. | Das war im 18. Jahrhundert so.",
    "„Wir gehen.“ | Niemand sprach. | »Warum?«, fragte er. | »Darum!« | Dann ging er.",
    "Sie kamen nach BerlinDie Bundeswehr bleibt.",
    "So stand es am 31. März 2017Der Einsatz endete.",
    "Die Soldaten verlassen Mali.Zwei Wochen bleiben ihnen.",
    "Bundeswehr bleibt länger im Nordirak | Der neue Auftrag gilt ein Jahr.",
    "Wenn Sie kommen, sehen Sie die Soldaten. | Ihr Einsatz endet.",
    "1. Gao ist geräumt. | 2. Die Ménaka-Kaserne folgt.",
    "Das kostet ca. 3 Mio. | Die SPD (Abg. Müller) ist dagegen. | Art. 24 Abs. 2 GG gilt.",
]  # fmt: skip


GLUED = """
Soedan.|Twee Sudan.|Two novembre.|A novembre.|Les Mali.|Zwei minister|De 2017|De 2017|Der Berlin|Die
"""


def cut(text: str, language: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split(text, fold(text), language)]


@pytest.mark.parametrize(
    ("language", "marked"),
    [(language, text) for language, texts in (("nl", NL), ("fr", FR), ("en", EN), ("de", DE)) for text in texts],
)
def test_sentences_end_where_they_end(language: str, marked: str) -> None:
    for pair in GLUED.split():
        marked = marked.replace(pair.replace("|", ""), pair)
    text = marked.replace(" | ", " ").replace("|", "")
    assert cut(text, language) == [piece.strip() for piece in marked.split("|")]


def test_a_line_break_ends_a_sentence_and_begins_a_paragraph() -> None:
    text = "Titel zonder punt\n\nDe missie stopt. Dat is zo.\nFoto: ANP\n- Lees dit"
    found = split(text, fold(text), "nl")
    assert [text[sentence.start : sentence.end] for sentence in found] == [
        "Titel zonder punt", "De missie stopt.", "Dat is zo.", "Foto: ANP", "- Lees dit",
    ]  # fmt: skip
    assert [sentence.paragraph for sentence in found] == [0, 1, 1, 2, 3]


def test_a_line_set_to_a_width_does_not_end_a_sentence() -> None:
    text = "The last of the peacekeepers who had been there since the war\nleft on Friday.\nmenu\nshare\nlog in"
    assert cut(text, "en") == [
        "The last of the peacekeepers who had been there since the war\nleft on Friday.", "menu", "share", "log in",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "quoted"),
    [
        ("nl", '"We gaan. We blijven niet." De zaal zweeg. Hij zei: "Goed."', [True, True, False, False]),
        ("nl", '"We gaan", zei hij. "We komen niet terug. Nooit."', [False, True, True]),
        ("nl", "‘We gaan. We blijven niet.’ De zaal zweeg.", [True, True, False]),
        ("fr", "« Nous partons. Nous reviendrons. » Il se tut.", [True, True, False]),
        ("en", "“We go. We stay no longer.” He left.", [True, True, False]),
        ("de", "„Wir gehen. Wir bleiben nicht.“ Er ging. »Warum?« Er schwieg.", [True, True, False, True, False]),
        ("en", '"We go. It ends here.\n\nThe minister left.', [True, True, False]),
        ("en", '5" guns are old. The 3" shell too.', [False, False]),
        ("nl", "'s Avonds bleef het stil. 's Nachts niet.", [False, False]),
    ],
)
def test_a_sentence_inside_a_quotation_is_marked(language: str, text: str, quoted: list[bool]) -> None:
    assert [sentence.quoted for sentence in split(text, fold(text), language)] == quoted


def test_the_last_sentence_needs_no_full_stop() -> None:
    assert cut("De missie stopt. Het kabinet heeft besloten om de", "nl") == [
        "De missie stopt.",
        "Het kabinet heeft besloten om de",
    ]


LETTERS = st.text(alphabet="aAbB .!?…\n\"'«»„“” \xa0-–0123456789,;:()ßéÉİJʼnü.De The Le Die", max_size=120)


@given(LETTERS | st.text(max_size=60), st.sampled_from(["nl", "fr", "en", "de"]))
def test_sentences_hold_the_whole_text_in_order(text: str, language: str) -> None:
    found = split(text, fold(text), language)
    place = 0
    paragraph = 0
    for sentence in found:
        assert isinstance(sentence, Sentence)
        assert not text[place : sentence.start].strip()
        piece = text[sentence.start : sentence.end]
        assert piece == piece.strip() != ""
        assert sentence.paragraph in (paragraph, paragraph + 1)
        place, paragraph = sentence.end, sentence.paragraph
    assert not text[place:].strip()


@pytest.mark.parametrize(
    "piece",
    [
        "a. ",
        ". ",
        '"',
        "'A",
        "A",
        "De ",
        "a De b ",
        "\n",
        "»",
        "AA BB ",
        "31. ",
        "a.A",
        "x",
        "(",
        "U.S. ",
        "  ",
        '\n"',
        "Aaaa De ",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def splitting(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        folded = fold(text)
        return lambda: split(text, folded, "de")

    assert_linear(splitting, 20_000)


def test_no_sentence_is_longer_than_the_rules_can_bear() -> None:
    text = "The troops leave Mali and " * 1_000
    sentences = split(text, fold(text), "en")
    assert max(end - start for start, end, *_ in sentences) <= 1_500
    assert {sentence.paragraph for sentence in sentences} == {0}
    assert " ".join(text[start:end] for start, end, *_ in sentences) == text.strip()
    assert [(s.start, s.end) for s in split("x" * 4_000, b"x" * 4_000, "en")] == [
        (0, 1_500),
        (1_500, 3_000),
        (3_000, 4_000),
    ]
