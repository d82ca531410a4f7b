"""The registry of checks. Each is one function that yields findings of the one code with which its docstring begins.

To add one: write the function beside its like, name it here, and give it a row in the table of facts/README.md (or of
templates/README.md, for the look) and a test whose docstring is a small bad file.
"""

from collections.abc import Callable, Iterator

from briefgen.check import evidence, facts, languages, look, quotations, translations
from briefgen.check.languages import LanguageSubject
from briefgen.check.look import LookSubject
from briefgen.check.quotations import RecordSubject
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding

FACTS: tuple[Callable[[FactBook], Iterator[Finding]], ...] = (
    facts.unknown_ids,
    facts.circular_supersession,
    facts.superseded_by_older,
    facts.large_shares,
    facts.typed_digits,
    facts.unknown_placeholders,
    facts.empty_entries,
    facts.wrong_kinds_of_value,
    facts.unknown_tile_values,
    facts.statements_without_speaker,
    facts.stray_braces,
    facts.offices_of_another_party,
    facts.one_sided_agreements,
    facts.ambiguous_names,
    facts.wrong_repeats,
    facts.wrong_answers,
    facts.meetings_without_occasion,
    facts.earlier_values,
    facts.idle_reviews,
    evidence.unknown_lines,
    evidence.unsupported_cites,
    evidence.differing_sayings,
    evidence.differing_values,
    evidence.values_of_other_lines,
    evidence.unknown_occasions,
    evidence.unclaimed_sayings,
    evidence.undecided_figures,
    evidence.silent_lines,
    evidence.unknown_record_events,
    evidence.differing_outcomes,
    evidence.repeated_lines,
    evidence.empty_digests,
    evidence.lines_left_out_twice,
)
"""Of the facts and the records they rest on."""

RECORDS: tuple[Callable[[RecordSubject], Iterator[Finding]], ...] = (
    quotations.long_quotations,
    quotations.differing_quotations,
    quotations.unclear_quotations,
    quotations.mixed_quotations,
)
"""Of the words that each figure of a record was read from."""

LANGUAGES: tuple[Callable[[LanguageSubject], Iterator[Finding]], ...] = (
    languages.missing_labels,
    translations.wrong_placeholders,
    languages.missing_texts,
    languages.unused_texts,
    languages.forbidden_terms,
    languages.unformattable_values,
    languages.repeated_texts,
    translations.strange_signs,
    translations.blank_translations,
    translations.added_figures,
)
"""Of a language: its catalogs, its terms, its patterns."""

LOOK: tuple[Callable[[LookSubject], Iterator[Finding]], ...] = (
    look.faint_colours,
    look.wrong_sections,
    look.wrong_page_limits,
    look.wrong_measures,
    look.wrong_names,
    look.missing_languages,
    look.state_markings,
)
"""Of templates/look.yaml."""
