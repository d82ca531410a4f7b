"""The words of the page that are no facts; each is a message that every language's catalog must have."""

from collections.abc import Mapping
from enum import StrEnum

from briefgen.model import facts
from briefgen.model.briefing import Status
from briefgen.model.facts import Act, DocumentForm, MeetingForm
from briefgen.model.records import Basis


class Label(StrEnum):
    """English is the source; fields in braces are filled with finished strings."""

    EDITION = "Edition {number}"
    EDITION_DATED = "{edition} · {date}"
    REVISION = "Edition {number}, revision {revision}"
    RECONSTRUCTION = "Reconstruction: only what was known on {date}"
    LOOK_AHEAD = "Look ahead: only what was known on {date}"
    EMBARGO = "Embargoed until {hour}:{minute} ({zone}) on {date}"
    PREPARED_BY = "Prepared by: {text}"
    CONTACT = "Contact: {text}"
    DISTRIBUTION = "Distribution: {text}"
    PUBLIC_SOURCES = "Compiled from public sources. Not an official document."
    COPY_FOR_EDITING = "Copy for editing: not the published document"
    FIRST_EDITION = "First edition – no comparison"
    NO_COMPARISON = "No comparison with an edition: this is a reconstruction or a part"
    NO_CHANGES = "No facts or statuses have changed since edition {number}"
    COMPARED_WITH = "Compared with edition {number} ({date})"
    CHANGE_CORRECTED = "Corrected"
    CHANGE_NEW = "New"
    CHANGE_UPDATED = "Updated"
    CHANGE_STATUS = "Status changed"
    CHANGE_TIME = "Time passed"
    CHANGE_SOURCE = "Source changed"
    CHANGE_REWORDED = "Reworded"
    CHANGE_REMOVED = "Removed"
    NAMED_ACT = "{act}: {text}"
    REPLY = "{party} ({when})"
    ASKED_OF = "{party} to {to}"
    AIM_OF = "Aim of {party}"
    SIDE_ALONE = "Points of {party} alone"
    ANSWER = "Reply"
    EARLIER_ANSWER = "Earlier reply"
    SINCE_THEN = "Since then"
    BEFORE_THAT = "Before that"
    AS_ABOVE = "as above"
    AS_BELOW = "as below"
    TOLD_BEFORE = "already reported in edition {number}"
    COLON = ":"
    """After a word whose value follows; in French with the space before it."""
    SEMICOLON = ";"
    KIND_COUNT = "{kind}: {number}"
    MORE_CHANGES = "+ {number} more in the full briefing ({kinds})"
    AGENDA_NAME = "{title}: summits and deadlines"
    AGENDA_DEADLINE = "Deadline: {text}"
    AGENDA_TERM = "End of the term: {text}"
    AGENDA_CATEGORY = "Deadline"
    AGENDA_LAST_DAY = "Due as the source names it: {due}; entered on its last day"
    COLUMN_ID = "Id"
    COLUMN_DAY = "Day"
    COLUMN_FIELD = "Field"
    COLUMN_SIDE = "Side"
    COLUMN_TO = "Addressed to"
    COLUMN_SPEAKER = "Speaker"
    COLUMN_STATEMENT = "Statement"
    COLUMN_COMMITMENT = "Commitment"
    COLUMN_STATUS = "Status"
    COLUMN_DUE = "Due"
    DATE = "Date"
    COLUMN_ACCOUNT = "Whose account"
    COLUMN_NOTE = "Note"
    COLUMN_SOURCES = "Sources"
    BOTH_SIDES = "Both sides"
    ALL_SIDES = "All sides"
    BOTH_SIDES_WITHIN = "both sides"
    ALL_SIDES_WITHIN = "all sides"
    PERSON_TITLE = "{person}, {title}"
    PERSON_THEN = "{person}, then {title}"
    PERSON_UNTITLED = "{person}, title not in the source"
    ACCOUNT = "as told by {party}"
    ACCOUNT_IN_INTERVIEW = "as told by {party}, in an interview"
    ONE_SIDED = "{meeting} ({date}): {accounts}"
    POINTS_ALONE = "{number} by {party} alone"
    NOT_READ_WHOLE = "texts read in part"
    POINTS_ALONE_WITH = "{number} by {party} alone (the only account on {fields})"
    ALSO_SAID = "similarly {years}"
    ALSO_SAID_BY = "similarly {years} ({person})"
    EACH_ACCOUNT = "as told by each side"
    FIGURE_THEN = "figure of {party}: {result}"
    BARS = "{share} of the goal: {result}"
    BARS_OF = "{share} of the goal: {result}, by {party}"
    DATE_UNKNOWN = "date not in the sources"
    SUPERSEDED_BY = "later: {text}"
    REPLACED = "Replaced by newer or more exact entries"
    STATUS_AND_LATER = "{status}; {later}"
    OWN_AUTHORITIES = "its own authorities"
    DUE_BY_A_DAY = "With a date"
    OCCASION_NOT_STATED = "Occasion not stated"
    MORE_IN_FULL = "Further facts in the full briefing: {number}."
    REST_ON_WEB = "Only in its web edition: {counts}."
    OLDER_COUNT = "older or repeated statements {number}"
    COURTESY_COUNT = "courtesies {number}"
    HOSTED_BY = "Host: {party}"
    HELD_BY = "by {date}"
    CHAIR = "{party} (chair)"
    NOT_RECORDED = "Not recorded whether held: {items}"
    TERMS = "Within its term: {items}"
    PERIODS = "Period under way: {items}"
    DURING = "during the visit"
    LATEST_RESULT = "{amount} ({period})"
    LINE = "L{number}"
    PUBLISHED_TEXT = "date in the text"
    PUBLISHED_DERIVED = "date derived"
    PUBLISHED_PRESS = "date from outside the text"
    DERIVED_FIGURE = "{value} (derived)"
    DERIVED = "† derived: not printed in the source."
    TRANSLATION = "{source} (translation; original not compared)"
    IN_TRANSLATION = "{language} translation"
    IN_PART_ONLY = "{source} – in part"
    PUBLISHER_NOT_STATED = "publisher not stated"
    SIDE_ACCOUNT = "account of {party}"
    NO_SIDES_ACCOUNT = "joint or other account"
    FACTS_COUNT = "Rests on {sources}: {facts} known on this day."
    ONLY_ON_WEB = "Only in the web edition ({file} of the same edition): {number} of them."
    FALLBACKS = "Texts not yet translated and shown in English: {number}."
    RULE_ACTS = (
        "Each statement is marked by what was done: a hope is no request, a request no agreement, an aim no pledge; a "
        "pledge is an undertaking; a shared view is no agreement to act. An account of one side alone (its "
        "authorities, its press) is attributed to it. Events are not; nor are papers or channels of which no source "
        "says who agreed to them."
    )
    RULE_STATUS = (
        "A deadline is over the day after its period ends; without a report the entry reads “deadline passed – outcome "
        "not reported”, a plan, hope or invitation “date passed”."
    )
    RULE_SUMMITS = (
        "A summit reads “may have taken place” once its time may have begun, and “not recorded whether held” once that "
        "is over, until a source tells more."
    )
    RULE_ORDER = "The order of the parties follows the language of the edition and implies no precedence."
    RULE_SOURCES = (
        "A fact is known from the day its source was published. Where a source is said not to carry a point, that goes "
        "for the part of it that was read."
    )
    COURTESIES = (
        "Courtesies (thanks, congratulations, appreciation) are counted here and listed in the web edition: {number}."
    )
    LEFT_OUT = "Known, but not printed here; the evidence stands in the attached briefing.json:"
    DATA_FILE = "The facts of this briefing as data, for programs"
    PROGRAM = "Made with briefgen {version}. Facts {hash}."
    NAMES_PEOPLE = "People"
    NAMES_PARTIES = "Parties"
    NAMES_BODIES = "Institutions and groups"
    NAMES_TERMS = "Terms"
    REQUESTED = "Requested"
    PROPOSED = "Proposed"
    HOPED = "Hoped"
    INVITED = "Invited"
    INSTRUCTED = "Instructed"
    PLANNED = "Planned"
    ANNOUNCED = "Pledged"
    AIMED = "Aim"
    AGREED = "Agreed"
    SIGNED = "Signed"
    STATED = "Stated"
    SHARED_VIEW = "Shared view"
    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    FULFILLED = "Fulfilled"
    CAME_ABOUT = "Realised"
    PARTLY = "Partly fulfilled"
    NOT_MET = "Not met"
    OVERDUE = "Overdue"
    WITHDRAWN = "Withdrawn"
    HELD = "Held"
    OPEN = "Open"
    DUE_SOON = "Due soon"
    DEADLINE_PASSED = "Deadline passed – outcome not reported"
    DEADLINE_MEASURED = "Deadline passed – see figures"
    DEADLINE_BELOW = "Deadline passed – below the goal by the figures of {party}"
    DEADLINE_NOT_BELOW = "Deadline passed – at or above the goal by the figures of {party}"
    DATE_PASSED = "Date passed – outcome not reported"
    IN_TERM = "Within its term"
    UNDER_WAY = "Its period is under way"
    TERM_ENDED = "Term ended – no later report"
    SUMMIT_HELD = "Summit held – not reported whether done"
    NO_LATER_REPORT = "No later report"
    UPCOMING = "Upcoming"
    MAY_HAVE_TAKEN_PLACE = "May have taken place"
    OUTCOME_NOT_RECORDED = "Not recorded whether held"
    SUPERSEDED = "Superseded"
    REPEATED = "Repeated later"
    STANDS = "Reported"
    locals().update({form.name: form.value.capitalize() for form in MeetingForm})
    MECHANISM = "Standing channel"
    MILESTONE = "Milestone"
    SUMMIT = "Summit"
    locals().update({form.name: form.value.capitalize() for form in DocumentForm})
    IN_FORCE = "entry into force: {date}"
    OFFICEHOLDERS = "Officeholders"
    UPCOMING_SUMMITS = "Upcoming summits"
    ASKS_AND_UNDERTAKINGS = "Asks and undertakings"
    FIGURES = "Figures"
    MECHANISMS = "Mechanisms"
    DOCUMENTS = "Documents"
    LEVEL = "Level of the partnership"
    SUMMITS = "Summits"
    MEETINGS = "Meetings"
    MILESTONES = "Milestones"
    CONFLICTS = "Conflicts between sources"
    NEWEST_SOURCE = "Newest source: {date}"
    AND_AGE = "{source} ({age} old)"
    PAST_REVIEW_SHORT = "facts to re-check before use: {number} of {total}"
    ACCOUNTS = "Sources: {sides}"
    READ_IN_PART = "{sides}; {number} of {total} read in part only"
    OFFICES_AS_NAMED = "officeholders as last named, to be checked"
    ACCOUNTS_OF = "{party} {number}"
    ACCOUNTS_UP_TO = "{party} {number} (up to {date})"
    OTHER_ACCOUNTS = "joint and other"
    LAST_CONFIRMED = "last confirmed {date}"
    DAYS = "{number} days"
    SHARE_OF = "{number} of {total}"
    SHARE_SHOWN = "{number} of {total} shown"
    DRAFT = "Draft, not cleared"
    CLEARED_BY = "Cleared by {name} on {date}"


ACTS = {act: Label[act.name] for act in Act}
STATUSES = {status: Label[status.name] for status in Status}
FORMS: Mapping[str, Label] = {form.value: Label[form.name] for form in (*MeetingForm, *DocumentForm)}
KINDS = {
    facts.Statement.kind: Label.ASKS_AND_UNDERTAKINGS,
    facts.Summit.kind: Label.SUMMITS,
    facts.Meeting.kind: Label.MEETINGS,
    facts.Milestone.kind: Label.MILESTONES,
    facts.Mechanism.kind: Label.MECHANISMS,
    facts.Document.kind: Label.DOCUMENTS,
    facts.Figure.kind: Label.FIGURES,
    facts.Office.kind: Label.OFFICEHOLDERS,
    facts.Conflict.kind: Label.CONFLICTS,
}
"""Every kind of fact, in the order in which those left out are counted."""
AGEING_KINDS = {
    facts.Office.kind: Label.OFFICEHOLDERS,
    facts.Summit.kind: Label.UPCOMING_SUMMITS,
    facts.Figure.kind: Label.FIGURES,
    facts.Statement.kind: Label.ASKS_AND_UNDERTAKINGS,
    facts.Mechanism.kind: Label.MECHANISMS,
    facts.Document.kind: Label.DOCUMENTS,
    facts.Milestone.kind: Label.LEVEL,
}
"""The kinds of fact that can go out of date, those first that do so soonest."""
BASES = {Basis.TEXT: Label.PUBLISHED_TEXT, Basis.DERIVED: Label.PUBLISHED_DERIVED, Basis.PRESS: Label.PUBLISHED_PRESS}
