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
    EMBARGO = "Embargoed until {hour}:{minute} ({zone}) on {date}"
    PREPARED_BY = "Prepared by: {text}"
    CONTACT = "Contact: {text}"
    DISTRIBUTION = "Distribution: {text}"
    PUBLIC_SOURCES = "Compiled from public sources. Not an official document of either government."
    PUBLIC_SOURCES_OF_ALL = "Compiled from public sources. Not an official document of any government."
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
    KIND_COUNT = "{kind}: {number}"
    MORE_CHANGES = "+ {number} more in the full briefing ({kinds})"
    AGENDA_NAME = "{title}: summits and deadlines"
    AGENDA_DEADLINE = "Deadline: {text}"
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
    PERSON_TITLE = "{person}, {title}"
    PERSON_THEN = "{person}, then {title}"
    TITLE_NOT_STATED = "title not in the source"
    ACCOUNT = "as told by {party}"
    ACCOUNT_IN_INTERVIEW = "as told by {party}, in an interview"
    ALSO_SAID = "also {years}"
    ALSO_SAID_BY = "also {years} ({person})"
    FIGURE_THEN = "figure of {party}: {result}"
    BARS = "Bar: how far {result} reaches towards the goal"
    BARS_OF = "Bar: how far {result}, figure of {party}, reaches towards the goal"
    DATE_UNKNOWN = "date not in the sources"
    SUPERSEDED_BY = "later: {text}"
    REPLACED = "Replaced by newer or more exact entries"
    STATUS_AND_LATER = "{status}; {later}"
    OWN_AUTHORITIES = "its own authorities"
    DUE_BY_A_DAY = "With a date"
    OCCASION_NOT_STATED = "Occasion not stated"
    MORE_IN_FULL = "Further facts in the full briefing: {number}."
    REST_ON_WEB = "Only in its web edition: {counts}."
    OLDER_COUNT = "older statements {number}"
    COURTESY_COUNT = "courtesies {number}"
    HOSTED_BY = "Host: {party}"
    HELD_BY = "by {date}"
    CHAIR = "{party} (chair)"
    NOT_RECORDED = "Past, outcome not recorded: {summits}"
    DURING = "during the visit"
    LATEST_RESULT = "{amount} ({period})"
    LINE = "L{number}"
    PUBLISHED_TEXT = "date in the text"
    PUBLISHED_DERIVED = "date derived"
    PUBLISHED_PRESS = "date from outside the text"
    DERIVED_FIGURE = "{value} (derived)"
    DERIVED = "† derived: implied, not printed, by the source."
    TRANSLATION = "{source} (translation; original not compared)"
    BEGINNING_ONLY = "{source} – beginning only"
    PUBLISHER_NOT_STATED = "publisher not stated"
    SIDE_ACCOUNT = "account of {party}"
    FACTS_COUNT = "Rests on {sources}: {facts} known on this day."
    ONLY_ON_WEB = "Only in the web edition: {number} of them."
    FALLBACKS = "Texts not yet translated and shown in English: {number}."
    RULE_ACTS = (
        "Each statement is marked by what was done: a hope is no request, a request no agreement, an aim no pledge; a "
        "pledge is an undertaking. An account of one side alone is attributed to it; not so an event, or a paper or "
        "channel of which no source says who agreed to it."
    )
    RULE_STATUS = (
        "Unless marked, no date is set and no later report is known. A deadline is over the day after its period ends; "
        "without a report the entry reads “deadline passed – outcome not reported”, a plan “date passed”."
    )
    RULE_SUMMITS = (
        "A summit whose date has passed reads “outcome not recorded” until a source tells more; "
        "only exact dates are counted down."
    )
    RULE_ORDER = "Order of country names follows the language of the edition and implies no precedence."
    RULE_SOURCES = (
        "Dates of sources are given with their basis; a fact is known from the day its source was published. What the "
        "sources are said not to carry is not in the parts of them that were read."
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
    CAME_ABOUT = "Came about"
    PARTLY = "Partly fulfilled"
    NOT_MET = "Not met"
    OVERDUE = "Overdue"
    WITHDRAWN = "Withdrawn"
    HELD = "Held"
    OPEN = "Open"
    DUE_SOON = "Due soon"
    DEADLINE_PASSED = "Deadline passed – outcome not reported"
    DEADLINE_MEASURED = "Deadline passed – figures given"
    DATE_PASSED = "Date passed – outcome not reported"
    SUMMIT_HELD = "Summit held – not reported whether done"
    NO_LATER_REPORT = "No later report"
    UPCOMING = "Upcoming"
    MAY_HAVE_TAKEN_PLACE = "May already have taken place"
    OUTCOME_NOT_RECORDED = "Outcome not recorded"
    SUPERSEDED = "Superseded"
    REPEATED = "Repeated later"
    STANDS = "Reported"
    STATE_VISIT = "State visit"
    OFFICIAL_VISIT = "Official visit"
    VISIT = "Visit"
    TALKS = "Talks"
    MEETING = "Meeting"
    DIALOGUE = "Dialogue"
    CONFERENCE = "Conference"
    BANQUET = "Banquet"
    EVENT = "Event"
    MECHANISM = "Standing channel"
    MILESTONE = "Milestone"
    SUMMIT = "Summit"
    MEMORANDUM = "Memorandum"
    JOINT_STATEMENT = "Joint statement"
    DECLARATION = "Declaration"
    ACTION_PROGRAMME = "Action programme"
    COOPERATION_DOCUMENTS = "Cooperation documents"
    AGREEMENT = "Agreement"
    TREATY = "Treaty"
    PROTOCOL = "Protocol"
    LETTER_OF_INTENT = "Letter of intent"
    PLAN = "Plan"
    LAW = "Law"
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
    PAST_REVIEW_SHORT = "{number} of {total} ageing facts past review"
    ACCOUNTS = "Sources: {sides}"
    ACCOUNTS_OF = "{party} {number}"
    ACCOUNTS_UP_TO = "{party} {number} (up to {date})"
    OTHER_ACCOUNTS = "others"
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
BASES = {
    Basis.TEXT: Label.PUBLISHED_TEXT,
    Basis.DERIVED: Label.PUBLISHED_DERIVED,
    Basis.PRESS: Label.PUBLISHED_PRESS,
}
