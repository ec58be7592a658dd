"""Companies that a Chinese text names with the number of their stock: 平安银行(000001), 中芯国际(688981.SH).

Scope: the numbers of the exchanges of China, Hong Kong and Taiwan. A number of four digits without the exchange may be
an amount or a year: 标准版(5999).
"""

import re

from alt_pipelines.text.scripts import HAN

STOCK_NUMBER = re.compile("\\d{4,6}[.-](?:SH|SZ|BJ|HK|TW)")
_NUMBER = re.compile("\\([0-9]{4}")
_STOCK = re.compile(  # the numbers of Shanghai and Shenzhen begin with 6, 0 and 3
    f"(?:^|[、,。;:\\s])([{HAN}A-Z]{{2,6}})(?=\\((?:[036]\\d{{5}}|{STOCK_NUMBER.pattern})\\))", re.MULTILINE
)


def listed_companies(text: str) -> set[str]:
    """Return the names, as written, at the start of a clause and before a stock number in brackets."""
    return {match.group(1) for match in _STOCK.finditer(text)} if _NUMBER.search(text) else set()
