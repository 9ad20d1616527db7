"""Two names of one person, and two people with one surname."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolve.table.names import person_name, same_person, surnames_of
from onrecord.resolve.table.sounds import fold, sounds

ONE_PERSON = [
    ("Volodymyr Zelenskyy", "Wolodymyr Selenskyj", "spelling"),
    ("Volodymyr Zelensky", "Володимир Зеленський", "spelling"),
    ("Sergei Lavrov", "Сергей Лавров", "same"),
    ("Sergei Lavrov", "Siergiej Ławrow", "spelling"),
    ("Andriy Yermak", "Андрій Єрмак", "spelling"),
    ("Vladimir Putin", "Vladimir Poutine", "spelling"),
    ("Viktor Orban", "Orbán Viktor", "same"),
    ("Xi Jinping", "Jinping Xi", "same"),
    ("President Joe Biden", "Joe Biden", "same"),
    ("Joe Biden", "Joseph Biden", "spelling"),
    ("J. Biden", "Joe Biden", "initial"),
    ("W. Putin", "Vladimir Putin", "initial"),
    ("JD Vance", "J. D. Vance", "initial"),
    ("Donald J. Trump", "Donald Trump", "same"),
    ("Biden, Joe", "Joe Biden", "same"),
    ("Jean-Yves Le Drian", "Jean Yves Le Drian", "same"),
    ("Ursula von der Leyen", "Mrs von der Leyen", "partial"),
    ("Зеленський", "Zelensky", "partial"),
    ("Pedro Sánchez", "Pedro Sánchez Pérez-Castejón", "spelling"),
    ("Martin Luther King Jr.", "Martin Luther King", "same"),
    ("Annegret Kramp-Karrenbauer", "A. Kramp-Karrenbauer", "initial"),
    ("Ngozi Okonjo-Iweala", "Ngozi Okonjo Iweala", "same"),
]
TWO_PEOPLE = [
    ("George W. Bush", "George H. W. Bush"),
    ("Ed Miliband", "David Miliband"),
    ("Thomas Sam", "Manju Sam"),
    ("Hillary Clinton", "Bill Clinton"),
    ("Martin Luther King Jr.", "Martin Luther King Sr."),
    ("Vladimir Putin", "Vladimir Medvedev"),
    ("Jane Smith", "Jones"),
    ("Nguyen Tan Dung", "Nguyen Chi Dung"),
    ("Володимир Зеленський", "Олена Зеленська"),
    ("J. Biden", "Hunter Biden"),
    ("Sultan bin Abdulaziz Al Saud", "Bandar bin Sultan bin Abdulaziz Al Saud"),
]


@pytest.mark.parametrize(("left", "right", "fit"), ONE_PERSON)
def test_two_names_of_one_person_fit(left: str, right: str, fit: str) -> None:
    match = same_person(left, right)
    assert match.fit == fit
    assert match.strength > (0.4 if fit == "partial" else 0.7)


@pytest.mark.parametrize(("left", "right"), TWO_PEOPLE)
def test_two_people_do_not(left: str, right: str) -> None:
    assert same_person(left, right).strength == 0.0


def test_people_who_all_share_a_surname_are_never_one() -> None:
    family = ["Anna Novak", "Boris Novak", "Clara Novak", "D. Novak", "Emil G. Novak", "Emil H. Novak", "Феодор Новак"]
    for one, two in combinations(family, 2):
        match = same_person(one, two)
        assert match.strength == 0.0, (one, two, match)
    for one in family:
        match = same_person("Novak", one)
        assert (match.fit, match.strength <= 0.5) == ("partial", True), one


def test_the_parts_of_a_name() -> None:
    name = person_name("Commission President Ursula von der Leyen")
    assert (name.given, name.surname) == (("Ursula",), ("von", "der", "Leyen"))
    name = person_name("Sen. Robert F. Kennedy Jr.")
    assert (name.titles, name.given, name.surname, name.suffix) == (("Sen.",), ("Robert", "F."), ("Kennedy",), "Jr.")
    assert person_name("von der Leyen").given == ()
    assert person_name("Mr Tuma").partial
    assert person_name("").surname == ()


def test_the_words_that_may_stand_for_a_person_alone() -> None:
    assert surnames_of("Ursula von der Leyen") == ("Leyen", "von der Leyen")
    assert surnames_of("Xi Jinping", surname_first=True)[0] == "Xi"
    assert "Karrenbauer" in surnames_of("Annegret Kramp-Karrenbauer")


SPELT = [
    "Zelensky Zelenskyy Zelenskiy Selenskyj Zełenski Zelenszkij Зеленський Зеленский Zelenskij",
    "Yermak Jermak Ermak Iermak Єрмак Ермак",
    "Lavrov Lawrow Ławrow Лавров",
    "Putin Poutine Putyin Путин Путін Πούτιν",
    "Shoigu Schoigu Szojgu Şoygu Choïgou Sojgu Шойгу Shoygu",
    "Zaluzhny Zaluzhnyi Załużny Saluschnyj Залужный Залужний Zaloujny",
    "Shmyhal Shmygal Szmyhal Schmyhal Chmyhal Шмигаль Шмыгаль",
    "Medvedev Medwedew Miedwiediew Medvegyev Медведев",
    "Yanukovych Janukowytsch Janukowycz Ianoukovitch Янукович Janukovics Janukovyč",
    "Szijjártó Szijjarto Сійярто Сиярто",
    "Tsipras Tsípras Ципрас Τσίπρας",
]


@pytest.mark.parametrize("words", SPELT, ids=[words.split()[0] for words in SPELT])
def test_one_name_sounds_alike_in_all_languages(words: str) -> None:
    first, *others = words.split()
    assert [other for other in others if not sounds(first) & sounds(other)] == []


def test_different_names_sound_different() -> None:
    names = [words.split()[0] for words in SPELT] + "Merkel Macron Obama Trump Tusk Duda Orban Fico Scholz Merz".split()
    alike = [(one, two) for one, two in combinations(names, 2) if sounds(one) & sounds(two)]
    assert alike == []


@given(st.text(max_size=40))
def test_folding_is_stable_and_never_fails(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())
    assert fold(text.strip()) == folded


@given(st.text(max_size=30), st.text(max_size=30))
def test_comparing_names_is_symmetric_and_in_range(left: str, right: str) -> None:
    one, two = same_person(left, right), same_person(right, left)
    assert one == two
    assert 0.0 <= one.strength <= 1.0
    assert (one.fit == "different") == (one.strength == 0.0)


@given(
    st.lists(
        st.sampled_from("Ivan Petro Olena von der Leyen J. W. O'Neill Kramp-Karrenbauer Jr. Dr. Зеленський".split()),
        min_size=1,
        max_size=6,
    )
)
def test_the_parts_are_the_words(words: list[str]) -> None:
    name = person_name(" ".join(words))
    assert sorted([*name.titles, *name.given, *name.surname, *([name.suffix] if name.suffix else [])])
    assert len(name.titles) + len(name.given) + len(name.surname) <= len(words)
    assert name.surname
