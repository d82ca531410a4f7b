"""Checks of languages: each text is translated, with the right terms, and can be formatted; all print the same."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from difflib import get_close_matches
from math import prod
from typing import Annotated, ClassVar

import regex

from briefgen.check.evidence import dates_of, lines_of
from briefgen.localise.cldr import plural_categories
from briefgen.localise.language import Language, Translation
from briefgen.localise.patterns import NO_BREAK_MARK, STILL_ENGLISH, Patterns, Plural
from briefgen.localise.values import format_value, with_particle
from briefgen.model.book import FactBook, Message, values_of
from briefgen.model.facts import STRICT, Field, pieces, without_placeholders
from briefgen.model.findings import Finding, Location, Severity, nearest_word, plural
from briefgen.model.quantities import Cite, Count, Name, Quantity
from briefgen.model.texts import MAX_TEXT, TAKE_AWAY, Notation, Text, is_blank, marks_in, numbers_in, unwanted

MAX_PATTERN, MAX_REPEATS = 500, 1_000
"""Characters of a regular expression, and repetitions: each is written out, those within others many times."""
_REPEAT = regex.compile(r"\{([0-9]*),?([0-9]*)\}")
SEARCH_SECONDS = 0.25
"""For each text that a regular expression is looked for in; one that needs more can take hours for the next text."""


def _pattern(text: str) -> regex.Pattern[str]:
    if len(text) > MAX_PATTERN:
        raise ValueError(f"a regular expression of {len(text):,} characters; the limit is {MAX_PATTERN}")
    if prod(max(int(each or 1) for each in times) for times in _REPEAT.findall(text)) > MAX_REPEATS:
        raise ValueError(f"'{text}' is no regular expression: it repeats more than {MAX_REPEATS:,} times")
    try:
        pattern = regex.compile(text)
        if pattern.match("", timeout=SEARCH_SECONDS):
            raise ValueError(f"'{text}' is found in every text, as it needs no letter")
        return pattern
    except TimeoutError:
        raise ValueError(f"'{text}' takes too long to look for") from None
    except (regex.error, OverflowError, RecursionError) as error:
        raise ValueError(f"'{text}' is no regular expression: {error}") from None


_FORM = Notation(_pattern, "A regular expression; upper and lower case differ.", "Saigon")
Pattern = Annotated[regex.Pattern[str], _FORM]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenTerm:
    """One term not to use, what to use instead, and why."""

    __pydantic_config__: ClassVar = STRICT
    never: Pattern
    use: Text
    why: Text
    exempt: tuple[str, ...] = ()
    """Contexts of texts that may use it all the same: a quotation, a title."""
    audience: str = ""
    """Only in editions for this audience; everywhere where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermList:
    """The file `facts/locale/xx.terms.yaml`, or that of one partnership, `facts/locale/NAME/xx.terms.yaml`."""

    __pydantic_config__: ClassVar = STRICT
    terms: tuple[ForbiddenTerm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSubject:
    """A language and the texts that it must have."""

    language: Language
    labels: tuple[str, ...] = ()
    """The English labels that it must translate."""
    places: Mapping[str, Location] = field(default_factory=dict)
    """Where templates of the workspace's own have them."""
    messages: tuple[Message, ...] = ()
    """The texts of the facts in English."""
    book: FactBook | None = None
    terms: tuple[ForbiddenTerm, ...] = ()
    shared_terms: tuple[ForbiddenTerm, ...] = ()
    """Those that no partnership uses."""
    several: bool = False
    """Whether the workspace has other partnerships."""
    template_lines: tuple[Message, ...] = ()
    """What the workspace's own templates print in every language."""
    audience: str = ""
    """Whom the briefings are for, as the settings say."""


def missing_labels(subject: LanguageSubject) -> Iterator[Finding]:
    """T301: a label is not translated; the build stops."""
    language = subject.language
    if language.fallback is None:
        return
    entries = {label: language.labels.get(label) for label in subject.labels}
    missing = [label for label, found in entries.items() if not (found and found.text)]
    if is_begun := len(missing) > _MANY_LABELS:  # the same words for the labels of templates, so that it is told once
        message = f"more than {_MANY_LABELS} labels are not translated"
        hint = f"run briefgen translate, then fill in each 'msgstr' in {language.labels_file}"
        yield Finding(Location(language.labels_file), "T301", message, hint=hint)
    for label, found in entries.items():
        if not (found and found.done) and not (is_begun and label in missing):
            place = subject.places.get(label)
            location = found.location if found else place or Location(language.labels_file)
            why = f"into {language.code} is missing" if location == place else "is missing"
            todo = "fill in its 'msgstr'"
            if found and found.fuzzy:
                why, todo = "is only a guess (fuzzy)", "correct its 'msgstr' and take the mark fuzzy away"
            hint = todo if found else f"run briefgen translate, then {todo} in {language.labels_file}"
            if not found and (near := get_close_matches(label, language.labels, n=1, cutoff=0.85)):
                hint = f"did you mean '{near[0]}'? If not, {hint}"
            yield Finding(location, "T301", f"the translation of the label '{in_short(label)}' {why}", hint=hint)


_MANY_LABELS = 20
"""More than these are told in one line: somebody has begun with a language."""


def unknown_labels(language: Language, labels: Collection[str]) -> Iterator[Finding]:
    """T310: the workspace translates a label that no page has, so that its words are never printed."""
    for label, found in language.labels.items():
        if label not in labels and found.location.file == language.labels_file:
            near = nearest_word(label, labels)
            severity = Severity.WARNING if near else Severity.NOTE
            hint = f"did you mean '{near}'?" if near else "briefgen translate takes it out of use"
            yield Finding(found.entry, "T310", f"no page has the label '{in_short(label)}'", severity, hint=hint)


def untranslatable_texts(found: Iterable[tuple[Location, str]]) -> Iterator[Finding]:
    """T311: a template prints a text as it stands, whatever the language."""
    for location, text in found:
        message = f"'{in_short(text)}' is printed so in every language"
        hint = 'write {{ _("...") }} around it, or translate="no" into its tag if it is meant to be so'
        yield Finding(location, "T311", message, Severity.WARNING, hint=hint)


def missing_texts(subject: LanguageSubject) -> Iterator[Finding]:
    """T303: a text of the facts is not translated; it is printed in the base language and marked."""
    language = subject.language
    if language.fallback is None:
        return
    entries = [language.translation(each.context, each.text) for each in subject.messages]
    if len(entries) > 1 and not any(each and each.text for each in entries):
        text = f"none of the {len(subject.messages)} texts of the facts is translated"
        hint = "briefgen translate makes the catalog, with an entry for each to be filled in"
        if language.texts:
            hint = "fill in each 'msgstr' there, in a text editor or a PO editor"
        yield Finding(Location(language.texts_file), "T303", text, severity=Severity.WARNING, hint=hint)
        return
    for message, found in zip(subject.messages, entries, strict=True):
        if language.text(message.context, message.text) is None:
            location = found.location if found else Location(language.texts_file)
            why = "is not translated"
            if found and found.text:
                older = f"translates an older text: '{in_short(found.source)}'"
                why = "is only a guess (fuzzy)" if found.fuzzy else older
            text = f"'{message.context}' {why} ({message.location})"
            yield Finding(location, "T303", text, Severity.WARNING, "run briefgen translate, then write its msgstr")


def unused_texts(subject: LanguageSubject) -> Iterator[Finding]:
    """T304: a translation belongs to no text of the facts."""
    contexts = {message.context for message in subject.messages}
    unread = subject.book.unread if subject.book else frozenset()  # nobody knows which texts these records have
    for context, found in subject.language.texts.items():
        if not context:
            meant = next((each.context for each in subject.messages if each.text == found.source), "ferry text")
            hint = f'write above it which text it translates, such as: msgctxt "{meant}"'
            yield Finding(found.entry, "T304", "this entry has no msgctxt", Severity.WARNING, hint=hint)
        elif context not in contexts and unread.isdisjoint(re.split("[ :@]", context)):  # as of line talks-2022:L7
            message = f"'{context}' is no text of the facts any more"
            same = [each.context for each in subject.messages if each.text == found.source]
            near = nearest_word(context, same)
            hint, severity = (f"did you mean 'msgctxt \"{near}\"'?", Severity.WARNING) if near else ("", Severity.NOTE)
            yield Finding(found.entry, "T304", message, severity, hint)


def in_short(text: str) -> str:
    """Return a text as findings name it, without what is too long of it."""
    return text if len(text) <= 60 else text[:57] + "..."


def forbidden_terms(subject: LanguageSubject) -> Iterator[Finding]:
    """T306: a label, a text or a template uses a forbidden term, and its context is not exempt."""
    texts = (*_term_texts(subject.language, subject.messages), *subject.template_lines)
    for term in (*subject.terms, *subject.shared_terms):
        if term.audience in ("", subject.audience):
            shared = subject.several and term not in subject.terms
            yield from _uses(term, (text for text in texts if text.context not in term.exempt), shared=shared)


def _uses(term: ForbiddenTerm, texts: Iterable[Message], *, shared: bool) -> Iterator[Finding]:
    """Yield a finding for each text with a forbidden term; if the search takes too long, one that says so, and stop.

    `shared` says whether several partnerships use this list of terms.
    """
    for text in texts:
        try:
            found = term.never.search(text.text, timeout=SEARCH_SECONDS)
        except TimeoutError:
            message = f"'{term.never.pattern}' takes too long to look for in this text"
            hint = "write the term more simply: no repeated group may hold another repetition, as in (a+)+"
            yield Finding(text.location, "T306", message, hint=hint)
            return
        if found:
            hint = f"use '{term.use}' ({term.why}); or exempt '{text.context}' in the list of terms"
            if shared:
                hint += "; a list in facts/locale/PARTNERSHIP/ is of one partnership alone"
            yield Finding(text.location, "T306", f"'{found.group()}' is not used in this language", hint=hint)


def _term_texts(language: Language, messages: Iterable[Message]) -> Iterator[Message]:
    """Yield the labels and the texts of the facts as they are printed in the language."""
    for english, label in language.labels.items():
        yield Message(context=f"label {english}", text=label.text, location=label.location)
    for message in messages:
        if language.fallback is None:
            yield message
        elif found := language.translation(message.context, message.text):
            yield Message(context=message.context, text=found.text, location=found.location)


def unformattable_values(subject: LanguageSubject) -> Iterator[Finding]:
    """T307: a value cannot be formatted: the language has no counter for its unit, or does not know its style."""
    language, book = subject.language, subject.book
    if book is None:
        return
    names = {id: each.name for group in book.file.named.values() for id, each in group.items()}
    seen: set[tuple[str, str]] = set()
    for text, values in (*_bare_values(book, names), *_texts_with_values(book, language)):
        owner = text.of[1]
        printed = language.text(text.context, text.text) if text.context else text.text
        found = language.translation(text.context, text.text) if language.fallback and text.context else None
        for name, why in _format_errors(printed or "", values, names, language.patterns):
            value = name if "." in name else f"{owner}.{name}"
            if (value, why) not in seen:  # where a fact has it, and not again where a headline prints it
                location = found.location if found else text.location
                hint = _counter_to_add(values[name], language) if why not in {known for _, known in seen} else ""
                seen.add((value, why))
                yield Finding(location, "T307", f"{{{name}}} cannot be worded: {why}", hint=hint)


def _counter_to_add(value: Quantity, language: Language) -> str:
    """Return what to write where, so that a unit can be worded that the language has no counter for; else nothing."""
    patterns = language.patterns
    if not isinstance(value, Count) or value.unit in patterns.counts.units:
        return ""
    forms = ", ".join(f'{each}: "{{number}}{NO_BREAK_MARK}..."' for each in plural_categories(patterns.locale))
    unit = f"patterns: {{counts: {{units: {{{value.unit}: {{{forms}}}}}}}}}"
    return f"write into templates/languages/{language.code}.local.yaml: {unit}"


_NAMED = 5
"""How many of the phrases that are still English are named."""


def english_phrases(subject: LanguageSubject) -> Iterator[Finding]:
    """T315: a phrase of a language's file is still the English one of its draft; the build stops."""
    found = [*_still_english(subject.language.patterns, ())]
    if found:
        first = ", ".join(found[:_NAMED]) + (" ..." if len(found) > _NAMED else "")
        message = f"{plural(len(found), 'phrase')} still in English: {first}"
        hint = f"look for '{STILL_ENGLISH}', write it in the language, and take the mark away"
        yield Finding(Location(f"templates/languages/{subject.language.code}.yaml"), "T315", message, hint=hint)


def _still_english(node: object, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the keys of the phrases that are marked, one for each with plural forms."""
    if isinstance(node, Plural):
        node = node.other
    if isinstance(node, str) and node.startswith(STILL_ENGLISH):
        yield ".".join(path)
    elif isinstance(node, Mapping):
        for key, each in node.items():
            yield from _still_english(each, (*path, str(key)))
    elif is_dataclass(node):
        for each in fields(node):
            yield from _still_english(getattr(node, each.name), (*path, each.name))


_PAGE_COUNTS = ("facts", "sources", "months")
"""What every page counts, whatever the facts are."""


def repeated_texts(subject: LanguageSubject) -> Iterator[Finding]:
    """T308: an obsolete entry translates a text that has a live entry too, which `msgfmt` may refuse."""
    language = subject.language
    for name, found in (*language.labels.items(), *language.texts.items(), *language.shared.items()):
        if found.repeated:
            message = f"'{in_short(name)}' is translated in this obsolete entry, but has a live one too"
            hint = "run `briefgen translate`: it uses this translation where there is none, or else makes it a comment"
            yield Finding(found.repeated, "T308", message, severity=Severity.NOTE, hint=hint)


WithValues = tuple[Message, Mapping[str, Quantity]]


def _bare_values(book: FactBook, names: Mapping[str, str]) -> Iterator[WithValues]:
    """Yield every value of a fact, what it was before, each date of a source, and what the evidence has of its lines.

    Each is a text of its own that is not translated: as tables and tiles print it.
    """

    def bare(owner: str, name: str, value: Quantity, location: Location) -> WithValues:
        text = f"{{{name}:table}}{{{name}:short}}"
        return Message(context="", text=text, location=location, of=("", owner)), {name: value}

    cited = {slot.value.cite for _, slot in book.slots()}
    for fact, slot in book.slots():
        yield bare(fact.id, slot.name, slot.value.value, book.location(fact.id, *slot.path, "value"))
    for id, source in book.sources.items():
        for path, dated in dates_of(source).items():
            yield bare(id, str(path[-1]), dated.date, book.locate(("sources", id, *path, "date")))
    for id, at, line in lines_of(book):
        figures = {("figures", name): each.value for name, each in line.figures.items()}
        figures |= {("derived", name): each.value for name, each in line.derived.items()}
        for path, value in figures.items():
            told = Cite(id, line.line, path[-1]) in cited  # where the fact that has it stands
            if line.digest.strip() and not told and not (isinstance(value, Name) and value.id not in names):
                yield bare(f"{id}:L{line.line}", path[-1], value, book.locate((*at, *path, "value")))


def _texts_with_values(book: FactBook, language: Language) -> Iterator[WithValues]:
    """Yield the texts that name values, and what a page counts."""
    own = {id: {name: value.value for name, value in values_of(fact).items()} for id, fact in book.facts.items()}
    every = {f"{id}.{name}": quantity for id, values in own.items() for name, quantity in values.items()}
    texts = (each for each in book.messages() if each.has_values)
    for each in sorted(texts, key=lambda each: each.of[0]):  # those of facts before headlines
        yield each, own[each.of[1]] if each.of[0] == "fact" else every
    counts = "".join(f"{{{unit}}}" for unit in _PAGE_COUNTS)
    location = Location(f"templates/languages/{language.code}.yaml")
    yield Message(context="", text=counts, location=location), {unit: Count(Decimal(2), unit) for unit in _PAGE_COUNTS}


def _format_errors(
    text: str, values: Mapping[str, Quantity], names: Mapping[str, str], patterns: Patterns
) -> Iterator[tuple[str, str]]:
    """Yield the name of each value that cannot be worded, and why."""
    for piece in pieces(text):
        if isinstance(piece, Field) and piece.name in values:
            plain = next((style for style in piece.styles if "/" not in style), "prose")
            try:
                worded = format_value(values[piece.name], patterns, plain, names)
                for pair in (style for style in piece.styles if "/" in style):
                    with_particle(worded, pair, patterns)
            except ValueError as error:
                yield piece.name, str(error)


_CARDINALS = "zero one two three four five six seven eight nine ten eleven twelve"
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_WORDS = {word: number for words in (_CARDINALS, _ORDINALS) for number, word in enumerate(words.split())}
"""In English, which every text is translated from."""


def printed(subject: LanguageSubject) -> Iterator[Translation]:
    """Yield the translations that may be printed: labels, and those of the texts that the facts have now."""
    language = subject.language
    current = filter(None, (language.translation(each.context, each.text) for each in subject.messages))
    yield from (each for each in (*language.labels.values(), *current) if each.done)


def strange_signs(subject: LanguageSubject) -> Iterator[Finding]:
    """T312: a translation is too long, holds a sign that no text may hold, or a line break that its source lacks."""
    for each in printed(subject):
        for sign, what in (("\n", "line break"), ("\t", "tab")):
            if sign in each.text and sign not in each.source:
                message = f"the translation of '{in_short(each.source)}' holds a {what}"
                yield Finding(each.location, "T312", message, hint=f"take {sign!r:.3} away".replace("'", ""))
        if len(each.text) > max(MAX_TEXT, 3 * len(each.source)):
            message = f"the translation of '{in_short(each.source)}' has {len(each.text):,} characters"
            yield Finding(each.location, "T312", message, hint=f"the limit is {MAX_TEXT:,}")
        for what in dict.fromkeys(what for _, what in unwanted(each.text)):
            message = f"{what} stands in the translation of '{in_short(each.source)}'"
            yield Finding(each.location, "T312", message, hint=TAKE_AWAY)


def blank_translations(subject: LanguageSubject) -> Iterator[Finding]:
    """T313: a translation shows nothing, or signs alone where its source has words."""
    for each in printed(subject):
        says = "".join(filter(str.isalnum, each.text)).casefold()
        no_word = says in _NO_WORDS and "".join(filter(str.isalnum, each.source)).casefold() not in _NO_WORDS
        blank = is_blank(each.text) and not is_blank(each.source)
        if blank or no_word:
            what = "blank" if blank else f"no word: '{in_short(each.text)}'"
            message = f"the translation of '{in_short(each.source)}' is {what}"
            hint = "write it, or leave it empty: then the English is printed"
            yield Finding(each.location, "T313", message, hint=hint)


_NO_WORDS = ("", "todo", "tbd", "tbc", "fixme", "xxx", "na", "null")
"""What is left of a translation that somebody still has to write, without its signs."""


def added_figures(subject: LanguageSubject) -> Iterator[Finding]:
    """T314: a translation has a figure, in digits of any script, that its source lacks.

    Proper names may hold figures, as in English (C104), and a small number may be a word in one language only.
    """
    names = tuple(_names_with_figures(subject))
    for each in printed(subject):
        known = _said_numbers(each.source).union(*(numbers for name, numbers in names if name in each.source))
        for number in sorted(numbers_in(without_placeholders(each.text)) - known):
            message = f"the translation of '{in_short(each.source)}' says {number}, which its source does not"
            yield Finding(each.location, "T314", message, hint="write a number as a word, or take it out")


def wrong_placeholders(subject: LanguageSubject) -> Iterator[Finding]:
    """T302: a translation does not have the placeholders of its English text, each as often."""
    for each in printed(subject):
        if faults := "; ".join(_placeholder_faults(each)):
            names = _listed({*_counted(each.source)})
            hint = f"its msgstr needs, as often as its msgid: {names}" if names else "write its msgstr in plain text"
            yield Finding(each.location, "T302", f"the translation of '{in_short(each.source)}' {faults}", hint=hint)


_WITH_FIGURES = ("term", "publisher", "party", "body")


def _names_with_figures(subject: LanguageSubject) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each English name of terms, parties, bodies and publishers, with the numbers of all: UNCLOS, of 1982."""
    translated = {**subject.language.shared, **subject.language.texts}
    named = [each for each in subject.messages if each.of[0] in _WITH_FIGURES and each.context in translated]
    names = [(each.of, translated[each.context]) for each in named]
    for of, name in names:
        same = (other for whose, other in names if whose == of)
        yield name.source, frozenset().union(*(numbers_in(f"{each.source} {each.text}") for each in same))


def _said_numbers(english: str) -> frozenset[str]:
    """Return the numbers that an English text says, in digits or in words up to twelve."""
    words = re.findall("[a-z]+", english.lower())
    return numbers_in(without_placeholders(english)) | {str(_WORDS[word]) for word in words if word in _WORDS}


def _placeholder_faults(translation: Translation) -> Iterator[str]:
    """Yield how the placeholders of a translation differ from those of its source."""
    expected, present = _counted(translation.source), _counted(translation.text)
    lost, extra = expected.keys() - present.keys(), present.keys() - expected.keys()
    often = {name for name in expected.keys() & present.keys() if expected[name] != present[name]}
    if lost:
        yield f"lacks {_listed(lost)}"
    if extra:
        yield f"has {_listed(extra)}, which the source lacks"
    if often:
        yield f"has {_listed(often)} more often or less often than the source"
    if marks := marks_in(translation.text) - marks_in(translation.source):
        yield f"has {', '.join(sorted(marks))}, which would be printed as it stands"
    if {"{", "}"} & set(without_placeholders(translation.text)) - set(without_placeholders(translation.source)):
        yield "has a brace that would be printed as it stands"


def _counted(text: str) -> Counter[str]:
    return Counter(piece.name for piece in pieces(text) if isinstance(piece, Field))


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
