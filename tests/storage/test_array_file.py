"""What is written comes back, and whatever happens to the file in between is noticed."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as drawn

from bot.ops.metrics import resident_bytes
from bot.storage import ArrayFile, Arrays, DamagedFileError, map_arrays, release_memory

ARRAYS = st.dictionaries(
    st.text(min_size=1, max_size=5),
    drawn.arrays(
        st.sampled_from([np.uint8, np.int32, np.int64, np.float64, np.bool_]),
        drawn.array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=9),
    ),
    max_size=5,
)
FACTS = {"word": "إسناد", "number": 7, "list": [None, 1.5]}


def write(file: Path, *parts: Arrays) -> None:
    with ArrayFile(file) as stream:
        for part in parts:
            stream.add(part)
        stream.finish(FACTS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ARRAYS, ARRAYS)
def test_arrays_come_back_with_type_shape_and_facts(tmp_path: Path, first: Arrays, second: Arrays) -> None:
    write(tmp_path / "file", first, second)
    arrays, facts = map_arrays(tmp_path / "file")
    assert facts == FACTS
    assert list(arrays) == list({**first, **second})
    for name, array in {**first, **second}.items():
        assert arrays[name].dtype == array.dtype
        assert arrays[name].shape == array.shape
        assert arrays[name].tobytes() == array.tobytes()


def test_arrays_can_be_read_while_the_file_is_written(tmp_path: Path) -> None:
    with ArrayFile(tmp_path / "file") as stream:
        first = stream.add({"numbers": np.arange(1000)})
        second = stream.add({"numbers too": first["numbers"] * 2})
        assert second["numbers too"].sum() == 999_000
        assert not (tmp_path / "file").exists()


def test_arrays_cannot_be_changed(tmp_path: Path) -> None:
    write(tmp_path / "file", {"numbers": np.arange(3)})
    with pytest.raises(ValueError, match="read-only"):
        map_arrays(tmp_path / "file")[0]["numbers"][0] = 1


def test_a_file_that_is_not_finished_is_not_there(tmp_path: Path) -> None:
    with ArrayFile(tmp_path / "file") as stream:
        stream.add({"numbers": np.arange(3)})
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_as_a_whole_and_whoever_maps_the_old_one_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "file", {"numbers": np.arange(3)})
    before, _ = map_arrays(tmp_path / "file")
    write(tmp_path / "file", {"numbers": np.arange(5)})
    assert before["numbers"].tolist() == [0, 1, 2]
    assert map_arrays(tmp_path / "file")[0]["numbers"].tolist() == [0, 1, 2, 3, 4]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
def test_every_changed_byte_is_noticed(tmp_path: Path, place: float, change: int) -> None:
    file = tmp_path / "file"
    write(file, {"numbers": np.arange(40), "names": np.zeros(3, dtype=np.uint8)})
    data = bytearray(file.read_bytes())
    data[int(place * len(data))] ^= change
    file.write_bytes(data)
    with pytest.raises(DamagedFileError):
        map_arrays(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(share=st.floats(0, 1, exclude_max=True), more=st.binary(max_size=9))
def test_a_file_that_was_cut_short_is_noticed(tmp_path: Path, share: float, more: bytes) -> None:
    file = tmp_path / "file"
    write(file, {"numbers": np.arange(40)})
    data = file.read_bytes()
    cut = data[: int(share * len(data))] + more
    assume(cut != data)
    file.write_bytes(cut)
    with pytest.raises(DamagedFileError):
        map_arrays(file)


@pytest.mark.parametrize("data", [b"", b"ISNAD", b"PK\x03\x04" * 100])
def test_another_kind_of_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(DamagedFileError):
        map_arrays(tmp_path / "file")


def test_a_file_that_is_not_there_is_the_system_s_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        map_arrays(tmp_path / "file")


def test_what_is_given_back_is_still_there(tmp_path: Path) -> None:
    write(tmp_path / "file", {"numbers": np.arange(50_000), "table": np.ones((3, 2)), "nothing": np.zeros(0)})
    arrays, _ = map_arrays(tmp_path / "file")
    before = arrays["numbers"].sum()
    release_memory({**arrays, "in memory": np.arange(3)})
    assert arrays["numbers"].sum() == before
    assert arrays["table"].tolist() == [[1, 1]] * 3


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system tells of no mapped pages")
def test_a_mapped_array_that_is_copied_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path / "file", {"numbers": np.zeros(1 << 21)})
    arrays, _ = map_arrays(tmp_path / "file")
    before = resident_bytes()["file"]
    with ArrayFile(tmp_path / "copy") as copy:
        copy.add(arrays)
        assert resident_bytes()["file"] - before < arrays["numbers"].nbytes / 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system tells of no mapped pages")
def test_an_array_that_is_given_back_leaves_the_others_of_its_file_in_memory(tmp_path: Path) -> None:
    write(tmp_path / "file", {"kept": np.ones(1 << 19), "given back": np.ones(1 << 20)})
    arrays, _ = map_arrays(tmp_path / "file")
    kept, given_back = (arrays[name].nbytes for name in ("kept", "given back"))
    assert sum(array.sum() for array in arrays.values()) == 3 << 19
    before = resident_bytes()["file"]
    release_memory({"": arrays["given back"]})
    assert given_back * 0.9 < before - resident_bytes()["file"] < given_back + kept / 2
