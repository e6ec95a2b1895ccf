"""The running bot does in each turn what the demonstration says of it, and a reply that does not is told from it."""

from pathlib import Path

from tests.demo.playing import CORPUS, Conversation, lacks_of


def test_a_reply_bears_out_what_is_said_of_it_and_of_no_other(conversation: Conversation) -> None:
    for played in conversation.turns:
        turns = [one.turn for one in conversation.turns if not lacks_of(one.turn, played.seen, CORPUS)]
        assert played.turn in turns
        assert len(turns) <= 2, "what corrects is an answer too"


def test_a_quote_is_verbatim_only_where_an_article_has_it(conversation: Conversation, tmp_path: Path) -> None:
    answered = conversation.turns[0]
    assert lacks_of(answered.turn, answered.seen, tmp_path) == ["every quote verbatim"]
