"""Does a given name speak for "he" or for "she"? A hint, never a proof."""

from __future__ import annotations

from typing import Literal, TypeAlias

from onrecord.resolve.table.given import groups_of
from onrecord.resolve.table.sounds import fold

Gender: TypeAlias = Literal["he", "she", ""]

_SHE = frozenset(
    """abigail adele agnes aileen alice alison allison amber amelie amy angel ann anne annie april arlene ashley
    astrid audrey beatrice beth betty beverly birgit brigitte carmen carol carole caroline carolyn carrie catherine
    cathy celine charlotte cheryl chloe christine claire colette colleen connie courtney crystal cynthia daisy
    daphne dawn
    debbie
    deborah denise diane dolores doris dorothy edith eileen elaine eleanor elin elisabeth elise elizabeth ellen elodie
    elsie emily erin esther ethel evelyn faith felicity fiona florence frances gabrielle gail geraldine gertrude gillian
    ginger gladys gloria grace greet greta gretchen gwen hannah harriet hazel heather heidi helen helene hilary hillary
    holly
    hope ida imogen ines ingeborg ingrid irene iris isabel isabelle ivy jacqueline jan jane janet janice jasmine jean
    jeanne jennifer jenny jessie jill joan joanne josephine joy joyce judith judy june karen karin kate katharine
    katherine kathleen kathryn kathy katie kay kelly kerry kim kimberly kristen kristin laurie leigh leslie lillian
    lily linda lindsay lisbeth liz lois lorraine louise lucille lucy lynn mabel madeleine madeline mae maeve marcy
    margaret margot marguerite marian marianne marie marion marjorie mary maureen megan melanie meredith michele
    michelle mildred millicent miriam molly monique muriel myrtle nadine nancy naomi natalie nicole noelle noor odette
    olive paige pam patty pauline pearl peggy penelope penny phyllis priscilla rachel raquel rebecca renee rhiannon
    robin rosalind rose rosemary roxanne ruth sally sarah scarlett shannon sharon sheila shirley sigrid siobhan solveig
    sophie stacy stephanie sue susan susanne suzanne sybil sylvie tammy teresa tiffany tracy trudy ursel valerie
    vanessa veronique violet vivian vivien wendy whitney winifred yasmin yolande yvette yvonne zoe
    любов любовь олена наталія светлана тетяна юлія юлия анна марія мария ольга ірина ирина""".split()
)
_HE = frozenset(
    """andrea aba abba akira aleksa ali alyosha amara asa attila battista boubacar bela costa danila dima ezra
    fedja fyodor garcia geza gianluca grisha gyula hamza ilia ilya issa ivica jaffa jonah joshua juba kolya koba kostya
    kota krishna kuzma lavrenti luca luka mario matija mica micha micah mika misha mitya moussa muhammadu mustafa musa
    nemanja nicola nikita nikola noa noah obama ola oleksa pasha petya pietr poya raja roma sacha sasa sasha sava seva
    shota siddhartha slava soma stepa taha thuta tola toma toma tunda uma valya vanya vasya vinicija vitya volodya vova
    vuka yahya yakuba yura zakaria zia микита ілля илья никита лука""".split()
)
_SHE_ENDINGS = ("ova", "eva", "ina", "skaya", "skaia", "ska", "cka", "dottir", "ская", "ова", "ева", "ська", "цька")
"""Of surnames that only women bear."""


def is_given(word: str) -> bool:
    """Is this a given name that is known to be a man's or a woman's?"""
    low = fold(word).strip(".")
    return low in _HE or low in _SHE or (bool(groups_of(low)) and len(low) > 2)


def hinted(words: tuple[str, ...]) -> Gender:
    """Which pronoun does a full name suggest; empty if it suggests none.

    Given names that end in "a" are taken for women's, with the exceptions that are listed; so are Slavic surnames in
    their women's form.
    """
    given = fold(words[0]).strip(".")
    if len(words) < 2:
        return "he" if given in _HE else "she" if given in _SHE else ""
    if len(given) < 2 or " " in given:
        return ""
    if given in _HE:
        return "he"
    if given in _SHE or given.endswith(("a", "а", "я")):
        return "she"
    if words[-1].lower().endswith(_SHE_ENDINGS[:6]) and given[-1] in "aeiy":
        return "she"
    return "he"
