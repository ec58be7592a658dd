"""Sends vocabularies to the extractor's child processes, once to each.

A vocabulary has some hundred kilobytes and changes once a day, so it does not travel with every task. A child that was
replaced after a crash or a deadline is another process and gets it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alt_pipelines.runtime.supervised import SupervisedChild
from alt_pipelines.vocabulary.words import Vocabulary


@dataclass(frozen=True, slots=True)
class UseVocabularies:
    """Task of a child: the vocabularies, by language, that it uses from now on."""

    vocabularies: Mapping[str, Vocabulary]


class SharedVocabularies:
    """The vocabularies in use, and which child process has which."""

    def __init__(self) -> None:
        self._vocabularies: Mapping[str, Vocabulary] = {}
        self._versions: frozenset[str] = frozenset()
        self._sent: dict[int, tuple[int | None, frozenset[str]]] = {}

    def use(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        """Replace the vocabularies by language. The children get them before their next articles."""
        self._vocabularies = dict(vocabularies)
        self._versions = frozenset(vocabulary.version for vocabulary in vocabularies.values())

    def send_to(self, child: SupervisedChild[Any, Any]) -> None:
        """Send the vocabularies to a child whose process has none or other versions.

        Raises:
            ChildStoppedError: the child process does not start.
        """
        pid, versions = self._sent.get(id(child), (None, frozenset()))
        if self._versions == (versions if child.pid is not None and pid == child.pid else frozenset()):
            return
        child.run(UseVocabularies(self._vocabularies))
        self._sent[id(child)] = child.pid, self._versions
