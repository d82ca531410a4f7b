"""A hint never leads to what somebody would take and should not: languages by country, zones by abbreviation."""

import re
from pathlib import Path

import pytest
from conftest import PROJECT, Program, changed, set_languages

from briefgen.model.findings import FindingsError
from briefgen.read import validate
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.languages import read_languages
from briefgen.read.workspace import find_workspace
from briefgen.read.zones import zone_hint


@pytest.mark.parametrize(("code", "meant"), [("kr", "ko"), ("vn", "vi"), ("KR", "ko"), ("at", "de"), ("koo", "ko")])
def test_w005_a_country_is_taken_for_its_language_at_its_line(code: str, meant: str, starter: Path) -> None:
    set_languages(starter, "en", code)
    workspace = find_workspace(starter)
    with pytest.raises(FindingsError) as caught:
        read_languages(workspace, workspace.settings.languages)
    (found,) = caught.value.findings
    assert (str(found.location), found.code, found.hint) == ("briefgen.toml:2:20", "W005", f"did you mean '{meant}'?")


RECORD = "seeds/sample-talks-2026.yaml"
FACTS, SETTINGS, HOST = "facts/sample.yaml", "briefgen.toml", '{value: "@SL", cite: "sample-talks-2026:L4#host"}'
REMEDIES = {
    (FACTS, "form: talks", "form: chat"): "43:11|a form of your own is named under 'forms'",
    (FACTS, "form: talks", "form: talk"): "43:11|did you mean 'talks'?; a form of your own is named under 'forms'",
    (FACTS, '["sample-talks-2026:L1"]', ""): "42:11|write it like cites: [talks-2022:L7]",
    (FACTS, '["sample-talks-2026:L1"]', "[]"): "44:9|under 'events' of a record that is cited\n",
    (FACTS, "text: Straits Summit in Southland", "text: {host}"): '60:11|with a brace in quotes: "{goal} by {by}"',
    (
        FACTS,
        HOST,
        HOST.replace('"@SL"', "5 gigabytes"),
    ): "64:19|write into templates/languages/en.local.yaml: patterns: {counts: {units: {gigabytes:",
    (FACTS, "sample-talks-2026:L3#holder", "sample-talks-2026:L4#holder"): "72:40|did you mean 'sample-talks-2026:L3#",
    (FACTS, "{value: 5 billion USD,", "{value: 5000000000,"): "88:21|write like 150 billion USD, 5000000000 people,",
    (FACTS, "{value: 5 billion USD,", '{value: "3,5 %",'): "88:21|write 3.5 %\n",
    (FACTS, '"@ada-holm"', "ada-holm"): "72:21|a party or a person like '@ada-holm', with the quotes",
    (FACTS, '"@ada-holm"', "@ada-holm"): "72:21|put a text that begins with @ in quotes\n",
    (FACTS, '"sample-talks-2026:L1"', "“sample-talks-2026:L1”"): "42:13|write straight quotes",
    (FACTS, "    to: [NL]", "    to [NL]"): "98:5|write a colon and a space after the key; or indent the line",
    (FACTS, "    to: [NL]", "    to:[NL]"): "98:5|write a space after the colon: to: [NL]\n",
    (FACTS, "    to: [NL]", "\u00a0   to: [NL]"): "98:1|write plain spaces\n",
    (
        FACTS,
        "  - id: ferry",
        "    id: ferry",
    ): "91:5|if another entry begins here, write '- id: ...'; else keep one of them",
    (FACTS, "id: ferry", "id: trade-goal-2030"): "91:9|give one of the two another id\n",
    (FACTS, "on: sample-talks-2026@talks", "on: 2026-03-03"): "44:9|like source@event, and the record has their day\n",
    (FACTS, "by: [SL]", "by: [SLL]"): "96:10|did you mean 'SL'?\n",
    (RECORD, "{value: 2025, as: 2025}", "2025"): '28:13|{value: 150 billion USD, as: "150 billion USD"}\n',
    (SETTINGS, 'languages = ["en"]', 'languages = "en"'): '3:1|write it like languages = ["en"]',
    (SETTINGS, 'languages = ["en"]', 'languages = "en, ko"'): '3:1|write it like languages = ["en", "ko"]',
    (FACTS, '["sample-talks-2026:L1"]', "[sample-talks-2026: L1]"): "42:13|write it without the blank, or in quotes",
    (FACTS, "by: [SL]", "by: [Southland]"): "96:10|did you mean 'SL'?\n",
    (FACTS, "    theme: trade", "    theme: Trade"): "50:12|did you mean 'trade'?\n",
    (FACTS, "{value: 5 billion USD,", "{value:5 billion USD,"): "88:14|write a space after the colon: value: 5 billion",
    (FACTS, "by: [SL]", "by: [SL; NL]"): "96:10|write a comma between them: [SL, NL]",
    (FACTS, "by: [SL]", "by: (SL, NL)"): "96:9|write it like by: [SL, NL]",
    (FACTS, "by: [SL]", "by: [SL, , NL]"): "96:14|write what is missing here, or take the comma away",
    (FACTS, "    act: requested", '    "act": "requested",'): "99:23|take the comma at the end of the line away",
    (SETTINGS, 'languages = ["en"]', "languages = 5"): "3:1|'languages': a list is expected here\n",
    (SETTINGS, 'languages = ["en"]', 'languages = ["ja"]'): "3:14|begun with: briefgen language new CODE",
    (SETTINGS, 'timezone = "UTC"', 'timezone = "UTC'): "2:63|a text is closed by the next double quote",
    (SETTINGS, "# What", "#\0 What"): "1:2|save the file as UTF-8",
    (SETTINGS, "# What", "// What"): "1:1|a remark begins with #",
    (SETTINGS, 'languages = ["en"]', 'languages = ["en", "Korean"]'): "3:20|did you mean 'ko'?",
    (SETTINGS, 'languages = ["en"]', 'languages = ["en-US"]'): "3:14|did you mean 'en'?",
    (SETTINGS, 'languages = ["en"]', 'languages = ["en", "ko_KR"]'): "3:20|did you mean 'ko'?",
    (SETTINGS, 'languages = ["en"]', 'languages = ["en", "Deutsch"]'): "3:20|did you mean 'de'?",
    (SETTINGS, "formats =", "[shelf_lives]\noffice = 30\nformats ="): "7:1|write it above [shelf_lives]",
    (SETTINGS, "formats =", "[shelf_live]\noffice = 30\nformats ="): "5:1|did you mean 'shelf_lives'?",
    (FACTS, "  - id: ferry", "  — id: ferry"): "91:3|write '- ', a hyphen and a space, where an entry of a list begins",
    (FACTS, "  - id: ferry", "  • id: ferry"): "91:3|write '- ', a hyphen and a space, where an entry of a list begins",
    (FACTS, "  - id: ferry", "  -id: ferry"): "91:3|write '- ', a hyphen and a space, where an entry of a list begins",
    (FACTS, "    act: requested", "    // act: requested"): "99:5|a remark begins with #",
    (FACTS, "# yaml-language", "// yaml-language"): "1:1|a remark begins with #",
    (FACTS, '    cites: ["sample-talks-2026:L1"]', "    cite: [sample-talks-2026:L1]"): "42:5|did you mean 'cites'?\n",
}


@pytest.mark.parametrize("change", REMEDIES)
def test_what_is_wrong_is_told_with_what_to_write(
    change: tuple[str, str, str], starter: Path, program: Program
) -> None:
    name, old, new = change
    path = starter / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    done = program("check", at=starter)
    place, remedy = REMEDIES[change].split("|")
    assert done.code == 1
    assert any(found.startswith(f"{name}:{place}: ") and remedy in found for found in _split(done.err)), done.err


def _split(text: str) -> list[str]:
    """Return each finding with its lines."""
    return [f"{each}\n" for each in re.split(r"\n(?=\S)", text)]


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("KST", "did you mean 'Asia/Seoul'?"),
        ("ict", "did you mean 'Asia/Ho_Chi_Minh'?"),
        ("UTC+9", "name a city of the zone"),
        ("GMT-03:30", "name a city of the zone"),
        ("GMT+7", "name a city of the zone"),  # Etc/GMT+7 is seven hours behind
        ("gmt-9", "name a city of the zone"),
        ("Hà Nội", "did you mean 'Asia/Ho_Chi_Minh'?"),
        ("TP.HCM", "did you mean 'Asia/Ho_Chi_Minh'?"),
        ("서울", "did you mean 'Asia/Seoul'?"),
        ("South Korea", "did you mean 'Asia/Seoul'?"),
        ("New York", "did you mean 'America/New_York'?"),
        ("+0900", "name a city of the zone"),
        ("BST", "an abbreviation may mean several zones"),
        ("Asia/Soul", "did you mean 'Asia/Seoul'?"),
        ("GMT10", "name a city of the zone"),
        ("−9", "name a city of the zone"),
        ("Asia/Hanoi", "did you mean 'Asia/Ho_Chi_Minh'?"),
        ("Hanoi", "did you mean 'Asia/Ho_Chi_Minh'?"),
        ("Vietnam", "did you mean 'Asia/Ho_Chi_Minh'?"),
        ("Z", "did you mean 'UTC'?"),
        ("zzzz9", "name a city of the zone"),
        ("seoul", "did you mean 'Asia/Seoul'?"),
        ("ho chi minh", "did you mean 'Asia/Ho_Chi_Minh'?"),
        ("Seoul, Korea", "did you mean 'Asia/Seoul'?"),
        ("Europe/Paris (CET)", "did you mean 'Europe/Paris'?"),
        ("Brasília", "did you mean 'America/Sao_Paulo'?"),
        ("bogotá", "did you mean 'America/Bogota'?"),
        ("Washington", "did you mean 'America/New_York'?"),
        ("Turkey", "did you mean 'Europe/Istanbul'?"),
        ("Brazil", "it has several: America/Sao_Paulo, America/Noronha, "),
        ("Soeul", "did you mean 'Asia/Seoul'?"),
        ("Munich", "name a city of the zone"),
        ("Mumbai", "did you mean 'Asia/Kolkata'?"),
    ],
)
def test_w003_no_zone_is_proposed_that_is_another(zone: str, hint: str) -> None:
    assert zone_hint(zone).startswith(hint)
    assert "MST" not in zone_hint(zone)


def test_w003_a_letter_before_a_number_is_no_distance() -> None:
    assert zone_hint("X9").startswith("name a city of the zone")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("promised", "announced"),
        ("Pledged", "announced"),
        ("asked", "requested"),
        ("agred", "agreed"),
    ],
)
def test_f004_no_act_is_proposed_that_is_another(word: str, meant: str, starter: Path) -> None:
    changed(starter / "facts/sample.yaml", "act: agreed", f"act: {word}")
    workspace = find_workspace(starter)
    found = [each for each in read_facts(workspace, *partnerships(workspace))[1] if each.code == "F004"]
    assert [each.hint for each in found] == [f"did you mean '{meant}'?"]


def test_w005_in_a_list_of_several_lines(starter: Path) -> None:
    changed(starter / "briefgen.toml", '["en"]', '[\n  "en", # the base\n  "vn"]')
    with pytest.raises(FindingsError) as caught:
        read_languages(workspace := find_workspace(starter), workspace.settings.languages)
    assert [str(each.location)[:16] for each in caught.value.findings] == ["briefgen.toml:5:"]


def test_a_unit_that_no_language_has_is_told_once(starter: Path, program: Program) -> None:
    changed(starter / FACTS, "{value: 3.2 billion USD,", "{value: 3 gigabytes,")
    changed(starter / "seeds" / "sample-talks-2026.yaml", "{value: 3.2 billion USD,", "{value: 3 gigabytes,")
    told = [each for each in _split(program("check", at=starter).err) if "T307" in each]
    assert [each.partition(": ")[0] for each in told] == [f"{FACTS}:55:24"]


@pytest.mark.parametrize(
    ("look", "remedy"),
    [
        ("sections:\n- summits\n - colophon\n", "3:2: error Y002 this '- ' begins no entry"),
        ("paper:\n  size: A4\npage_size: Letter\n", "'size' stands below 'paper'"),
        ("header:\n  en: Ministry\n", "see 'Put a line of your own into the head of the pages' in templates/README.md"),
        ("font_size: 14\n", "see 'Have larger letters, or other colours on screen only' in templates/README.md"),
    ],
)
def test_what_is_wrong_in_a_look_is_told_with_what_to_write(
    look: str, remedy: str, starter: Path, program: Program
) -> None:
    (starter / "templates").mkdir(exist_ok=True)
    (starter / "templates" / "look.yaml").write_text(look, encoding="utf-8")
    assert remedy in program("check", at=starter).err


def test_a_task_that_a_hint_names_is_in_the_guide() -> None:
    guide = (PROJECT / "templates" / "README.md").read_text(encoding="utf-8")
    assert all(f"\n### {task}\n" in guide for task in validate._BY_TEMPLATE.values())


def test_a_name_that_is_none_is_told_once_and_not_what_follows_from_it(starter: Path, program: Program) -> None:
    changed(starter / FACTS, "by: [SL]", "by: [SLL]")
    changed(starter / FACTS, "sample-talks-2026@talks\n    rank: 2", "sample-talks-2026@talk\n    rank: 2")
    changed(starter / FACTS, '"@ada-holm"', '"@ada-holn"')
    told = _split(program("check", at=starter).err)
    assert sorted(each.split()[2] for each in told) == ["C102", "C102", "C109", "E206"]


@pytest.mark.parametrize(
    ("name", "saved", "meant"),
    [
        ("facts/locale/ko.po", "facts/locale/ko.po.txt", "ko.po"),
        (RECORD, f"{RECORD}.txt", "sample-talks-2026.yaml"),
    ],
)
def test_a_file_that_an_editor_has_named_a_text_is_told(
    name: str, saved: str, meant: str, starter: Path, program: Program
) -> None:
    set_languages(starter, "en", "ko")
    program("translate", at=starter)
    (starter / name).rename(starter / saved)
    told = program("check", at=starter).err
    assert f"{saved}: warning Y009 nothing reads a file of this name\n    help: did you mean '{meant}'?" in told


def test_an_entry_without_its_dash_is_told_once(starter: Path, program: Program) -> None:
    changed(starter / FACTS, "  - id: ferry\n", "    id: ferry\n")
    told = _split(program("check", at=starter).err)
    assert [each.partition(":")[2][:5] for each in told if "Y003" in each] == ["91:5:"]


def test_an_id_that_is_misspelt_is_told_once_and_is_known_to_its_record(starter: Path, program: Program) -> None:
    changed(starter / FACTS, "id: ferry\n", "id: Ferry\n")
    told = _split(program("check", at=starter).err)
    assert [each.split()[2] for each in told if " error " in each] == ["F004"]
