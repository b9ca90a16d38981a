"""Authenticity: strong signs make a mail suspicious, genuine mail never is, and every sign says what it saw."""

from __future__ import annotations

import time

import pytest

from amends.authenticity import judge
from amends.authenticity.domains import domains
from amends.authenticity.hosts import host_of, imitates_amazon, target_of
from amends.schemas import Authenticity, Link, Notice

AMAZON = "Amazon Seller Performance <seller-performance@amazon.com>"
NOTICE = (
    "Hello Norrvik Outdoor,\n\nYour Amazon seller account has been deactivated because of the late shipment"
    " policy.\n"
    "Send a plan of action from the Account Health page in Seller Central within 72 hours, or your account may be\n"
    "permanently closed and your funds held.\n\nASIN: B0C7QX41LM\n\nSeller Performance Team\nAmazon.com"
)


def _judged(text: str = NOTICE, **fields: object) -> Authenticity:
    return judge(Notice.model_validate({"text": text, **fields}))


def _ids(found: Authenticity, speaks: str = "suspicious") -> set[str]:
    return {s.id for s in found.signs if s.speaks == speaks}


GENUINE_SENDERS = [
    AMAZON,
    "notice@amazon.co.uk",
    "verkaeufer-performance@amazon.de",
    "Amazon <no-replies-appeals@amazon.com>",
    "alliance@amazon.co.jp",
    "kyc-drtax-verification@amazon.fr",
    "seller-news@sell.amazon.sg",
    "notice@amazonsellerservices.com",
    "Amazon Global Selling <gs@gs.amazon.cn>",
]


@pytest.mark.parametrize("sender", GENUINE_SENDERS)
def test_a_notice_from_a_domain_of_amazon_is_likely_genuine(sender: str) -> None:
    found = _judged(sender=sender)
    assert found.verdict == "likely_genuine"
    assert "Performance Notifications" in found.advice


GENUINE_TEXTS = {
    "payment": "Hello,\nYour payment is on its way. We sent 1,240.50 USD to your bank account ending in"
    " 114.\nAmazon.com",
    "charge method": (
        "Hello,\nWe could not charge the credit card on your account. Update your credit card information in"
        " Seller Central"
        " under Settings > Account Info > Charge Method within 24 hours, or your listings may be"
        " closed.\nAmazon.com"
    ),
    "bank statement": (
        "To verify your account, submit a bank account statement and a utility bill. Reply to this email if you"
        " have"
        " questions. Provide the valid credit card that is on file in your Seller Central account."
    ),
    "deposit": "Enter your bank account number in Seller Central under Deposit Methods. Do not reply to this email.",
    "warning": "We will never ask you for your password. Do not share your one-time code with anyone, also by email.",
    "warning zh": "请勿向任何人提供您的密码或验证码。亚马逊不会通过邮件要求您回复密码。",
    "warning de": "Bitte teilen Sie Ihr Passwort niemals mit. Amazon fragt nicht per E-Mail danach.",
    "compromised": "Somebody else may have used your account. We have reset your password. Choose a new one at"
    " sign-in.",
    "plan after a break-in": "Provide a plan: how you secured your password. Send it from the Account Health page.",
    "postcard": "We sent a postcard. Enter the verification code from the postcard in Seller Central to confirm"
    " the address.",
    "gift cards": "You may not sell used gift cards. We removed your listing ASIN B0C7QX41LM under the Gift"
    " Cards policy.",
    "outside pages": (
        "See https://www.uspto.gov/trademarks and https://eur-lex.europa.eu/x and confirm at"
        " https://sellercentral-europe.amazon.com/performance/dashboard by 3 December."
    ),
    "survey": "Please complete the interview form at https://amazonfunds.qualtrics.com/jfe/form/SV_1 to confirm"
    " your identity.",
    "rights owner": "Contact the rights owner Vale & Oak at legal@vale-oak.example or see"
    " https://vale-oak.example/brands.",
}


@pytest.mark.parametrize("name", GENUINE_TEXTS)
@pytest.mark.parametrize("sender", [None, AMAZON])
def test_a_genuine_text_is_never_suspicious(name: str, sender: str | None) -> None:
    found = _judged(GENUINE_TEXTS[name], sender=sender)
    assert found.verdict in (("likely_genuine",) if sender else ("likely_genuine", "unknown")), found.signs


@pytest.mark.parametrize(
    "sender", ["Jo <jo@gmail.com>", "小王 <1234567@qq.com>", "lily@163.com", "Jo Norr <jo@norrvik.example>"]
)
def test_the_person_who_passes_a_notice_on_is_no_sign_of_fraud(sender: str) -> None:
    assert _judged(sender=sender, subject="Fwd: Your account").verdict == "unknown"
    assert _judged("Hi, can you help me with this?\n" + NOTICE, sender=sender, subject="WG: Konto").verdict == "unknown"


PRETENDERS = [
    ("Amazon Seller Performance <notice@gmail.com>", "sender_foreign"),
    ("Seller Central <info@secure-mailer.example>", "sender_foreign"),
    ('"seller-performance@amazon.com" <x9@mailbox.example>', "sender_foreign"),
    ("no-reply@account-notices.example", "sender_foreign"),
    ("亚马逊卖家绩效团队 <service@163.com>", "sender_foreign"),
    ("Amazon <notice@amazon-seller-help.com>", "sender_lookalike"),
    ("notice@arnazon.com", "sender_lookalike"),
    ("notice@amaz0n.com", "sender_lookalike"),
    ("notice@amazon.com.verify.example", "sender_lookalike"),
    ("notice@xn--mazon-3ve.com", "sender_lookalike"),
]


@pytest.mark.parametrize(("sender", "sign"), PRETENDERS)
def test_a_foreign_sender_who_poses_as_amazon_is_suspicious(sender: str, sign: str) -> None:
    found = _judged(sender=sender)
    assert found.verdict == "suspicious"
    assert sign in _ids(found)
    assert "stop-spoofing@amazon.com" in found.advice


def test_answers_or_bounces_that_leave_amazon_are_suspicious() -> None:
    assert "reply_to_foreign" in _ids(_judged(sender=AMAZON, reply_to="Case Desk <desk@appeals.example>"))
    assert "return_path_foreign" in _ids(_judged(sender=AMAZON, headers={"Return-Path": "<b@mailer.example>"}))
    for path in ("<1@bounces.amazon.com>", "<2@eu-west-1.amazonses.com>", "<jo+caf_=max=x.example@firm.example>"):
        assert _judged(sender=AMAZON, headers={"Return-Path": path}).verdict == "likely_genuine"
    assert _judged(sender=AMAZON, reply_to="seller-performance@amazon.com").verdict == "likely_genuine"


RESULTS = [
    (
        "mx.example; dkim=pass header.d=amazon.com; spf=pass smtp.mailfrom=x.amazon.com; dmarc=pass",
        "authentication_passed",
        "likely_genuine",
    ),
    ("mx.example; dkim=pass header.i=@amazon.co.uk; spf=softfail", "authentication_passed", "likely_genuine"),
    ("mx.example; spf=fail smtp.mailfrom=x.example; dkim=none; dmarc=fail", "authentication_failed", "suspicious"),
    ("mx.example; spf=fail; dkim=none", "authentication_failed", "suspicious"),
    ("mx.example; spf=fail; dkim=pass header.d=mailer.example; dmarc=fail", "authentication_failed", "suspicious"),
    ("mx.example; spf=neutral", "authentication_unclear", "likely_genuine"),
]


@pytest.mark.parametrize(("header", "sign", "verdict"), RESULTS)
def test_the_receiving_servers_checks_count(header: str, sign: str, verdict: str) -> None:
    found = _judged(sender=AMAZON, headers={"Authentication-Results": header})
    assert found.verdict == verdict
    assert sign in {s.id for s in found.signs}


def test_a_confirmed_mail_may_have_been_rerouted() -> None:
    headers = {"Return-Path": "<x@relay.example>", "Authentication-Results": "mx; dkim=pass header.d=amazon.com"}
    assert _judged(sender=AMAZON, headers=headers).verdict == "likely_genuine"


def test_mail_of_a_buyer_is_not_taken_for_amazons() -> None:
    assert _judged(sender="x7@marketplace.amazon.com").verdict == "unknown"


LINKS = [
    ("https://sellercentral.amazon.com/x", "https://sellercentral.amazon.com.verify-login.example/x", "link_lookalike"),
    ("Account Health", "https://arnazon.com/signin", "link_lookalike"),
    ("Account Health", "http://sellercentral-help.example/", "link_lookalike"),
    ("Account Health", "https://sellercentral.amazon.com@evil.example/login", "link_lookalike"),
    ("https://sellercentral.amazon.com", "https://click.example/abc", "link_mismatch"),
    ("Log in to Seller Central", "https://bit.ly/3xYz", "link_mismatch"),
    ("Log in", "https://bit.ly/3xYz", "link_foreign_login"),
    ("Verify your account", "https://seller-verification.example/", "link_foreign_login"),
    ("(form)", "https://collect.example/post", "form_foreign"),
    ("(form asking for a password)", "", "password_form"),
]


@pytest.mark.parametrize(("text", "href", "sign"), LINKS)
@pytest.mark.parametrize("sender", [None, AMAZON])
def test_a_link_that_deceives_is_suspicious_even_under_amazons_name(
    text: str, href: str, sign: str, sender: str | None
) -> None:
    found = _judged(sender=sender, links=[Link(text=text, href=href)])
    assert sign in _ids(found)
    assert found.verdict == "suspicious"


HARMLESS = [
    ("Account Health", "https://sellercentral.amazon.de/performance"),
    ("amazon.com", "https://www.amazon.com/gp/r.html?u=x"),
    (
        "https://sellercentral.amazon.com",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fsellercentral.amazon.com%2F",
    ),
    (
        "https://sellercentral.amazon.com",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__sellercentral.amazon.com_x&d=1",
    ),
    ("Seller Central", "https://sellercentral-amazon-com.translate.goog/x"),
    ("see", "https://sellercentral.amazon.com.mcas.ms/x"),
    ("policy", "https://www.ftc.gov/x"),
    ("mail us", "mailto:legal@brand.example"),
    ("top", "#top"),
]


@pytest.mark.parametrize(("text", "href"), HARMLESS)
def test_a_link_of_amazon_a_mail_gateway_or_an_office_is_harmless(text: str, href: str) -> None:
    assert _judged(sender=AMAZON, links=[Link(text=text, href=href)]).verdict == "likely_genuine"


def test_a_gateway_does_not_hide_a_trap() -> None:
    href = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Farnazon.com%2Flogin"
    assert "link_lookalike" in _ids(_judged(links=[Link(text="Log in", href=href)]))


def test_a_proxy_host_in_pasted_text_is_not_alone_suspicious() -> None:
    for host in ("sellercentral.amazon.com.proxy.firm.example", "sellercentral.amazon.com.filter01.example"):
        text = f"Your listing was removed under our policy. See https://{host}/help for the ASIN B0C7QX41LM."
        found = _judged(text)
        assert found.verdict == "unknown"
        assert "link_rewritten" in _ids(found, "unknown")


PHISHING = {
    "password": ("Your Amazon account is on hold. Reply with your e-mail and password to restore it.", "asks_password"),
    "login": ("Log in to Seller Central and confirm your password and username today.", "asks_password"),
    "code": ("You will get a one-time code by SMS. Send us the one-time code by reply.", "asks_code"),
    "card": ("Click the link below and enter your full card number and expiry date.", "asks_card"),
    "bank": (
        "To release the funds, reply to this email with your bank account number and routing number.",
        "asks_bank_data",
    ),
    "remote": ("An Amazon agent will help you: install AnyDesk and read us the id.", "asks_remote_access"),
    "fee": ("To lift the Amazon suspension pay the reinstatement fee of 300 USD.", "asks_payment"),
    "gift cards": ("Amazon needs a deposit: buy gift cards for 500 USD and send us the numbers.", "asks_payment"),
    "insider": (
        "I work at Amazon and can lift the ban. What I need: your Seller Central user name + password.",
        "asks_password",
    ),
    "coins": ("Amazon will open the account at once, send 0.05 BTC to my wallet.", "asks_payment"),
    "chat": ("Contact our Amazon appeal officer on WhatsApp +44 7700 900123.", "outside_chat"),
    "german": (
        "Ihr Amazon-Konto ist gesperrt. Bitte bestätigen Sie Ihr Passwort über den folgenden Link.",
        "asks_password",
    ),
    "chinese": ("您的亚马逊账户已被冻结。请点击下面的链接并输入您的密码。", "asks_password"),
    "chinese code": ("您的亚马逊账户已被冻结，请回复本邮件并提供验证码。", "asks_code"),
    "japanese": ("Amazonアカウントが停止されました。リンクからパスワードを入力してください。", "asks_password"),
    "wrapped": ("Your Amazon account is on hold. Please confirm your\npassword at once.", "asks_password"),
    "host": (
        "Your Amazon account is limited. Verify it at http://seller-verify-center.example/login now.",
        "link_foreign_login",
    ),
    "embedded": (
        "Go to https://sellercentral.amazon.com.account-check.example within 24 hours or the account is closed"
        " forever.",
        "link_lookalike",
    ),
    "address": ("Send the papers of your Amazon account to appeals@amazon-seller-help.com.", "address_lookalike"),
}


@pytest.mark.parametrize("name", PHISHING)
def test_what_amazon_does_not_ask_for_is_suspicious_in_pasted_text(name: str) -> None:
    text, sign = PHISHING[name]
    found = _judged(text)
    assert found.verdict == "suspicious"
    assert sign in _ids(found)


def test_a_text_without_sender_is_judged_by_where_it_sends_its_reader() -> None:
    assert {s.id for s in _judged().signs if s.speaks == "likely_genuine"} == {"own_way"}
    assert _judged("Your Amazon account was closed. We may answer later.").verdict == "unknown"
    assert _judged(NOTICE + "\nSee also https://help.example/x.").verdict == "unknown"
    assert _judged(NOTICE + "\nAnswer only to appeals@team.example.").verdict == "unknown"
    assert _judged(sender="Jo <jo@gmail.com>").verdict == "unknown"


def test_every_quote_stands_in_the_mail() -> None:
    for text, _ in PHISHING.values():
        assert all(s.quote is None or s.quote in text for s in _judged(text).signs)


def test_a_page_or_program_as_attachment_is_suspicious_when_one_is_to_open_it() -> None:
    text = NOTICE + "\nOpen the attached form and fill it in."
    foreign = "Alerts <alerts@mail.example>"
    assert "attachment_risky" in _ids(_judged(text, sender=foreign, attachments=["Account_Review.html"]))
    assert "attachment_risky" not in _ids(_judged(text, sender=foreign, attachments=["scan.pdf"]))
    assert "attachment_risky" not in _ids(
        _judged(text, sender="Jo <jo@gmail.com>", subject="Fwd: x", attachments=["all.zip"])
    )


def test_weak_signs_are_listed_but_do_not_decide() -> None:
    text = "Dear jo@norrvik.example,\nYour shop was suspended. Act within 24 hours or it is closed forever."
    found = _judged(text, sender=AMAZON)
    assert found.verdict == "likely_genuine"
    assert _ids(found, "unknown") == {"urgency", "greeting_by_address", "no_particulars", "no_appeal_path"}


def test_the_word_is_never_that_a_mail_is_certainly_false_or_certainly_true() -> None:
    for fields in ({}, {"sender": AMAZON}, {"sender": "notice@arnazon.com"}):
        found = _judged(**fields)
        words = " ".join((found.advice, *(s.detail for s in found.signs))).lower()
        assert not any(w in words for w in ("certainly", "is fake", "is genuine", "definitely"))


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://user:pw@SellerCentral.Amazon.com.:443/x?y@z", "sellercentral.amazon.com"),
        ("mailto:a@b.example", "b.example"),
        ("javascript:alert(1)", ""),
        ("#top", ""),
        ("http://xn--mazon-3ve.com", "аmazon.com"),
        ("http://xn--\u00e9.com", "xn--é.com"),
    ],
)
def test_the_host_is_what_a_browser_would_visit(address: str, host: str) -> None:
    assert host_of(address) == host
    assert target_of(address).host == host


def test_amazons_own_hosts_imitate_nobody() -> None:
    lists = domains()
    for entry in (*lists.stores, *lists.own, *lists.rented):
        assert not imitates_amazon(f"x.{entry.domain}")
    assert not imitates_amazon("norrvik.example")


def test_every_entry_of_the_lists_has_a_mark_and_stands_once() -> None:
    lists = domains()
    groups = (lists.stores, lists.own, lists.rented, lists.mailboxes, lists.rewriters, lists.outside, lists.shorteners)
    every = [e for group in groups for e in group]
    assert all(e.mark[0] in "VCUD" for e in every)
    assert len({e.domain for e in every}) == len(every)
    assert len({s.id for s in lists.stores}) == len(lists.stores) == 23


def test_judging_is_quick_on_long_text() -> None:
    text = "confirm your password, pay a fee in your account https://a.example/ x@y.example \n" * 20_000
    start = time.perf_counter()
    assert _judged(text, sender="a@b.example").verdict == "suspicious"
    assert time.perf_counter() - start < 3.0
