"""After an update of the program: which copies are behind it, what is new, and how it is taken over."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import Told, write_template

from briefgen.read import shipped_templates

NAME = "parts/masthead.html"
Update = Callable[[Callable[[str], str], Callable[[str], str]], Path]


@pytest.fixture
def updated(told: Told, tiny: Path) -> Update:
    """A copy taken from an older program and changed since: `older` makes the older shipped file, `mine` the copy."""

    def make(older: Callable[[str], str], mine: Callable[[str], str]) -> Path:
        assert told("template", "eject", NAME, at=tiny).code == 0
        then = older((shipped_templates() / NAME).read_text(encoding="utf-8"))
        (tiny / "templates" / ".ejected" / NAME).write_text(then, encoding="utf-8")
        digest = sha256(then.encode()).hexdigest()
        (tiny / "templates" / "ejected.yaml").write_text(f"{NAME}: {digest}\n", encoding="utf-8")
        (tiny / "templates" / NAME).write_text(mine(then), encoding="utf-8")
        return tiny

    return make


def _older(text: str) -> str:
    return text.replace('<p class="as-of">', '<p class="day">')


def _mine(text: str) -> str:
    return text.replace("<h1>", '<h1 class="ours">')


def _mine_there_too(text: str) -> str:
    return _mine(text).replace('<p class="day">', '<p class="our-day">')


def test_check_and_build_tell_which_copies_are_behind(told: Told, updated: Update) -> None:
    desk = updated(_older, _mine)
    for command in (["check"], ["build"]):
        done = told(*command, at=desk)
        assert done.code == 0
        assert f"templates/{NAME}: note K913 the shipped file has changed since you took this copy" in done.err
        assert f"briefgen template merge {NAME}" in done.err


def test_a_copy_that_cannot_be_read_is_told_as_such(told: Told, updated: Update, tmp_path: Path) -> None:
    desk = updated(_older, _mine)
    copy = desk / "templates" / NAME
    copy.write_text("x" * 2_000_001, encoding="utf-8")
    too_large = told("check", at=desk)
    (tmp_path / "elsewhere.html").write_text("<p>elsewhere</p>", encoding="utf-8")
    copy.unlink()
    copy.symlink_to(tmp_path / "elsewhere.html")
    led_out = told("check", at=desk)
    for done in (too_large, led_out):
        assert done.code == 1
        assert f"templates/{NAME}: error" in done.err
        assert "K913" not in done.err


def test_nothing_is_behind_where_nothing_was_updated(told: Told, tiny: Path) -> None:
    told("template", "eject", NAME, at=tiny)
    assert "K913" not in told("check", at=tiny).err
    done = told("template", "merge", at=tiny)
    assert (done.code, done.out[:33]) == (0, "There is nothing to take over: no")


def test_a_copy_of_what_the_program_has_no_more_is_told(told: Told, tiny: Path) -> None:
    write_template(tiny, "old", "<p>old</p>")
    (tiny / "templates" / "ejected.yaml").write_text("old.html: " + "0" * 64 + "\n", encoding="utf-8")
    assert "templates/old.html: note K913 the program has no file of this name any more" in told("check", at=tiny).err


def test_a_copy_behind_a_link_that_leads_out_is_not_compared(told: Told, tiny: Path) -> None:
    outside = tiny.parent / "outside.html"
    outside.write_text("<p>old</p>", encoding="utf-8")
    (tiny / "templates" / "old.html").symlink_to(outside)
    (tiny / "templates" / "ejected.yaml").write_text("old.html: " + "0" * 64 + "\n", encoding="utf-8")
    assert "K913" not in told("check", at=tiny).err


def test_compare_shows_what_is_new_and_what_is_mine(told: Told, updated: Update) -> None:
    desk = updated(_older, _mine)
    out = told("template", "compare", "masthead", at=desk).out
    new, mine = out.split("New in the shipped file since you took yours:\n")[1].split("What you have changed:\n")
    assert '    -    <p class="day">' in new
    assert '    +    <p class="as-of">' in new
    assert "ours" not in new
    assert '    +    <h1 class="ours">' in mine
    assert "as-of" not in mine
    assert "Both have changed" not in out


def test_merge_takes_over_what_does_not_conflict_and_loses_nothing(told: Told, updated: Update) -> None:
    desk = updated(_older, _mine)
    before = (desk / "templates" / NAME).read_bytes()
    done = told("template", "merge", at=desk)
    assert (done.code, done.err) == (0, "")
    assert f"{NAME}: 1 change taken over; yours as it was is kept as templates/{NAME}.bak." in done.out
    shipped = (shipped_templates() / NAME).read_text(encoding="utf-8")
    assert (desk / "templates" / NAME).read_text(encoding="utf-8") == _mine(shipped)
    assert (desk / "templates" / f"{NAME}.bak").read_bytes() == before
    assert "K913" not in told("check", at=desk).err
    assert f"{NAME}: your own, changed.\n" in told("template", "compare", at=desk).out


def test_a_conflict_is_named_by_its_line_until_it_is_settled(told: Told, updated: Update) -> None:
    desk = updated(lambda text: _older(text).replace('class="logo"', 'class="old-logo"'), _mine_there_too)
    own = desk / "templates" / NAME
    done = told("template", "merge", at=desk)
    text = own.read_text(encoding="utf-8")
    line = text[: text.index('<p class="our-day">')].count("\n") + 1
    assert done.code == 1
    assert f"templates/{NAME}:{line}: warning K914 this line was changed by you and in the shipped file" in done.err
    assert 'which now has: <p class="as-of">' in done.err
    assert (f"{NAME}: 1 change taken over" in done.out, 'class="logo"' in text) == (True, True)
    assert f"Both have changed the same at line {line} of yours" in told("template", "compare", at=desk).out
    again = told("template", "merge", at=desk)
    assert (again.code, f":{line}: warning K914" in again.err, own.read_text("utf-8")) == (1, True, text)
    assert f"{NAME}: 0 changes taken over.\n" in again.out
    assert told("template", "merge", "masthead", "--keep-mine", at=desk).code == 0
    assert own.read_text(encoding="utf-8") == text
    assert "K913" not in told("check", at=desk).err


def test_line_ends_of_windows_stay(told: Told, updated: Update) -> None:
    desk = updated(_older, _mine)
    own = desk / "templates" / NAME
    own.write_bytes(own.read_bytes().replace(b"\n", b"\r\n"))
    assert told("template", "merge", at=desk).code == 0
    content = own.read_bytes()
    assert (b"as-of" in content, b"ours" in content, content.count(b"\n")) == (True, True, content.count(b"\r\n"))


def test_what_cannot_be_merged_is_refused_with_the_reason(told: Told, updated: Update) -> None:
    desk = updated(_older, _mine)
    own, then = desk / "templates" / NAME, desk / "templates" / ".ejected" / NAME
    own.write_bytes("Bộ Ví dụ".encode("utf-16"))
    assert "K910 cannot be merged: it is not UTF-8 text" in told("template", "merge", at=desk).err
    then.unlink()
    done = told("template", "merge", at=desk)
    assert (done.code, "K910 cannot be merged: nothing is left of the shipped file" in done.err) == (1, True)
    assert "decide whether you want it in yours" in told("template", "compare", at=desk).out


def test_a_block_is_taken_alone_and_the_rest_follows_the_program(told: Told, tiny: Path) -> None:
    done = told("template", "blocks", "colophon", at=tiny)
    assert done.out == "parts/colophon.html: heading, stale_facts, left_out, rules, imprint, end\n"
    assert "at-a-glance.html: kind, head, " in told("template", "blocks", at=tiny).out
    done = told("template", "eject", "colophon", "--block", "end", "--block", "heading", at=tiny)
    assert (done.code, done.err) == (0, "")
    own = tiny / "templates" / "parts" / "colophon.html"
    assert own.read_text(encoding="utf-8") == (
        '{% extends "shipped/parts/colophon.html" %}\n\n{% block heading %}\n'
        '<h2 id="colophon">{{ _("How this briefing is made") }}</h2>\n{% endblock %}\n\n'
        "{% block end %}\n{# empty in the shipped file: what you write here is added #}\n{% endblock %}\n"
    )
    assert told("template", "check", at=tiny).code == 0
    assert "K913" not in told("check", at=tiny).err
    assert "K910 is your own already" in told("template", "eject", "colophon", "--block", "rules", at=tiny).err


def test_a_block_within_another_is_written_once(told: Told, tiny: Path) -> None:
    told("template", "eject", "full-briefing", "--block", "kind", at=tiny)
    one_line = '{% block kind %}{{ _("Full briefing") }}{% endblock %}\n'
    assert (tiny / "templates/full-briefing.html").read_text(encoding="utf-8").endswith(one_line)
    assert told("template", "eject", "summits", "--block", "past_cells", "--block", "past", at=tiny).code == 0
    text = (tiny / "templates" / "parts" / "summits.html").read_text(encoding="utf-8")
    assert (text.count("{% block past_cells scoped %}"), text.count("block past_cells")) == (1, 1)
    assert told("template", "check", at=tiny).code == 0


def test_a_block_that_is_none_gets_the_nearest(told: Told, tiny: Path) -> None:
    done = told("template", "eject", "colophon", "--block", "ruls", at=tiny)
    assert done.code == 1
    assert "K909 it has no block 'ruls'\n    help: did you mean 'rules'?" in done.err
    done = told("template", "eject", "look", "--block", "end", at=tiny)
    assert "help: it has none: copy the whole file, without --block" in done.err
    assert not (tiny / "templates" / "parts").exists()
