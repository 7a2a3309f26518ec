"""Cutting sentences into clauses.

A line of a case is a clause: its class (`-` for a main clause), the number of the clause that it depends on (`-` for
none), and its text. `+` behind the class says that a coordinator opens it, `~2` that it goes on with clause 2.
"""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from worker.extraction.text.clauses import Clause, split_clauses
from worker.extraction.text.fold import fold
from worker.extraction.text.sentences import split

NL = """
condition 1 Als de Kamer instemt,
- - vertrekken de eerste militairen in mei.

- - De missie gaat door,
condition 0 tenzij de junta haar wegstuurt.

- - Nederland stopt
cause 0 omdat het te gevaarlijk is.

time 1 Nadat de basis was ontruimd,
- - vlogen de laatsten naar huis.

- - Ze blijven
until 0 totdat de verkiezingen zijn gehouden.

- - De minister zegt
complement 0 dat de missie wordt verlengd.

- - Het kabinet onderzoekt
question 0 of het een fregat kan sturen.

- - De militairen
relative 0 die in Gao zitten,
-~0 - komen naar huis.

- - De soldaten gaan naar Mali
purpose 0 om de rust te bewaren.

- - Ze vertrokken
without 0 zonder hun taak te voltooien.

- - Ze blijven,
concession 0 hoewel het mandaat is verlopen.

- - Duitsland stopt,
-+ - maar Nederland gaat door.

- 1 "We gaan weg",
- - zei de minister vrijdag.

- - De basis is gesloten,
result 0 waardoor er niemand meer is.

- - In Mali, Niger en Tsjaad zitten duizenden militairen.

- - Nederland, België en Duitsland trekken hun troepen terug uit Mali.

- - Dat zei de minister in die jaren, als eerste.

- - Om 10 uur vertrok het schip.

- - Er zijn toen tweehonderd man gestuurd.

- - Nederland haalt in maart en april het overgrote deel van zijn militairen terug.

- - Oppositiepartij Die Linke is tegen.

- - De missie moet, als het meezit, in mei klaar zijn.
"""

FR = """
condition 1 Si le Parlement le veut,
- - les soldats partiront en mai.

- - La mission continue,
condition 0 à moins que la junte ne la chasse.

- - Paris part
cause 0 parce que la sécurité est mauvaise.

time 1 Lorsque la base a été rendue,
- - les derniers étaient loin.

- - Ils restent
until 0 jusqu'à ce que le scrutin ait lieu.

- - Le ministre a annoncé
complement 0 que la mission est prolongée.

- - Reste à savoir
question 0 si la force sera prête.

- - Les soldats,
relative 0 qui sont à Gao,
-~0 - vont rentrer.

- - Ils sont là
purpose 0 pour maintenir la paix.

- - Ils sont partis
without 0 sans attendre la relève.

- - Ils restent,
concession 0 bien que le mandat ait expiré.

- - Berlin part,
-+ - mais Paris reste au Mali.

- 1 « Nous partons »,
- - a déclaré le ministre vendredi.

- - Le Mali, le Niger et le Tchad ont quitté la force.

- - La mission de l'ONU pour la stabilisation est au Mali ou au Niger.

- - Il n'a que trois cents hommes à Bamako, pour l'hiver.

- - Le Gabon envoie à Bangui une force annoncée en mai.
"""

EN = """
condition 1 If parliament agrees,
- - the first soldiers will leave in May.

- - The mission will go on
condition 0 unless the junta throws it out.

- - The Dutch are leaving
cause 0 because it has become too dangerous.

time 1 After the base was handed over,
- - the last of them flew home.

- - They will stay
until 0 until the vote has been held.

- - The minister said on Friday
complement 0 that the mission would be extended.

- - The cabinet will decide
question 0 whether it can send a frigate.

- - The soldiers,
relative 0 who are in Gao,
-~0 - will fly home.

- - They went there
purpose 0 in order to keep the peace.

- - They left
without 0 without waiting for their relief.

- - They will stay,
concession 0 although the mandate has run out.

- - Germany is leaving,
-+ - but the Dutch will stay.

- 1 "We are leaving,"
- - the minister said on Friday.

- 1 The mission will end in May,
- - the spokesman said.

- - It was a decision
relative 0 that had to be respected.

- - The mission has left Gao
-+ - and will close its base in Kidal.

- - Troops from Mali, Niger and Chad have left Bosnia and Herzegovina.

- - After the coup in May many of the 1,200 soldiers left.

- - That force of 300 was sent as part of the mission.

- - He left in May and in June.
"""

DE = """
condition 1 Wenn der Bundestag zustimmt,
- - gehen die ersten Soldaten im Mai.

- - Die Mission geht weiter,
condition 0 sofern die Junta sie lässt.

- - Berlin zieht ab,
cause 0 weil die Lage zu gefährlich ist.

time 1 Nachdem das Lager übergeben war,
- - flogen die Letzten nach Hause.

- - Sie bleiben,
until 0 bis die Wahl gehalten ist.

- - Die Ministerin sagte,
complement 0 dass der Einsatz verlängert wird.

- - Das Kabinett prüft,
question 0 ob es eine Fregatte schicken kann.

- - Die Soldaten,
relative 0 die in Gao stationiert sind,
-~0 - kommen nach Hause.

- - Die Soldaten gehen nach Mali,
purpose 0 um den Frieden zu sichern.

- - Sie gingen,
without 0 ohne auf die Ablösung zu warten.

- - Sie bleiben,
concession 0 obwohl das Mandat abgelaufen ist.

- - Deutschland geht,
-+ - aber Österreich bleibt noch ein Jahr.

- 1 "Wir gehen",
- - sagte die Ministerin am Freitag.

- - Bis dahin sollen alle deutschen Soldatinnen und Soldaten das Land verlassen haben.

- - Mali, die Zentralafrikanische Republik und der Tschad sind dabei.

- - Die Regierung beschloss, die Soldaten bis Mai abzuziehen.

- - Seit 2013 hatten die Soldaten im Norden gestanden.

- - Als Grund nennt Berlin die Lage im Norden.
"""

CASES = [
    (language, case.strip())
    for language, cases in (("nl", NL), ("fr", FR), ("en", EN), ("de", DE))
    for case in cases.split("\n\n")
]


def clauses_of(text: str, language: str, **known: list[int]) -> list[list[Clause]]:
    folded = fold(text)
    return split_clauses(split(text, folded, language), text, folded, language, verbs=known.get("verbs", ()))


@pytest.mark.parametrize(("language", "case"), CASES)
def test_clauses_know_what_opens_them_and_what_governs_them(language: str, case: str) -> None:
    text = " ".join(line.split(" ", 2)[2] for line in case.splitlines())
    found = [
        f"{clause.introducer or '-'}{'+' if clause.coordinate else ''}"
        f"{'' if clause.continues is None else f'~{clause.continues}'}"
        f" {'-' if clause.parent is None else clause.parent} {text[clause.start : clause.end].strip()}"
        for sentence in clauses_of(text, language)
        for clause in sentence
    ]
    assert found == case.splitlines()


def test_an_insertion_leaves_its_clause_whole() -> None:
    (clauses,) = clauses_of("The force, which drafts the plans, has left.", "en")
    assert [clause.continues for clause in clauses] == [None, None, 0]
    assert [clause.relative for clause in clauses] == [False, True, False]


def test_the_caller_may_know_more_verbs() -> None:
    text = "Nederland vertrekt en Duitsland blijft achter in Gao."
    assert len(clauses_of(text, "nl")[0]) == 2
    text = "Nederland jubelt en Duitsland juicht vol vuur mee."
    assert len(clauses_of(text, "nl")[0]) == 1
    verbs = [text.index("jubelt"), text.index("juicht")]
    assert len(clauses_of(text, "nl", verbs=verbs)[0]) == 2


def test_no_clause_begins_inside_a_name() -> None:
    text = "He was chief of the fund Who Will Help and is now gone."
    folded = fold(text)
    sentences = split(text, folded, "en")
    start = text.index("Who")
    (cut,) = split_clauses(sentences, text, folded, "en", whole=[(start - 9, start + 13)])
    assert all(not start - 9 < clause.start < start + 13 for clause in cut)


PIECES = """
de die dat als of om te en maar is zijn zegt 2013 Mali Dat Die qui que si pour a the that who if and
will said der das wenn und
ist sagt hat , ; : - . " ( )
"""
WORDS = st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=40).map(" ".join)


@given(WORDS | st.text(max_size=80), st.sampled_from(["nl", "fr", "en", "de"]))
def test_clauses_fill_their_sentence_and_hang_together(text: str, language: str) -> None:
    folded = fold(text)
    sentences = split(text, folded, language)
    found = split_clauses(sentences, text, folded, language)
    assert len(found) == len(sentences)
    for sentence, clauses in zip(sentences, found, strict=True):
        assert clauses[0].start == sentence.start
        assert clauses[-1].end == sentence.end
        assert all(one.end == other.start for one, other in itertools.pairwise(clauses))
        assert all(clause.start < clause.end for clause in clauses)
        for number, clause in enumerate(clauses):
            seen = {number}
            parent = clause.parent
            while parent is not None:
                assert parent not in seen, "what governs a clause never depends on it"
                seen.add(parent)
                parent = clauses[parent].parent
            assert clause.continues is None or clause.continues < number


@pytest.mark.parametrize("piece", ["die is, ", "a and b is ", "if ", ": ", "; is ", ", who is ", "x ", '" ,', "dat "])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def cutting(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        folded = fold(text)
        sentences = split(text, folded, "nl")
        return lambda: split_clauses(sentences, text, folded, "nl")

    assert_linear(cutting, 10_000)
