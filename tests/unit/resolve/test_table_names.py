"""People are found by the spellings that newspapers of seven languages and more use."""

from collections import Counter

import pytest

from onrecord.resolve.table.table import ActorTable

# Language of the spelling, the name as a paper there prints it, the label of the person meant.
SPELLINGS = """
en Volodymyr Zelensky | Volodymyr Zelenskyy
en President Zelenskiy | Volodymyr Zelenskyy
en Andrii Yermak | Andriy Yermak
en Sergey Lavrov | Sergey Lavrov
en Foreign Minister Sergei Lavrov | Sergey Lavrov
en Aleksandr Lukashenko | Alexander Lukashenko
en Sergei Shoygu | Sergei Shoigu
en Bernard Sanders | Bernie Sanders
en President Joseph R. Biden Jr. | Joe Biden
en Donald J. Trump | Donald Trump
en Recep Tayyip Erdogan | Recep Tayyip Erdoğan
en Francois Hollande | François Hollande
en Xi Jinping | Xi Jinping
uk Володимир Зеленський | Volodymyr Zelenskyy
uk Зеленський | Volodymyr Zelenskyy
uk Андрій Єрмак | Andriy Yermak
uk Сергій Лавров | Sergey Lavrov
uk Володимир Путін | Vladimir Putin
uk Олаф Шольц | Olaf Scholz
uk Ангела Меркель | Angela Merkel
uk Дональд Туск | Donald Tusk
uk Анджей Дуда | Andrzej Duda
uk Валерій Залужний | Valerii Zaluzhnyi
uk Віктор Орбан | Viktor Orbán
ru Владимир Зеленский | Volodymyr Zelenskyy
ru Дмитрий Песков | Dmitry Peskov
ru Мария Захарова | Maria Zakharova
ru Александр Лукашенко | Alexander Lukashenko
ru Эммануэль Макрон | Emmanuel Macron
ru Джо Байден | Joe Biden
ru Реджеп Тайип Эрдоган | Recep Tayyip Erdoğan
ru Реджеп Эрдоган | Recep Tayyip Erdoğan
ru Дмитрий Медведев | Dmitry Medvedev
ru Михаил Горбачёв | Mikhail Gorbachev
pl Wołodymyr Zełenski | Volodymyr Zelenskyy
pl Andrij Jermak | Andriy Yermak
pl Siergiej Ławrow | Sergey Lavrov
pl Władimir Putin | Vladimir Putin
pl Siergiej Szojgu | Sergei Shoigu
pl Dmitrij Pieskow | Dmitry Peskov
pl Aleksandr Łukaszenka | Alexander Lukashenko
pl Dmytro Kułeba | Dmytro Kuleba
pl Walerij Załużny | Valerii Zaluzhnyi
pl Radosław Sikorski | Radosław Sikorski
de Wolodymyr Selenskyj | Volodymyr Zelenskyy
de Selenskyj | Volodymyr Zelenskyy
de Wladimir Putin | Vladimir Putin
de Sergej Lawrow | Sergey Lavrov
de Andrij Jermak | Andriy Yermak
de Sergej Schoigu | Sergei Shoigu
de Dmitri Peskow | Dmitry Peskov
de Alexander Lukaschenko | Alexander Lukashenko
de Walerij Saluschnyj | Valerii Zaluzhnyi
de Dmitri Medwedew | Dmitry Medvedev
fr Vladimir Poutine | Vladimir Putin
fr Sergueï Lavrov | Sergey Lavrov
fr Dmitri Medvedev | Dmitry Medvedev
fr Alexandre Loukachenko | Alexander Lukashenko
fr Sergueï Choïgou | Sergei Shoigu
fr Dmytro Kouleba | Dmytro Kuleba
es Volodímir Zelenski | Volodymyr Zelenskyy
es Vladímir Putin | Vladimir Putin
es Serguéi Lavrov | Sergey Lavrov
es Aleksandr Lukashenko | Alexander Lukashenko
es el papa Francisco | Pope Francis
tr Vladimir Putin | Vladimir Putin
tr Volodimir Zelenskiy | Volodymyr Zelenskyy
tr Sergey Şoygu | Sergei Shoigu
tr Mevlüt Çavuşoğlu | Mevlüt Çavuşoğlu
hu Volodimir Zelenszkij | Volodymyr Zelenskyy
hu Szergej Lavrov | Sergey Lavrov
hu Vlagyimir Putyin | Vladimir Putin
hu Orbán Viktor | Viktor Orbán
hu Szijjártó Péter | Péter Szijjártó
hu Dmitrij Peszkov | Dmitry Peskov
el Βλαντίμιρ Πούτιν | Vladimir Putin
cs Volodymyr Zelenskyj | Volodymyr Zelenskyy
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in SPELLINGS.strip().splitlines()]


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return ActorTable.open()


def test_names_in_the_spellings_of_many_languages(table: ActorTable) -> None:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong = []
    for text, label in ROWS:
        language, _, name = text.partition(" ")
        found = table.find(name)
        asked[language] += 1
        if found and found[0].label == label:
            right[language] += 1
        else:
            wrong.append((name, [one.label for one in found[:3]]))
    print(
        f"names: {right.total()} of {asked.total()} in {len(asked)} languages; by language {dict(right)}; wrong {wrong}"
    )
    assert asked.total() >= 60
    assert len(asked) >= 7
    assert not wrong
