"""Buttons of players, notes of podcasts' hosts and the parts of patches leave an article; prose about them stays."""

import pytest

from alt_pipelines.text.boilerplate.controls import without_controls
from alt_pipelines.text.boilerplate.letters import without_closings
from alt_pipelines.text.boilerplate.patches import without_patch
from alt_pipelines.text.boilerplate.removal import article_title
from alt_pipelines.text.boilerplate.social_notes import without_post_notes
from alt_pipelines.text.clean import clean_text


@pytest.mark.parametrize(
    "line",
    [
        "View image in fullscreen",
        "Open image in gallery",
        "Click to enlarge",
        "Upgrade to paid",
        "Restack",
        "Image 3 of 12",
        "Bild in Großansicht öffnen",
        "Ver imagen en pantalla completa",
        "Voir la photo en plein écran",
        "画像を拡大する",
        "Learn more about your ad choices. Visit megaphone.fm/adchoices",
        "Hosted on Acast. See acast.com/privacy for more information.",
        "See omnystudio.com/listener for privacy information.",
        "REKLAM",
        "AUGLÝSING",
        "TEKST SE NASTAVLJA ISPOD OGLASA",
        "Článok pokračuje pod video reklamou",
        "Story continues below this ad",
        "Artikel gaat verder onder de advertentie",
        "Dalsza część tekstu pod reklamą",
        "Annons",
        "Click to print (Opens in new window)",
        "Klick, um auf Threads zu teilen (Wird in neuem Fenster geöffnet)",
        "Cliquer pour imprimer (ouvre dans une nouvelle fenêtre)",
        "Haz clic para imprimir (Se abre en una ventana nueva)",
        "Clique para enviar um link por e-mail para um amigo",
        "Fai clic qui per stampare (Si apre in una nuova finestra)",
        "Klik om af te drukken (Wordt in een nieuw venster geopend)",
        "Klicka för utskrift (Öppnas i ett nytt fönster)",
        "Kliknij by wydrukować (Otwiera się w nowym oknie)",
        "Нажмите для печати (Открывается в новом окне)",
        "Yazdırmak için tıklayın (Yeni pencerede açılır)",
        "Klik untuk mengirimkan email tautan ke teman",
        "Bấm để in ra (Mở trong cửa sổ mới)",
        "クリックして印刷 (新しいウィンドウで開きます)",
        "Click to share on Facebook",
        "Click to email a link to a friend (Opens in new window)",
        "Tap to share via WhatsApp",
        "Klik om te delen op X",
        "Clique para compartilhar no Telegram",
        "- Advertisement -",
        "[РЕКЛАМА]",
    ],
)
def test_buttons_and_notes_of_hosts_are_removed(line: str) -> None:
    assert without_controls(line, frozenset()) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Fullscreen games flicker on new laptops.",
        "Click to print is the name of the shop.",
        "Klik untuk masa depan",
        "Tap to share on the train",
        "Klik om te delen in de kosten",
        "Clique para enviar o formulário ao conselho",
        "Klicken Sie zum Drucken",
        "Haga clic para imprimir",
        "Klik om te delen in de winst (2026)",
        "Cliquez pour envoyer la demande",
        "Cliquez pour la planète: la campagne démarre",
        "The gallery of Tarrow shows the image in a new room.",
        "Gallery",
        "Reklam filmleri",
        "The story continues after the war",
        "Advertisement spending fell.",
        "Restack the shelves",
        "Voters have choices, and privacy matters to them, the minister said. " * 9 + "The choices are few.",
        "The watchdog told Acast to change its privacy notice.",
    ],
)
def test_prose_about_players_and_hosts_stays(line: str) -> None:
    assert without_controls(line, frozenset()) == line


def test_the_word_above_an_advertisement_stays_below_a_title_that_has_it() -> None:
    assert without_controls("Advertisement", frozenset({"advertisement"})) == "Advertisement"


def test_a_note_of_a_host_leaves_the_text_before_it() -> None:
    line = "The mill ground corn. Hosted on Acast. See acast.com/privacy for more information."
    assert without_controls(line, frozenset()) == "The mill ground corn."


def test_the_trailers_and_the_difference_of_a_patch_are_removed() -> None:
    patch = (
        'Retry the read.\n\nFixes: 3f2a9c1b7e44 ("i2c: add support")\nSigned-off-by: Ruth Alder <ruth@alder.example>\n'
        "Cc: stable@vger.example\n---\n drivers/i2c/core.c | 6 +++++-\n"
        " 1 file changed, 5 insertions(+), 1 deletion(-)\n\n"
        "diff --git a/core.c b/core.c\nindex 1a2b3c4d5e6f..6f5e4d3c2b1a 100644\n--- a/core.c\n+++ b/core.c\n"
        "@@ -10,6 +10,7 @@ static int bind(void)\n+\treturn 0;\n"
    )
    assert without_patch(patch).split() == ["Retry", "the", "read.", "---"]


@pytest.mark.parametrize(
    "text",
    [
        "Reviewed by: the council",
        "Link: the rail link opens",
        "Fixes: three leaks",
        "To: all members",
        "The report has 3 files changed by hand.",
        "Closes: 5pm",
    ],
)
def test_lines_like_trailers_stay(text: str) -> None:
    assert without_patch(text) == text


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("RT @tarrowrail: trains stop at midnight", "trains stop at midnight"),
        ("Re: [PATCH v3 2/5] i2c: retry reads", "i2c: retry reads"),
        ("[Updated] Trains stop", "[Updated] Trains stop"),
        ("RT launches a channel", "RT launches a channel"),
    ],
)
def test_a_title_stands_without_the_mark_of_a_repeated_post_or_a_patch(title: str, own: str) -> None:
    assert article_title(title) == own


@pytest.mark.parametrize("line", ["(ブースト歓迎 / 返信遅れます)", "RT歓迎", "リプ不要・無言フォロー歓迎", "拡散希望"])
def test_what_a_japanese_post_asks_of_its_readers_is_removed(line: str) -> None:
    assert without_post_notes(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "This press release contains forward-looking statements.",
        "Certain statements in this news release are forward-looking statements that involve risks.",
        "Diese Pressemitteilung enthält zukunftsgerichtete Aussagen.",
        "本プレスリリースには将来の見通しに関する記述が含まれています。",
    ],
)
def test_a_release_that_says_it_looks_forward_is_left_without_that_line(line: str) -> None:
    assert without_closings("", ["Gantrix opened a plant.", line]) == ["Gantrix opened a plant.", ""]


def test_a_report_on_such_statements_stays() -> None:
    lines = ["The SEC sued Fenwick.", "The suit says this firm's forward-looking statements misled investors."]
    assert without_closings("", lines) == lines


def test_the_emoji_of_a_server_are_removed_and_other_colons_stay() -> None:
    assert clean_text("Dough :ablobcat: rises. It began at 12:30:45, as std::move and :ref:`that` did.", 200)[0] == (
        "Dough\nrises. It began at 12:30:45, as std::move and :ref:that did."
    )
