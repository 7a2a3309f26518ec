"""What French news sentences report: every frame, tense and class of factuality, on real missions."""

import pytest

from tests.extraction.reading import read, reported

REPORTED = [
    # withdraw, exit, leave: decided
    (
        "La France va retirer ses troupes du Niger d'ici à la fin de l'année, a annoncé dimanche Emmanuel Macron.",
        "2023-09-24",
        {"withdrawal_announced fr-niger"},
    ),
    (
        "La Suède a décidé de se retirer de la Minusma, a indiqué jeudi le ministère de la Défense.",
        "2022-03-03",
        {"withdrawal_announced minusma/SE"},
    ),
    (
        "Le gouvernement ivoirien a annoncé le retrait progressif de ses militaires de la Minusma.",
        "2022-11-15",
        {"withdrawal_announced minusma/CI"},
    ),
    ("Berlin rapatriera ses soldats de la Minusma d'ici mai 2024.", "2022-11-22", {"withdrawal_announced minusma/DE"}),
    (
        "Le Royaume-Uni met fin à sa participation à la Minusma, a annoncé lundi le gouvernement britannique.",
        "2022-11-14",
        {"withdrawal_announced minusma/GB"},
    ),
    (
        "Le Danemark a annoncé que ses 105 militaires de la force Takuba quitteraient le Mali.",
        "2022-01-27",
        {"withdrawal_announced takuba/DK"},
    ),
    (
        "Le Conseil de sécurité a décidé vendredi de mettre un terme au mandat de la Minusma.",
        "2023-06-30",
        {"withdrawal_announced minusma"},
    ),
    (
        "Les derniers soldats de la Monusco auront quitté le Sud-Kivu et le pays d'ici fin 2024, selon un accord signé mercredi.",
        "2023-11-22",
        {"withdrawal_announced monusco"},
    ),
    # under way
    (
        "La Monusco a entamé mercredi son retrait de la République démocratique du Congo.",
        "2024-02-28",
        {"withdrawal_started monusco"},
    ),
    ("Le retrait des troupes françaises du Niger a commencé mardi.", "2023-10-10", {"withdrawal_started fr-niger"}),
    ("L'armée française a commencé à retirer ses soldats du Tchad.", "2024-12-10", {"withdrawal_started fr-chad"}),
    (
        "L'Atmis a procédé au retrait de 2.000 soldats de Somalie, première étape de son départ.",
        "2023-06-30",
        {"withdrawal_started atmis"},
    ),
    # done
    ("Les derniers soldats français ont quitté le Niger vendredi.", "2023-12-22", {"ended fr-niger"}),
    ("Les derniers Casques bleus de la Minusma sont partis dimanche du Mali.", "2023-12-31", {"ended minusma"}),
    ("L'opération Sangaris a officiellement pris fin lundi.", "2016-10-31", {"ended sangaris"}),
    ("L'ONU a officiellement mis fin lundi à sa mission au Mali, la Minusma.", "2023-12-11", {"ended minusma"}),
    ("La Minul a achevé vendredi son mandat au Liberia.", "2018-03-30", {"ended unmil"}),
    ("L'Eufor RCA s'est achevée dimanche à Bangui.", "2015-03-15", {"ended eufor-rca"}),
    ("Le mandat de l'Onuci a expiré vendredi.", "2017-06-30", {"ended unoci"}),
    ("Le retrait des troupes françaises du Mali est achevé.", "2022-08-15", {"ended barkhane"}),
    (
        "La mission de formation de l'UE au Mali, l'EUTM Mali, s'est terminée ce samedi.",
        "2024-05-18",
        {"ended eutm-mali"},
    ),
    # extend
    (
        "Le Conseil de sécurité a prolongé jeudi d'un an, jusqu'au 31 août 2024, le mandat de la Finul.",
        "2023-08-31",
        {"extended unifil"},
    ),
    ("Le mandat de la Monusco a été renouvelé mardi jusqu'au 20 décembre 2024.", "2023-12-19", {"extended monusco"}),
    (
        "Le Bundestag approuve la prolongation du mandat de la Bundeswehr au sein de la Kfor.",
        "2023-05-26",
        {"extended kfor/DE"},
    ),
    ("L'UE proroge de deux ans l'opération Atalante.", "2022-12-12", {"extended atalanta"}),
    (
        "Les ministres ont donné leur feu vert à la prolongation de l'opération Irini jusqu'au 31 mars 2025.",
        "2023-03-20",
        {"extended irini"},
    ),
    ("Le Conseil a reconduit pour douze mois le mandat de la Minuss.", "2024-04-30", {"extended unmiss"}),
    (
        "Les instructeurs français de l'EUTM Mali resteront deux ans de plus à Koulikoro.",
        "2020-03-23",
        {"extended eutm-mali/FR"},
    ),
    # reinforce, reduce
    ("L'Otan a renforcé la Kfor de 700 soldats supplémentaires.", "2023-06-05", {"reinforced kfor"}),
    (
        "Le Conseil de sécurité a autorisé l'envoi de 2.750 Casques bleus supplémentaires en Centrafrique pour la Minusca.",
        "2021-03-12",
        {"reinforced minusca"},
    ),
    ("Paris va envoyer 600 soldats de plus au Sahel pour renforcer Barkhane.", "2020-02-02", {"reinforced barkhane"}),
    ("La France va réduire de moitié les effectifs de Barkhane.", "2021-07-09", {"reduced barkhane"}),
    ("Les effectifs de la Minuad ont été réduits à 8.735 soldats.", "2017-06-29", {"reduced unamid"}),
    ("L'Allemagne retire une partie de ses soldats de la Kfor.", "2011-02-01", {"reduced kfor/DE"}),
    # deploy, announce, start
    ("L'Union européenne a lancé lundi la mission Aspides en mer Rouge.", "2024-02-19", {"started aspides"}),
    (
        "Le Conseil de sécurité a donné son feu vert au déploiement en Haïti d'une mission multinationale menée par le Kenya.",
        "2023-10-02",
        {"announced mss-haiti"},
    ),
    ("Les premiers policiers kényans sont arrivés mardi en Haïti.", "2024-06-25", {"started mss-haiti"}),
    (
        "Le Rwanda a déployé vendredi un millier de soldats et de policiers au Mozambique.",
        "2021-07-09",
        {"started rwanda-mozambique"},
    ),
    (
        "La Belgique enverra une frégate en mer Rouge dans le cadre de l'opération Aspides.",
        "2024-01-20",
        {"announced aspides/BE"},
    ),
    (
        "Les Pays-Bas participeront à la Minusma avec 380 militaires, a décidé vendredi le gouvernement.",
        "2013-11-01",
        {"announced minusma/NL"},
    ),
    (
        "L'opération Barkhane a succédé vendredi à l'opération Serval.",
        "2014-08-01",
        {"ended serval", "started barkhane"},
    ),
    ("La Minusca a pris le relais de la Misca lundi à Bangui.", "2014-09-15", {"ended misca", "started minusca"}),
    # suspend, resume, relocate, hand over
    ("L'Allemagne suspend jusqu'à nouvel ordre sa participation à la Minusma.", "2022-08-12", {"suspended minusma/DE"}),
    ("La mission EUTM Mali a suspendu ses activités de formation.", "2022-04-11", {"suspended eutm-mali"}),
    ("L'UE cesse de former l'armée malienne dans le cadre de l'EUTM Mali.", "2022-04-11", {"suspended eutm-mali"}),
    ("L'EUTM Mali reprend lundi ses activités de formation.", "2020-10-19", {"resumed eutm-mali"}),
    (
        "L'armée française a remis vendredi la base de Gao aux forces armées maliennes, ultime étape de son retrait du Mali.",
        "2022-08-19",
        {"withdrawal_started barkhane"},
    ),
    (
        "La France a rétrocédé mercredi sa base de Faya-Largeau, première étape de son retrait du Tchad.",
        "2024-12-26",
        {"withdrawal_started fr-chad"},
    ),
]


@pytest.mark.parametrize(("text", "published", "expected"), REPORTED)
def test_reported(text: str, published: str, expected: set[str]) -> None:
    assert reported(text, "fr", published) == expected


NOT_REPORTED = [
    # considered, proposed, wanted, expected
    "La France envisage de retirer ses troupes du Niger.",
    "L'Allemagne pourrait quitter la Minusma l'an prochain.",
    "Le gouvernement étudie un retrait de ses soldats de la Finul.",
    "Le secrétaire général a recommandé de prolonger le mandat de la Monusco.",
    "Le Canada souhaite envoyer 200 Casques bleus au Mali.",
    "L'Union européenne réfléchit au lancement d'une mission en mer Rouge.",
    "Paris craint que les Etats-Unis ne retirent leurs troupes du Sahel.",
    # demanded
    "Bamako exige le départ immédiat de la Minusma.",
    "Des manifestants ont réclamé le retrait des troupes françaises du Niger.",
    "La junte a demandé à la France de retirer ses troupes du Niger.",
    "L'opposition appelle au retrait des militaires belges de la Minusma.",
    "Kinshasa réclame que la Monusco quitte le pays.",
    # denied, refused
    "La France ne retirera pas ses troupes du Niger.",
    "Le Kremlin a démenti le retrait de ses soldats de Syrie.",
    "Le ministre a exclu tout retrait des troupes de la Minusma.",
    "Il n'est pas question de mettre fin à la mission de la Minusca.",
    "Berlin n'a pas l'intention de prolonger le mandat de la Bundeswehr au Mali.",
    # hearsay, condition, question, pending
    "La France aurait décidé de retirer ses troupes du Tchad, selon des rumeurs.",
    "Si la situation se dégrade, l'ONU retirera la Minusca de Bangui.",
    "La France va-t-elle retirer ses soldats du Niger ?",
    "Un projet de résolution prévoit la prolongation du mandat de la Finul.",
    "Le Parlement doit encore approuver l'envoi de soldats au Liban.",
    "A moins d'un accord, la force Takuba quittera le Mali.",
    # goes on, is there, was there
    "La Minusca compte 13.000 soldats en Centrafrique.",
    "Les Casques bleus de la Finul restent au Liban.",
    "La mission de la Monusco se poursuit.",
    "Les soldats déployés au Mali dans le cadre de la Minusma ont reçu une médaille.",
    "La Minusma fournit une assistance aux civils au Mali depuis la fin de la guerre.",
    # other subjects
    "Les rebelles du M23 se sont retirés de Kibumba.",
    "La mission de la sonde européenne a été prolongée de deux ans.",
    "Le premier ministre a quitté Bamako lundi soir.",
    "Le Mali quitte la Cédéao.",
    "Les Etats-Unis se retirent de l'accord de Paris.",
    "L'ambassadeur de France a quitté le Niger.",
    "Trois Casques bleus de la Minusca ont été tués dans une attaque.",
    "L'exercice des forces françaises au Sénégal a pris fin vendredi.",
    "La relève du contingent sénégalais de la Minusma est arrivée à Gao.",
]


@pytest.mark.parametrize("text", NOT_REPORTED)
def test_not_reported(text: str) -> None:
    assert reported(text, "fr", "2023-03-15") == set()


DATES = [
    ("Le mandat de la Finul a été prolongé jeudi jusqu'au 31 août 2024.", "2023-08-31", "2023-08-31", "2024-08-31"),
    (
        "Les soldats français quitteront le Niger d'ici à la fin de l'année, a annoncé dimanche Paris.",
        "2023-09-24",
        "2023-09-24",
        "2023-12",
    ),
    ("L'opération Sangaris a pris fin lundi.", "2016-10-31", "2016-10-31", None),
    ("La Suède se retirera de la Minusma en 2024.", "2022-03-03", "2022-03-03", "2024"),
]


@pytest.mark.parametrize(("text", "published", "occurred", "effective"), DATES)
def test_dates(text: str, published: str, occurred: str, effective: str | None) -> None:
    (change,) = read(text, "fr", published).changes
    assert str(change.occurred) == occurred
    assert (str(change.effective) if change.effective else None) == effective


REASONS = [
    ("Le Danemark retire ses soldats du Mali à la demande des autorités de transition.", {"host_request"}),
    ("L'UE suspend l'EUTM Mali en raison de la présence de mercenaires du groupe Wagner.", {"mercenaries"}),
    ("La France a mis fin à l'opération Barkhane au Mali après deux coups d'Etat.", {"coup"}),
    ("La Suède quitte la Minusma, invoquant les entraves des autorités maliennes.", {"host_obstruction"}),
    ("La Belgique réduit son contingent au Mali pour des raisons budgétaires.", {"cost"}),
    ("L'Otan renforce la Kfor face à la flambée de violences dans le nord du Kosovo.", {"security_worsened"}),
    (
        "La France retire ses soldats de Côte d'Ivoire, car la mission est accomplie et les objectifs ont été atteints.",
        {"objectives_met"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), REASONS)
def test_reasons(text: str, expected: set[str]) -> None:
    changes = read(text, "fr", "2022-04-11").changes
    assert changes
    assert {reason for change in changes for reason in change.reasons} == expected


def test_background() -> None:
    (change,) = read("En janvier 2013, la France avait lancé l'opération Serval au Mali.", "fr", "2022-02-17").changes
    assert change.background
    assert (change.change, change.mission, str(change.occurred)) == ("started", "serval", "2013-01")


def test_relocation() -> None:
    (change,) = read(
        "La France va retirer ses soldats de Barkhane du Mali et les redéployer au Niger.", "fr", "2022-02-17"
    ).changes
    assert (change.change, change.mission, change.relocated_to) == ("withdrawal_announced", "barkhane", "NE")
