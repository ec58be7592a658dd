"""Lists of other articles below a label in any language, and lists of the article below a heading."""

import pytest

from alt_pipelines.text.pointed_lists import without_pointed_lists
from alt_pipelines_tests.unit.text.bodies import MORE, TEXT, around, body


@pytest.mark.parametrize(
    "part",
    [
        "<h4>Lees ook</h4><ul><li>Zalm keert terug naar Berkel</li><li>Molen verkocht</li></ul>",
        "<div><h4>Lesen Sie auch</h4><ul><li>Lachs kehrt an die Oste zurück</li><li>Mühle weg</li></ul></div>",
        "<div><h5>Ezt is olvassa el!</h5><p>Visszatért a lazac Visegrádra</p><p>Eladták a malmot</p></div>",
        "<div><strong>Mohlo by vás zajímat</strong><br>Losos se vrátil do Kamenice<br>Mlýn u Ploučnice je prodán</div>",
        "<aside><h3>Tengdar fréttir</h3><p>Laxinn snýr aftur í Elliðaár</p><p>Myllan seld</p></aside>",
        "<section><p><b>Taip pat skaitykite:</b></p><ol><li>Lašiša grįžo į Šventąją</li></ol></section>",
        "<p>Lasi arī:</p><ul><li>Lasis atgriežas Salacā</li><li>Pārdotas vecās dzirnavas</li></ul>",
        "<p><strong>Loe ka</strong></p><ul><li>Lõhe naasis Pärnu jõkke</li></ul>",
        "<h3>Pročitajte još</h3><div class='y'><ul><li>Losos se vratio u Dravu</li></ul></div>",
        "<h3>También te puede interesar</h3><ul><li>El salmón vuelve al Duero</li><li>Se vende un molino</li></ul>",
        "<div><h2>Top stories</h2><p>Salmon return to Gerberoy weir</p><p>Old mill sold</p></div>",
        "<div><h3>猜你喜欢</h3><p>鲑鱼今年回到了河里</p><p>老磨坊被卖掉了</p></div>",
        "<div><strong>많이 본 뉴스</strong><ul><li>연어가 강으로 돌아왔다</li><li>방앗간 매각</li></ul></div>",
        "<h4>À lire aussi&nbsp;:</h4><ul><li>Le saumon revient à Gerberoy</li></ul>",
    ],
)
def test_a_label_takes_its_whole_list_with_it(part: str) -> None:
    assert around(part) == f"{TEXT}\n{MORE}"


@pytest.mark.parametrize(
    "part",
    [
        "<h3>Te recomendamos</h3><ul><li>Hotel Arriaga</li><li>Bar Sol</li></ul>",
        "<h3>Most popular</h3><ul><li>Gazpacho</li><li>Migas con uvas</li></ul>",
        f"<div><h4>Lees ook</h4><p>{MORE}</p></div>",
        "<h3>Zum Thema</h3><ul><li>Das Wehr staut den Bach seit dem Mittelalter.</li><li>Es war aus Stein.</li></ul>",
        "<h3>Zutaten</h3><ul><li>Zwei große Zwiebeln aus Höri</li><li>Ein Liter Brühe vom Rind</li></ul>",
        "<h3>Don't miss</h3><ul><li>The market of smoked eels</li><li>The fish ladder at noon</li></ul>",
        "<h3>Zie ook</h3><ul><li>een molen met drie raderen</li><li>een stuw van eikenhout</li></ul>",
    ],
)
def test_a_list_of_the_article_stays(part: str) -> None:
    shown = body(part).split("\n")[-1]
    assert shown and shown in around(part)


def test_a_label_above_the_article_takes_nothing_of_it() -> None:
    text = f"<div><h4>Lees ook</h4><ul><li>Zalm keert terug naar Berkel</li></ul><p>{TEXT}</p><p>{MORE}</p></div>"
    assert body(text) == f"{TEXT}\n{MORE}"


def test_a_list_that_never_ends_stays() -> None:
    markup = f"<h4>Lees ook</h4><ul><li>Zalm keert terug naar Berkel<p>{TEXT}</p>"
    assert without_pointed_lists(markup) == markup
