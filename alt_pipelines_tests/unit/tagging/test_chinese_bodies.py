"""Chinese authorities whose names have a verb, and people whom a Chinese text names again by a form of address."""

import pytest

from alt_pipelines.tagging.extraction.chinese.analysis import analyse


def forms(text: str, title: str = "") -> set[str]:
    return {"".join(phrase.words).strip() for phrase in analyse(title, text).phrases}


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("土地資源拓展署公布新計劃。", "土地資源拓展署", "土地資源"),
        ("海岸工程拓展署回应居民意见。", "海岸工程拓展署", "海岸"),
        ("文化遗产推广署举办展览。", "文化遗产推广署", "文化遗产"),
        ("市民向機電工程署投訴升降機。", "機電工程署", "程署"),
    ],
)
def test_an_authority_named_after_what_it_does_is_whole(text: str, name: str, part: str) -> None:
    found = forms(text)
    assert name in found
    assert part not in found


def test_two_authorities_are_two_and_a_field_that_the_text_has_alone_stays() -> None:
    assert {"建築署", "路政署"} <= forms("建築署與路政署開會。")
    assert {"运输及物流局", "海事处"} <= forms("运输及物流局和海事处开会。")
    assert "文化遗产" in forms("文化遗产推广署举办展览。专家说文化遗产需要钱。")


@pytest.mark.parametrize(
    ("text", "full", "again"),
    [
        ("雕刻家胡永强去世。胡老识字不多，胡老的手艺很好。", "胡永强", "胡老"),
        ("导演陈晓东新片开机，陈导表示满意。", "陈晓东", "陈导"),
        ("教师李文华退休，李老师教了三十年书。", "李文华", "李老师"),
        ("歌手張學文演唱，張老師說很高興。", "張學文", "張老師"),
        ("渔民林志强回港。林叔每天五点出海，邻居都叫他林叔。", "林志强", "林叔"),
    ],
)
def test_a_surname_and_a_form_of_address_is_no_second_name(text: str, full: str, again: str) -> None:
    found = forms(text)
    assert full in found
    assert again not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("画家胡明远去世。李老师教了三十年书。", "李老师"),
        ("陈导表示满意。演员陈晓东随后发言。", "陈导"),
        ("歌手李文华演唱，李丽芳伴奏。", "李丽芳"),
    ],
)
def test_another_person_stays(text: str, name: str) -> None:
    assert name in forms(text)
