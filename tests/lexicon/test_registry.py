"""The registry: every alias leads home, spellings meet, look-alikes do not, and nothing ambiguous is guessed."""

import time
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from truceline import records
from truceline.lexicon.folding import plain
from truceline.lexicon.registry import ActorKind, Entry, Registry, RegistryError, load_registry, narrowed

ACTORS = Path(__file__).parents[2] / "src" / "truceline" / "lexicon" / "actors"
REGISTRY = load_registry()
ENTRIES = list(REGISTRY)
NAMES = sorted({name for entry in ENTRIES for name in entry.names})

MEMBERS = """
AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV KHM
CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN
FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK
KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR
NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA VCT WSM SMR STP
SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV
UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE
""".split()
OTHER_CODES = """
ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM HKG HMD IMN IOT JEY MAC
MAF MNP MSR MTQ MYT NCL NFK NIU PCN PRI PSE PYF REU SGS SHN SJM SPM SXM TCA TKL TWN UMI VAT VGB VIR WLF XKX
""".split()


def keys(entries: tuple[Entry, ...]) -> set[str]:
    return {entry.key for entry in entries}


def test_kinds_are_those_of_the_records() -> None:
    assert get_args(ActorKind) == get_args(records.Actor.__annotations__["kind"])


def test_counts() -> None:
    kinds = Counter(entry.kind for entry in ENTRIES)
    assert len(MEMBERS) == 193
    assert set(MEMBERS) | {"PSE", "VAT", "XKX", "TWN", "ESH"} <= {entry.key for entry in ENTRIES}
    assert kinds["armed group"] >= 500
    assert kinds["organisation"] >= 250
    assert kinds["party"] >= 200
    assert kinds["media"] >= 300
    assert kinds["military"] >= 80


def test_keys_are_written_once() -> None:
    written = []
    for file in ACTORS.glob("*.yaml"):
        if file.name == "spellings.yaml":
            continue
        root = yaml.compose(file.read_text(encoding="utf-8"))
        assert isinstance(root, yaml.MappingNode)
        for top, body in root.value:
            groups = [body] if top.value == "states" else [group for _, group in body.value]
            written += [key.value for group in groups for key, _ in group.value]
    assert [key for key, count in Counter(written).items() if count > 1] == []
    assert set(written) == {entry.key for entry in ENTRIES}


def test_countries_are_iso_codes_and_parents_are_entries() -> None:
    codes = {*MEMBERS, *OTHER_CODES}
    assert len(codes) == 250  # 249 in the standard, and XKX
    assert {entry.country for entry in ENTRIES} - codes == {None}
    assert [entry.key for entry in ENTRIES if entry.of is not None and entry.of not in REGISTRY] == []
    assert all(REGISTRY[code].country == code and REGISTRY[code].kind == "government" for code in MEMBERS)


def test_parents_lead_to_a_top() -> None:
    for entry in ENTRIES:
        above = [entry.key]
        while (parent := REGISTRY[above[-1]].of) is not None:
            assert parent not in above
            above.append(parent)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_every_alias_leads_to_its_entry(entry: Entry) -> None:
    assert entry.name == entry.names[0]
    since = entry.since or entry.until
    assert [name for name in entry.names if entry not in REGISTRY.find(name, since)] == []
    assert [word for word in entry.demonyms if entry not in REGISTRY.demonyms(word, since)] == []
    assert [word for word in entry.seats if entry not in REGISTRY.seats(word, since)] == []
    assert set(entry.capitals) <= set(entry.seats)


def test_states_have_demonyms_and_capitals() -> None:
    assert [code for code in MEMBERS if not REGISTRY[code].demonyms] == []
    without = {"MDV", "MCO", "SMR", "SGP", "NLD"}  # city states; Malé, an English word; The Hague, of many courts
    assert {code for code in MEMBERS if not REGISTRY[code].capitals} <= without


MEET = [
    line.split(" = ")
    for line in """
Nureddine al-Zinki = Nour al-Din al-Zenki
Nureddin Zinki = Nour al-Din al-Zenki
Noureddin al-Zengi = Nour ad-Din al-Zenki
Nur al-Din al-Zinki = Nour al-Din al-Zenki
Jaysh al-Islam = Jaish al-Islam
Jeish el-Islam = Jaysh al-Islam
Jaysh ul-Islam = Jaish al Islam
Jeish al-Fatah = Jaysh al-Fateh
Huthis = Houthis
Huthi = Houthi
Ansarullah = Ansar Allah
Ansarallah = Ansar Allah
al-Qaeda = al-Qaida
Al Qa'ida = al-Qaida
el-Qaida = al-Qaeda
Al-Qaïda = al-Qaida
al-Qa'idah = al-Qaida
Hizbullah = Hezbollah
Hizballah = Hezbollah
Hizb Allah = Hezbollah
Hizbollah = Hezbollah
Hezbullah = Hezbollah
Kataib Hizbullah = Kata'ib Hezbollah
Kataeb Hezbollah = Kata'ib Hezbollah
Asaib Ahl al-Haqq = Asa'ib Ahl al-Haq
Jabhat an-Nusra = Jabhat al-Nusra
Jabhat al-Nusrah = Jabhat al-Nusra
Ahrar ash-Sham = Ahrar al-Sham
Hayat Tahrir ash-Sham = Hay'at Tahrir al-Sham
Hay’at Tahrir al-Sham = Hayat Tahrir al-Sham
Failaq al-Rahman = Faylaq al-Rahman
Faylak ar-Rahman = Faylaq al-Rahman
Liwaa al-Tawheed = Liwa al-Tawhid
Suqur al-Sham = Suqour al-Sham
Izz ad-Din al-Qassam Brigades = Ezzedine al-Qassam Brigades
Izzedin al-Qassam Brigade = Izz al-Din al-Qassam Brigades
al-Quds Brigades = Al Qods Brigades
al-Aksa Martyrs Brigades = al-Aqsa Martyrs' Brigade
as-Sa'iqa = al-Saika
Fateh = Fatah
Da'esh = Daesh
Da’ish = Daesh
Taleban = Taliban
Tehreek-i-Taliban Pakistan = Tehrik-e-Taliban Pakistan
Lashkar-i-Tayyiba = Lashkar-e-Taiba
Lashkar-e-Toiba = Lashkar-e-Tayyaba
Jaish-i-Muhammad = Jaish-e-Mohammed
Hizb-i-Islami = Hezb-e-Islami
Hizb ul Mujahedin = Hizb-ul-Mujahideen
Harakat-ul-Mujahideen = Harkat-ul-Mujahidin
Mojahedin-e Khalq = Mujahideen-e-Khalq
Hakkani Network = Haqqani Network
al-Shabab = al-Shabaab
Ash-Shabaab = al-Shabab
Hizb al-Islam = Hizbul Islam
Abou Sayaf = Abu Sayyaf
Ansar Eddine = Ansar Dine
Ansar ud-Din = Ansar Dine
Séléka = Seleka
Mayi-Mayi = Mai-Mai
Janjawid = Janjaweed
Janjawiid = Janjaweed
Jemaah Islamiya = Jemaah Islamiyah
Gamaa Islamiya = al-Gama'a al-Islamiyya
Jund Allah = Jundallah
Lords Resistance Army = Lord’s Resistance Army
Kurdistan Workers Party = Kurdistan Workers' Party
Popular Mobilisation Forces = Popular Mobilisation Forces
UN Peacekeeping Organisation = U.N. Peacekeeping Organization
Sinn Féin = Sinn Fein
Cote d’Ivoire = Côte d'Ivoire
Rumania = Roumania
Kirghizstan = Kyrgyzstan
Katar = Qatar
Azerbaidjan = Azerbaijan
Nagorno Karabakh = Nagorno-Karabakh
Tamil Eelam Liberation Organisation = Tamil Eelam Liberation Organization
Baluchistan Liberation Army = Balouchistan Liberation Army
""".strip().splitlines()
]
APART = [
    line.split(" | ")
    for line in """
Hamas | Amal
Hamas | Hasm
Mali | Malawi
Mali | Malé
Mali | Amal
Niger | Nigeria
Iran | Iraq
Dominica | Dominican Republic
Austria | Australia
Slovakia | Slovenia
Guinea | Guyana
Guinea | Guinea-Bissau
Guinea | Equatorial Guinea
Gambia | Zambia
Mauritania | Mauritius
Sudan | South Sudan
Latvia | Lithuania
Liberia | Libya
Oman | Amman
Yemen | Yamen Street
Tonga | Togo
Ireland | Iceland
Palau | Palestine
Nauru | Niue
Chad | Chile
China | Taiwan
Abkhazia | Adjara
North Ossetia | South Ossetia
Somalia | Somaliland
Samoa | Somalia
Moldova | Maldives
Montenegro | North Macedonia
Jordan | Jundallah
Cyprus | Northern Cyprus
Jaysh al-Islam | Jaysh al-Izza
Jaysh al-Islam | Jaysh al-Nasr
Jaysh al-Fatah | Jabhat Fatah al-Sham
Ahrar al-Sham | Ansar al-Sham
Faylaq al-Sham | Faylaq al-Rahman
Ansar Allah | Ansar al-Islam
Ansar al-Islam | Ansar al-Sharia
Ansar al-Islam | Ansar Dine
Ansar al-Sunna | Ansar al-Sharia
Hezbollah | Kata'ib Hezbollah
Hezbollah | Hizbul Islam
Hizbul Islam | Hezb-e-Islami
Hezb-e-Islami | Jamaat-e-Islami
Jamaat-e-Islami | Jamiat-e-Islami
Jemaah Islamiyah | al-Gama'a al-Islamiyya
Lashkar-e-Taiba | Lashkar-e-Jhangvi
Jund al-Sham | Jund al-Aqsa
Fatah | Fatah al-Islam
Fatah | Fatah al-Intifada
Palestinian Islamic Jihad | Egyptian Islamic Jihad
Palestine Liberation Front | Palestine Liberation Organization
Popular Front for the Liberation of Palestine | Democratic Front for the Liberation of Palestine
al-Shabaab | Shabiha
Houthis | Hutus
Taliban | Pakistani Taliban
Boko Haram | Ansaru
Moro Islamic Liberation Front | Moro National Liberation Front
Oromo Liberation Front | Ogaden National Liberation Front
Tigray People's Liberation Front | Eritrean People's Liberation Front
Sudan Liberation Army | Sudan People's Liberation Army
UNMIS | UNMISS
UNAMA | UNAMI
UNAMID | UNAMIR
MINURCA | MINURCAT
MINUSCA | MINUSMA
MONUC | MONUA
ONLF | UNLF
SAARC | SARC
PRI | PRRI
ISS | IISS
KNU | KNPP
KDP | KDPI
PKK | PUK
ZANU | ZAPU
UNITA | UNTAET
FNLA | FNL
FARC | FARF
Reuters | rioters
Yonhap | Xinhua
Interfax | Interfax-Ukraine
""".strip().splitlines()
]


def test_enough_pairs() -> None:
    assert min(len(MEET), len(APART)) >= 60


@pytest.mark.parametrize(("one", "other"), MEET)
def test_spellings_meet(one: str, other: str) -> None:
    assert REGISTRY.fold(one) == REGISTRY.fold(other)
    assert keys(REGISTRY.find(one)) & keys(REGISTRY.find(other)) or not REGISTRY.find(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_look_alikes_stay_apart(one: str, other: str) -> None:
    assert not keys(REGISTRY.find(one)) & keys(REGISTRY.find(other))


@given(st.sampled_from(NAMES), st.sampled_from(["’", "'", "ʼ", "`"]))
def test_case_accents_and_apostrophes_do_not_matter(name: str, apostrophe: str) -> None:
    key = REGISTRY.fold(name)
    assert REGISTRY.fold(name.upper()) == key
    assert REGISTRY.fold(name.lower()) == key
    assert REGISTRY.fold(plain(name)) == key
    assert REGISTRY.fold(name.replace("'", apostrophe)) == key
    assert REGISTRY.fold(name.replace("-", "–")) == key
    assert REGISTRY.fold(f"  {name} ".replace(" ", "\n")) == key


@given(st.sampled_from(NAMES), st.sampled_from(["al-", "el-", "Al ", "al‑", "the ", "The "]))
def test_articles_do_not_matter(name: str, article: str) -> None:
    assert REGISTRY.fold(article + name) == REGISTRY.fold(name)


@given(st.text(max_size=40))
def test_any_text_folds_to_words(text: str) -> None:
    key = REGISTRY.fold(text)
    assert key == " ".join(key.split())
    assert isinstance(REGISTRY.find(text), tuple)


@given(
    st.lists(
        st.one_of(st.sampled_from(["the", "al", "-", "'s", "(", ")", ",", "UN"]), st.text(max_size=8)), max_size=12
    )
)
def test_a_match_lies_inside_the_forms(forms: list[str]) -> None:
    for at in range(len(forms)):
        match = REGISTRY.longest(forms, at)
        if match is not None:
            assert at < match.end <= len(forms)
            assert match.entries


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Congo", {"COD", "COG"}),
        ("Korea", {"KOR", "PRK"}),
        ("the Council", {"unsc", "eu-council"}),
        ("Jaysh al-Islam", {"jaysh-al-islam", "army-of-islam-gaza"}),
        ("Ansar al-Sharia", {"ansar-al-sharia-yem", "ansar-al-sharia-lby", "ansar-al-sharia-tun"}),
        ("hamas", {"hamas"}),
        ("HEZBOLLAH", {"hezbollah"}),
        ("Turkey's", {"TUR"}),
        ("rebels", {"rebels"}),
        ("Western diplomats", {"western-diplomats"}),
        ("us", set()),
        ("Us", set()),
        ("who", set()),
        ("Let", set()),
        ("LeT", {"let"}),
        ("Model", set()),
        ("west", set()),
        ("the West", {"western-powers"}),
        ("Ruritania", set()),
        ("", set()),
        ("–", set()),
    ],
)
def test_find(words: str, expected: set[str]) -> None:
    assert keys(REGISTRY.find(words)) == expected


@pytest.mark.parametrize(
    ("words", "year", "expected"),
    [
        ("Islamic Jihad", 2005, {"pij"}),
        ("Islamic Jihad", 1985, {"pij", "islamic-jihad-lbn"}),
        ("SPLM", 1998, {"splma"}),
        ("SPLM", 2014, {"splm"}),
        ("Northern Alliance", 2001, {"northern-alliance"}),
        ("Northern Alliance", 2018, {"northern-alliance-mmr"}),
        ("UNITA", 2020, {"unita"}),
    ],
)
def test_the_year_decides_where_it_can(words: str, year: int, expected: set[str]) -> None:
    assert keys(REGISTRY.find(words, year)) == expected


def test_countries_narrow() -> None:
    found = REGISTRY.find("Jaysh al-Islam")
    assert keys(narrowed(found, countries={"SYR"})) == {"jaysh-al-islam"}
    assert narrowed(found, countries={"PER"}) == found


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Syrian", "SYR"), ("Syrians", "SYR"), ("Nigerien", "NER"), ("Nigerian", "NGA"), ("Ivorian", "CIV"),
        ("Kosovar", "XKX"), ("Bosnian Serb", "republika-srpska"), ("Turkish Cypriots", "northern-cyprus"),
        ("South Korean", "KOR"), ("Soviet", "SUN"), ("Korean", None), ("Congolese", None), ("Dominican", None),
        ("polish", None), ("Martian", None),
    ],
)  # fmt: skip
def test_demonym(word: str, key: str | None) -> None:
    found = REGISTRY.demonym(word)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("word", "year", "key"),
    [
        ("Moscow", None, "RUS"), ("Moscow", 1985, "SUN"), ("the Kremlin", 2016, "RUS"), ("Washington", None, "USA"),
        ("Foggy Bottom", None, "USA"), ("Damascus", None, "SYR"), ("Élysée", None, "FRA"), ("Kiev", None, "UKR"),
        ("Kyiv", None, "UKR"), ("Belgrade", 1999, "YUG"), ("Belgrade", 2020, "SRB"), ("Brussels", None, None),
        ("The Hague", None, None), ("Erbil", None, "krg"), ("Atlantis", None, None), ("lima", None, None),
    ],
)  # fmt: skip
def test_seat(word: str, year: int | None, key: str | None) -> None:
    found = REGISTRY.seat(word, year)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("text", "at", "key", "end", "sense"),
    [
        ("the Lord 's Resistance Army said", 0, "lra", 5, "name"),
        ("Jaysh al - Islam and Ahrar al - Sham", 5, "ahrar-al-sham", 9, "name"),
        ("al - Qaida in the Islamic Maghreb said", 0, "aqim", 7, "name"),
        ("United Nations Security Council members", 0, "unsc", 4, "name"),
        ("United Nations officials", 0, "un-officials", 3, "name"),
        ("South Korean officials", 0, "KOR", 2, "demonym"),
        ("South Sudan", 0, "SSD", 2, "name"),
        ("New Delhi said", 0, "IND", 2, "seat"),
        ("Russia , Iran and Turkey", 0, "RUS", 1, "name"),
        ("Communist Party of Nepal ( Maoist ) rebels", 0, "cpn-maoist", 7, "name"),
        ("Kurdistan Workers ' Party ( PKK ) said", 0, "pkk", 4, "name"),
        ("as - Sa'iqa fighters", 0, "saiqa", 3, "name"),
        ("U.S. envoy", 0, "USA", 1, "name"),
        ("in Turkey 's view", 1, "TUR", 2, "name"),
    ],
)
def test_longest(text: str, at: int, key: str, end: int, sense: str) -> None:
    match = REGISTRY.longest(text.split(), at)
    assert match is not None
    assert match.entry is not None
    assert (match.entry.key, match.end, match.sense) == (key, end, sense)


@pytest.mark.parametrize(
    "text", ["us", "turkey", "the west bank", "the West Bank", "who said", ", Iran", "told", "Islamic"]
)
def test_longest_finds_nothing(text: str) -> None:
    assert REGISTRY.longest(text.split(), 0) is None


def test_longest_reports_ambiguity() -> None:
    match = REGISTRY.longest(["Korean", "leaders"], 0)
    assert match is not None
    assert match.entry is None
    assert keys(match.entries) == {"KOR", "PRK"}
    with pytest.raises(IndexError, match="no form 3"):
        REGISTRY.longest(["Iran"], 3)


def test_user_files_add_and_override(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(
        "armed group:\n  SYR:\n    our-group: Banner of Dawn; Liwa al-Fajr; 2012-2014\n"
        "    hamas: {names: Hamas of ours, of: SYR}\nstates:\n  REU: {names: Réunion, demonyms: Réunionese}\n",
        encoding="utf-8",
    )
    registry = load_registry([file])
    assert keys(registry.find("Liwaa al-Fajr")) == {"our-group"}
    assert registry["our-group"].since == 2012
    assert registry["hamas"].country == "SYR"
    assert not registry.find("Islamic Resistance Movement")
    assert registry["REU"].country == "REU"
    assert REGISTRY["hamas"].country == "PSE"
    assert load_registry([file]) is registry
    file.write_text("ngo:\n  none:\n    our-ngo: Bread and Salt\n", encoding="utf-8")
    assert "our-ngo" in load_registry([file])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("armed group:\n  SYR:\n    a: [b\n", 4, "not YAML"),
        ("armd group:\n  SYR:\n    a: B\n", 1, "'armd group' is no kind of actor"),
        ("armed group:\n  Syria:\n    a: B\n", 2, "'Syria' is no country"),
        ("armed group:\n  SRY:\n    a: B\n", 3, "'SRY' is the code of no state"),
        ("armed group:\n  SYR:\n    A b: B\n", 3, "'A b' is no key"),
        ("armed group:\n  SYR:\n    a: ' ; '\n", 3, "'a' has no name"),
        ("armed group:\n  SYR:\n    a: 2012-2014\n", 3, "'a' has no name"),
        ("armed group:\n  SYR:\n    a: {names: B, yers: 2012-}\n", 3, "'yers' is no field"),
        ("armed group:\n  SYR:\n    a: {names: B, years: soon}\n", 3, "'soon' are no years"),
        ("armed group:\n  SYR:\n    a: B; 2014-2012\n", 3, "end before they begin"),
        ("armed group:\n  SYR:\n    a: B\n    a: C\n", 4, "stands already in line 3"),
        ("ngo:\n  none:\n    a: {names: B, of: nobody-here}\n", 3, "of 'nobody-here'"),
        ("armed group: FSA\n", 1, "were expected here"),
        ("- FSA\n", 1, "were expected here"),
        ("ngo:\n  none:\n    a: {names: [B, C]}\n", 3, "one line of words"),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        load_registry([file])
    message = str(caught.value)
    assert message.startswith(f"{file}, line {line}: ")
    assert words in message
    assert "\n" not in message


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"none\.yaml: cannot be read"):
        load_registry([tmp_path / "none.yaml"])
    with pytest.raises(RegistryError, match="cannot be read"):
        load_registry([tmp_path])
    file = tmp_path / "latin.yaml"
    file.write_bytes("ngo:\n  none:\n    a: Été\n".encode("latin-1"))
    with pytest.raises(RegistryError, match="not UTF-8"):
        load_registry([file])


def test_an_empty_user_file_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "empty.yaml"
    file.write_text("# nothing yet\n", encoding="utf-8")
    assert list(load_registry([file])) == ENTRIES


def test_indexing_takes_little_beside_reading_the_files() -> None:
    texts = [file.read_text(encoding="utf-8") for file in ACTORS.glob("*.yaml")]
    reading, indexing = [], []
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        middle = time.process_time()
        Registry(ENTRIES)
        reading.append(middle - start)
        indexing.append(time.process_time() - middle)
    assert min(indexing) < 10 * min(reading)


def test_a_second_load_costs_nothing() -> None:
    assert load_registry() is REGISTRY
    assert load_registry(()) is load_registry([])
