"""Own word lists for the rewritten articles: verbs of saying, roles, questions, invented names."""

from __future__ import annotations

import random

_PLAIN = """
said added noted stressed emphasized emphasised underlined explained stated declared wrote recalled
concluded warned announced remarked confirmed insisted argued replied admitted specified continued
says notes believes reported claimed commented affirmed reiterated observed clarified complained
promised
""".split()
_LONG = (
    "told reporters",
    "pointed out",
    "assured reporters",
    "summed up",
    "is convinced",
    "said in a statement",
    "wrote on Telegram",
    "said at a briefing",
    "told parliament",
    "said in an interview",
    "posted on X",
    "told journalists",
    "said on Tuesday",
    "said by phone",
    "was quoted as saying",
    "told the agency",
    "wrote on social media",
    "said on the sidelines of the summit",
)
SAY_VERBS = (*_PLAIN, *_PLAIN, *_LONG)

ROLE_SOURCES = (
    "the president",
    "the prime minister",
    "the minister",
    "the foreign minister",
    "the head of state",
    "the spokesman",
    "the spokeswoman",
    "the ministry",
    "the official",
    "the diplomat",
    "the politician",
    "the general",
    "the source",
    "a senior official",
    "the head of the delegation",
    "the chairwoman of the committee",
    "the press service",
    "the mayor",
    "the governor",
    "the expert",
    "an official briefed on the talks",
    "the foreign ministry",
    "a spokesman for the ministry",
    "the commander",
    "the chancellor",
    "the envoy",
    "the analyst",
    "the director of the agency",
    "the opposition leader",
    "one of the negotiators",
    "the deputy minister",
)

QUESTIONS = (
    "Why did you decide to do it?",
    "What do you expect from the meeting?",
    "How do you see the future of the region?",
    "Was it difficult?",
    "What would you say to your critics?",
    "When did you first hear about it?",
    "Do you regret it?",
    "What has changed since then?",
    "Can you tell us more about that?",
    "How did it start?",
    "What are the main obstacles?",
    "Is there a chance of an agreement?",
    "What role should other countries play?",
    "And what about the money?",
    "How did the public react?",
    "Do you think the law should be changed?",
    "What was the hardest part?",
    "Who is to blame?",
    "What is your answer to those who say it came too late?",
    "Where do you see yourself in five years?",
    "So what happens now?",
    "You have said before that it was a mistake. Do you still think so?",
    "What does this mean for ordinary people?",
    "Many people were surprised by the decision. Were you?",
    "Could you describe your work?",
    "How important is trust?",
)

_HEADS = """
Hal Vel Kor Mar Tar Ber Lu Sa Ren Dra Ze Os Pav Kri Jan Mi Ol Vic Ten Bar Nor Gal Iv Yar Sten Fal
Hod Lin Ruz Cas El Am Or Kas Du Tol Bel Ros
""".split()
_MIDDLES = """
a e i o u an en ov ar el in or as ek il am us ia
""".split()
_TAILS = """
vek mora novsky ski ova enko sen berg ić ez man to ria dis lund vich kov ner ta co tti rin dal son
ska eva yan oğlu ő la ard
""".split()
_FIRST = """
Anna Petr Maria Jan Olena Viktor Elena Ivo Katarina Mehmet Sofia Lars Ingrid Tomas Irina Yusuf Pavlo
Marta Henrik Lucia Omar Nadia Bruno Clara Emil Rosa Dmitri Ana Luis Chen Aiko Fatima Georg Ilse Miro
Zdena Andriy Ondrej Kwame Leila Ravi Sunita John Mary
""".split()

_TITLES = ("President", "Minister", "Mr", "Ms", "Prime Minister", "General", "Foreign Minister", "Dr")


def invented_name(rng: random.Random) -> str:
    """A name of a person, one to three words, that nobody bears."""
    last = rng.choice(_HEADS) + rng.choice(_MIDDLES) * rng.randint(0, 1) + rng.choice(_TAILS)
    roll = rng.random()
    if roll < 0.45:
        return f"{rng.choice(_FIRST)} {last}"
    if roll < 0.6:
        return f"{rng.choice(_TITLES)} {last}"
    return last
