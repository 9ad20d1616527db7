"""Which words keep their full stop without ending the sentence? The word lists of the sentence splitter."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_LAST = _words(
    # English: titles and ranks, which stand before a name
    "mr mrs ms messrs mx dr prof rev revd hon pres sens rep reps gov govs lt col maj capt cmdr cpl sgt pvt"
    " adm brig supt insp amb fr sr st mt ft atty asst treas msgr mgr"
    # English: what asks for something to follow
    " vs cf e.g i.e eg ie viz al ca approx est op cit dept"
    # German
    " hr hrn bzw z.b d.h u.a o.ä ggf evtl inkl sog vgl geb mio mrd"
    # French, Spanish, Portuguese, Italian
    " mm mme mmes mlle mlles sra srta sres dña d.ª excmo exmo lic sigg dott avv p.ex"
    # Dutch, Scandinavian
    " dhr mw mevr drs bijv resp f.eks bl.a"
    # Polish, Czech, Croatian
    " np tzw tj m.in ul św ks mgr inż płk gen tzv např"
    # Ukrainian and Russian
    " ул вул им ім св пл просп гр тов т.е т.к т.з напр обл акад проф доц ген полк кап лейт"
)
"""Lower-cased, without the last full stop: a capital after them goes on with the sentence."""

NEVER_LAST_CAPITAL = _words("Sen Sec Min Det Dep Sig Ing On Pt V")
"""The same, but only as they stand here: in lower case they are words or units."""

BEFORE_NUMBER = _words("no nos nr art arts fig figs p pp vol ch n abs núm pág str č ст стр стор п пп с kl §")
"""Lower-cased, without the last full stop: they go on with the sentence where a number follows."""

SELDOM_LAST = _words(
    "inc corp ltd co bros llc plc cos jr etc a.m p.m u.s u.k u.n e.u d.c u.s.a u.s.s.r l.a n.y ph.d b.c a.d"
    " m.d jan feb apr jun jul aug sept nov tues thu thur thurs ave blvd rd hwy ctr eds assn natl"
    " intl govt usw uvm ee.uu uu itd itp г гг вв р рр тис тыс млн млрд трлн руб грн долл дол коп кв т.д т.п т.н"
    " н.э км кг"
)
"""Lower-cased, without the last full stop: they end a sentence only before a word that begins many."""

SELDOM_LAST_CAPITAL = _words(
    "Mar Sep Oct Dec Mon Tue Wed Fri Sat Sun Univ Sq Ariz Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md"
    " Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que"
)
"""The same, but only as they stand here."""

OPENERS = _words(
    "the a an this that these those he she it they we i you his her its their our my your who what when"
    " where why how there here in on at by for from with as if but and or so yet after before while although"
    " though since because however meanwhile still also then now later earlier last next no not nor one two some"
    " many most all both each every such under over during despite according asked speaking"
    " der die das ein eine er sie es wir ich in im am auf aber und nach"
    " le la les un une il elle ils elles nous je on ce cette mais et dans en après selon"
    " el los las una él ella ellos pero y según o os ele ela eles mas e no na lo gli ma secondo"
    " він вона воно вони ми я це цей ця але та і й у в на за після однак також как он она они мы это этот"
    " но и с по после однако также"
)
"""Lower-cased words that begin many sentences and seldom follow an abbreviation as a name does."""

SAYING = _words(
    "said says say asked asks ask told tells wrote writes added adds replied replies shouted cried wondered"
    " demanded exclaimed inquired quipped joked tweeted continued recalled answered insisted responded declared"
    " urged warned"
)
"""After a question in quotation marks, the words that go on with its sentence: ``"Why?" Smith asked.``"""

MONTHS = _words(
    "january february march april may june july august september october november december"
    " januar februar märz april mai juni juli august september oktober november dezember jänner"
    " janvier février mars avril juin juillet août septembre octobre novembre décembre"
)
"""Lower-cased: after a number with a full stop, as in ``am 3. Oktober``, they go on with the sentence."""
