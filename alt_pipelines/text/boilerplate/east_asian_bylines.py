"""Removes datelines and reporters' names from Chinese and Korean text.

    without_bylines("新华社成都11月18日电(记者 林若溪)18日上午", first=True)  ->  "18日上午"
    without_bylines("(서울=연합뉴스) 김민수 기자 = 국회가", first=True)       ->  "국회가"

A dateline is at the start of the first lines; a reporter in brackets may be anywhere. The words for a reporter, an
editor and a telegram are closed classes; the names and the papers are not listed.
"""

import re

from alt_pipelines.text.boilerplate.services import AGENCY
from alt_pipelines.text.scripts import HAN

_OPEN, _CLOSE = "[【〔(\\[]", "[】〕)\\]]"
_REPORTER = "(?:记者|記者|通讯员|通訊員|特派员|特派員|编辑|編輯|编译|編譯|责编|責編|责任编辑|責任編輯|校对|校對)"
_REPORTS = "(?:综合报道|综合報導|綜合報導|綜合報道|报道|報道|报导|報導|電|电|讯|訊|摄|攝)"
_NAMES = f"[{HAN}]{{2,4}}(?:[、, /和]{{1,2}}[{HAN}]{{2,4}}){{0,3}}"
_NOTE = f"{_OPEN}(?:本报|本報|本刊|新华社|中央社|见习|實習|实习)?{_REPORTER}"
_NOTE += f"(?![ぁ-ん会會节節协協证證室站团團群])[^【】〔〕()\\[\\]\n]{{1,40}}{_CLOSE}"
# 【本報訊】, 科技日报讯(记者 ...), 证券时报网讯, 新华社成都11月18日电, 中新网北京3月2日电
_DATELINE = re.compile(
    f"{_OPEN}?(?:本[报報刊台网網]|[{HAN}A-Za-z]{{2,12}}?[社报報网網台刊])"
    f"(?:[{HAN}]{{0,8}}?\\d{{1,2}}月\\d{{1,2}}日|[{HAN}]{{0,6}}?\\d{{1,2}}日)?"
    f"(?:[{HAN}]{{0,4}}?(?:专|專|综合|綜合)?[电電讯訊])(?= |{_OPEN}|{_CLOSE}|[:：—-]|\\d)"
    f"{_CLOSE}? ?(?:{_NOTE})?[:： ]{{0,2}}"
)
# 体坛周报记者陈牧野报道, 记者王小明、李大海台北報導/
_REPORT = re.compile(
    f"{_OPEN}?(?:[{HAN}]{{2,6}}[讯訊][/ ])?(?:[{HAN}]{{2,12}}?[社报報网網台刊]|本[报報刊台网網])?(?:特约|特約|驻外"
    f"|见习)?(?:记者|記者) ?{_NAMES}"
    f"(?:/?[{HAN}]{{2,6}}?)?(?:\\d{{1,2}}日)?/?{_REPORTS}{_CLOSE}?[:： ]{{0,2}}"
)
_BRACKETED = re.compile(_NOTE)
# (央视财经), 【光明网】
_OUTLET = re.compile(
    f"{_OPEN}[{HAN}]{{2,6}}(?:[财財][经經]|新[闻聞]|[报報社网網台]|客户端){_CLOSE}(?![的是在和与與、])"
)
# 【仙台時事】, 【ニューヨーク共同】: the place of an agency's report
_JAPANESE_DATELINE = re.compile(rf"【(?:[^【】]{{1,10}}?)?(?:{AGENCY})】(?![はがをのもにとでや、])")
# 责任编辑:王小明, 文/李大海: a line that names who made the article
_SIGNED = re.compile(
    f"{_OPEN}?(?:{_REPORTER}|来源|來源|作者|撰文|[文图圖]|摄影|攝影|[文图圖][/、][文图圖])"
    "(?: ?[:：/|] ?)[^\n。,，]{1,40}"
)
_KOREAN_NAMES = "[가-힣]{2,4}(?:[·, ]{1,2}[가-힣]{2,4}){0,3}"
_KOREAN_REPORTER = "(?:[가-힣]{2,4}전문|선임|수습|객원|인턴|논설|사진)?(?:기자|특파원|통신원|리포터)"
# (서울=연합뉴스) 김민수 기자 =, [서울=뉴시스]김민수 기자 =, [매일신문 김민수 기자]
_KOREAN_DATELINE = re.compile(
    f"(?:[(\\[][가-힣A-Za-z·, ]{{1,20}}=[^()\\[\\]\n]{{1,20}}[)\\]] ?(?:{_KOREAN_NAMES} ?{_KOREAN_REPORTER} ?)?(?:= ?)?"
    f"|[(\\[][^()\\[\\]\n]{{0,20}}{_KOREAN_REPORTER}[)\\]] ?(?:= ?)?"
    f"|(?:[가-힣A-Za-z]{{2,12}} )?{_KOREAN_NAMES} ?{_KOREAN_REPORTER} ?= ?)"
)
# 김민수 기자 kim@example.com: a line of its own
_KOREAN_SIGNED = re.compile(
    f"(?:[(\\[/]|글(?:[·/]사진)?[ =/]{{1,3}})?(?:[가-힣A-Za-z]{{2,12}} ?[=/ ] ?)?{_KOREAN_NAMES} ?"
    f"{_KOREAN_REPORTER}[)\\]]?"
    "(?: ?[(/]?[\\w.+-]{1,40}@[\\w.-]{1,40}[)]?)?"
    "|(?:사진|자료|그래픽|영상) ?(?:제공|출처) ?[=:] ?.{1,30}"
)
# (사진=완도군 제공), [사진=연합뉴스]
_KOREAN_PICTURE = re.compile(
    "[(\\[](?:사진|자료|그래픽|영상|출처|이미지)(?: ?(?:제공|출처))? ?[=:] ?[^()\\[\\]\n]{1,40}[)\\]]"
)
_MARKS = re.compile("【|[经經网網闻聞台社报報]|사진|[记記编編讯訊电電文图圖来來作校责責]|기자|특파원|통신원|리포터|=")
_SCAN = 80  # characters of a line in which a dateline is


def without_bylines(line: str, *, first: bool) -> str:
    """Return a line without datelines and reporters; ``first``: whether it is one of the first lines of the text."""
    if line.isascii() or not _MARKS.search(line):
        return line
    if len(line) <= _SCAN and (_SIGNED.fullmatch(line) or _KOREAN_SIGNED.fullmatch(line)):
        return ""
    if "=" in line or "사진" in line:
        line = _KOREAN_PICTURE.sub("", line).rstrip()
    if first:
        for pattern in (_DATELINE, _REPORT, _KOREAN_DATELINE, _JAPANESE_DATELINE, _OUTLET):
            if found := pattern.match(line, 0, _SCAN):
                line = line[found.end() :].lstrip(" ,，:：/")
    return _BRACKETED.sub("", line) if "者" in line or "编" in line or "編" in line or "员" in line else line
