"""Companies on an exchange in a Chinese text: with the number of their stock (平安银行(000001), 中芯国际(688981.SH)),
and what is said of their shares (启明电子|港股|收盘|下跌).

Scope: the numbers of the exchanges of China, Hong Kong and Taiwan. A number of four digits without the exchange may be
an amount or a year: 标准版(5999).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from alt_pipelines.text.scripts import HAN
from alt_pipelines.text.segmentation import Word, simplified
from alt_pipelines.text.stopwords import word_set

STOCK_NUMBER = re.compile("\\d{4,6}[.-](?:SH|SZ|BJ|HK|TW)")
_NUMBER = re.compile("\\([0-9]{4}")
_STOCK = re.compile(  # the numbers of Shanghai and Shenzhen begin with 6, 0 and 3
    f"(?:^|[、,。;:\\s])([{HAN}A-Z]{{2,6}})(?=\\((?:[036]\\d{{5}}|{STOCK_NUMBER.pattern})\\))", re.MULTILINE
)
# The shares of a place and what they are worth, which a company stands before.
_SHARES = word_set("A股 B股 H股 港股 美股 台股 日股 韩股 沪股 股价 市值")
_SESSIONS = word_set("开盘 收盘 收市 开市 盘前 盘中 盘后 早盘 午盘 尾盘 夜盘")


def is_of_shares(form: str) -> bool:
    """Whether a word begins what is said of a company's shares: 港股, 股价."""
    return simplified(form) in _SHARES


def with_sessions(words: Sequence[Word]) -> list[Word]:
    """Return the words, with the part of a trading day as a time, except before a noun: 收盘|下跌, 早盘|走低."""
    return [
        word._replace(pos="t") if simplified(word.surface) in _SESSIONS and not after.pos.startswith("n") else word
        for word, after in pairwise([*words, Word("\n", -1, "x")])
    ]


def listed_companies(text: str) -> set[str]:
    """Return the names, as written, at the start of a clause and before a stock number in brackets."""
    return {match.group(1) for match in _STOCK.finditer(text)} if _NUMBER.search(text) else set()
