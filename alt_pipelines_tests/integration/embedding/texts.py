"""Sentences written for these tests."""

ENGLISH = [
    "The central bank raised interest rates for the third time this year.",
    "Policymakers lifted borrowing costs again.",
    "Floods in the north of the country left more than 40 people dead, officials said on Tuesday.",
    "Heavy rain swept away bridges and drowned dozens of villagers.",
    "The striker scored twice in extra time as the hosts reached the final.",
    "A late double sent the home team through to the cup final.",
    "chip export rules",
    "New limits on selling advanced semiconductors abroad",
    "It rained.",
    "Parliament voted 212 to 198 against the bill; the opposition, which had called for months for an inquiry into how "
    "the contracts were awarded, spoke of a turning point, while the minister said that he would not step down.",
]
# Pairs that tell of the same thing: 0 with 1, 2 with 3, and so on.
JAPANESE = [
    "日銀は政策金利の引き上げを決めた。",
    "中央銀行が利上げに踏み切った。",
    "北部で大雨による洪水が発生し、40人以上が死亡した。",
    "豪雨で川が氾濫し、多数の死者が出ている。",
    "決勝で延長戦の末、開催国が優勝した。",
    "地元チームが延長の末に大会を制した。",
    "政府は先端半導体の輸出規制を強化した。",
    "最新チップの海外販売に新たな制限が設けられた。",
    "人気アニメ映画の続編が来春に公開される。",
    "大ヒットした劇場版アニメの新作が来年上映へ。",
]
