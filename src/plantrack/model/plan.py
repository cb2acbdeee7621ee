"""A plan as agreed: areas, activities, organisations, places, and how it is reported.

Days are ISO text (`2024-03-21`), as in the database and in JSON. NamedTuples, because every command
loads this module and a frozen dataclass costs four times as much at import.
"""

from plantrack.model.days import DueDay, period_last_day
from plantrack.model.named_tuple import NamedTuple


class Text(NamedTuple):
    """A text in Vietnamese, with its English where somebody wrote one."""

    vi: str
    en: str | None = None

    def within(self, language: str) -> str:
        """Return the text in `language`, or in Vietnamese, the language of the plan."""
        return self.en if language == "en" and self.en else self.vi


class Organisation(NamedTuple):
    """An agency, a unit in one, or a provincial body."""

    id: str
    name: Text
    short: Text | None = None
    symbol: str | None = None
    level: str | None = None
    place: str | None = None
    parent: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    successor: str | None = None

    def label(self, language: str) -> str:
        """Return the name for tables."""
        return (self.short or self.name).within(language)


class Place(NamedTuple):
    """A province or other locality; not an organisation."""

    id: str
    name: Text
    #: The part of the country that it is counted to.
    region: Text | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    merged_from: tuple[str, ...] = ()
    codes: dict[str, str] = {}


class Budget(NamedTuple):
    """Money as the document has it: text, amount and unit are never converted."""

    text: str | None = None
    amount: int | float | None = None
    unit: str | None = None
    source: str | None = None


class Indicator(NamedTuple):
    """What an activity is measured by."""

    id: str
    title: Text
    unit: str | None = None
    baseline: int | float | None = None
    target: int | float | None = None


class Milestone(NamedTuple):
    """A day inside an activity."""

    due: str
    title: Text


class Activity(NamedTuple):
    """A line of an area."""

    code: str
    title: Text
    no: str | None = None
    source_quote: str | None = None
    topics: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    #: As written in the document ("Quý II, III").
    time: str | None = None
    start: str | None = None
    #: A day or a civil period (`2024-Q2`, due on its last day).
    due: str | None = None
    #: Regular work (thường xuyên): no deadline.
    ongoing: bool = False
    priority: str | None = None
    deliverable: Text | None = None
    budget: Budget | None = None
    note: str | None = None
    indicators: tuple[Indicator, ...] = ()
    milestones: tuple[Milestone, ...] = ()


def due_of(activity: Activity) -> DueDay:
    """Return the due day of an activity, and the words of the document for it."""
    if activity.ongoing:
        return DueDay(None, activity.time or "ongoing")
    if activity.due is None:
        return DueDay(None, activity.time)
    last = period_last_day(activity.due)
    return DueDay(last or activity.due, activity.time or (activity.due if last else None))


class IntendedResult(NamedTuple):
    """What an area is meant to lead to."""

    title: Text
    source_quote: str | None = None


class Area(NamedTuple):
    """One of the plan's focus areas (nội dung)."""

    code: str
    title: Text
    short: Text | None = None
    source_text: str | None = None
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    intended_result: IntendedResult | None = None
    activities: tuple[Activity, ...] = ()

    def label(self, language: str) -> str:
        """Return the title for tables."""
        return (self.short or self.title).within(language)


class PlanSource(NamedTuple):
    """Where the text of the plan was taken from."""

    publisher: str | None = None
    page_title: str | None = None
    author: str | None = None
    published: str | None = None
    retrieved: str | None = None
    url: str | None = None
    detail_url: str | None = None
    sha256: str | None = None


class CitedDocument(NamedTuple):
    """A document the plan names: its programme, a reference, an amendment."""

    title: Text | None = None
    id: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None


class Retired(NamedTuple):
    """A code taken out of new work and kept in old reports."""

    code: str
    on: str
    reason: str


class Reporting(NamedTuple):
    """How the plan is reported."""

    language: str = "vi"
    timezone: str = "Asia/Ho_Chi_Minh"
    #: The last day of an official month.
    closing_day: int = 14
    due_soon_days: int = 7
    stale_days: int = 14


class Plan(NamedTuple):
    """One year's agreed document."""

    id: str
    year: int
    title: Text
    areas: tuple[Area, ...]
    number: str | None = None
    date: str | None = None
    purpose: Text | None = None
    start: str | None = None
    end: str | None = None
    source: PlanSource | None = None
    programme: CitedDocument | None = None
    contributes_to: tuple[CitedDocument, ...] = ()
    references: tuple[CitedDocument, ...] = ()
    amendments: tuple[CitedDocument, ...] = ()
    reporting: Reporting = Reporting()
    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()
    moved: dict[str, str] = {}
    retired: tuple[Retired, ...] = ()
    #: Keys of activities that the source does not state: nobody needs to be reminded of them.
    unstated: tuple[str, ...] = ()

    @property
    def last_day(self) -> str:
        """Return the day on which it ends: that of its year, where it names none."""
        return self.end or f"{self.year:04}-12-31"
