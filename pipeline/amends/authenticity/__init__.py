"""Authenticity: a careful word on whether Amazon sent a notice, with the signs it rests on.

Source of the signs: domain.md 3.5 and 3.6 [V:A39a,A39c,A39d]. Nothing is opened or looked up: only the mail is read.
"""

from __future__ import annotations

from amends.authenticity.asks import Flat
from amends.authenticity.links import link_signs
from amends.authenticity.senders import sender_signs
from amends.authenticity.wording import own_way, wording_signs
from amends.schemas import Authenticity, Notice, Sign
from amends.vocabulary import AuthenticityVerdict

__all__ = ["judge"]

_COMPARE = (
    "Look whether the same message stands in Seller Central under Performance > Performance Notifications; "
    "type the address yourself and open no link of the mail."
)
_REPORT = "If it is not there, do not answer; forward the mail as an attachment to stop-spoofing@amazon.com."
#: Signs beside which a text without sender may still be called likely genuine by where it sends its reader.
_HARMLESS = frozenset({"no_sender", "no_particulars", "no_appeal_path", "urgency"})
_ADVICE: dict[AuthenticityVerdict, str] = {
    "likely_genuine": f"Nothing speaks against Amazon as the sender, but headers and texts can be forged. {_COMPARE}",
    "suspicious": f"There are signs that this mail is not from Amazon. {_COMPARE} {_REPORT} Give no password or code.",
    "unknown": f"The text alone does not show who sent it. {_COMPARE} {_REPORT}",
}


def judge(notice: Notice) -> Authenticity:
    """Return `suspicious` on one strong sign, else `likely_genuine` if the sender is Amazon's, else `unknown`.

    A text without sender is `likely_genuine` if all it wants is to be done inside Seller Central.
    Weak signs are listed with `speaks="unknown"` and never decide.
    """
    flat = Flat(notice.text)
    signs = (*sender_signs(notice), *link_signs(notice, flat), *wording_signs(flat))
    if notice.sender is None and all(s.id in _HARMLESS for s in signs) and (way := own_way(flat)):
        signs = (*signs, way)
    verdict = _verdict(signs)
    return Authenticity(verdict=verdict, signs=signs, advice=_ADVICE[verdict])


def _verdict(signs: tuple[Sign, ...]) -> AuthenticityVerdict:
    seen = {s.speaks for s in signs}
    if "suspicious" in seen:
        return "suspicious"
    return "likely_genuine" if "likely_genuine" in seen else "unknown"
