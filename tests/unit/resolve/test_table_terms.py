"""Who held an office on a given day: facts about the years 2009 to 2025 in words that articles use."""

from datetime import date

import pytest

from onrecord.resolve.table.table import ActorTable

# Day, role, country or body ("-" if the role says it), the label of the holder.
FACTS = """
2016-03-10 | French president | - | François Hollande
2018-03-10 | French president | - | Emmanuel Macron
2011-06-01 | president | France | Nicolas Sarkozy
2017-04-02 | prime minister | Britain | Theresa May
2012-08-01 | British prime minister | - | David Cameron
2019-12-12 | PM | UK | Boris Johnson
2022-10-01 | prime minister | United Kingdom | Liz Truss
2023-05-01 | UK Prime Minister | - | Rishi Sunak
2015-07-14 | foreign secretary | Britain | Philip Hammond
2017-02-01 | British foreign secretary | - | Boris Johnson
2010-11-01 | Chancellor of the Exchequer | UK | George Osborne
2012-05-01 | German chancellor | - | Angela Merkel
2022-06-01 | chancellor | Germany | Olaf Scholz
2015-07-05 | German finance minister | - | Wolfgang Schäuble
2016-05-01 | foreign minister | Germany | Frank-Walter Steinmeier
2018-11-01 | German president | - | Frank-Walter Steinmeier
2014-01-10 | Ukrainian president | - | Viktor Yanukovych
2015-02-12 | president | Ukraine | Petro Poroshenko
2024-02-01 | Ukraine's president | - | Volodymyr Zelenskyy
2015-09-01 | prime minister | Ukraine | Arseniy Yatsenyuk
2022-04-01 | Ukrainian foreign minister | - | Dmytro Kuleba
2023-10-01 | defence minister | Ukraine | Rustem Umerov
2010-05-01 | Russian president | - | Dmitry Medvedev
2014-03-18 | president of Russia | - | Vladimir Putin
2010-05-01 | prime minister | Russia | Vladimir Putin
2022-03-01 | Russian foreign minister | - | Sergey Lavrov
2022-03-01 | Kremlin spokesman | - | Dmitry Peskov
2019-03-01 | Russian Foreign Ministry spokeswoman | - | Maria Zakharova
2018-01-01 | Russian defence minister | - | Sergei Shoigu
2012-10-01 | US president | - | Barack Obama
2017-06-01 | American president | - | Donald Trump
2022-06-01 | president of the United States | - | Joe Biden
2012-01-01 | secretary of state | US | Hillary Clinton
2015-01-01 | U.S. Secretary of State | - | John Kerry
2018-10-01 | US secretary of state | - | Mike Pompeo
2016-01-01 | vice president | US | Joe Biden
2016-05-01 | White House press secretary | - | Josh Earnest
2016-05-01 | House speaker | US | Paul Ryan
2019-06-01 | Fed chair | US | Jerome Powell
2016-02-01 | Polish prime minister | - | Beata Szydło
2010-02-01 | president | Poland | Lech Kaczyński
2021-09-01 | Poland's president | - | Andrzej Duda
2014-06-01 | Turkish prime minister | - | Recep Tayyip Erdoğan
2016-07-16 | president | Turkey | Recep Tayyip Erdoğan
2012-01-01 | Iranian president | - | Mahmoud Ahmadinejad
2016-01-01 | president | Iran | Hassan Rouhani
2014-05-01 | Iran's foreign minister | - | Mohammad Javad Zarif
2015-03-03 | Israeli prime minister | - | Benjamin Netanyahu
2022-08-01 | prime minister | Israel | Yair Lapid
2011-05-01 | Israeli president | - | Shimon Peres
2013-10-01 | Italian prime minister | - | Enrico Letta
2013-01-01 | president of the European Commission | - | José Manuel Barroso
2018-01-01 | European Commission president | - | Jean-Claude Juncker
2016-01-01 | European Council president | - | Donald Tusk
2017-01-01 | EU foreign policy chief | - | Federica Mogherini
2013-01-01 | NATO secretary general | - | Anders Fogh Rasmussen
2018-01-01 | NATO chief | - | Jens Stoltenberg
2014-01-01 | UN secretary-general | - | Ban Ki-moon
2020-01-01 | UN chief | - | António Guterres
2014-06-01 | pope | - | Pope Francis
2012-01-01 | the Pope | - | Benedict XVI
2012-06-01 | Chinese president | - | Hu Jintao
2015-01-01 | Canadian prime minister | - | Stephen Harper
2016-08-01 | prime minister | Australia | Malcolm Turnbull
2017-01-01 | Egyptian president | - | Abdel Fattah el-Sisi
2016-01-01 | Greek prime minister | - | Alexis Tsipras
2012-09-01 | Venezuelan president | - | Hugo Chávez
2016-01-01 | Hungarian premier | - | Viktor Orbán
2021-03-01 | mayor | London | Sadiq Khan
2016-03-01 | mayor | New York City | Bill de Blasio
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in FACTS.strip().splitlines()]


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return ActorTable.open()


def test_offices_by_date(table: ActorTable) -> None:
    wrong = []
    for day, role, where, label in ROWS:
        found = table.holder(role, None if where == "-" else where, date.fromisoformat(day))
        sure = [one.label for one in found if one.match.strength >= 0.8]
        if sure != [label]:
            wrong.append((day, role, where, label, [(one.label, one.match.strength) for one in found]))
    print(f"offices by date: {len(ROWS) - len(wrong)} of {len(ROWS)}; wrong {wrong}")
    assert len(ROWS) >= 40
    assert not wrong
