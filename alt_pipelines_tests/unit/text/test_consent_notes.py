"""Sentences of consent, of unsubscribing and about a program for files; and reports about them, which stay."""

import pytest

from alt_pipelines.text.boilerplate.consent_notes import without_consent_notes

NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "note",
    [
        "He leído y acepto la política de privacidad.",
        "By signing up you agree to our privacy policy.",
        "Ich habe die Datenschutzerklärung gelesen und akzeptiere sie.",
        "Li e aceito a política de privacidade.",
        "J'ai lu et j'accepte la politique de confidentialité.",
        "Ho letto e accetto l'informativa sulla privacy.",
        "Ik ga akkoord met het privacybeleid.",
        "Akceptuję politykę prywatności.",
        "Gizlilik politikasını kabul ediyorum.",
        "Нажимая кнопку, вы соглашаетесь с политикой конфиденциальности.",
        "أوافق على سياسة الخصوصية",
        "プライバシーポリシーに同意します",
        "개인정보 수집 및 이용에 동의합니다",
        "我已阅读并同意隐私政策",
        "Bu e-postayı almak istemiyorsanız aboneliğinizi iptal edin.",
        "Si vous ne souhaitez plus recevoir nos e-mails, écrivez.",
        "Wenn Sie diesen Newsletter nicht mehr erhalten möchten, antworten Sie.",
        "Se non desideri più ricevere queste e-mail",
        "Если вы не хотите получать письма, откажитесь от рассылки.",
        "Jika tidak ingin menerima email ini, balas pesan.",
        "U ontvangt deze mail omdat u lid bent.",
        "Du får det här nyhetsbrevet eftersom du är medlem.",
        "Otrzymujesz tę wiadomość e-mail, bo jesteś członkiem.",
        "Вы получили это письмо, потому что подписаны.",
        "Recibes este correo porque eres socio.",
        "You need Adobe Reader to view this PDF file.",
        "PDFファイルをご覧いただくにはAdobe Readerが必要です。",
        "Zum Lesen der PDF-Datei benötigen Sie den Adobe Reader.",
        "PDF 파일을 보려면 Adobe Reader가 필요합니다.",
    ],
)
def test_a_note_goes(note: str) -> None:
    assert without_consent_notes(note, NOTHING) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "The regulator fined the firm because its privacy policy was unclear.",
        "She reads the privacy policy of every app.",
        "Users must agree to the new privacy policy by May, the company said.",
        "Adobe fixed a flaw in Reader on Tuesday.",
        "La CNIL juge la politique de confidentialité trop longue.",
        "Wenn Sie keine Nachrichten mehr hören, gehen Sie ans Meer.",
        "個人情報の取り扱いに同意する人は半分だった。",
        "If you no longer wish to drive, take the bus.",
    ],
)
def test_a_report_stays(sentence: str) -> None:
    assert without_consent_notes(sentence, NOTHING) == sentence


def test_only_the_note_leaves_a_line_and_none_leaves_an_article_about_it() -> None:
    line = "The ferry is back. I agree to the privacy policy."
    assert without_consent_notes(line, NOTHING) == "The ferry is back."
    assert without_consent_notes(line, frozenset(["privacy", "fines"])) == line
