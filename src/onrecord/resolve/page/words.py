"""Which words tell what kind of source a mention names? The word lists of the resolution, English.

All lower case. The lists are the project's own.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split(",") if phrase.strip())


HE = _words("he him his himself")
SHE = _words("she her hers herself")
IT = _words("it its itself")
THEY = _words("they them their theirs themselves")
I = _words("i me my mine myself")  # noqa: E741
WE = _words("we us our ours ourselves")
YOU = _words("you your yours yourself yourselves")
RELATIVE = _words("who whom whose which that")
PRONOUNS = HE | SHE | IT | THEY | I | WE | YOU | _words("who whom which")
POSSESSIVES = _words("his her its their my our your whose")
DETERMINERS = _words("the a an this that these those some any each every no all both another one neither either")
INDEFINITE = _words("a an some any another certain several many most few various numerous other others unnamed one")

MALE_TITLES = _words("mr mister sir lord herr monsieur senor señor signor pan father fr king prince sheikh")
FEMALE_TITLES = _words(
    "mrs ms miss madam madame mme mlle dame lady frau senora señora signora pani sister queen princess baroness"
)
TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | _words(
        "mx dr doctor prof professor rev reverend revd hon rt sen sens senator senators rep reps representative"
        " congressman congresswoman gov govs governor lt col maj gen capt cmdr sgt cpl pvt adm brig supt insp amb"
        " ambassador st judge justice president premier chancellor minister secretary mayor general colonel major"
        " captain lieutenant sergeant admiral commander commissioner inspector sheriff officer detective pope"
        " cardinal bishop archbishop rabbi imam ayatollah emir sultan emperor count baron duke speaker chairman"
        " chairwoman chief coach attorney counsel mp qc kc esq deputy vice retired former"
    )
)
"""Words that stand right before a person's name without a comma."""

MALE_WORDS = _words(
    "man men boy father brother son husband uncle nephew grandfather grandson widower gentleman spokesman chairman"
    " congressman policeman businessman fisherman salesman statesman clergyman king prince duke lord actor waiter"
    " monk priest pope imam rabbi cardinal bishop archbishop sheikh emperor councilman alderman ombudsman"
    " assemblyman anchorman cameraman gunman"
)
FEMALE_WORDS = _words(
    "woman women girl mother sister daughter wife aunt niece grandmother granddaughter widow lady spokeswoman"
    " chairwoman congresswoman policewoman businesswoman saleswoman stateswoman queen princess duchess actress"
    " waitress nun ombudswoman heiress councilwoman assemblywoman anchorwoman camerawoman mum mom"
)

RELATIVES = _words(
    "wife husband mother father son daughter brother sister uncle aunt nephew niece cousin parents parent widow"
    " widower grandfather grandmother grandson granddaughter family mum dad mom girlfriend boyfriend partner"
    " fiance fiancee stepfather stepmother child children friend friends neighbour neighbor"
)

OFFICES = _words(
    "president premier chancellor minister secretary mayor governor king queen prince princess emperor emir sultan"
    " pope monarch leader ruler head chief chairman chairwoman chairperson chair co-chair co-leader speaker"
    " ambassador envoy consul senator congressman congresswoman lawmaker legislator deputy councillor councilman"
    " councilwoman commissioner director director-general general colonel major captain lieutenant sergeant"
    " admiral commander sheriff judge justice prosecutor attorney ombudsman ombudswoman undersecretary"
    " under-secretary spokesman spokeswoman spokesperson representative delegate negotiator diplomat politician"
    " statesman official treasurer ceo cfo coo cto founder co-founder owner boss manager executive entrepreneur"
    " vice-president pm mp mep president-elect nominee candidate incumbent whip superintendent inspector marshal"
    " rapporteur underwriter strongman dictator autocrat vice-chancellor provost dean rector principal"
    " taoiseach premier-designate kingmaker mediator chairmen bishop archbishop cardinal rabbi imam ayatollah"
    " governor-general attorney-general secretary-general solicitor-general controller auditor comptroller"
)
"""Heads of roles by which an office is held."""

PROFESSIONS = _words(
    "actor actress activist adviser advisor agent aide analyst anchor architect artist assistant astronaut athlete"
    " author coauthor co-author banker biologist blogger boxer broker builder businessman businesswoman campaigner"
    " carpenter chef chemist clerk coach colleague columnist comedian composer conductor consultant contractor"
    " correspondent counsel counterpart critic curator cyclist dancer dealer defender dentist designer"
    " detective developer director doctor driver economist editor educator engineer epidemiologist expert"
    " ex-president farmer fighter filmmaker firefighter fisherman forecaster general geologist grower guard guide"
    " guitarist"
    " historian host hunter illustrator instructor insurer interpreter investigator investor journalist lawyer"
    " lecturer librarian linguist lobbyist maker magistrate mathematician mechanic medic merchant meteorologist"
    " midwife miner moderator monk musician naturalist neighbour neighbor neuroscientist novelist nurse nun"
    " officer operator organiser organizer painter paramedic pastor patient peacekeeper pediatrician performer"
    " pharmacist philosopher photographer physician physicist pilot planner player poet policeman policewoman"
    " pollster preacher prefect presenter priest producer professor programmer promoter prosecutor protester"
    " psychiatrist psychologist publicist publisher pupil rabbi racer ranger reader reporter researcher resident"
    " reviewer rival robber runner sailor scholar scientist screenwriter scriptwriter sculptor seismologist"
    " shepherd shopkeeper singer skipper sociologist soldier specialist spectator spy staffer statistician"
    " strategist striker student supervisor supporter surgeon surrogate surveyor survivor swimmer teacher"
    " technician telegraphist theologian therapist trader trainer translator traveller traveler trucker tutor"
    " user vendor veteran veterinarian victim viewer villager volunteer voter warden winner witness woman man"
    " boy girl worker writer youth person citizen local teenager pensioner passenger passer-by bystander employee"
    " employer customer shopper homeowner tenant landlord rider motorist cleric mullah member prisoner inmate"
    " defendant plaintiff suspect accused hostage captive refugee migrant settler pilgrim parishioner believer"
    " atheist scientologist ex-minister newcomer veteran freshman retiree homeopath barrister solicitor"
    " gunman attacker militant insurgent rebel fugitive deserter smuggler informant insider interlocutor source"
    " whistleblower whistle-blower intermediary go-between organist goalkeeper captain batsman bowler referee"
    " umpire midfielder quarterback pitcher mentor father mother"
)
ROLE_HEADS = OFFICES | PROFESSIONS | RELATIVES | MALE_WORDS | FEMALE_WORDS

SPOKES = _words("spokesman spokeswoman spokesperson spokespeople spokesmen spokespersons spokeswomen")
"""Heads of those who speak for another."""

LEADS_STATE = _phrases(
    "president, prime minister, premier, chancellor, head of state, king, queen, emperor, emir, sultan, monarch,"
    "taoiseach, foreign minister, minister of foreign affairs, defence minister, defense minister, foreign secretary"
)
"""Roles whose holders say "we" for their state."""

ALIKE: tuple[frozenset[str], ...] = (
    _phrases("president, head of state, state leader, strongman, leader"),
    _phrases("prime minister, premier, pm, head of government, chancellor, taoiseach, leader"),
    _phrases(
        "foreign minister, minister of foreign affairs, minister for foreign affairs, foreign secretary,"
        "top diplomat, chief diplomat, diplomat, head of diplomatic department, head of diplomacy,"
        "head of foreign ministry"
    ),
    _phrases(
        "defence minister, defense minister, minister of defence, minister of defense, head of the defence ministry"
    ),
    _phrases("senator, sen, sens, lawmaker, legislator, politician"),
    _phrases("congressman, congresswoman, rep, reps, representative, lawmaker, legislator, politician"),
    _phrases("deputy, mp, mep, lawmaker, legislator, parliamentarian, politician"),
    _phrases("minister, secretary, politician"),
    _phrases("spokesman, spokeswoman, spokesperson, press secretary, official representative"),
    _phrases("ambassador, envoy, diplomat, consul, official representative"),
    _phrases("ceo, chief executive, chief executive officer, boss, executive"),
    _phrases("chairman, chairwoman, chairperson, chair, head"),
    _phrases("mayor, city leader, politician"),
    _phrases("governor, gov, politician"),
    _phrases("general, gen, lt gen, soldier, officer, commander"),
    _phrases("professor, prof, academic, scientist, researcher, scholar, lecturer"),
    _phrases("doctor, dr, physician, medic"),
    _phrases("lawyer, attorney, counsel, barrister, solicitor"),
    _phrases("prosecutor, crown prosecutor, attorney"),
    _phrases("party leader, leader, chairman, chair, head"),
    _phrases("secretary general, secretary-general, general secretary, chief, head"),
    _phrases("nominee, candidate, contender, politician"),
)
"""Titles that can name the same office; a role mention may use any other of its row."""

BODY_HEADS = _words(
    "ministry department office government administration cabinet parliament congress senate house chamber council"
    " commission committee court tribunal agency authority bureau board bank fund institute institution university"
    " college school academy hospital centre center museum church party alliance union association federation"
    " confederation organisation organization foundation society league club team group company corporation corp"
    " inc ltd llc plc firm bureau police army navy force forces guard staff command service services mission"
    " delegation embassy consulate presidency chancellery secretariat municipality city town county region state"
    " republic kingdom federation bloc coalition opposition movement front list panel campaign network headquarters"
    " industries motors airlines airways exchange trust charity ngo mutual holdings partners brothers systems"
    " technologies pact treaty nations assembly duma rada knesset bundestag majilis seimas sejm diet"
    " gallery program programme project pentagon kremlin directorate registry inspectorate"
    " side junta regime politburo militia brigade battalion crown monarchy palace treasury observatory laboratory"
    " lab consortium syndicate conference brokerage insurer airline manufacturer maker retailer operator"
    " employer publisher supplier utility carrier automaker carmaker startup start-up band"
    " orchestra choir festival crew patrol"
    " congregation diocese vatican synod mosque synagogue temple tribe community dept corps legion squad unit"
)
"""Heads of names and noun phrases that mean a body."""

OUTLET_HEADS = _words(
    "newspaper paper magazine daily weekly tabloid broadsheet channel broadcaster station website site portal blog"
    " outlet publication journal radio television tv news newswire wire times post herald tribune gazette courier"
    " review chronicle observer telegraph guardian mail express mirror sun star journal bulletin dispatch echo"
    " press media broadcast podcast programme show edition periodical network today"
)
OUTLET_NOUNS = _words(
    "newspaper paper magazine daily weekly tabloid broadsheet channel broadcaster station website portal blog outlet"
    " publication newswire periodical tv television radio"
)
"""Common nouns that mean an outlet ("the station")."""
OUTLET_NAME_ENDS = _words(
    "times post herald tribune gazette courier chronicle telegraph guardian express journal bulletin radio tv"
    " television news today gazeta zeitung magazine newspaper weekly daily reports"
)
"""Last words of the names of many outlets."""

DOCUMENT_HEADS = _words(
    "report reports study studies statement survey surveys poll polls document documents data figures statistics"
    " letter letters note notes memo memorandum agreement agreements settlement contract treaty filing filings"
    " lawsuit suit suits complaint indictment affidavit ruling decree communique communiqué release transcript"
    " recording recordings email emails post tweet article articles essay book books paper papers account accounts"
    " results findings analysis analyses index adage proverb law bill constitution charter resolution manifesto"
    " press-release leaflet brochure website records research estimates forecast forecasts assessment minutes"
    " plan draft text evidence testimony declaration order guidelines rules policy journals leak leaks cable cables"
    " information dossier video footage message messages advertisement sign notice calculations"
)

GROUP_HEADS = _words(
    "critics people officials sources experts analysts observers scientists researchers economists investors"
    " protesters residents witnesses voters supporters opponents lawmakers ministers diplomats leaders reporters"
    " journalists others authorities media relatives activists doctors lawyers fans users customers consumers"
    " soldiers troops guards rebels militants terrorists politicians democrats republicans members allies parties"
    " sides partners companies firms countries nations states governments municipalities insurers owners traders"
    " families parents students teachers workers employees staff police representatives authors coauthors"
    " historians commentators insiders neighbours neighbors locals villagers citizens immigrants refugees women men"
    " children conservatives liberals socialists communists greens nationalists majority minority public crowd"
    " everyone everybody anyone somebody someone nobody many some most few several both all either neither none"
    " those colleagues associates aides advisers advisors spokespeople spokesmen prosecutors investigators"
    " negotiators delegates envoys generals commanders officers bankers farmers growers shareholders"
    " organisations organizations associations groups unions agencies courts schools churches banks newspapers"
    " outlets broadcasters team"
)
"""Heads that mean several people or bodies at once."""

ANONYMOUS_HEADS = _words(
    "source sources interlocutor interlocutors person official diplomat insider aide informant whistleblower"
)
"""Heads of the classic unnamed source."""

ANONYMOUS_MARKS = _phrases(
    "anonymity, not be identified, not to be identified, not be named, not to be named, unnamed, unidentified,"
    "anonymous, familiar with, knowledge of, briefed on, close to the, not authorised, not authorized, privately,"
    "declined to be named, who asked"
)
"""Words inside or beside a mention that show that its anonymity is meant."""

NUMBERS = _words("one two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands")
ORDINALS = _words("first second third fourth fifth sixth other another latter former last")
EVERYBODY = _words("everyone everybody anyone anybody someone somebody nobody none")

SAYING = _words(
    "said says say saying told tells tell wrote writes write added adds adding stated states stating announced"
    " announces claimed claims claim claiming argued argues insisted insists warned warns denied denies deny"
    " confirmed confirms reported reports declared declares noted notes noting stressed stresses emphasized"
    " emphasised believes believed thinks thought asked asks replied replies responded responds called calls"
    " demanded demands rejected rejects accused accuses promised promises vowed vows threatened threatens urged"
    " urges acknowledged acknowledges admitted admits agreed agrees declined declines refused refuses predicted"
    " predicts expects expected wants wanted suggested suggests explained explains recalled recalls pointed"
    " tweeted posted quipped joked remarked observed observes concluded concludes estimated estimates proposed"
    " proposes offered offers described describes criticised criticized praised welcomed condemned dismissed"
    " dismisses maintains maintained contends contended considers considered reiterated reiterates underscored"
    " reminded assured summed informed commented continued cautioned conceded concedes disputes disputed doubts"
    " hopes hoped fears feared plans planned intends intended decided ruled voted found finds shows showed"
    " revealed reveals listed recommends recommended notes assesses citing according did does has had was is will"
    " would could"
)
"""Words that follow a subject who speaks."""

PLACE_PREPOSITIONS = _words("in at near from to through across inside outside around towards toward into via")

CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december jan feb mar apr jun jul aug sep sept oct nov dec easter christmas"
    " ramadan am pm gmt"
)

MONTH_NAMES = _words("april may june august jan")
"""Months that are given names too."""

PARTICLES = _words(
    "de del della di da dos das du van von der den ter ten bin ibn ben al el la le las los y zu zum af av bint abu"
)
"""Words within a person's name that keep a small letter."""

OPENERS = _words(
    "the a an this that these those he she it they we i you his her its their our my your who what when where why"
    " how there here in on at by for from with as if but and or so yet after before while although though since"
    " because however meanwhile still also then now later earlier last next no not nor yes both each every either"
    " neither all any some many most few several such under over during despite according asked speaking even"
    " once until unless whether whereas among between instead indeed perhaps maybe only just almost about around"
    " of to up out off than too very more less much other another one two three four five six seven eight nine ten"
    " let do does did is are was were be been has have had can could will would shall should may might must"
    " following including regarding concerning asking answering citing quoting commenting looking given never"
    " nobody nothing everyone everything today yesterday tomorrow tonight please thanks thank sure well okay ok oh"
)
"""Words that begin a sentence with a capital and are no name for that."""

PARTY_WORDS = _words(
    "democrat democrats republican republicans democratic labour labor tory tories conservative green greens"
)

SIDES = _words("side people camp aides team allies supporters lawyers staff family")
"""Heads of groups around a named person or body ("the Delvian side", "Tuma's people")."""

ORGAN_HEADS = _words(
    "ministry department government administration cabinet parliament congress senate council commission committee"
    " court agency authority board bank police army navy force forces guard staff service mission embassy consulate"
    " secretariat presidency prosecutor's prosecution assembly guards intelligence office centre center command"
    " legislature judiciary treasury authorities side regime leadership delegation directorate inspectorate"
)
"""Heads of the names of organs that many states or places have."""
ORGAN_WORDS = ORGAN_HEADS | _words(
    "foreign defense defence interior internal external home affairs finance justice health education energy trade"
    " transport culture economy environment agriculture labour labor infrastructure security national general border"
    " coast state central supreme constitutional high federal regional electoral election central military civil air"
    " space secret coordination crisis emergency situations armed of for and the public human rights public legal"
    " social development sports tourism information communications digital industry science upper lower house border"
    " customs tax"
)
"""Words that such names are made of."""
OF_STATES = _words("ministry government parliament army navy staff forces guard presidency council cabinet court")
"""Heads of organs that, without more, are those of the state that is spoken of."""
STATE_HEADS = _words("government authorities administration regime side leadership cabinet")
"""Organs that stand for the state itself."""
PLAIN_BODIES = _words(
    "organisation organization group company firm agency body party club team institution network charity corporation"
    " bank university school church hospital city town municipality council government bloc alliance union pact"
    " mission movement campaign association foundation body panel board program programme project"
)
"""Common nouns that take up a body named before ("the company")."""
STATE_BODIES = STATE_HEADS | _phrases("central government, federal government, national government, state government")

OFFICIAL_HEADS = _words(
    "official officials authorities representative representatives spokesperson spokesman spokeswoman spokespeople"
    " source sources leaders leadership executives managers staff administrators investigators prosecutors negotiators"
    " delegates commanders"
)
"""Heads of those who speak for a body that the text may name beside them."""
PARTIES = {"democrats": "Democratic Party", "republicans": "Republican Party", "tories": "Conservative Party"}
"""Parties that the text names by their members."""
PARTY_OF = {"democratic": "Democratic Party", "republican": "Republican Party"}
"""Parties by their adjective, before "leaders" and the like."""
ROLE_OF_TITLE = {
    "sen": "senator", "sens": "senator", "rep": "representative", "reps": "representative", "gov": "governor",
    "gen": "general", "col": "colonel", "maj": "major", "capt": "captain", "cmdr": "commander", "sgt": "sergeant",
    "lt": "lieutenant", "adm": "admiral", "prof": "professor", "dr": "doctor", "rev": "reverend", "amb": "ambassador",
    "pm": "prime minister", "st": "saint",
}  # fmt: skip
"""Titles before a name, spelt out."""

STATE_ABBREVIATIONS = {
    "US": "United States", "USA": "United States", "UK": "United Kingdom", "UN": "United Nations",
    "EU": "European Union",
}  # fmt: skip
"""States and unions that names of bodies shorten, without full stops."""
