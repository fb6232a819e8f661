"""What a grammar finds in one sentence: language-independent, so that one discourse machine serves all languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from reportedly.schema import Firmness, SourceKind


class Mood(Enum):
    """The mood of a main clause, as far as it tells who is speaking."""

    INDICATIVE = "indicative"
    REPORTIVE = "reportive"
    """Somebody else's words, beyond doubt: Konjunktiv I („sei“, „habe“)."""
    DOUBTFUL = "doubtful"
    """Reported if somebody has the floor, else a hypothesis: Konjunktiv II („hätten“, „würden“)."""


class Anaphor(Enum):
    """What a source mention refers back to, if it is no name of its own."""

    NONE = "none"
    HE = "he"
    SHE = "she"
    IT = "it"
    THEY = "they"
    OUTLET = "outlet"
    """„die Zeitung“, "the paper": the outlet spoken of before."""
    ROLE = "role"
    """„der Minister“, "the spokesman": whoever bears that role before, or the words themselves."""
    SAME = "same"
    """No subject at all („hieß es“, „so die Begründung“): whoever has the floor."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The words that name a source, as they stand in the sentence."""

    start: int
    end: int
    """Code points into the text; `start == end` where nobody is named."""
    kind: SourceKind
    anaphor: Anaphor = Anaphor.NONE
    via: tuple[Mention, ...] = ()
    """Further hops towards the origin: „unter Berufung auf Insider“."""
    authority: bool = False
    """Whether it is a body whose word carries an accusation: police, prosecutors, courts, agencies of the state."""
    study: bool = False
    """Whether it is a study, a forecast or a document, whose sollen is no plan."""
    guessed: bool = False
    """Whether the kind is only likely: what the article said of the same name before goes first."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One cue: the words, what they say on the two axes, and how far they reach."""

    rule: str
    """Name of the rule, as `reportedly explain` prints it."""
    start: int
    end: int
    """The cue's words."""
    kind: SourceKind | None = None
    """Who vouches; None leaves the source as it is."""
    firmness: Firmness | None = None
    """How firmly; None leaves the firmness as it is."""
    mention: Mention | None = None
    """Who it is, where `kind` is set and somebody is named."""
    reach: tuple[int, int] = (0, 0)
    """The clause that it governs, in code points."""
    main: bool = True
    """Whether it bears on the main proposition of its part; a cue in a side clause does not."""
    part: int = 0
    """Which part of the sentence (see `Part`); -1 for all of them."""
    weight: int = 1
    """Where several cues name a source, the heaviest decides; among equals the first."""
    holds: bool = True
    """Whether the source keeps the floor afterwards."""
    yields: bool = False
    """Whether it counts only where no source is found: Konjunktiv II is a hypothesis of the writer's, or a report."""
    told_only: bool = False
    """Whether it counts only where a source is found: „daran ist nichts“ is a denial if a party says so."""
    authority_only: bool = False
    """Whether a party that has the floor carries it only if it is an authority: „soll ... haben“."""
    turn: bool = False
    """Whether it is a name before a colon („Huber: ...“): in an interview all that follows is that speaker's."""
    known: bool = False
    """Whether it counts only if its mention is a source of this article already („Huber: ...“)."""


class Place(Enum):
    """What a clause is to its sentence."""

    MAIN = "main"
    TOLD = "told"
    """What somebody says, thinks or wants: „dass ...“, „..., zu gehen“."""
    FRAME = "frame"
    """„wie X sagte“: names a source and tells nothing itself."""
    SIDE = "side"
    RELATIVE = "relative"
    ASIDE = "aside"
    """In brackets."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with one finite verb, in code points; the clauses of a sentence stand in order."""

    start: int
    end: int
    place: Place
    unit: int = 0
    """The main clause that it hangs on, counted from 0."""
    reported: bool = False
    """Whether its verb's mood says that these are somebody's words („liege“, „seien“)."""


@dataclass(slots=True)
class Part:
    """A main proposition of a sentence; most sentences have one."""

    start: int
    end: int
    mood: Mood = Mood.INDICATIVE
    mood_at: tuple[int, int] | None = None
    """The verb that shows the mood."""
    bound: bool = False
    """Whether it opens with words that hang on the sentence before („Demnach“, „Weiter heißt es“)."""
    subject: Anaphor = Anaphor.NONE
    """A pronoun as the main clause's subject."""
    past: bool = False
    """Whether it tells of the past: the writer narrates, a speaker argues in the present."""
    direct: bool = False
    """Whether it is somebody's own words without quotation marks: the frame follows, the content is no subjunctive."""


@dataclass(slots=True)
class Observation:
    """All that a grammar has to say about one sentence."""

    parts: list[Part]
    evidence: list[Evidence] = field(default_factory=list)
    clauses: Callable[[], Sequence[Clause]] = tuple
    """Gives what a cue can govern (see `voices`); only those who ask pay for it."""
    link: Evidence | None = None
    """A word that continues the report before („demnach“, "the report also says")."""
    we: Evidence | None = None
    """A first person outside quotation marks: somebody is speaking, or the writer is."""
    asks: bool = False
    """Whether it is a question."""
    verbless: bool = False
    """Whether no finite verb was found: a heading, a fragment, an ellipsis."""
    opens: bool = False
    """Whether it ends in a colon: what follows is what its source says."""
    frame: bool = False
    """Whether it names a source and says nothing itself: "The report reads:"."""
    writer: bool = False
    """Whether it shows the writer's own voice („Zur Erinnerung“, „Fest steht“): ends a report."""
