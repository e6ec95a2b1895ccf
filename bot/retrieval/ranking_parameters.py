"""The numbers of search, matching and quoting that the evidence model was fitted with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RankingParameters:
    """Numbers that belong together: config/evidence.toml was fitted with all of them, and fits no others.

    After any change, run `python -m bot fit` and `python -m bot eval`. A number is measured where its comment gives
    figures (R@1, the share of answerable questions whose passage ranks first); the others were chosen.
    """

    # Search, by BM25 of stems and of character 4-grams.
    # The defaults of Anserini, chosen on news; below the library's (1.5, 0.75), since a paragraph repeats few words.
    k1: float = 0.9
    b: float = 0.4
    # Chosen by rank-bm25: the share of the average idf that a stem counts which most passages hold.
    epsilon: float = 0.25
    # Measured: a title names what every paragraph of its article is about; R@1 .873, counted once .869.
    title_count: int = 2
    # Measured: grams find what stems miss, but a word has several; R@1 .876 with half their score, .873 with all of it.
    gram_weight: float = 0.5
    # Measured on questions in the words of chat: a word that only stands for one of the question finds more at half its
    # score; the right passage is among the first ten for .83, at all of it for .82.
    related_weight: float = 0.5
    # Chosen: as many passages are scored by grams, too.
    shortlist_size: int = 100
    # Chosen: of articles other than one that fills the list, since a passage's lead is measured over those.
    least_of_other_articles: int = 10

    # Candidates.
    # Chosen: as many are compared with the question word by word.
    candidates: int = 10
    # Chosen: beyond the best five, support is more often chance than evidence.
    weighed_candidates: int = 5
    # Chosen: a passage ranks by its share of the best score, and this times its best sentence's share of the question.
    sentence_weight: float = 0.7

    # Weights of terms.
    # Chosen: the corpus's idf is shrunk towards the background's as if by so many passages more.
    pseudo_passages: int = 100
    # Chosen: the gap is taken over the fifth best passage of other articles, so that syndicated text does not hide it.
    rival: int = 5
    # Chosen: a word so similar to one of the corpus is that word with a slip in it or an ending more.
    nearly_same: float = 0.8
    # Chosen, in nats: a word that more than a third of all passages hold says nothing about any.
    least_information: float = 1.0
    # Chosen: the word itself, or with a clitic; what is spelled nearly like a rare name is another name.
    same_word: float = 0.95
    # Chosen: a smaller share of the question's importance is matched by chance.
    least_share: float = 0.25

    # Matches of words.
    # Chosen: a weaker match is chance.
    least_match: float = 0.7
    # Chosen: edit similarity of two stems, 0 to 1, from which they may be spellings of one word.
    least_similarity: float = 0.66
    # Chosen: of shorter stems nearly all are similar.
    least_fuzzy_letters: int = 4

    # Signals.
    # Chosen: sentences that are read together.
    window: int = 3
    # Chosen: terms that are so many words apart are still neighbours.
    adjacency_distance: int = 2
    # «يقع نهر النيل …»: a verb and a word more may stand before the subject of a sentence.
    words_before_subject: int = 2

    # Words, by how often a million words of news have them.
    # Chosen: a word that news has less often hardly names what a message is about.
    rare_word: float = 12.0
    # Chosen: a word that news has as often is itself, whatever it would be with other letters, and no name by chance.
    common_word: float = 60.0

    # Quotes.
    # Measured: a word that title and heading have anyway hardly shows which of the sentences answers; with the focus
    # below, right@1 of questions in the words of chat .46, with .6 and no focus .44.
    heading_discount: float = 0.9
    # Measured, together with the number above: a sentence counts so much of its share of the focus in addition.
    focus_bonus: float = 0.1
    # Chosen: a sentence that names what is asked for counts so much of the question's importance more.
    value_bonus: float = 0.2


RANKING = RankingParameters()
