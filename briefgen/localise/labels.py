"""The words of the page that are no facts; each is a message that every language's catalog must have."""

from enum import StrEnum

from briefgen.model.briefing import Status
from briefgen.model.facts import Act, DocumentForm, MeetingForm
from briefgen.model.records import Basis


class Label(StrEnum):
    """English is the source; fields in braces are filled with finished strings."""

    EDITION = "Edition {number}"
    RECONSTRUCTION = "Reconstruction: only what was known on {date}"
    PUBLIC_SOURCES = "Compiled from public sources. Not an official document of either government."
    FIRST_EDITION = "First edition – no comparison"
    NO_COMPARISON = "No comparison with an edition: this is a reconstruction or a part"
    NO_CHANGES = "No changes since edition {number}"
    CHANGE_CORRECTED = "Corrected: {text}"
    CHANGE_NEW = "New: {text}"
    CHANGE_UPDATED = "Updated: {text}"
    CHANGE_STATUS = "Status changed: {text}"
    CHANGE_TIME = "Time passed: {text}"
    CHANGE_REMOVED = "Removed: {text}"
    CHANGE_FROM_TO = "{change} ({old} → {new})"
    BOTH_SIDES = "Both sides"
    REPORTED = "Reported by the source"
    PERSON_TITLE = "{person}, {title}"
    ACCOUNT = "as told by {party}"
    NO_DATE = "no date set"
    DATE_UNKNOWN = "dates not announced"
    SUPERSEDED_BY = "later: {text}"
    STATUS_AND_LATER = "{status}; {later}"
    OWN_AUTHORITIES = "its own authorities"
    SAID_AT = "{date}, {occasion}"
    MORE_IN_FULL = "+ {number} more in the full briefing"
    NONE_ON_RECORD = "none on record"
    NO_OBSERVATION = "no result on record"
    LATEST_RESULT = "{amount} ({period})"
    SET_BY = "{party}, {date}"
    BY_DATE = "{amount} {by}"
    LINES = "lines {lines}"
    LINE = "line {lines}"
    PUBLISHED_TEXT = "date in the text"
    PUBLISHED_DERIVED = "date derived from the text"
    PUBLISHED_PRESS = "date from the press of the day"
    PUBLISHER_NOT_STATED = "publisher not stated"
    SIDE_ACCOUNT = "account of {party}"
    IN_LANGUAGE = "in {language}"
    FACTS_COUNT = "Rests on {sources}: {facts} known on this day."
    FALLBACKS = "Texts not yet translated and shown in English: {number}."
    RULE_ACTS = (
        "Commitment says how firm a statement is: requested, proposed, announced (one side), agreed (both), signed. "
        "A request is never shown as an agreement, and an account of one side is attributed to it."
    )
    RULE_STATUS = (
        "Delivery is reported only where a source reports it. A deadline is over the day after its period ends; "
        "without a report the entry reads “deadline passed, outcome not reported”."
    )
    RULE_SUMMITS = (
        "A summit whose date has passed reads “outcome not recorded” until a source tells more; "
        "only exact dates are counted down."
    )
    RULE_ORDER = "Order of country names follows the language of the edition and implies no precedence."
    RULE_SOURCES = "Dates of sources are given with their basis; a fact is known from the day its source was published."
    PROGRAM = "Made with briefgen {version}. Facts {hash}."
    NAMES_PEOPLE = "People"
    NAMES_PARTIES = "Parties"
    NAMES_TERMS = "Terms"
    REQUESTED = "Requested"
    PROPOSED = "Proposed"
    ANNOUNCED = "Announced"
    AGREED = "Agreed"
    SIGNED = "Signed"
    STATED = "Stated"
    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    FULFILLED = "Fulfilled"
    PARTLY = "Partly fulfilled"
    NOT_MET = "Not met"
    OVERDUE = "Overdue"
    WITHDRAWN = "Withdrawn"
    HELD = "Held"
    OPEN = "Open"
    DUE_SOON = "Due soon"
    DEADLINE_PASSED = "Deadline passed – outcome not reported"
    NO_LATER_REPORT = "No later report"
    UPCOMING = "Upcoming"
    MAY_HAVE_TAKEN_PLACE = "May already have taken place"
    OUTCOME_NOT_RECORDED = "Outcome not recorded"
    SUPERSEDED = "Superseded"
    STANDS = "Reported"
    STATE_VISIT = "State visit"
    OFFICIAL_VISIT = "Official visit"
    VISIT = "Visit"
    TALKS = "Talks"
    MEETING = "Meeting"
    DIALOGUE = "Dialogue"
    CONFERENCE = "Conference"
    MILESTONE = "Milestone"
    DOCUMENT = "Document"
    SUMMIT = "Summit"
    MEMORANDUM = "Memorandum of understanding"
    JOINT_STATEMENT = "Joint statement"
    ACTION_PROGRAMME = "Action programme"
    COOPERATION_DOCUMENTS = "Cooperation documents"


ACTS = {act: Label[act.name] for act in Act}
STATUSES = {status: Label[status.name] for status in Status}
MEETING_FORMS = {form: Label[form.name] for form in MeetingForm}
DOCUMENT_FORMS = {
    DocumentForm.MEMORANDUM: Label.MEMORANDUM,
    DocumentForm.JOINT_STATEMENT: Label.JOINT_STATEMENT,
    DocumentForm.ACTION_PROGRAMME: Label.ACTION_PROGRAMME,
    DocumentForm.AGREEMENTS: Label.COOPERATION_DOCUMENTS,
}
BASES = {
    Basis.TEXT: Label.PUBLISHED_TEXT,
    Basis.DERIVED: Label.PUBLISHED_DERIVED,
    Basis.PRESS: Label.PUBLISHED_PRESS,
}
