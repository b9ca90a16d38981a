"""Signs in the head of a mail: who it says it is from, where answers go, and what the receiving server checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.authenticity.domains import domains, within
from amends.authenticity.hosts import host_of, imitates_amazon
from amends.regex import regex
from amends.schemas import Notice, Sign

_ADDRESS = regex(r"([\w.!#$%&'*+/=?^`{|}~-]{1,200})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
_ROLE = regex(
    r"seller.?(?:performance|central|support|help|service|notice|notification|verification|security)"
    r"|account.?health"
    r"|amazon.{0,20}(?:team|support|performance|service|security|central|notice|notif|verif|account|payment"
    r"|alert|appeal)"
    r"|(?:team|support|service|security|notice|verif\w*|alert|appeal\w*).{0,3}amazon"
    r"|^\W*amazon(?:\.\w{2,3}){0,2}\W*$"
    r"|卖家绩效|亚马逊.{0,6}(?:绩效|团队|支持|客服|安全|审核)|アマゾン.{0,6}(?:サポート|チーム)|verk(?:ä"
    r"|ae)ufer.?performance",
    re.I,
)
_OFFICE = regex(
    r"^(?:no.?reply|do.?not.?reply|notice|notifications?|support|security|service|account|verif|appeal|alert)", re.I
)
_FORWARD = regex(r"^\s*(?:fwd?|wg|tr|rv|i|转发|轉寄|转)\s?[:：]", re.I)
_PRETENDS = regex(
    r"(?:your|ihr|您的).{0,40}(?:account|konto|账户|账号|listings?).{0,60}(?:deactivated|suspended|limited"
    r"|restricted|on hold|locked"
    r"|closed|under review|gesperrt|deaktiviert|停用|冻结|暂停|限制)",
    re.I | re.S,
)
_BRAND = regex(r"amazon|亚马逊|アマゾン", re.I)
_RESULT = regex(r"\b(dmarc|dkim|spf)\s?=\s?(pass|fail|softfail|none|neutral|permerror|temperror)\b([^;]{0,300})", re.I)
#: Rewritten return paths of forwarding servers (SRS, Gmail's automatic forwarding).
_FORWARDED_PATH = regex(r"\+caf_=|^srs[01][=+-]|^bounces?\+srs", re.I)


def sender_signs(notice: Notice) -> tuple[Sign, ...]:
    """Return the signs of From, Reply-To, Return-Path and Authentication-Results."""
    address = _address(notice.sender)
    if address is None:
        return (Sign(id="no_sender", speaks="unknown", detail="The text has no sender's address to check."),)
    host = address[1]
    own = domains().is_amazon(host) and not domains().carries_buyer_messages(host)
    signs = [_of_sender(notice, *address)]
    if own:
        signs += _of_amazon_mail(notice)
    return tuple(signs)


def _of_sender(notice: Notice, local: str, host: str) -> Sign:
    quote = notice.sender
    if domains().carries_buyer_messages(host):
        detail = f"Mail from {host} is written by buyers, not by Amazon."
        return Sign(id="sender_buyer_message", speaks="unknown", detail=detail, quote=quote)
    if domains().is_amazon(host):
        detail = f"The sender's domain {host} is one of Amazon's."
        return Sign(id="sender_amazon", speaks="likely_genuine", detail=detail, quote=quote)
    if imitates_amazon(host):
        detail = f"The sender's domain {host} is made to look like Amazon's, but is not on Amazon's list."
        return Sign(id="sender_lookalike", speaks="suspicious", detail=detail, quote=quote)
    if _pretends(notice, local, host):
        detail = f"The mail presents itself as Amazon's, but its sender's domain {host} is not."
        return Sign(id="sender_foreign", speaks="suspicious", detail=detail, quote=quote)
    detail = f"The sender's domain {host} is not Amazon's; it may be the person who passed the notice on."
    return Sign(id="sender_not_amazon", speaks="unknown", detail=detail, quote=quote)


def _pretends(notice: Notice, local: str, host: str) -> bool:
    """True if a foreign sender poses as Amazon; false for a person who forwards a notice."""
    sender = notice.sender or ""
    name = sender.split("<")[0]
    shown = _ADDRESS.search(name) if "<" in sender else None
    if shown and domains().is_amazon(shown[2].lower()):
        return True
    if _FORWARD.match(notice.subject or ""):
        return False
    if _ROLE.search(name if "<" in sender else "") or _ROLE.search(local.replace(".", "-")):
        return True
    opening = f"{notice.subject or ''} {notice.text[:3000]}"
    if within(host, domains().mailboxes) and not _OFFICE.match(local):
        return False
    return bool(_BRAND.search(opening) and _PRETENDS.search(opening))


def _of_amazon_mail(notice: Notice) -> Iterator[Sign]:
    """Signs that a mail under Amazon's name does not come from Amazon, or that a server confirmed it."""
    results = _results(notice)
    confirmed = _confirmed(results)
    reply = _address(notice.reply_to)
    if reply and not domains().is_amazon(reply[1]):
        detail = f"Answers would go to {reply[1]}, which is not Amazon's."
        yield Sign(id="reply_to_foreign", speaks="suspicious", detail=detail, quote=notice.reply_to)
    path = _address(notice.headers.get("Return-Path"))
    if path and not confirmed and _foreign_path(*path):
        detail = f"The mail was sent from {path[1]} (Return-Path), which is not Amazon's."
        yield Sign(id="return_path_foreign", speaks="suspicious", detail=detail, quote=notice.headers["Return-Path"])
    yield from _of_results(results, confirmed)


def _foreign_path(local: str, host: str) -> bool:
    if domains().is_amazon(host) or within(host, (*domains().rented, *domains().mailboxes)):
        return False
    return not _FORWARDED_PATH.search(local)


def _results(notice: Notice) -> dict[str, tuple[str, str]]:
    """Return method -> (result, properties) of the topmost header, which the receiving server wrote."""
    header = notice.headers.get("Authentication-Results") or notice.headers.get("ARC-Authentication-Results") or ""
    results: dict[str, tuple[str, str]] = {}
    for method, result, rest in _RESULT.findall(header.split("\n")[0]):
        if results.get(method.lower(), ("", ""))[0] != "pass":
            results[method.lower()] = (result.lower(), rest.lower())
    return results


def _confirmed(results: dict[str, tuple[str, str]]) -> bool:
    """True if DMARC passed, or DKIM passed for a domain of Amazon's."""
    if "dmarc" in results:
        return results["dmarc"][0] == "pass"
    result, rest = results.get("dkim", ("", ""))
    signer = re.search(r"header\.(?:d|i)\s?=\s?@?([\w.-]{3,200})", rest)
    return result == "pass" and signer is not None and domains().is_amazon(signer[1])


def _of_results(results: dict[str, tuple[str, str]], confirmed: bool) -> Iterator[Sign]:
    said = ", ".join(f"{method}={result}" for method, (result, _) in results.items())
    if not results:
        return
    if confirmed:
        detail = "The receiving server confirmed that the mail comes from Amazon's domain."
        yield Sign(id="authentication_passed", speaks="likely_genuine", detail=detail, quote=said)
        return
    states = {method: result for method, (result, _) in results.items()}
    both = states.get("spf") in ("fail", "softfail") and states.get("dkim") in ("fail", "none", None)
    if states.get("dmarc") == "fail" or ("dmarc" not in states and both):
        detail = "The receiving server could not confirm that the mail comes from the domain it names."
        yield Sign(id="authentication_failed", speaks="suspicious", detail=detail, quote=said)
    else:
        detail = "The receiving server's checks neither confirm nor refute the sender."
        yield Sign(id="authentication_unclear", speaks="unknown", detail=detail, quote=said)


def _address(field: str | None) -> tuple[str, str] | None:
    """Return local part and host of the address in `field`: the one in angle brackets, else the last."""
    if not field:
        return None
    in_brackets = field.rsplit("<", 1)[-1] if "<" in field else field
    found = list(_ADDRESS.finditer(in_brackets[:1000])) or list(_ADDRESS.finditer(field[:1000]))
    return (found[-1][1].lower(), host_of("mailto:" + found[-1][2])) if found else None
