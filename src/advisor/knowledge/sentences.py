"""The sentences that the code says, and the places of each that it fills: what rules/wording.yaml has to have, and may use.

The words stand in the pack. tests/knowledge/test_sentences.py holds this list against the calls in the code.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

#: A line a sentence: its key, then the places that every call fills.
_DECLARED = """
subtitle
welcome.first
welcome.second
foreign
empty
cut
unknown
unknown.program name page
did_you_mean
did_you_mean.tail
greeting
thanks
goodbye
help
who_are_you
nothing_yet
nothing_asked
undo.nothing
undo.done words
start_over
sources.all
sources.lead
pushback.lead
pushback.page name page
pushback.check
forget.done
forget.nothing
profile.lead
profile.nothing
profile.correct
profile.limit label test
profile.excluded names
profile.slot answer question
stance.likes topics
stance.wants topics
stance.avoids topics
stance.refuses topics
stance.has topics
stance.lacks topics
noted what
noted.withdrawn what
noted.what_if
noted.tail
verdict.close first second
verdict.ahead degree
verdict.clear degree
verdict.because reasons
verdict.default degree
verdict.for degree reasons
verdict.against degree reasons
verdict.lesser topic
verdict.runner_up
verdict.held programs
verdict.changed before
verdict.ask question
settle.lead degree
settle.answer answer degree question
settle.nothing degree
why_not.lead degree top
interview.first question
interview.next question
interview.why why
interview.over
interview.again question
interview.stopped
interview.declined
compare.lead first second
compare.ask
programs.best name reasons
programs.why name reasons
programs.none limits
programs.relax_head
programs.relax_then
programs.set_aside names what
programs.set_aside_many count what
programs.borderline names
value.one label name value
value.page label name value
value.unknown name page what
value.unknown_clause name page what
value.unknown_plain name what
value.general general name
value.official name page say when
value.official_undated name page say when
value.note note
value.inferred inferred
yes.choice name say
no.choice name say
depends.choice name say
unknown.choice name page what
yes.number label name value
no.number label name value
open.number label name value
all.yes names
all.no names
all.open names
all.not names
any.yes names
some.yes no yes
which.except items
which.none
define.see things
which.none_such limit
which.nearest name label value
which.one count names
which.some count names
which.all count kind
which.many count total
order.yes facts
order.no facts
order.open facts
extreme.plain label name value
extreme.none
extreme.scale name value
extreme.several items
count.some count names total
count.none total
more.about name
card.nothing name
compare.table names
difference.line a b first second value
difference.same a b first second value
difference.open a b first second value
per_unit.line a b label name value
per_unit.open label name
average.line count value
average.without names
absent.program name page what
absent.general what
absent.other what
not_held name
not_held.near name near why
not_held.near_plain name near why
premise.lead fact stated
premise.choice name say
conflict.line items
conflict.many items
conflict.short labels name
conflict.item name say when
undated
human.office
human.none
human.name_one
summary.lead
summary.degree
summary.programs names
summary.asked
chip.why_not name
chip.programs
chip.settle
chip.verdict
chip.interview
chip.summary
chip.profile
chip.help
chip.compare names
chip.cheapest
chip.about name
chip.drop label
chip.deepest
why_not.broken facts name
why_not.fails label limit value
why_not.fails_choice limit say
why_not.aside name what
why_not.against name reasons
why_not.fits name
programs.open names what
programs.within
caution.inferred say
why_not.rule facts
programs.less_suited names
programs.named_for names thing
programs.because
programs.because_limits limits
"""

SENTENCES: Mapping[str, frozenset[str]] = {key: frozenset(names) for key, *names in map(str.split, _DECLARED.strip().splitlines())}

#: Questions of the first screen: as many as there are.
WELCOME = "welcome.chip"
#: What can be asked of one thing next: a chip for each column that has one.
COLUMN = "chip."


def places(key: str, columns: Collection[str]) -> frozenset[str] | None:
    """The places that a sentence may use; None when nothing ever says it. `columns`: of the main kind."""
    if key in SENTENCES:
        return SENTENCES[key]
    if key.startswith(WELCOME):
        return frozenset()
    return frozenset({"name"}) if key.startswith(COLUMN) and key.removeprefix(COLUMN) in columns else None
