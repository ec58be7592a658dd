"""Closed classes of Chinese characters: surnames, and the characters that write the sounds of foreign names."""

import re
from functools import lru_cache

from alt_pipelines.text.segmentation import simplified, simplified_text

# The hundred commonest surnames: a word that begins with one may be a name.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧曾蕭蔣葉魏蘇呂盧鍾譚"
    "陸範賈鄒龍賀顧龔"
)
# Names of the Hundred Family Surnames (百家姓) that are hardly ever words by themselves.
RARE_SURNAMES = frozenset(
    "褚卫尤施戚窦章葛奚郎鲁韦苗凤俞柳酆鲍费廉岑倪汤滕殷毕邬傅卞齐康伍卜穆萧湛祁禹狄臧茅庞纪舒屈项祝阮蓝闵席季娄童颜盛刁骆樊凌霍"
    "虞柯昝卢缪邢滑裴荣翁荀惠甄芮羿储靳汲邴糜隗宓郗仇栾甘钭厉戎祖符詹韶郜蓟蒲邰鄂赖卓蔺屠蒙乔胥莘翟贡逄姬冉郦雍郤璩桑桂濮扈燕冀"
    "郏浦尚温庄晏柴瞿阎慕茹宦艾庾暨耿匡寇阙殳夔隆巩聂晁敖訾辛阚饶鞠巢蒯荆竺逯桓欧阳佟仝涂岳闻占代牟迟司麦邝佘冼巫丘谌粟"
)
# Characters that transliterate foreign names, except those that are common words by themselves.
_SOUNDS = frozenset(
    "阿埃艾安昂奥巴拜班邦鲍贝本比彼毕宾波伯博勃布蔡策岑查川楚茨达戴丹德邓登迪蒂丁杜敦顿多俄厄恩尔法凡范菲费芬冯夫弗福盖甘冈戈哥"
    "格葛贡古瓜哈汉汗豪赫亨洪胡霍基吉加贾简杰捷津卡凯坎康考科克肯孔库夸奎昆拉莱赖兰朗劳勒雷里利莉丽列林琳柳龙隆卢鲁露伦罗洛吕马玛迈"
    "麦曼芒毛梅蒙米密莫默姆穆娜纳乃奈内尼涅宁努诺欧帕潘庞培佩彭蓬皮普奇齐契恰乔切钦琴丘屈热荣茹儒瑞若萨塞赛桑森沙绍舍申圣施史舒斯丝"
    "松苏索塔泰坦汤唐陶特滕廷图托瓦万旺威韦维魏温翁沃乌武西希锡夏肖谢辛欣休许雅亚扬耶伊依因雍尤约扎泽曾詹珍祖佐薇妮莎娅蕾琪黛伽迦汀札喀噶"
)
_LANDFORMS = frozenset("湖山河江岛港湾峡峰滩洲海")  # last characters of what a place is

_PLACE_OF_SOUNDS = re.compile(f"[{''.join(sorted(_SOUNDS))}]{{3}}[{''.join(sorted(_LANDFORMS))}]")


def is_surname(character: str) -> bool:
    """Whether a character, simplified or traditional, is a surname."""
    return character in SURNAMES or simplified(character) in RARE_SURNAMES


@lru_cache(maxsize=65536)
def is_sounds(surface: str) -> bool:
    """Whether a word has only characters that transliterate foreign names."""
    return all(character in _SOUNDS for character in simplified(surface))


def has_sounding_place(text: str) -> bool:
    """Whether a text has the characters of a transliterated mountain, lake or river: 馬札羅山."""
    return _PLACE_OF_SOUNDS.search(simplified_text(text)) is not None


def is_sounding_place(surface: str) -> bool:
    """Whether a word is the end of a foreign name and what kind of place it is: 宁湖 of 塔塔巴宁湖."""
    return len(surface) > 1 and simplified(surface[-1]) in _LANDFORMS and is_sounds(surface[:-1])
