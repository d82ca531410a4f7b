"""Addresses of sources: whole, on the web, and of the letters that they seem to be of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.texts import address_fault, address_on_paper, parse_address

RIGHT = (
    "https://nhandan.vn/chuyen-tham-post900519.html",
    "http://example.org",
    "HTTPS://EXAMPLE.ORG:8443/a?b=c&d=%20#e",
    "https://www.mofa.go.kr/www/brd/m_4080/view.do?seq=1",
    "https://외교부.한국/문서?쪽=1",
    "https://xn--9n2bp8q.xn--9n2bp8q/",
    "https://việtnam.vn/",
    "https://правда.рф/",
    "https://日本語テスト.jp/",
    "http://192.0.2.7:80/",
    "http://localhost:8000/x",
)
WRONG = {
    "javascript:alert(document.domain)": "is no web address",
    "JaVaScRiPt:alert(1)": "is no web address",
    "data:text/html,<script>": "holds a sign that no address may hold: U+003C",
    "vbscript:x": "is no web address",
    "file:///etc/passwd": "is no web address",
    "//evil.example": "is no web address",
    "/page": "is no web address",
    "mailto:a@example.org": "is no web address",
    "ftp://example.org/x": "is no web address",
    "http:/example.org": "is no web address",
    "http:///x": "names no server",
    "http://:80/": "names no server",
    "http://example.org:99999/": "names no server",
    "http://a..b/": "names no server",
    "http://-a.org/": "names no server",
    "http://2130706433/": "names no server",
    "http://0x7f.1/": "names no server",
    "http://256.1.1.1/": "names no server",
    "http://exa%6dple.org/": "names no server",
    "http://xn--a\u00e9/": "names no server",
    "http://user:word@example.org/": "holds a user name or a password",
    "http://example.org@evil.example/": "holds a user name or a password",
    "http://example.org\\@evil.example/": "U+005C (reverse solidus)",
    "http://example.org/a b": "U+0020 (space)",
    "http://example.org/\n": "U+000A (a control character)",
    "http://example.org/\u202egpj.exe": "U+202E (right-to-left override)",
    "http://example.org/\u200b": "U+200B (zero width space)",
    "http://example.org/\uffff": "U+FFFF",
    "http://аpple.com/": "'а' in 'аpple' is cyrillic small letter a (U+0430)",
    "http://xn--80ak6aa92e.com/": "cyrillic small letter a (U+0430)",
    "http://gοogle.com/": "greek small letter omicron",
    "http://ɡoogle.com/": "latin small letter script g",
    "http://ｇoogle.com/": "has letters of another form",
    "http://한국apple.com/": "names a server that looks like another",
    "http://example.org/" + "a" * 2_000: "has 2,019 characters; the limit is 2,000",
}


@pytest.mark.parametrize("address", RIGHT)
def test_an_address_of_the_web_is_right(address: str) -> None:
    assert address_fault(address) == ""


@pytest.mark.parametrize("address", WRONG)
def test_any_other_address_is_refused_with_the_reason(address: str) -> None:
    assert WRONG[address] in address_fault(address)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "10.1.2.3", "192.168.0.1:80", "intranet", "nas.local", "a.localhost"]
)
def test_a_source_is_where_readers_can_open_it(host: str) -> None:
    for address in ("https://8.8.8.8/", "https://example.org/localhost"):
        assert parse_address(address) == address
    assert not address_fault(f"https://{host}/page"), "a page of one's own may lead there"
    with pytest.raises(ValueError, match="readers cannot open"):
        parse_address(f"https://{host}/page")


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    for address in (text, f"http://{text}", f"https://example.org/{text}"):
        if not address_fault(address):
            assert address.lower().startswith(("http://", "https://"))
            assert address.isprintable()


def test_paper_prints_no_words_of_another_script_that_nobody_could_type() -> None:
    written = {
        "https://example.org/tin/%E3%83%98%E3%83%88-%E3%83%8A%E3%83%A0-405446.html": "example.org/tin/…-405446.html",
        "https://example.org/%E9%9F%93/news?name=%EB%B2%A0%ED%8A%B8%EB%82%A8": "example.org/%E9%9F%93/news?name=…",
        "https://example.org/a%20note%2C%20of%20May.pdf": "example.org/a%20note%2C%20of%20May.pdf",
        "http://example.org/page": "http://example.org/page",
    }
    assert {address: address_on_paper(address) for address in written} == written
