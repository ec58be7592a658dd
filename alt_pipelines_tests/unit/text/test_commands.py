"""Of a command within a sentence the program stays; a line that is a command goes; other code stays."""

import pytest

from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines.text.code import tool_of


@pytest.mark.parametrize(
    ("code", "tool"),
    [
        ("ruby read.rb --port /dev/ttyS1", "ruby"),
        ("sudo apt-get -y install jq", "apt-get"),
        ("./run.sh --fast", ""),
        ("cat log.txt | grep error", "cat"),
        ("pandas", None),
        ("git rebase main", None),
        ("x = y - 1", None),
        ("List<String> names", None),
        ("Braun & Töchter", None),
        ("int | None", None),
        ("width > height", None),
        ("true && false", None),
        ("Alt -F4", None),
        ("Duo /ego", None),
        ("sort names.txt > sorted.txt", "sort"),
    ],
)
def test_a_command_has_an_option_a_path_or_a_pipe(code: str, tool: str | None) -> None:
    assert tool_of(code) == tool


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Rode isto:\n\n```ruby ler.rb --porta /dev/ttyS1```\n\nO sensor grava.", "Rode isto:\nO sensor grava."),
        ("Starten Sie `kubectl apply -f web.yaml` und warten.", "Starten Sie kubectl und warten."),
        ("<p>Run <code>tar -xzf a.tgz</code> first.</p><p><code>ls -la /srv</code></p>", "Run tar first."),
        ("<p>Use <code>polars</code> or <code>git rebase main</code>.</p>", "Use polars or git rebase main."),
        ("<p>Das Haus <code>Braun & Töchter</code> öffnet.</p>", "Das Haus Braun & Töchter öffnet."),
        ("Le type est `str | bytes` ici.", "Le type est str | bytes ici."),
        ("Si `alto > ancho`, gira.\n\n`Sol & Luna`", "Si alto > ancho, gira.\nSol & Luna"),
        ("<p>Run it.</p><div><code>ls -la</code> <code>pwd</code></div>", "Run it.\nls pwd"),
        ("Call __init__ and __main__, not __loudly__.", "Call __init__ and __main__, not loudly."),
        ("*Nets on the quay* dried _for a week_.", "Nets on the quay dried for a week."),
        (
            "Take *args, **kwargs and a_long_name, 5*3*2, a * b * c.",
            "Take *args, kwargs and a_long_name, 5*3*2, a * b * c.",
        ),
        ("Matches *.py, *.md and _private too.", "Matches *.py, *.md and _private too."),
        ("M*A*S*H ran from 1972.* Fans *still* watch.", "M*A*S*H ran from 1972.* Fans still watch."),
    ],
)
def test_commands_and_reserved_names_in_texts(content: str, text: str) -> None:
    clean = clean_article("", content)
    assert isinstance(clean, CleanText)
    assert clean.text == text
