"""Which statements of many documents bear on which issue?"""

from onrecord.issues.ask import ask
from onrecord.issues.corpus import Corpus
from onrecord.issues.find import Cluster, find
from onrecord.issues.question import Question, parse

__all__ = ["Cluster", "Corpus", "Question", "ask", "find", "parse"]
