"""Papers that a notice speaks of as sent before: "the invoice that you sent could not be verified" asks for none."""

from __future__ import annotations

from amends.extract.cues import Span as Place
from amends.regex import regex

#: "You sent us the", and the paper follows.
_BEFORE = regex(
    r"\b(?:you|you've|you have) (?:sent|submitted|provided|gave|uploaded|supplied|handed|replied|answered)"
    r"(?: us| in| with)?(?: the| your| these| some)? $|您.{0,8}(?:提交|提供|上传|发来)的$"
)
#: The paper, and "that you sent" follows.
_AFTER = regex(
    r"\w{0,3}(?: that| which)? you(?:'ve| have)? (?:sent|submitted|provided|gave|uploaded|supplied|handed|attached)\b"
)


def already_sent(text: str, start: int, place: Place) -> bool:
    """Whether the paper named at `place` of the folded text, in the sentence from `start`, has been sent already."""
    before = text[max(start, place[0] - 30) : place[0]]
    return bool(_BEFORE.search(before) or _AFTER.match(text, place[1], place[1] + 40))
