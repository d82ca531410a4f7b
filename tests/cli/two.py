"""A workspace with two partnerships that have every id in common, in three languages."""

from pathlib import Path

from polib import pofile

from briefgen.tools.workspaces import make_workspace

WORDS = {
    "Northland": "Eastmark",
    "Southland": "Westmark",
    "Ada Holm": "Eve Berg",
    "ferry": "tunnel",
    "Raise trade": "Double trade",
    "Northport": "Eastport",
    "Prime ministers": "Presidents",
}
"""What the first partnership says, and what the second says in its place."""
KEPT = ("[ferry]", "id: ferry", "message-ferry")
LANGUAGES = ("vi", "ko")


def two_partnerships(folder: Path) -> Path:
    """The sample twice, in other words, each with its own record; nothing is translated yet."""
    make_workspace(folder)
    (folder / "briefgen.toml").write_text(f"languages = {['en', *LANGUAGES]}\nformats = ['html']\n", encoding="utf-8")
    facts, record = folder / "facts" / "sample.yaml", folder / "seeds" / "sample-talks-2026.yaml"
    for name, words in (("first", {}), ("second", WORDS)):
        for path, new in ((facts, f"{name}.yaml"), (record, f"{name}-talks.yaml")):
            text = path.read_text(encoding="utf-8").replace("sample-talks-2026", f"{name}-talks")
            text = _reworded(text.replace("{id: sample,", f"{{id: {name},"), words)
            path.with_name(new).write_text(text, encoding="utf-8")
    facts.unlink()
    record.unlink()
    return folder


def _reworded(text: str, words: dict[str, str]) -> str:
    """Return the text in other words; ids stay."""
    for number, id in enumerate(KEPT):
        text = text.replace(id, f"\0{number}")
    for old, new in words.items():
        text = text.replace(old, new)
    for number, id in enumerate(KEPT):
        text = text.replace(f"\0{number}", id)
    return text


def translate_all(folder: Path) -> None:
    """Give every text without a translation one that names the catalog it stands in."""
    for path in sorted((folder / "facts" / "locale").rglob("*.po")):
        catalog = pofile(str(path))
        for entry in catalog:
            entry.msgstr = entry.msgstr or f"[{path.parent.name}] {entry.msgid}"
        catalog.save()
