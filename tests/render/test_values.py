"""Each value of a text can be found again, each foreign stretch says its language, and Korean words stay whole."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.document import Job, Page
from briefgen.model.views import Run
from briefgen.render.html import render_text
from briefgen.render.pdf_words import JOINER, join_words, unwrap_values

from .jobs import saying

Make = Callable[..., Job]
HANGUL = "가나다한국의정상회의"


def test_values_and_foreign_stretches_are_marked(page: Page, tiny_job: Make) -> None:
    said = saying(page, Run("trade of "), Run("150 tỷ USD", "150000000000 USD", "vi"), Run(" by "), Run("2030", "2030"))
    assert render_text(tiny_job("{{ page.bottom_line.text }}", page=said), "screen") == (
        'trade of <span lang="vi"><data value="150000000000 USD">150 tỷ USD</data></span> by '
        '<data value="2030">2030</data>'
    )


def test_a_single_run_can_be_printed(page: Page, tiny_job: Make) -> None:
    text = render_text(
        tiny_job("{{ page.bottom_line.text.runs[0] }}", page=saying(page, Run("베트남", lang="ko"))), "x"
    )
    assert text == '<span lang="ko">베트남</span>'


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("<p>한국 의</p>", "<p>한|국 의</p>"),
        ("<p><data>1,500억 달러</data>를</p>", "<p><data>1,500|억 달|러</data>|를</p>"),
        ("<p>2026년 11월 21일~23일</p>", "<p>2026|년 11|월 21|일|~|23|일</p>"),
        ("<p>에너지(LNG)를 5% “성장”을</p>", "<p>에|너|지|(LNG)|를 5% “|성|장|”|을</p>"),
        ("<p>(2026. 11. 28.까지)</p>", "<p>(2026. 11. 28.|까|지|)</p>"),
        ("<p>한국<sup>1</sup>은</p>", "<p>한|국<sup>|1</sup>|은</p>"),
        ("<p>한-베트남 한/베</p>", "<p>한-|베|트|남 한/베</p>"),
        ("<p>제1차 한-아세안(한-메콩)</p>", "<p>제|1|차 한-|아|세|안|(|한-|메|콩|)</p>"),
        ("<p>2023<b>한-베</b> 한국-베트남</p>", "<p>2023<b>|한-베</b> 한|국-베|트|남</p>"),
        ("<div><p>정상</p><p>회의</p></div>", "<div><p>정|상</p><p>회|의</p></div>"),
        ("<p>정상<br/>회의</p>", "<p>정|상<br />회|의</p>"),
        ("<p>Việt Nam và Hàn Quốc</p>", "<p>Việt Nam và Hàn Quốc</p>"),
        ("<p>in August 2025 of 20250 and 1 2025</p>", "<p>in August~2025 of 20250 and 1~2025</p>"),
        ("<p>đến <b>năm 2030</b> 2025</p>", "<p>đến <b>năm~2030</b>~2025</p>"),
        ("<p>Chung~Eui-yong and people-to-people</p>", "<p>Chung~Eui-|yong and people-to-people</p>"),
        ("<p>by Dong-A\u00a0Ilbo</p>", "<p>by Dong-|A~Ilbo</p>"),
        ("<p>from 30 March–2 April</p>", "<p>from 30 March–|2 April</p>"),
        ("<p>keep the whole of it at sea<sup>1</sup></p>", "<p>keep the whole of it at~sea<sup>1</sup></p>"),
        ("<p>keep the whole of international waters</p>", "<p>keep the whole of international waters</p>"),
        ("<x><title>한국</title><style>한국</style><p title='한국'>한국</p></x>", None),
    ],
)
def test_joiners_stand_inside_words_names_and_dates_and_nowhere_else(written: str, joined: str | None) -> None:
    found = _joined(written.replace("Chung~", "Chung\u00a0")).replace("\u00a0", "~")
    if joined is None:
        joined = '<x><title>한국</title><style>한국</style><p title="한국">한|국</p></x>'
    assert found.replace(JOINER, "|") == joined


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("<p>by <data value='@son'>Son</data><sup>1</sup></p>", "<p>by Son<sup>1</sup></p>"),
        ("<p><b>x</b> in <data value='2025-08'>August 2025</data> and</p>", "<p><b>x</b> in August~2025 and</p>"),
        ("<p><data value='2021/2022-03'>a b</data><data value='5 km'>5 km</data>.</p>", "<p>a~b5 km.</p>"),
        (f"<p><data value='2021'>{'long ' * 7}</data></p>", f"<p>{'long ' * 7}</p>"),
    ],
)
def test_values_are_plain_words_on_paper(written: str, plain: str) -> None:
    root: Element = fromstring(written)  # noqa: S314 # our own text
    unwrap_values(root)
    marked = plain.replace("<p>", '<p data-holds-value="">', 1)
    assert tostring(root, encoding="unicode").replace("\u00a0", "~") == marked


_WORDS = st.text(st.sampled_from(HANGUL + "aé1,.%()~-/ \n"), max_size=12)
_TREES = st.recursive(
    st.builds(lambda text: f"<p title='가나'>{text}</p>", _WORDS),
    lambda inner: st.builds(
        lambda tag, a, b, c: f"<{tag} data-x='가나'>{a}{b}</{tag}>{c}".join(["<x>", "</x>"]),
        st.sampled_from(["div", "span", "data", "sup", "title", "style"]),
        _WORDS,
        inner,
        _WORDS,
    ),
    max_leaves=6,
)


@given(_TREES)
def test_joiners_change_nothing_else(written: str) -> None:
    before, after = tostring(fromstring(written), encoding="unicode"), _joined(written)  # noqa: S314 # our own text
    assert after.replace(JOINER, "") == before
    for tag in re.findall(r"<[^>]*>|<(?:title|style)\b.*?</(?:title|style)>", after, re.DOTALL):
        assert JOINER not in tag
    shown = re.sub(r"<(title|style)\b.*?</\1>", "", after, flags=re.DOTALL)
    for paragraph in re.findall(r"<p [^>]*>(.*?)</p>", shown, re.DOTALL):
        assert not re.search("[가-힣][가-힣]", paragraph)
        assert not re.search(rf"\s{JOINER}|{JOINER}\s", paragraph)


def _joined(written: str) -> str:
    root: Element = fromstring(written)  # noqa: S314
    join_words(root)
    return tostring(root, encoding="unicode")
