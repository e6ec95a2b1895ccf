import pytest

from bot.retrieval.slips import slip_similarity


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("مدررسه", "مدرسه"),
        ("مدرسهه", "مدرسه"),
        ("ممدرسه", "مدرسه"),
        ("محد", "محدد"),
        ("مستشقي", "مستشفي"),
        ("ضفيره", "ظفيره"),
        ("سوره", "صوره"),
        ("املكتبه", "المكتبه"),
        ("مدرهس", "مدرسه"),
        ("gokgle", "gojgle"),
    ],
)
def test_a_frequent_slip_costs_half_a_letter(written: str, meant: str) -> None:
    assert slip_similarity(written, meant) == 1 - 0.5 / max(len(written), len(meant))
    assert slip_similarity(meant, written) == slip_similarity(written, meant)


@pytest.mark.parametrize(
    ("written", "meant"), [("مدسه", "مدرسه"), ("مدبسه", "مدرسه"), ("مدرسهب", "مدرسه"), ("هابه", "ابه"), ("ا", "اب")]
)
def test_another_edit_costs_a_letter(written: str, meant: str) -> None:
    assert slip_similarity(written, meant) == 1 - 1 / max(len(written), len(meant))


@pytest.mark.parametrize(("written", "meant"), [("مدرسه", "مدرسه"), ("مدسره", "مدرسات"), ("سردين", "مكتبه"), ("", "")])
def test_no_edit_and_two_edits_are_no_slip(written: str, meant: str) -> None:
    assert slip_similarity(written, meant) == 0
