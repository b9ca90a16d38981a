"""Read: every shape of mail gives the same notice; bad input gives a NoticeError; nothing else is ever raised."""

from __future__ import annotations

import base64
import contextlib
import io
import quopri
import struct
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.errors import NoticeError
from amends.read import read_bytes, read_path, read_text
from amends.read.dates import aware, printed
from amends.read.language import language
from amends.read.limits import FILE_AT_MOST
from amends.read.plain import respaced, unflowed

AMAZON = "Amazon Seller Performance <seller-performance@amazon.com>"
SUBJECT = "Your Amazon.com selling account needs an answer"
DATE = "Tue, 03 Nov 2026 09:14:00 +0000"
NOTICE = """Hello Norrvik Outdoor,

Your Amazon seller account has been deactivated. Orders already placed still have to be shipped.

Why is this happening?
Your late shipment rate was 6.1% and our target is under 4%.

How do I reactivate my account?
- the root cause
- what you have changed

Seller Performance Team
Amazon.com"""
CHATTER = "Hi Jo, this came this morning. What do they want from us?"
GERMAN = "Guten Tag,\n\nIhre Verkaufsberechtigungen wurden für Käufer in Österreich entfernt.\n\nGrüße\nAmazon.de"
CHINESE = (
    "尊敬的卖家：您好！\n\n您的账户已被停用，因为迟发率超过了我们的目标。请提供行动计划。\n\n卖家绩效团队\nAmazon.co.jp"
)
JAPANESE = "販売者様\n\nお客様のアカウントは停止されました。出荷遅延率が目標を超えています。\n\nAmazon.co.jp"
HTML = "<html><body>" + "".join(f"<p>{p}</p>" for p in NOTICE.replace("- ", "* ").split("\n\n")) + "</body></html>"


def _raw(body: bytes, content_type: str = "text/plain; charset=utf-8", encoding: str = "8bit", **fields: str) -> bytes:
    head = {"From": AMAZON, "Subject": SUBJECT, "Date": DATE, "MIME-Version": "1.0", **fields}
    lines = [f"{k.replace('_', '-')}: {v}" for k, v in head.items()]
    lines += [f"Content-Type: {content_type}", f"Content-Transfer-Encoding: {encoding}", "", ""]
    return "\r\n".join(lines).encode() + body


def _multipart(kind: str, *parts: MIMEBase | MIMEText | MIMEMultipart, **fields: str) -> bytes:
    mail = MIMEMultipart(kind)
    for name, value in {"From": AMAZON, "Subject": SUBJECT, "Date": DATE, **fields}.items():
        mail[name.replace("_", "-")] = value
    for part in parts:
        mail.attach(part)
    return mail.as_bytes()


def _attachment(name: str, data: bytes = b"\x89PNG") -> MIMEBase:
    part = MIMEBase("application", "octet-stream")
    part.set_payload(base64.b64encode(data).decode())
    part["Content-Transfer-Encoding"] = "base64"
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _forwarded_mail(inner: bytes, depth: int = 1) -> bytes:
    from email import message_from_bytes

    for _ in range(depth):
        outer = EmailMessage()
        outer["From"], outer["Subject"], outer["Date"] = (
            "Jo <jo@gmail.com>",
            "Fwd: help",
            "Wed, 04 Nov 2026 10:00:00 +0100",
        )
        outer.set_content(CHATTER)
        outer.add_attachment(message_from_bytes(inner, _class=EmailMessage))
        inner = outer.as_bytes()
    return inner


def _quoted(text: str, depth: int = 1) -> str:
    for _ in range(depth):
        text = "\n".join(f"> {line}".rstrip() if not line.startswith(">") else f">{line}" for line in text.split("\n"))
    return text


SHAPES = {
    "plain": _raw(NOTICE.encode()),
    "crlf": _raw(NOTICE.replace("\n", "\r\n").encode()),
    "base64": _raw(base64.encodebytes(NOTICE.encode()), encoding="base64"),
    "quoted-printable": _raw(quopri.encodestring(NOTICE.encode()), encoding="quoted-printable"),
    "alternative": _multipart("alternative", MIMEText(NOTICE), MIMEText(HTML, "html")),
    "mixed with attachment": _multipart("mixed", MIMEText(NOTICE), _attachment("scan.png")),
    "mbox": b"From x Tue Nov 3 2026\r\n" + _raw(NOTICE.encode()),
    "blank lines first": b"\r\n\r\n" + _raw(NOTICE.encode()),
    "byte order mark": b"\xef\xbb\xbf" + _raw(NOTICE.encode()),
    "utf-16 file": _raw(NOTICE.encode()).decode().encode("utf-16"),
    "no mime header": f"From: {AMAZON}\nDate: {DATE}\nSubject: {SUBJECT}\n\n{NOTICE}".encode(),
    "soft hyphens and zero width": _raw(NOTICE.replace("account", "ac\u00adco\u200bunt").encode()),
    "nested message": _forwarded_mail(_raw(NOTICE.encode())),
    "twice nested message": _forwarded_mail(_raw(NOTICE.encode()), 2),
    "attached .eml": _multipart(
        "mixed",
        MIMEText(CHATTER),
        _attachment("notice.eml", _raw(NOTICE.encode())),
        From="jo@gmail.com",
        Subject="help",
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_mail_gives_the_same_text_and_head(shape: str) -> None:
    notice = read_bytes(SHAPES[shape], "mail.eml")
    assert notice.text == NOTICE
    assert (notice.sender, notice.subject) == (AMAZON, SUBJECT)
    assert notice.received == datetime(2026, 11, 3, 9, 14, tzinfo=UTC)
    assert (notice.marketplace, notice.language) == ("amazon.com", "en")
    assert notice.authenticity.verdict == "likely_genuine"


PRINTED_HEADS = {
    "gmail": (
        "---------- Forwarded message ---------\nFrom: Amazon Seller Performance <seller-performance@amazon.com>\n"
        "Date: Tue, Nov 3, 2026 at 9:14 AM\nSubject: {subject}\nTo: <jo@gmail.com>\n"
    ),
    "outlook": (
        "________________________________\nFrom: Amazon Seller Performance <seller-performance@amazon.com>\n"
        "Sent: Tuesday, November 3, 2026 9:14 AM\nTo: Jo <jo@gmail.com>; Max\n <max@gmail.com>\nSubject: {subject}\n"
    ),
    "apple": (
        "Begin forwarded message:\n\nFrom: Amazon Seller Performance <seller-performance@amazon.com>\n\n"
        "Subject: {subject}\n\nDate: 3 November 2026 at 09:14:00 GMT\n\nTo: jo@gmail.com\n"
    ),
    "bold": (
        "*From:* Amazon Seller Performance <seller-performance@amazon.com>\n*Sent:* Tuesday, November 3, 2026 9:14 AM\n"
        "*To:* Jo\n*Subject:* {subject}\n"
    ),
    "german": (
        "-----Ursprüngliche Nachricht-----\nVon: Amazon Seller Performance <seller-performance@amazon.com>\n"
        "Gesendet: Dienstag, 3. November 2026 09:14\nAn: Jo\nBetreff: {subject}\n"
    ),
    "chinese": (
        "------------------ 原始邮件 ------------------\n"
        "发件人: Amazon Seller Performance <seller-performance@amazon.com>\n"
        "发送时间: 2026年11月3日(星期二) 上午9:14\n收件人: Jo\n主题: {subject}\n"
    ),
    "chinese colon": (
        "发件人：Amazon Seller Performance <seller-performance@amazon.com>\n"
        "日期：2026-11-03 09:14:00\n收件人：Jo\n主题：{subject}\n"
    ),
    "french": (
        "De : Amazon Seller Performance <seller-performance@amazon.com>\nEnvoyé : mardi 3 novembre 2026 09:14\n"
        "À : Jo\nObjet : {subject}\n"
    ),
}


@pytest.mark.parametrize("program", PRINTED_HEADS)
@pytest.mark.parametrize("before", ["", CHATTER + "\n\n"])
def test_an_inline_forward_gives_the_forwarded_head_and_leaves_the_chatter_out(program: str, before: str) -> None:
    notice = read_text(before + PRINTED_HEADS[program].format(subject=SUBJECT) + "\n" + NOTICE)
    assert notice.text == NOTICE
    assert (notice.sender, notice.subject) == (AMAZON, SUBJECT)
    assert notice.received is not None
    assert notice.received.replace(tzinfo=None) == datetime(2026, 11, 3, 9, 14)
    assert notice.received.tzinfo is not None


ATTRIBUTIONS = [
    "On Tue, Nov 3, 2026 at 9:14 AM Amazon Seller Performance <\nseller-performance@amazon.com> wrote:",
    "Am 03.11.2026 um 09:14 schrieb Amazon Seller Performance <seller-performance@amazon.com>:",
    "在 2026年11月3日 09:14，Amazon Seller Performance <seller-performance@amazon.com> 写道：",
    "At 2026-11-03 09:14:00, Amazon Seller Performance <seller-performance@amazon.com> wrote:",
    "Le mar. 3 novembre 2026 à 09:14, Amazon Seller Performance <seller-performance@amazon.com> a écrit :",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_quoted_notice_is_freed_from_marks_and_from_words_before_and_after(line: str, depth: int) -> None:
    thread = f"{line}\n\n{_quoted(NOTICE)}"
    for level in range(depth):
        thread = f"And I think so too ({level}).\n\nOn 4 Nov 2026, Max <max@qq.com> wrote:\n\n{_quoted(thread)}"
    body = f"{CHATTER}\n\n{thread}\n\nThanks, Jo"
    notice = read_bytes(_raw(body.encode(), From="Jo <jo@gmail.com>", Subject="Re: " + SUBJECT))
    assert notice.text == NOTICE
    assert (notice.sender, notice.subject) == (AMAZON, SUBJECT)
    assert notice.received is not None
    assert notice.received.date().isoformat() == "2026-11-03"


def test_an_answer_of_amazon_comes_before_the_earlier_notice_and_the_sellers_letter_is_left_out() -> None:
    answer = (
        "Hello,\n\nYour account remains deactivated. Your plan lacks detail.\n\nSeller Performance Team\nAmazon.com"
    )
    letter = f"Dear team, we now ship daily.\n\nOn Tue, Nov 3, 2026 at 9:14 AM {AMAZON} wrote:\n\n{_quoted(NOTICE)}"
    body = f"{answer}\n\nOn Thu, Nov 5, 2026 at 8:00 AM Jo <jo@gmail.com> wrote:\n\n{_quoted(letter)}"
    notice = read_bytes(_raw(body.encode()))
    assert notice.text == f"{answer}\n\n{NOTICE}"
    assert notice.received == datetime(2026, 11, 3, 9, 14, tzinfo=UTC)


def test_when_no_part_is_amazons_by_name_everything_is_kept() -> None:
    body = f"{CHATTER}\n\n{NOTICE}\n\nPlease answer soon."
    notice = read_bytes(_raw(body.encode(), From="Jo <jo@gmail.com>"))
    assert notice.text == body


def test_two_notices_pasted_together_are_both_kept() -> None:
    both = NOTICE + "\n\n" + PRINTED_HEADS["gmail"].format(subject=SUBJECT) + "\n" + NOTICE.replace("6.1", "7.2")
    notice = read_text(both)
    assert "6.1%" in notice.text
    assert "7.2%" in notice.text


def test_a_line_of_the_notice_that_looks_like_one_header_field_stays() -> None:
    text = NOTICE.replace("Why is", "From: 1 October\n\nSubject of the complaint: shoes\n\nWhy is")
    assert read_text(text).text == text


ENCODED = [
    (CHINESE, "gb18030", "gb2312", "zh"),
    (CHINESE, "gbk", "gbk", "zh"),
    (CHINESE, "gb18030", "us-ascii", "zh"),
    (CHINESE, "gb18030", "iso-8859-1", "zh"),
    (CHINESE, "gb18030", "no-such-charset", "zh"),
    (CHINESE, "utf-8", "iso-8859-1", "zh"),
    (CHINESE, "utf-16", "utf-16", "zh"),
    (JAPANESE, "shift_jis", "Shift_JIS", "ja"),
    (JAPANESE, "shift_jis", "", "ja"),
    (JAPANESE, "iso2022_jp", "ISO-2022-JP", "ja"),
    (JAPANESE, "euc_jp", "utf-8", "ja"),
    (GERMAN, "iso-8859-1", "iso-8859-1", "de"),
    (GERMAN, "cp1252", "windows-1252", "de"),
    (GERMAN, "cp1252", "utf-8", "de"),
    (GERMAN, "iso-8859-15", "us-ascii", "de"),
    (GERMAN, "utf-8", "punycode", "de"),
]


@pytest.mark.parametrize(("text", "encoding", "label", "code"), ENCODED)
def test_a_mail_is_decoded_whatever_its_label_says(text: str, encoding: str, label: str, code: str) -> None:
    kind = f"text/plain; charset={label}" if label else "text/plain"
    notice = read_bytes(_raw(base64.encodebytes(text.encode(encoding)), kind, "base64"))
    assert notice.text == text
    assert notice.language == code


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16"),
        (CHINESE, "utf-8-sig"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (GERMAN, "cp1252"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-32"),
        (NOTICE, "utf-16-be"),
    ],
)
def test_a_text_file_is_decoded_without_any_label(text: str, encoding: str) -> None:
    assert read_bytes(text.encode(encoding), "notice.txt").text == text


@pytest.mark.parametrize(
    "subject", ["=?gb2312?B?" + base64.b64encode("账户停用".encode("gbk")).decode() + "?=", "账户停用"]
)
def test_an_encoded_or_raw_subject_is_decoded(subject: str) -> None:
    assert read_bytes(_raw(NOTICE.encode(), Subject=subject)).subject == "账户停用"


def test_html_shows_what_a_reader_sees_and_keeps_the_links() -> None:
    html = """<html><head><title>t</title><style>p{}</style></head><body><div style="display: none">preheader</div>
      <p>Hello&nbsp;<b>Norrvik</b>,<br>your listing is <a href="https://sellercentral.amazon.de/x">removed</a>.</p>
      <ul><li>one</li><li><p>two</p></li></ul><ol><li>first<li>second</ol><script>alert(1)</script>
      <table><tr><th>ASIN</th><th>Title</th></tr><tr><td><p>B0C7QX41LM</p></td><td>Lamp</td></tr></table>
      <td style="font-size:0px"><span style="font-size:14px">seen</span> unseen</td></body></html>"""
    notice = read_bytes(html.encode(), "page.html")
    assert notice.text == (
        "Hello Norrvik,\nyour listing is removed.\n\n- one\n- two\n\n1. first\n2. second\n\n"
        "ASIN | Title\nB0C7QX41LM | Lamp\n\nseen"
    )
    assert [(link.text, link.href) for link in notice.links] == [("removed", "https://sellercentral.amazon.de/x")]
    assert notice.marketplace == "amazon.de"


def test_the_html_part_is_taken_when_the_plain_part_is_a_stub_and_its_links_always() -> None:
    html = HTML.replace("</body>", '<p><a href="https://amazon.com/a">page</a></p></body>')
    stub = read_bytes(_multipart("alternative", MIMEText("See the HTML version."), MIMEText(html, "html")))
    full = read_bytes(_multipart("alternative", MIMEText(NOTICE), MIMEText(html, "html")))
    assert "late shipment rate was 6.1%" in stub.text
    assert full.text == NOTICE
    assert full.links == stub.links != ()


def test_a_notice_quoted_in_html_is_found() -> None:
    sender = AMAZON.replace("<", "&lt;").replace(">", "&gt;")
    quote = f'<div class="gmail_attr">On Tue, Nov 3, 2026 at 9:14 AM {sender} wrote:<br></div>'
    html = f'<div>{CHATTER}</div><div>{quote}<blockquote class="gmail_quote">{HTML}</blockquote></div>'
    notice = read_bytes(_raw(html.encode(), "text/html; charset=utf-8", From="jo@gmail.com"))
    assert notice.text.startswith("Hello Norrvik Outdoor,")
    assert notice.sender == AMAZON


def test_attachments_are_named_and_a_mail_with_nothing_else_is_refused() -> None:
    assert read_bytes(SHAPES["mixed with attachment"]).attachments == ("scan.png",)
    with pytest.raises(NoticeError, match=r"only attachments: scan\.png, 通知\.pdf") as caught:
        read_bytes(_multipart("mixed", _attachment("scan.png"), _attachment("通知.pdf")))
    assert "Save the attachment" in caught.value.hint


def test_flowed_text_is_joined_again_and_quotes_in_it_too() -> None:
    assert unflowed("one \ntwo\nthree\n-- \nme") == "one two\nthree\n-- \nme"
    assert unflowed("> a \n> b\nc") == "> a b\nc"
    assert unflowed("long\u4e2d \n\u6587", delete_space=True) == "long中文"
    flowed = _raw(b"Your account has \r\nbeen deactivated.", "text/plain; charset=utf-8; format=flowed")
    assert read_bytes(flowed).text == "Your account has been deactivated."


def test_letter_spaced_lines_are_joined_and_others_left() -> None:
    assert respaced("D e a r  S e l l e r ,  y o u r  a c c o u n t") == "Dear Seller, your account"
    assert (
        respaced("A S I N :  B0C7QX41LM\ny o u r  l i s t i n g\nin one word")
        == "ASIN: B0C7QX41LM\nyour listing\nin one word"
    )
    assert respaced("A B C D E F G") == "A B C D E F G"
    assert respaced("I am a b c student of it") == "I am a b c student of it"


def _pdf(*lines: str) -> bytes:
    """A PDF of one page, written by hand."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, offsets = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets))
    out.write(b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def test_a_text_pdf_is_read_and_its_letter_spacing_undone() -> None:
    notice = read_bytes(
        _pdf("D e a r  S e l l e r ,", "Your late shipment rate was 6.1%.", "Amazon.co.uk"), "notice.pdf"
    )
    assert notice.text == "Dear Seller,\nYour late shipment rate was 6.1%.\nAmazon.co.uk"
    assert notice.marketplace == "amazon.co.uk"


@pytest.mark.parametrize("data", [_pdf(), _pdf("x")[:200], b"%PDF-1.7\n" + b"\0\xff" * 300])
def test_a_pdf_without_text_or_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(NoticeError, match="PDF"):
        read_bytes(data, "scan.pdf")


def _msg(**properties: str) -> bytes:
    """An Outlook file (compound file, version 3) that holds the given string properties, keyed `p` + hex id."""
    streams = {f"__substg1.0_{key[1:].upper()}001F": v.encode("utf-16-le") for key, v in properties.items()}
    entries = b"".join(
        struct.pack("<HHIII", 0x1F, int(key[1:], 16), 6, len(v.encode("utf-16-le")) + 2, 0)
        for key, v in properties.items()
    )
    streams["__properties_version1.0"] = bytes(32) + entries
    streams = {name: data.ljust(4096, b"\0") if name.startswith("__prop") else data for name, data in streams.items()}
    return _compound(streams)


def _compound(streams: dict[str, bytes]) -> bytes:
    """Write `streams` below the root; short ones go to the mini stream, as the format demands."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    mini, starts = b"", {}
    minifat: list[int] = []
    for name, data in streams.items():
        if len(data) < 4096:
            starts[name] = len(minifat)
            count = max(1, -(-len(data) // 64))
            minifat += [*range(len(minifat) + 1, len(minifat) + count), end]
            mini += data.ljust(count * 64, b"\0")
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        first, count = len(sectors), max(1, -(-len(data) // 512))
        sectors.extend(data.ljust(count * 512, b"\0")[i * 512 : i * 512 + 512] for i in range(count))
        fat.extend([*range(first + 1, first + count), end])
        return first

    for name, data in streams.items():
        if len(data) >= 4096:
            starts[name] = put(data)
    mini_start = put(mini)
    minifat_start = put(struct.pack(f"<{len(minifat)}I", *minifat).ljust(-(-len(minifat) * 4 // 512) * 512, b"\xff"))
    names = sorted(streams, key=lambda n: (len(n), n.upper()))

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        fixed = struct.pack(
            "<64sHBBIII16sIQQIQ", raw, len(raw), kind, 1, free, right, child, bytes(16), 0, 0, 0, start, size
        )
        assert len(fixed) == 128
        return fixed

    directory = entry("Root Entry", 5, free, 1, mini_start, len(mini))
    for number, name in enumerate(names, 1):
        right = number + 1 if number < len(names) else free
        directory += entry(name, 2, right, free, starts[name], len(streams[name]))
    directory_start = put(directory)
    fat_start = len(sectors)
    fat.append(0xFFFFFFFD)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    assert len(table) == 512
    header = struct.pack("<8s16sHHHHH6xII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, 1)
    header += struct.pack("<IIIIIII", directory_start, 0, 4096, minifat_start, 1, end, 0)
    header += struct.pack("<109I", fat_start, *[free] * 108)
    return header + b"".join(sectors) + table


def test_an_outlook_file_is_read() -> None:
    transport = (
        f"From: {AMAZON}\r\nDate: {DATE}\r\nSubject: {SUBJECT}\r\nReturn-Path: <bounce@bounces.amazon.com>\r\n\r\n"
    )
    notice = read_bytes(
        _msg(p001A="IPM.Note", p0037=SUBJECT, p007D=transport, p1000=NOTICE.replace("\n", "\r\n")), "n.msg"
    )
    assert notice.text == NOTICE
    assert (notice.sender, notice.subject, notice.marketplace) == (AMAZON, SUBJECT, "amazon.com")
    assert notice.received == datetime(2026, 11, 3, 9, 14, tzinfo=UTC)
    assert notice.headers["Return-Path"] == "<bounce@bounces.amazon.com>"


def test_an_outlook_file_without_transport_headers_gives_its_own_fields() -> None:
    notice = read_bytes(_msg(p001A="IPM.Note", p0037=SUBJECT, p0C1A="Amazon", p0C1F="notice@amazon.com", p1000=NOTICE))
    assert (notice.subject, notice.sender, notice.received) == (SUBJECT, '"Amazon" <notice@amazon.com>', None)


def test_an_outlook_file_whose_sizes_are_false_is_refused_at_once() -> None:
    data = bytearray(_msg(p001A="IPM.Note", p1000=NOTICE))
    root = data.index("Root Entry".encode("utf-16-le"))
    data[root + 120 : root + 124] = b"\xff\xff\xff\x0f"
    start = time.perf_counter()
    with pytest.raises(NoticeError, match="no readable mail"):
        read_bytes(bytes(data))
    assert time.perf_counter() - start < 1.0


def _docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return out.getvalue()


BAD = [
    (b"", "is empty"),
    (b" \r\n\t \n", "nothing but blanks"),
    (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG image"),
    (b"\xff\xd8\xff\xe0" + bytes(100), "JPEG image"),
    (_docx(), "Word document"),
    (b"PK\x03\x04" + bytes(40), "zip archive"),
    (b"{\\rtf1 hello}", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "no readable mail"),
    (bytes(range(32)) * 40, "binary file"),
    (bytes(range(128, 256)) * 4, "could not be recognised"),
    (_raw(b""), "no readable text"),
    (b"<html><body><p style='display:none'>x</p></body></html>", "no readable text"),
    (b"a" * 5_000_001, "5.0 MB of text; the limit is 5 MB"),
    (b"<html>" + b"a" * 5_000_001, "the limit is 5 MB"),
    (_raw(b"a" * 5_000_001), "the limit is 5 MB"),
]


@pytest.mark.parametrize(("data", "words"), BAD, ids=[words for _, words in BAD])
def test_bad_input_is_refused_with_what_it_is_and_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(NoticeError) as caught:
        read_bytes(data)
    assert words in caught.value.message
    assert caught.value.hint


def test_bad_paths_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match="folder"):
        read_path(tmp_path)
    with pytest.raises(NoticeError, match="No such file"):
        read_path(tmp_path / "none.eml")
    with pytest.raises(NoticeError, match="Cannot read"):
        read_path(Path("a\0b"))


def test_a_file_is_read_by_content_not_by_its_ending(tmp_path: Path) -> None:
    for name, shape in (("a.txt", "base64"), ("b.html", "plain"), ("c", "alternative")):
        (tmp_path / name).write_bytes(SHAPES[shape])
        assert read_path(tmp_path / name).text == NOTICE


@pytest.mark.parametrize("head", [b"", b"From: a@amazon.com\nDate: x\nSubject: y\nMIME-Version: 1.0\n\n", b"<html><p>"])
def test_twenty_megabytes_are_refused_within_a_second(head: bytes) -> None:
    data = head + b"a line of text that says nothing at all, again and again and again\n" * 300_000
    start = time.perf_counter()
    with pytest.raises(NoticeError, match="limit is 5 MB"):
        read_bytes(data)
    assert time.perf_counter() - start < 1.0
    with pytest.raises(NoticeError, match="in all"):
        read_bytes(bytes(FILE_AT_MOST + 1))


def test_a_mail_nested_beyond_reason_is_refused() -> None:
    data = _raw(NOTICE.encode())
    for _ in range(400):
        data = b"Content-Type: message/rfc822\nMIME-Version: 1.0\n\n" + data
    with pytest.raises(NoticeError, match="within each other"):
        read_bytes(data)


def test_a_naive_printed_date_is_a_day_of_the_store_and_no_date_is_none() -> None:
    date = printed("Tuesday, November 3, 2026 11:30 PM")
    assert date is not None
    assert aware(date, "Asia/Tokyo").isoformat() == "2026-11-03T23:30:00+09:00"
    assert read_text(NOTICE).received is None


DATES = [
    ("Tue, 3 Nov 2026 09:14:00 -0800", "2026-11-03T09:14:00-08:00"),
    ("3 Nov 2026 09:14:00 GMT", "2026-11-03T09:14:00+00:00"),
    ("03.11.2026 09:14", "2026-11-03T09:14:00+00:00"),
    ("2026年11月3日 下午 3:05", "2026-11-03T15:05:00+00:00"),
    ("2026/11/03 09:14", "2026-11-03T09:14:00+00:00"),
    ("13/11/2026 12:05 AM", "2026-11-13T00:05:00+00:00"),
    ("martes, 3 de noviembre de 2026 9:14", "2026-11-03T09:14:00+00:00"),
    ("mar 3 nov 2026 alle ore 09:14", "2026-11-03T09:14:00+00:00"),
    ("04/11/2026 10:00", None),
    ("31.02.2026", None),
    ("yesterday", None),
    ("Tue, 99 Nov 2026 99:99:99 +9999", None),
]


@pytest.mark.parametrize(("text", "wanted"), DATES)
def test_printed_dates_are_read_and_doubtful_ones_are_not(text: str, wanted: str | None) -> None:
    date = printed(text)
    assert (aware(date, "UTC").isoformat() if date else None) == wanted


STORES = [
    ("Your listing on Amazon.co.uk was removed.", None, "amazon.co.uk"),
    ("Log in at sellercentral.amazon.co.jp today.", None, "amazon.co.jp"),
    ("See https://sellercentral-europe.amazon.com/x for Amazon.de.", None, "amazon.de"),
    ("See https://sellercentral-europe.amazon.com/performance", None, None),
    ("marketplaceId=A1PA6795UKMFR9 is affected", None, "amazon.de"),
    ("Hello seller, write to us.", "notice@amazon.it", "amazon.it"),
    ("Amazon.ca", "seller-performance@amazon.com", "amazon.ca"),
    ("您在美国站的账户已被停用", None, "amazon.com"),
    ("Visit amazon.com.evil.example now", None, None),
    ("Nothing is said here.", None, None),
]


@pytest.mark.parametrize(("text", "sender", "store"), STORES)
def test_the_store_is_told_by_signature_host_id_or_sender(text: str, sender: str | None, store: str | None) -> None:
    data = _raw(text.encode(), From=sender) if sender else text.encode()
    assert read_bytes(data).marketplace == store


LANGUAGES = [
    (NOTICE, "en"),
    (GERMAN, "de"),
    (CHINESE, "zh"),
    (JAPANESE, "ja"),
    ("Votre compte vendeur est suspendu et vos offres ne sont plus dans la boutique.", "fr"),
    ("Il suo account è stato sospeso e le offerte non sono più nel negozio.", "it"),
    ("Su cuenta de vendedor está suspendida y las ofertas no están en la tienda.", "es"),
    ("Uw account is gedeactiveerd en de producten zijn niet meer te koop.", "nl"),
    ("您的 ASIN B0C7QX41LM (Norrvik Trail Lamp 400 lumen) 的商品信息已被移除。Account Health 页面。", "zh"),
    ("12345", "en"),
]


@pytest.mark.parametrize(("text", "code"), LANGUAGES)
def test_the_language_is_told(text: str, code: str) -> None:
    assert language(text) == code


def test_a_plain_mail_needs_no_html_or_pdf_library() -> None:
    program = (
        "import sys; from amends.read import read_bytes; read_bytes(sys.stdin.buffer.read());"
        "print([m for m in ('bs4','lxml','pypdf','charset_normalizer','oxmsg','langchain') if m in sys.modules])"
    )
    for data in (SHAPES["plain"], NOTICE.encode()):
        done = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
        assert done.stdout.decode().strip() == "[]"


@pytest.mark.parametrize(
    "piece",
    [
        "> ",
        "From: a\n",
        "To: a@b\n",
        "On 1 ",
        "On Tue, Nov 3, 2026 x\n",
        "\n",
        "  ",
        "a ",
        "---- ",
        "<div>",
        "<td>",
        "<blockquote>",
        "amazon.",
        "a@",
        "https://",
        "password ",
        "在",
        "发件人：",
        "2026年",
        "&nbsp;",
        "- ",
        "whatsapp ",
        "pay ",
        "your account ",
    ],
)
def test_time_grows_no_faster_than_length(piece: str) -> None:
    text = (piece * 200_000)[:200_000]
    start = time.perf_counter()
    try:
        read_text("<html>" + text if piece.startswith("<") else text)
    except NoticeError:
        assert not text.strip() or piece in ("> ", "\n", "  ", "&nbsp;", "<div>", "<td>", "<blockquote>")
    assert time.perf_counter() - start < 4.0


_PIECES = st.sampled_from(
    [
        b"From: a@amazon.com\n",
        b"Subject: =?utf-8?B?4pi?=\n",
        b"Date: 99\n",
        b"MIME-Version: 1.0\n",
        b"\n",
        b"\r",
        b">",
        b"<p>",
        b'Content-Type: multipart/mixed; boundary="x"\n',
        b"--x\n",
        b"--x--\n",
        b"Content-Type: text/html; charset=utf-7\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Type: message/rfc822\n",
        b"%PDF-1.4\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xfe",
        b"\0",
        b"<table><tr><td>",
        b"<!--",
        b"Amazon.de ",
        b"\x1b$B",
        "密码".encode("gbk"),
        b"https://xn--\xc3/",
        b"//[",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES | st.binary(max_size=40), max_size=25).map(b"".join))
def test_any_bytes_give_a_notice_or_a_notice_error(data: bytes) -> None:
    try:
        notice = read_bytes(data)
    except NoticeError:
        return
    assert notice.text == notice.text.strip() != ""
    assert "\r" not in notice.text
    assert "\0" not in notice.text
    assert notice == type(notice).model_validate_json(notice.model_dump_json())
    assert notice.received is None or notice.received.tzinfo is not None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_pasted_text_gives_a_notice_or_a_notice_error(text: str) -> None:
    with contextlib.suppress(NoticeError):
        assert read_text(text).text


def test_where_earlier_mails_of_amazon_begin_is_told() -> None:
    newest = f"From: {AMAZON}\nDate: 5 November 2026\nSubject: Answer\n\nHello,\n\nYour account remains deactivated."
    older = f"From: {AMAZON}\nDate: 3 November 2026\nSubject: {SUBJECT}\n\n{NOTICE}"
    notice = read_text(f"{newest}\n\n----- Original message -----\n{older}")
    assert notice.earlier_from is not None
    assert notice.text[: notice.earlier_from].strip() == "Hello,\n\nYour account remains deactivated."
    assert notice.text[notice.earlier_from :] == NOTICE
    assert read_text(NOTICE).earlier_from is None


def test_a_signed_quotation_without_head_is_freed_from_words_around_it_but_an_unsigned_one_is_kept_whole() -> None:
    assert read_text(f"{_quoted(NOTICE)}\n\nsent on to you as promised -- Marc").text == NOTICE
    unsigned = "> The listing was closed.\n\nWhat now?"
    assert read_text(unsigned).text == "The listing was closed.\n\nWhat now?"
