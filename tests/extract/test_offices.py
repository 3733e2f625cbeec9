"""The office of a person as the report words it."""

import pytest

from tests.extract.mentioned import read

# A sentence, the actor in it, the name that the encoder tags, and the office.
OFFICES = [
    ("Foreign Minister Jan Okello left Kenya.", "Foreign Minister Jan Okello", "Jan Okello", "Foreign Minister"),
    ("A spokesman for the African Union arrived.", "A spokesman for the African Union", None, "spokesman"),
    ("A fellow at the Savanna Institute praised the deal.", "A fellow at the Savanna Institute", None,
     "fellow at the Savanna Institute"),  # nobody knows the institute: it is no side
    ("An analyst with the Red Cross counted the trucks.", "An analyst with the Red Cross", None, "analyst"),
    ("The head of the Savanna Institute resigned.", "The head of the Savanna Institute", None,
     "head of the Savanna Institute"),
    ("The president of Kenya thanked them.", "The president of Kenya", None, "president"),
    ("A former official familiar with the talks confirmed it.", "A former official familiar with the talks", None,
     "former official"),
    ("One western diplomat shrugged.", "One western diplomat", None, "western diplomat"),
    ("The secretary of state flew to Cairo.", "The secretary of state", None, "secretary of state"),
    ("A rebel spokesman denied the report.", "A rebel spokesman", None, "rebel spokesman"),
    ("His Kenyan counterpart agreed.", "His Kenyan counterpart", None, None),
    ("Mr. Okello said the truce would hold.", "Mr. Okello", "Okello", None),
    ("Okello's aide called the offer empty.", "Okello's aide", "Okello", "aide"),
]  # fmt: skip


def test_whom_somebody_serves_is_no_part_of_the_office() -> None:
    aide = "An aide to General Mira Sandal"
    report = read(
        f"{aide} declined to speak.", actors=((aide, "person"), ("Mira Sandal", "person")), persons=("Mira Sandal",)
    )
    assert report.words(report.one(aide).role) == "aide"
    spokesman, kenya = "A spokesman for the government", "The president of Kenya thanked them."
    report = read(f"{spokesman} answered.", kenya, actors=((spokesman, "person"),))
    assert report.words(report.one(spokesman).role) == "spokesman"


@pytest.mark.parametrize(("sentence", "tagged", "name", "office"), OFFICES, ids=[s[1] for s in OFFICES])
def test_offices(sentence: str, tagged: str, name: str | None, office: str | None) -> None:
    report = read(sentence, actors=((tagged, "person"),), persons=(name,) if name else ())
    assert report.words(report.one(tagged).role) == office
