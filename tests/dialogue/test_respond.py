"""Whole turns: limits said, corrected and withdrawn; what is never given up; what a reply always carries."""

from __future__ import annotations

import pytest

import advisor
from advisor.knowledge.rules import OfficeEntry
from advisor.replies.blocks import Reply
from advisor.replies.render import line_text, to_plain

CHEAP = {"georgia-tech", "uiuc", "purdue"}
NEED_GRE = {"columbia", "carnegie-mellon", "usc"}


# ---------------------------------------------------------------- limits
def test_a_limit_is_kept_and_narrows_every_list_after_it(student):
    student.says("under 25k please")
    assert student.limits == {"tuition": (None, 25_000)}
    for message in ("show programs that fit", "which ones are online?", "which programs do not need the gre?", "what would you recommend?"):
        student.says(message)
        assert set(student.reply.programs) <= CHEAP, message


def test_a_limit_is_corrected(student):
    student.says("my budget is 25k", "actually 60k is ok")
    assert student.limits == {"tuition": (None, 60_000)}
    assert set(student.reply.programs) > CHEAP or len(student.reply.programs) >= 3


def test_the_last_word_counts(student):
    for most in (25, 60, 40):
        student.says(f"i can pay at most {most}k")
        assert student.limits == {"tuition": (None, most * 1000)}


@pytest.mark.parametrize("words", ["forget the budget", "drop the limit on tuition", "price doesn't matter anymore", "never mind the budget"])
def test_a_limit_is_withdrawn(student, words):
    student.says("under 25k", words)
    assert student.limits == {}, words
    student.says("show programs that fit")
    assert set(student.reply.programs) - CHEAP or "10" in student.text


def test_two_limits_add_up_and_one_is_taken_back(student):
    student.says("under 25k", "and no gre")
    fits = set(student.reply.programs)
    assert fits <= CHEAP
    student.says("forget the budget")
    assert "tuition" not in student.limits
    student.says("show programs that fit")
    assert not NEED_GRE & set(student.reply.programs)


@pytest.mark.parametrize("words", ["no gre please", "i won't take the gre", "i refuse to take the gre"])
def test_a_refusal_excludes_what_requires_it(student, words):
    student.says(words)
    assert not NEED_GRE & set(student.reply.programs)
    student.says("show programs that fit")
    assert student.reply.programs
    assert not NEED_GRE & set(student.reply.programs)


PREFACE = ["under 25k", "no gre please", "only asynchronous ones"]
ASKS = ["show programs that fit", "which programs suit me best?", "i like deep learning, which program?", "cheapest", "which goes deepest in ml?", "more", "what else",
        "which one is best for nlp", "any recommendations for reinforcement learning?", "which would you pick"]


@pytest.mark.parametrize("ask", ASKS)
def test_programs_never_hold_what_a_limit_excludes(student, ask):
    from advisor.dialogue.programs import fitting

    student.says(*PREFACE, ask)
    allowed = set(fitting(student.knowledge.pack, student.profile))
    assert set(student.reply.programs) <= allowed, f"{ask}: {student.text}"


def test_when_nothing_fits_none_is_recommended_and_what_to_give_up_is_said(student):
    student.says("under 5k")
    assert student.reply.programs == ()
    assert student.text.startswith(student.sentence("programs.none")) or "no program" in student.text.lower()


def test_a_question_with_a_figure_is_no_limit_of_the_student_s(student):
    student.says("how many programs are under 20k?")
    assert student.limits == {}


# ---------------------------------------------------------------- suppositions
@pytest.mark.parametrize("words", ["what if i took the gre", "what if i could pay 60k", "suppose i had 80k", "what if i liked math", "what if i wanted to be a data scientist",
                                   "what if i hated statistics"])
def test_a_supposition_never_changes_what_is_known(student, words):
    student.says("i like statistics", "under 25k", "no gre please")
    before = student.profile
    text = student.says(words)
    assert student.profile == before, words
    assert text
    student.says("show programs that fit")
    assert set(student.reply.programs) <= CHEAP


# ---------------------------------------------------------------- pressed, and asked for more
@pytest.mark.parametrize("words", ["are you sure?", "no it's 9k", "that's wrong", "i don't believe you"])
def test_the_figure_is_kept_when_pressed_and_the_source_is_shown(student, words):
    first = student.says("what does georgia tech cost")
    assert "$7,000" in first
    text = student.says(words)
    assert "$7,000" in text
    assert student.reply.citations
    student.says("what does georgia tech cost")
    assert "$7,000" in student.text


def test_pressed_before_anything_was_said(student):
    assert student.says("are you sure?")


def test_repeat_and_why(student):
    student.says("what does purdue cost")
    lead = line_text(student.reply.blocks[0].line)
    assert lead in student.says("say that again")
    student.says("start over", "which degree suits me? i love neural networks and lots of math", "why?")
    assert student.reply.intent == "degree.verdict"
    assert "because" in student.text.lower()


@pytest.mark.parametrize("words", ["i want to build models"])
def test_who_wants_to_build_models_is_not_sent_to_data_science(student, words):
    assert "data science is probably nearer" not in student.says(words)
    assert student.reply.intent == "degree.verdict"


def test_more_shows_other_programs_and_then_ends(student):
    student.says("which is the cheapest?")
    seen = list(student.reply.programs)
    for _ in range(6):
        before = student.state.rest
        student.says("more")
        if not before:
            break
        assert not set(student.reply.programs) & set(seen), "each is shown once"
        seen += student.reply.programs
    assert len(seen) > 3


def test_a_bare_number_picks_that_suggestion(student):
    student.says("what does columbia cost")
    assert not student.state.pending
    picked = student.reply.suggestions[1]
    start = student.conversation
    by_number = student.says("2")
    student.conversation = start
    assert by_number == student.says(picked)
    student.conversation = start
    assert by_number == student.says("2.")
    student.conversation = start
    assert student.says("9") != by_number


def test_summary_holds_what_was_said_and_asked(student):
    student.says("i like statistics", "under 25k", "what does purdue cost", "give me a summary of our talk")
    assert student.reply.intent == "act.summary"
    for part in ("tatistic", "25,000", "Purdue", "what does purdue cost"):
        assert part in student.text


@pytest.mark.parametrize("words", ["summarize please", "summary", "give me a summary"])
def test_a_summary_is_of_the_talk_also_after_a_program_was_named(student, words):
    student.says("what does purdue cost", words)
    assert student.reply.intent == "act.summary"


def test_asking_for_a_summary_says_nothing_of_the_student(student):
    student.says("what does purdue cost", "give me a summary")
    assert student.profile.stances == ()


def test_what_is_known_is_shown(student):
    student.says("i love statistics and i hate robotics", "under 25k", "what do you know about me")
    assert student.reply.intent == "act.show_profile"
    for part in ("tatistic", "obot", "25,000"):
        assert part in student.text


# ---------------------------------------------------------------- people
def test_without_an_office_a_wish_for_a_person_gets_the_schools_addresses_and_the_summary(student):
    assert student.knowledge.pack.office == ()
    student.says("does stevens need the gre", "can i talk to a human")
    assert student.reply.intent == "act.human"
    assert "http" in student.text
    assert "Stevens" in student.text
    assert student.sentence("summary.lead") in student.text
    assert "does stevens need the gre" in student.text


def test_with_an_office_it_is_named_with_what_it_gave(student):
    student.with_office(OfficeEntry(name="Advising Office", email="advise@example.edu", phone="+1 555 0100"), OfficeEntry(name="Front desk"))
    student.says("can i talk to a human")
    for part in ("Advising Office, advise@example.edu, +1 555 0100", "Front desk", student.sentence("human.office"), student.sentence("summary.lead")):
        assert part in student.text
    assert student.sentence("human.none") not in student.text


# ---------------------------------------------------------------- disagreements
def test_a_disagreement_is_told_once_a_conversation_and_again_in_the_next(student, knowledge):
    first = student.says("does usc require the gre?")
    assert "2024" in first
    assert "usc" in student.text.lower()
    second = student.says("does usc require the gre?")
    assert "2024" not in second
    assert "requires the GRE" in second
    _, other = advisor.respond(knowledge, advisor.Conversation(), "does usc require the gre?")
    assert "2024" in to_plain(other)


def test_a_disagreement_is_told_where_the_value_is_told_in_a_list_too(student):
    student.says("what is the format at carnegie mellon?")
    assert student.sentence("conflict.line").split(":")[0] in student.text


def test_at_most_one_line_of_caveats(student):
    for message in ("compare usc and carnegie mellon", "tell me about carnegie mellon", "compare stevens, columbia and usc on the gre"):
        student.says(message)
        cautions = [b for b in student.reply.blocks if getattr(b, "caution", False)]
        assert len(cautions) <= 1, message


# ---------------------------------------------------------------- what every reply carries
def test_the_ranking_is_in_every_reply_once_a_topic_is_known(student):
    student.says("what does purdue cost")
    assert student.reply.degree is None
    student.says("i want to build machine learning models")
    for message in ("what does columbia cost", "thanks", "under 25k", "asdf qwerty", "are you sure?", "undo", "more", "what is the weather", "show programs that fit"):
        student.says(message)
        assert student.reply.degree is not None, message
        assert student.reply.degree.top
        scores = [score for _, score in student.reply.degree.ranking]
        assert scores == sorted(scores, reverse=True)
        assert {i for i, _ in student.reply.degree.ranking} <= set(student.knowledge.pack.degree_rules.degrees)
    student.says("start over")
    assert student.reply.degree is None


MESSAGES = ["hi", "what does columbia cost", "is the gre waived at gatech?", "compare uiuc and purdue", "i like robotics", "which degree suits me", "tell me about drexel",
            "how many programs are under 30k", "what is nlp", "best for healthcare", "are you a robot", "what's the weather", "i feel overwhelmed", "difference between ml and ai",
            "whats cheapest", "do i need to know python", "acceptance rate at cmu", "is mit on the list", "since usc dropped the gre, is it easy?", "cost per credit at uiuc"]


@pytest.mark.parametrize("message", MESSAGES)
def test_the_shape_of_every_reply(student, message):
    student.says(message)
    reply: Reply = student.reply
    assert student.text.strip()
    assert reply.blocks[0]
    assert 0 <= reply.confidence <= 1
    assert len(reply.suggestions) <= 6
    assert len(set(reply.suggestions)) == len(reply.suggestions)
    assert all(s.strip() for s in reply.suggestions)
    assert set(reply.programs) <= {t.id for t in student.knowledge.pack.of_kind("program")}
    assert len(set(reply.programs)) == len(reply.programs)
    assert all(c.source in student.knowledge.pack.sources for c in reply.citations)
    assert "{" not in student.text
    assert (reply.intent is None) == (reply.confidence == 0)


@pytest.mark.parametrize("message", MESSAGES)
def test_what_is_suggested_is_understood_when_said(student, message):
    student.says(message)
    start, chips = student.conversation, student.reply.suggestions
    for chip in chips[:3]:
        student.conversation = start
        student.says(chip)
        assert student.reply.intent is not None, f"after {message!r}: {chip!r}"


@pytest.mark.parametrize(("message", "program", "words"), [
    ("what does georgia tech cost", "georgia-tech", "$7,000"), ("is the gre waived at gatech?", "georgia-tech", "Yes"), ("does columbia require the gre?", "columbia", "Yes"),
    ("how many credits at drexel", "drexel", "45"), ("whats the tution at purdue", "purdue", "$22,500"),
])
def test_figures_with_their_source(student, message, program, words):
    student.says(message)
    assert student.reply.programs[:1] == (program,)
    assert words in student.text
    assert any(c.source == "article" for c in student.reply.citations)


@pytest.mark.parametrize("first", ["what does purdue cost", "what do ml engineers earn", "what is nlp", "compare uiuc and purdue", "hi"])
def test_the_main_question_is_understood_whatever_was_talked_about(student, first):
    student.says(first, "Which degree suits me?")
    assert student.reply.intent.startswith(("interview", "degree")), f"after {first!r}: {student.text}"


@pytest.mark.parametrize("second", ["actually 40k is ok", "actually 150k", "make it 200k"])
def test_a_sum_after_a_question_about_salaries_is_no_crash(student, second):
    student.says("what do nlp engineers earn", second)
    assert student.text
    assert set(student.limits) <= set(student.knowledge.pack.kinds["program"].attributes)


def test_several_questions_in_one_message(student):
    text = student.says("how much is gatech and do i need the gre there?")
    assert "$7,000" in text
    assert "GRE" in text


def test_a_follow_up_keeps_the_question_and_changes_the_subject(student):
    student.says("does stevens need the gre?", "and columbia?")
    assert student.reply.intent == "query.yes_no.gre"
    assert student.reply.programs[:1] == ("columbia",)
    student.says("what does it cost?")
    assert student.reply.programs[:1] == ("columbia",)


def test_a_long_message_says_that_it_was_cut(student):
    student.says("i like statistics. " + "blah " * 3000)
    assert student.sentence("cut") in student.text


# ---------------------------------------------------------------- first screen and panel
def test_welcome_and_panel(student, knowledge):
    hello = advisor.welcome(knowledge)
    assert len(hello.suggestions) == 4
    for chip in hello.suggestions:
        _, reply = advisor.respond(knowledge, advisor.Conversation(), chip)
        assert reply.intent is not None, chip
    empty = advisor.panel(knowledge, student.conversation)
    assert (empty.known, empty.degrees, empty.programs, empty.programs_fit) == ((), (), (), 10)
    student.says("i love statistics", "under 25k")
    shown = advisor.panel(knowledge, student.conversation)
    assert "25,000" in str(shown.known)
    assert "tatistic" in str(shown.known)
    assert shown.programs_fit == len(shown.programs) == 3
    assert shown.degrees
    assert shown.degrees[0][0]
