"""The closed lists of words a facts file chooses from: acts, deliveries, forms, reasons and roles."""

from enum import StrEnum


class Act(StrEnum):
    """How firm a commitment is: what was done by speaking. A request is never an agreement."""

    REQUESTED = "requested"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    AGREED = "agreed"
    SIGNED = "signed"
    STATED = "stated"


class Delivery(StrEnum):
    """What a source says was done about it."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    FULFILLED = "fulfilled"
    PARTLY = "partly fulfilled"
    NOT_MET = "not met"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why one fact takes the place of another."""

    REPLACED = "replaced"
    CORRECTED = "corrected"
    LAPSED = "lapsed"
    DISPUTED = "disputed"


class MeetingForm(StrEnum):
    """What kind of contact a meeting was; the words encode rank and are never levelled to "met"."""

    STATE_VISIT = "state visit"
    OFFICIAL_VISIT = "official visit"
    VISIT = "visit"
    TALKS = "talks"
    MEETING = "meeting"
    DIALOGUE = "dialogue"
    CONFERENCE = "conference"


class DocumentForm(StrEnum):
    """What kind of paper a document is."""

    MEMORANDUM = "memorandum"
    JOINT_STATEMENT = "joint statement"
    ACTION_PROGRAMME = "action programme"
    AGREEMENTS = "cooperation documents"


class Role(StrEnum):
    """Where a headline stands on the first page."""

    BOTTOM_LINE = "bottom line"
    MESSAGE = "message"
