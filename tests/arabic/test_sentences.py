import pytest

from bot.arabic import SentenceEnd, asks, ends_sentence, sentences


def divide(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("وقّعت الوكالة العقد. ثم أعلنته.", ["وقّعت الوكالة العقد.", "ثم أعلنته."]),
        ("متى وقّعته؟ في نيسان! حسنا", ["متى وقّعته؟", "في نيسان!", "حسنا"]),
        ("كم بلغ؟! ثلاثين.", ["كم بلغ؟!", "ثلاثين."]),
        ("قرار مفاجئ… ثم صمت... وانتهى.", ["قرار مفاجئ…", "ثم صمت...", "وانتهى."]),
        ("پہلا جملہ۔ دوسرا۔", ["پہلا جملہ۔", "دوسرا۔"]),
        ("وقّعت؛ ثم أعلنت، وانتهى الأمر.", ["وقّعت؛ ثم أعلنت، وانتهى الأمر."]),
        ("سطر أول\nسطر ثان\r\n\n سطر ثالث", ["سطر أول", "سطر ثان", "سطر ثالث"]),
        ("The deal is done. Now what?", ["The deal is done.", "Now what?"]),
        ("بلا نهاية", ["بلا نهاية"]),
    ],
)
def test_sentences_end_at_their_marks_and_lines(text: str, parts: list[str]) -> None:
    assert divide(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "قال د. سامي حداد إن العقد جديد.",
        "قالت أ. منى إن العقد جديد.",
        "يقع المقر في ص.ب. 123 في المدينة.",
        "باعت الشركة برامج وخوادم إلخ. إلى الوكالة.",
        "قال Mr. Karp إن العقد جديد.",
        "وقّع العقد St. Paul وغيره.",
        "اشترى الجيش U.S. Army البرنامج.",
        "اشترته Palantir Inc. في العام الماضي.",
        "تملك شركة example. com موقعا.",
    ],
)
def test_points_of_abbreviations_end_nothing(text: str) -> None:
    assert divide(text) == [text]


@pytest.mark.parametrize(
    "text",
    ["بلغت 3.5 مليون.", "بلغت ٣٫٥ مليون.", "بلغت 1.234.567 دولارا.", "وقّعت في 17.04.2025 هنا.", "زر example.com الآن."],
)
def test_points_within_numbers_and_names_end_nothing(text: str) -> None:
    assert divide(text) == [text]


def test_a_number_may_end_a_sentence() -> None:
    assert divide("وُقّع العقد عام 2022. ثم عُدّل عام ٢٠٢٥. وانتهى.") == [
        "وُقّع العقد عام 2022.",
        "ثم عُدّل عام ٢٠٢٥.",
        "وانتهى.",
    ]


def test_numbers_of_a_list_stay_with_their_items() -> None:
    assert divide("1. عقد أول.\n2. عقد ثان.\n١٠. عقد عاشر.") == ["1. عقد أول.", "2. عقد ثان.", "١٠. عقد عاشر."]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"), ('"', '"')],
    ids=["«»", "“”", "()", "[]", '""'],
)
def test_a_quotation_is_not_divided(opening: str, closing: str) -> None:
    text = f"قال: {opening}وقّعنا. ثم أعلنا. هل رأيتم؟ نعم{closing} وخرج."
    assert divide(f"{text} وانتهى.") == [text, "وانتهى."]


@pytest.mark.parametrize("closing", ["»", "”", '"', "’", ")", "]", "».", "»)"])
def test_closing_marks_belong_to_the_sentence_before_them(closing: str) -> None:
    assert divide(f"قال وقّعنا.{closing} ثم خرج.") == [f"قال وقّعنا.{closing}", "ثم خرج."]


def test_sentences_of_a_long_speech_stand_alone() -> None:
    speech = "«" + "وقّعنا العقد أمس. " * 40 + "»"
    assert divide(speech)[1] == "وقّعنا العقد أمس."


@pytest.mark.parametrize("mark", ["«", "»", "(", ")", '"', "“", "["])
def test_an_unbalanced_mark_joins_no_sentences(mark: str) -> None:
    assert divide(f"قال {mark}وقّعنا. ثم خرج. وانتهى.") == [f"قال {mark}وقّعنا.", "ثم خرج.", "وانتهى."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0\t\r\n"], ids=ascii)
def test_space_is_no_sentence(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize("text", ["...", "؟", "«»", ")", "."])
def test_marks_alone_are_kept(text: str) -> None:
    assert divide(text) == [text]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("وقع العقد.", "SENTENCE PARAGRAPH NO_HEADING NO_HEADLINE SEPARATED"),
        ("وقع العقد!", "SENTENCE PARAGRAPH NO_HEADING SEPARATED"),
        ("متى وقع؟", "SENTENCE PARAGRAPH QUESTION SEPARATED"),
        ("When?", "PARAGRAPH QUESTION SEPARATED"),
        ("وقال:", "PARAGRAPH NO_HEADING NO_HEADLINE"),
        ("«وقع العقد.»", "PARAGRAPH NO_HEADING NO_HEADLINE SEPARATED"),
        ("«متى وقع؟ »", "PARAGRAPH QUESTION SEPARATED"),
        ("(وقع العقد.)", "PARAGRAPH NO_HEADING NO_HEADLINE SEPARATED"),
        ("(وقع العقد. )", "PARAGRAPH NO_HEADING NO_HEADLINE SEPARATED"),
        ("أخبار |", "SEPARATED"),
        ("وقع العقد", ""),
        ("", ""),
    ],
)
def test_a_sentence_is_known_by_its_last_mark(text: str, ends: str) -> None:
    assert " ".join(end.name for end in SentenceEnd if ends_sentence(text, end)) == ends


@pytest.mark.parametrize("text", ["متى افتتحت المكتبة؟", "*ماذا وراء الزيارة ؟", "«من يشتري القمح؟»", "Why?", "كيف؟!؟"])
def test_sentences_that_ask(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text", ["افتتحت المكتبة.", "تساءل الوزير «من يشتري القمح؟»", 'قال: "لماذا؟"', "سأل (أين؟)", ""]
)
def test_sentences_that_state(text: str) -> None:
    assert not asks(text)
