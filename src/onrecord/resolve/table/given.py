"""Which given names are one name: nicknames, and the forms that a name takes from language to language?"""

from __future__ import annotations

from functools import lru_cache

from onrecord.resolve.table.sounds import fold, sounds

_GROUPS = """
volodymyr vladimir wolodymyr wlodzimierz uladzimir volodimir vlad vova
andriy andrii andrei andrey andrzej andreas andre andrew andrej andrija andy andras
oleksandr alexander aleksandr aleksander alexandre alejandro alessandro sandor alex aliaksandr alexandr sasha olexandr
mykhailo mikhail michael michal mihail mihai michel miguel mike mikhailo mihaly misha mick
mykola nikolai nikolay nicholas nicolas mikolaj nikolaus nick nikola nico miklos
serhiy serhii sergei sergey sergiusz serge sergio siarhei serge
dmytro dmitry dmitri dmitrii dmitriy dymitr dzmitry
oleksiy oleksii alexei alexey aleksei aleksey alexis aliaksei
yevhen evgeny yevgeny evgeni eugene eugeniusz jewgeni yevgeni evgenii
petro pyotr petr peter piotr pierre pedro pietro pete peder
pavlo pavel paul pawel pablo paolo paweł pal
ivan john jan juan jean giovanni johann ioannis johannes jack jonny johnny hans jon ian sean yan janos joao
yuriy yuri yurii jurij jerzy george georg georges jorge giorgio georgy gyorgy iurii heorhii giorgi georgi
hryhoriy grigory gregory grzegorz grigori greg gregor
vasyl vasily basil vasilii wasilij vasiliy
yuliia yulia julia yuliya juliya iuliia julie giulia
olena elena helen yelena helena alena
kateryna ekaterina catherine katarzyna katharina katherine yekaterina kate katie kathy cathy caterina katalin
maria mary mariya marie mariia maryam miriam
iryna irina irene irena
anna anne ann hanna ana anja
oleh oleg aleh
ihor igor
anatoliy anatoly anatolii anatol anatoli
vitaliy vitaly vitalii vitali
valeriy valery valerii valeri
viktor victor wiktor
stepan stephen steven stefan etienne esteban steve stephane istvan
yosyp joseph josef jozef jose giuseppe joe iosif joey jozsef
william bill will willy wilhelm guillermo guillaume billy vilmos
robert bob rob bobby roberto robbie
richard dick rick rich ricardo ryszard
james jim jimmy jamie jacob jakub jacques jaime giacomo yakiv
charles charlie chuck carl karl carlos carlo karol karoly
edward ed eddie ted eduard eduardo edouard ned
thomas tom tommy tomas tomasz tommaso tamas
theodore ted teddy theo fedir fyodor
anthony tony antonio antoine antoni anton antal
daniel dan danny daniil danylo
david dave davide dawid davyd
matthew matt mateusz matthieu matteo matvei mathias matthias mate
joshua josh
benjamin ben benny binyamin bibi
samuel sam sammy
timothy tim
kenneth ken kenny
ronald ron ronnie
donald don
lawrence larry laurent lorenzo
frederick fred freddy friedrich federico frederic
francis frank francisco francois francesco franz ferenc franciszek pancho
henry harry heinrich henri enrique enrico hank henryk
philip phil philippe felipe filip filippo
christopher chris christophe krzysztof cristobal kristof
patrick pat paddy patricio
geoffrey jeff jeffrey geoff
gerald gerry jerry
elizabeth liz beth betty elisabeth elzbieta isabel eliza lisa yelyzaveta elisabetta
margaret maggie meg peggy margarita malgorzata margarethe marguerite
susan sue susie suzanne zuzanna susanna
deborah debbie deb
barbara barb
rebecca becky
patricia pat patty tricia
jennifer jen jenny
victoria vicky wiktoria viktoria
nancy ann
bernard bernie
leonard len lenny leonid
luis louis lewis ludwig luigi lajos
raymond ray
russell russ
walter walt
eugene gene
mitchell mitch
addison mitch
marcus mark marco marek marc marko markus
lucas luke luc lukas lukasz luca
lindsey lindsay
mohammed muhammad mohamed mohammad mohamad muhammed mehmet mohammadu muhammadu mahomet
ahmed ahmad ahmet
hussein husayn hossein hussain husseini hosein huseyin
hassan hasan hassane
ibrahim abraham ebrahim ibraheem brahim
yusuf youssef yousef joseph yousuf yusef yosef jusuf
ali aly
omar umar omer
khalid khaled halid
abdullah abdallah abdulla
mahmoud mahmud mehmood mahmood
mustafa mostafa moustapha moustafa
saad saeed said sayed syed
recep rejep redzep
"""
_GROUPS_OF: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(_GROUPS.strip().splitlines()):
    for _word in _line.split():
        _GROUPS_OF[fold(_word)] = _GROUPS_OF.get(fold(_word), frozenset()) | {_number}


@lru_cache(maxsize=8192)
def same_given_name(left: str, right: str) -> float:
    """How alike are two given names?

    Returns:
        1.0 the same letters, 0.95 the same sounds, 0.9 forms of one name in two languages or a nickname, 0.85 spelt
        almost alike, else 0.0.

    >>> same_given_name("Володимир", "Vladimir"), same_given_name("Peter", "Paul")
    (0.9, 0.0)
    """
    one, two = fold(left), fold(right)
    if one == two:
        return 1.0
    if sounds(left) & sounds(right):
        return 0.95
    if groups_of(left) & groups_of(right):
        return 0.9
    return 0.85 if _almost(one, two) else 0.0


def groups_of(word: str) -> frozenset[int]:
    """In which groups of given names is `word`?"""
    return _GROUPS_OF.get(fold(word), frozenset())


def _almost(one: str, two: str) -> bool:
    """Do two words differ by one letter in five or less, and not in the first?"""
    longest = max(len(one), len(two))
    allowed = longest // 5
    return bool(allowed) and one[:1] == two[:1] and edits(one, two) <= allowed


def edits(one: str, two: str) -> int:
    """By how many letters do two words differ (Levenshtein 1966)?"""
    row = list(range(len(two) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for column, other in enumerate(two, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (letter != other))
    return row[-1]
