"""Which language a text is in: by its script, and by a vote of small words for the Latin script."""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 20_000
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
_OF_ADDRESSES = ("://", "@", "www.")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to your you we is in for that this have has been with are not from on our it please be may",
        "de": "der die das und ist nicht sie ihr ihre ihren wir haben wurde wurden für mit auf von zu den dem ein eine"
        " werden bitte dass oder bei sind im",
        "fr": "le la les des et vous votre vos nous est une dans pour que qui sur avez avons pas été sont ce du au"
        " veuillez",
        "it": "il lo gli della delle dei che è un una per con non sono nel nella suo vostro ha abbiamo stato di"
        " questo tuo alla dal",
        "es": "el los las una que su sus hemos ha para con por no del se es en y cuenta está sido nuestro usted al"
        " como le",
        "nl": "het een van en niet uw wij zijn voor met aan dat op te is u deze worden hebben bij werd om de",
        "pl": "nie się na jest oraz konto do w z że został zostało twoje twojego dla od przez lub aby prosimy",
        "sv": "och att är inte ditt din för med har vi som på av det en ett du konto kan från till",
        "pt": "o os não uma você sua seu que para com por foi do da dos das em conta nós são é à ao",
        "tr": "ve bir bu için ile hesabınız olarak da de lütfen değil satıcı veya daha size sizin",
    }.items()
}


def language(text: str) -> str:
    """Return the ISO 639-1 code of the language that most of `text` is in; `en` when nothing tells."""
    words = text[:_SAMPLE].split()
    sample = " ".join(w for w in words if not any(mark in w for mark in _OF_ADDRESSES))
    votes = _latin_votes(sample)
    best = max(votes, key=lambda code: votes[code])
    latin_words = len(_WORD.findall(sample))
    han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    # A word of Chinese is about two characters; names, ASINs and policy titles stay in Latin letters.
    if (han + kana) / 2 > max(2 * votes[best], 2, latin_words / 10):
        return "ja" if kana > 0.1 * (han + kana) else "zh"
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) / 5 > max(2 * votes[best], 2):
            return code
    return best if votes[best] > 0 else "en"


def _latin_votes(sample: str) -> dict[str, int]:
    counted = Counter(_WORD.findall(sample.lower()))
    return {code: sum(counted[w] for w in small if w in counted) for code, small in _SMALL_WORDS.items()}
