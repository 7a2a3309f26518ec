"""What is no part of the story: each rule marks its own and leaves sentences that only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.extraction.text.fold import fold
from worker.extraction.text.furniture import Furniture, Kind, furniture
from worker.extraction.text.sentences import split
from worker.missions.dates import PartialDate

STORY = {
    "nl": "De minister heeft vrijdag besloten de veertig militairen naar huis te halen. De Kamer stemde in.",
    "fr": "Le ministre a décidé vendredi de rapatrier les quarante soldats. Le Parlement a donné son accord.",
    "en": "The minister decided on Friday to bring the forty soldiers home before May. Parliament has agreed.",
    "de": "Die Ministerin hat am Freitag beschlossen, die vierzig Soldaten heimzuholen. Der Bundestag stimmte zu.",
}
PUBLISHED = PartialDate(2017, 3)


def marked(
    text: str, language: str, published: PartialDate | None = PUBLISHED
) -> tuple[list[tuple[str, str]], Furniture]:
    folded = fold(text)
    sentences = split(text, folded, language)
    found = furniture(sentences, text, folded, language, published)
    assert len(found.kinds) == len(sentences)
    pairs = zip(sentences, found.kinds, strict=True)
    return [(kind.value, text[start:end]) for (start, end, _, _), kind in pairs if kind is not Kind.STORY], found


@pytest.mark.parametrize(
    ("language", "heading", "line"),
    [
        ("nl", "Lees ook:", "Lees ook: Laatste Belgen weg uit Libanon"),
        ("nl", "Meer over Mali", "Zie ook: Franse basis in Tsjaad dicht"),
        ("fr", "À lire aussi :", "Lire aussi : Les derniers Belges ont quitté le Liban"),
        ("fr", "Sur le même sujet", "Voir aussi : La base d'Abéché rendue au Tchad"),
        ("en", "Read more:", "Read more: Last Belgians leave Lebanon"),
        ("en", "Related posts", "See also: French base in Chad handed over"),
        ("de", "Lesen Sie auch:", "Lesen Sie auch: Letzte Belgier verlassen den Libanon"),
        ("de", "Mehr zum Thema", "Siehe auch: Französischer Stützpunkt im Tschad übergeben"),
    ],
)
def test_other_stories_are_teasers(language: str, heading: str, line: str) -> None:
    listed = f"{STORY[language]}\n\n{heading}\n- Mission in Chad ends\n* Kfor grows\nMinusma leaves Gao"
    assert [kind for kind, _ in marked(listed, language)[0]] == ["teaser"] * 4
    assert marked(f"{STORY[language]}\n{line}\n{STORY[language][:60]}", language)[0][0] == ("teaser", line)
    inside = f"{STORY[language]} {line}. {STORY[language][:60]}"
    assert marked(inside, language)[0] == [("teaser", f"{line}.")]


@pytest.mark.parametrize("language", STORY)
def test_a_list_of_other_stories_ends_where_the_story_goes_on(language: str) -> None:
    heading = {"nl": "Lees ook:", "fr": "Lire aussi :", "en": "Read more:", "de": "Lesen Sie auch:"}[language]
    text = f"{heading}\nMinusma leaves Gao\n{STORY[language]}"
    assert [piece for _, piece in marked(text, language)[0]] == [heading, "Minusma leaves Gao"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Lees ook tussen de regels door, zegt hij, en de missie is voorbij."),
        ("nl", "Meer over de toekomst van de missie wordt pas in de herfst bekend."),
        ("fr", "À lire le communiqué du ministère, la mission est terminée depuis longtemps."),
        ("en", "Related costs are not known, and the mission will end in the summer."),
        ("en", "Reading more into the words of the general would be a mistake."),
        ("de", "Lesen Sie den Bericht der Kommission, und Sie werden sehen, was der Einsatz kostete."),
    ],
)
def test_a_sentence_may_begin_like_a_heading(language: str, sentence: str) -> None:
    assert marked(f"{STORY[language]} {sentence}", language)[0] == []
    assert marked(f"{STORY[language]}\n{sentence} {STORY[language][:50]}.", language)[0] == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("nl", "Foto: ANP"),
        ("nl", "Militairen in Gao, december 2015 (foto: Jan Jansen)"),
        ("fr", "Photo : état-major"),
        ("fr", "Des soldats à Gao en 2015. © Ministère des Armées / Getty Images"),
        ("en", "File photo of soldiers in Gao"),
        ("en", "Soldiers patrol in Timbuktu, December 8, 2015. (Photo: AFP/VNA)"),
        ("de", "Bild: dpa"),
        ("de", "© Bundeswehr/Müller"),
    ],
)
def test_captions_and_credits_are_marked(language: str, line: str) -> None:
    found, extras = marked(f"{STORY[language]}\n{line}", language)
    assert {kind for kind, _ in found} == {"caption"}
    assert extras.dated is None, "a caption dates nothing"


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("nl", ["Inloggen", "Deel dit artikel", "Meld je aan voor onze nieuwsbrief"]),
        ("fr", ["S'abonner", "Partager", "Ce site utilise des cookies."]),
        ("en", ["Skip to content", "Share", "Sign up for our newsletter"]),
        ("de", ["Teilen", "Anzeige", "Dieser Artikel ist nur für Abonnenten. Jetzt abonnieren"]),
    ],
)
def test_menus_and_notices_are_marked(language: str, lines: list[str]) -> None:
    found, _ = marked("\n".join([*lines, STORY[language]]), language)
    assert {kind for kind, _ in found} == {"menu"}
    assert " ".join(piece for _, piece in found) == " ".join(lines)


@pytest.mark.parametrize(
    ("language", "line", "other"),
    [
        ("nl", "Door onze redactie politiek", "Door Mali trekken nog konvooien"),
        ("nl", "Van onze correspondent Jan van der Berg", "Van onze militairen komt niemand terug"),
        ("fr", "Par Jeanne Martin, envoyée spéciale", "Par Gao passent encore des convois"),
        ("en", "By Jane Miller and John de Vries", "By Friday the soldiers were home"),
        ("de", "Von Petra Müller, Korrespondentin", "Von der Leyen kündigt Abzug an"),
    ],
)
def test_bylines_are_marked(language: str, line: str, other: str) -> None:
    assert marked(f"{line}\n{STORY[language]}", language)[0] == [("byline", line)]
    assert marked(f"{other}\n{STORY[language]}", language)[0] == []


@pytest.mark.parametrize(
    ("language", "lead", "masked", "date"),
    [
        ("nl", "KABUL - ", "KABUL - ", None),
        ("nl", "Den Haag (ANP) - ", "Den Haag (ANP) - ", None),
        ("fr", "Mogadiscio, correspondance — ", "Mogadiscio, correspondance — ", None),
        ("fr", "Kinshasa, 13 mars 2017 (ACP).- ", "Kinshasa, 13 mars 2017 (ACP).- ", "2017-03-13"),
        ("en", "PEMBA, Mozambique — ", "PEMBA, Mozambique — ", None),
        ("en", "DILI, EAST TIMOR, MARCH 20 -- ", "DILI, EAST TIMOR, MARCH 20 -- ", "2017-03-20"),
        ("en", "DAKAR/BANJUL  ", "DAKAR/BANJUL  ", None),
        ("de", "New York/Jerusalem - ", "New York/Jerusalem - ", None),
        ("de", "Erbil/Berlin (dpa) - ", "Erbil/Berlin (dpa) - ", None),
        ("de", "Berlin (dpa) ", "Berlin (dpa) ", None),
        ("de", "(dpa) - ", "(dpa) - ", None),
        ("en", "KABUL, March 1 (Reuters) - ", "KABUL, March 1 (Reuters) - ", "2017-03-01"),
        ("en", "UNITED NATIONS (AP) — ", "UNITED NATIONS (AP) — ", None),
        ("fr", "PARIS, 3 mars - ", "PARIS, 3 mars - ", "2017-03-03"),
        ("nl", "GENEVE (ANP) ", "GENEVE (ANP) ", None),
    ],
)
def test_a_dateline_in_front_of_the_story_is_masked(language: str, lead: str, masked: str, date: str | None) -> None:
    found, extras = marked(lead + STORY[language], language)
    assert found == []
    assert [(lead + STORY[language])[start:end] for start, end in extras.masked] == [masked]
    assert (str(extras.dated) if extras.dated else None) == date


@pytest.mark.parametrize(
    ("language", "lead", "date"),
    [
        ("nl", "NEW YORK, 26 MRT.", "2017-03-26"),
        ("nl", "BRUSSEL.", None),
        ("fr", "Marseille, le 19 mars.", "2017-03-19"),
        ("de", "Berlin.", None),
        ("de", "BRUESSEL/N'DJAMENA.", None),
    ],
)
def test_a_dateline_may_be_a_sentence(language: str, lead: str, date: str | None) -> None:
    found, extras = marked(f"{lead} {STORY[language]}", language)
    assert found == [("dateline", lead)]
    assert (str(extras.dated) if extras.dated else None) == date


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Frankrijk - dat er 300 man heeft - gaat weg. " + STORY["nl"]),
        ("nl", "Mali - Nederland stopt ermee\n\n" + STORY["nl"]),
        ("fr", "Le ministre (PS) a quitté Gao. " + STORY["fr"]),
        ("en", "France and Germany are leaving. " + STORY["en"]),
        ("en", "MINUSMA (UN mission) said that its last soldiers had left. " + STORY["en"]),
        ("en", "NATO - the alliance of 32 states - stays in Kosovo. " + STORY["en"]),
        ("de", "Die Soldaten (rund 300) bleiben. " + STORY["de"]),
    ],
)
def test_what_only_looks_like_a_dateline_is_story(language: str, text: str) -> None:
    found, extras = marked(text, language)
    assert found == []
    assert extras.masked == ()


@pytest.mark.parametrize(
    ("language", "line", "date"),
    [
        ("nl", "Gepubliceerd: 12 maart 2009", "2009-03-12"),
        ("nl", "Bron: ANP", None),
        ("fr", "Publié le 2 février 2011 à 18h30", "2011-02-02"),
        ("fr", "Avec AFP", None),
        ("en", "Updated: 2012-08-22 18:01", "2012-08-22"),
        ("en", "Published on Dec 31, 2012", "2012-12-31"),
        ("de", "APA, 2.11.2016", "2016-11-02"),
        ("de", "gesendet am 12.03.2017", "2017-03-12"),
        ("de", "31. März 2017", "2017-03-31"),
        ("de", "Quelle: n-tv.de", None),
        ("de", "(dpa/jW)", None),
    ],
)
def test_closing_lines_say_who_and_when(language: str, line: str, date: str | None) -> None:
    found, extras = marked(f"{STORY[language]}\n{line}", language)
    assert found == [("agency", line)]
    assert (str(extras.dated) if extras.dated else None) == date


def test_the_agency_in_brackets_closes_a_paragraph() -> None:
    assert marked(STORY["nl"] + " (Belga)", "nl")[0] == [("agency", "(Belga)")]
    assert marked(STORY["nl"] + " (Het werd later ook door de minister zelf herhaald in de Kamer.)", "nl")[0] == []


POST = "Our joint force left Kigali today, where it has done its duty for the people."


@pytest.mark.parametrize(
    ("language", "post", "date"),
    [
        ("fr", f"{POST} https://t.co/8dkQ1p — Defence Force (@RwandaMoD) July 9, 2021", "2021-07-09"),
        ("de", "La nostra missione è conclusa. Grazie a tutti. — Ministero (@Ministero) 29 giugno 2021", "2021-06-29"),
        ("de", "Merci à la France, la force reste. — Ministère des Affaires étrangères, 28 août 2025", "2025-08-28"),
        ("nl", "La lutte continue. pic.twitter.com/q7Zt4 — Élysée (@Elysee) November 9, 2022", "2022-11-09"),
        ("en", "Nous restons ensemble. pic.twitter.com/q7Zt4", None),
    ],
)
def test_posts_are_set_apart_with_their_date(language: str, post: str, date: str | None) -> None:
    text = f"{STORY[language]}\n\n{post}\n\n{STORY[language].replace('o', 'a')}"
    found, extras = marked(text, language)
    assert {kind for kind, _ in found} == {"post"}
    assert " ".join(piece for _, piece in found) == post
    assert (str(extras.posts[0].date) if extras.posts[0].date else None) == date
    assert extras.dated is None


def test_a_post_signed_on_the_next_line_is_one_with_it() -> None:
    text = f"{STORY['nl']}\n{POST}\n— Defence Force (@RwandaMoD) July 9, 2021\n{STORY['nl'][:40]}"
    assert [kind for kind, _ in marked(text, "nl")[0]] == ["post", "post"]


def test_a_post_in_a_text_without_lines_takes_only_its_sentences() -> None:
    story = " ".join(f"De minister zei op dag {number} dat de militairen blijven." for number in range(12))
    text = f"{story} {POST} pic.twitter.com/abc — Force (@Force) July 9, 2021 {STORY['nl']} {story[:-1]} en toen niets."
    found, extras = marked(text, "nl")
    assert next(piece for kind, piece in found if kind == "post").startswith(POST)
    assert all("minister zei" not in piece for kind, piece in found if kind == "post")
    assert str(extras.posts[0].date) == "2021-07-09"


def test_a_dash_or_a_range_is_no_signature() -> None:
    assert marked("Hij ging weg — zonder iets te zeggen. " + STORY["nl"], "nl")[0] == []
    assert marked(STORY["en"] + " He served there for years – from May to June 2016", "en")[0] == []


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_a_paragraph_in_another_language_is_set_apart(language: str) -> None:
    foreign = "El gobierno ha decidido retirar a los soldados que tenía en el país, según anunció el presidente."
    found, _ = marked(f"{STORY[language]}\n\n{foreign}", language)
    assert found == [("foreign", foreign)]


def test_the_same_sentence_twice_is_said_once() -> None:
    text = f"{STORY['de']}\n\n{STORY['de']}"
    assert marked(text, "de")[0] == [("repeat", STORY["de"].partition(". ")[0] + ".")]


def test_the_dateline_dates_before_the_closing_line_and_a_post() -> None:
    text = f"PARIS, 3 mars 2011 - {STORY['fr']}\n{POST} — Force (@Force) July 9, 2021\nPublié le 5 mars 2011"
    assert str(marked(text, "fr")[1].dated) == "2011-03-03"


@pytest.mark.parametrize(
    ("stored", "lead", "post", "published"),
    [
        ("2017-03", "NEW YORK, 26 MRT. ", "", "2017-03-26"),
        ("2017", "NEW YORK, 26 MRT. 2017 - ", "", "2017-03-26"),
        ("2017-03-28", "NEW YORK, 26 MRT. ", "", "2017-03-28"),
        ("2017-03", "BRUSSEL, 3 mei 2009 - ", "", "2009-05-03"),
        ("2017-03", "BRUSSEL, 3 mei 2017 - ", "", "2017-03"),
        ("2017-03", "", "\nWe gaan. — Force (@Force) March 9, 2017", "2017-03-09"),
        ("2017-03", "", "\nWe gaan. — Force (@Force) July 9, 2012", "2017-03"),
        ("2017-03", "", "", "2017-03"),
    ],
)
def test_the_text_dates_the_article_better_than_the_store(stored: str, lead: str, post: str, published: str) -> None:
    date = PartialDate.parse(stored)
    found = marked(lead + STORY["nl"] + post, "nl", date)[1]
    assert str(found.published(date)) == published


@pytest.mark.parametrize(("month", "year"), [(10, "2017"), (11, "2017"), (1, None), (6, None)])
def test_a_day_without_a_year_takes_the_articles_own(month: int, year: str | None) -> None:
    dated = marked(f"NEW YORK, 26 OKT. {STORY['nl']}", "nl", PartialDate(2017, month))[1].dated
    assert (str(dated)[:4] if dated else None) == year


PIECES = """\
Lees ook:|— A (@b) May 3, 2020|(Belga)|KABUL - De|By Jan|Teilen|31. Mai 2017|x|. |pic.twitter.com/a|99 mei 2017|«|De
"""


@given(
    st.lists(st.sampled_from([*PIECES.split("|"), "\n"]), max_size=14).map(" ".join)
    | st.text(max_size=80),
    st.sampled_from(["nl", "fr", "en", "de"]),
)  # fmt: skip
def test_no_text_breaks_it(text: str, language: str) -> None:
    folded = fold(text)
    sentences = split(text, folded, language)
    found = furniture(sentences, text, folded, language, PUBLISHED)
    assert len(found.kinds) == len(sentences)
    assert all(0 <= start < end <= len(text) for start, end in found.masked)
    assert all(0 <= post.first < post.last <= len(sentences) for post in found.posts)
