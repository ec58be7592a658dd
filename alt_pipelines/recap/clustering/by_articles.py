"""The default strategy: cluster articles by their leads, words and dates.

On 772 news articles of 66 stories, the article-level BCubed F1 is 0.96. Sentences clustered by BERTopic, with a
majority vote per article, give 0.81 (`benchmarks/clustering.py`). Only leads are embedded.

Articles are grouped within each language; then the reports of one story in several languages are joined.

`hdbscan_min_cluster_size` of a request counts sentences, because clients tuned it for the clustering of sentences. This
strategy runs HDBSCAN over articles with its own size, and only `cluster.limit_groups` uses the request's value.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from alt_pipelines.recap.arrays import Integers
from alt_pipelines.recap.clustering.adoption import AdoptionSettings, adopt_by_names
from alt_pipelines.recap.clustering.features import Features, FeatureSettings, article_features
from alt_pipelines.recap.clustering.grouping import Grouping
from alt_pipelines.recap.clustering.kinds import KindSettings, part_kinds
from alt_pipelines.recap.clustering.languages import LanguageSettings, join_languages
from alt_pipelines.recap.clustering.reduce import FEATURE_DIMENSIONS
from alt_pipelines.recap.clustering.series import SeriesSettings, part_series
from alt_pipelines.recap.clustering.silhouette import silhouette
from alt_pipelines.recap.clustering.stories import StorySettings, core_size, group_stories, look_again
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import TextVectors

_SHORT = 2  # median sentences of articles that need loose groups: they have too few words in common


@dataclass(frozen=True)
class ArticleStrategy:
    """Stories of articles; `min_sentences` is the request's `hdbscan_min_cluster_size`."""

    min_sentences: int
    features: FeatureSettings = field(default_factory=FeatureSettings)
    stories: StorySettings = field(default_factory=StorySettings)
    kinds: KindSettings = field(default_factory=KindSettings)
    series: SeriesSettings = field(default_factory=SeriesSettings)
    adoption: AdoptionSettings = field(default_factory=AdoptionSettings)
    languages: LanguageSettings = field(default_factory=LanguageSettings)

    def rows_needed(self, selection: Selection) -> list[int]:
        """The rows of titles and opening sentences."""
        limit = self.features.lead_sentences
        return [row for article in range(len(selection.articles)) for row in selection.lead_rows(article, limit)]

    def group(self, selection: Selection, vectors: TextVectors, check: Callable[[], None]) -> Grouping:
        """Group the articles: find stories, divide and split them, then join them across languages."""
        texts = [article.lead for article in selection.articles]
        languages = [article.language for article in selection.articles]
        times = [article.published_at for article in selection.articles]
        leads = [
            vectors.rows(selection.lead_rows(article, self.features.lead_sentences)) for article in range(len(texts))
        ]

        def features_of(articles: Integers) -> Features:
            chosen = articles.tolist()
            return article_features(
                [texts[i] for i in chosen],
                [leads[i] for i in chosen],
                [times[i] for i in chosen],
                [languages[i] for i in chosen],
                self.features,
            )

        features = features_of(np.arange(len(texts)))
        check()
        stories = self._settings_for(texts)
        labels = group_stories(features, stories, check)
        check()
        labels = look_again(labels, np.array([len(text) for text in texts]), features_of, stories)
        labels = part_kinds(labels, texts, languages, self.kinds, check)
        labels = part_series(labels, texts, languages, self.series, check)
        labels = adopt_by_names(labels, texts, self.adoption)
        labels = join_languages(labels, selection.articles, vectors.in_one_space, self.languages)
        return Grouping(
            labels=np.asarray(labels, np.intp),
            hdbscan={"min_cluster_size": core_size(len(features), stories), "min_samples": 1},
            umap_components=FEATURE_DIMENSIONS if len(features) > stories.dense_limit else 0,
            silhouette=silhouette(features, labels),
            min_sentences=self.min_sentences,
        )

    def _settings_for(self, texts: Sequence[Sequence[str]]) -> StorySettings:
        """Allow loose groups only among texts of a sentence or two, and as far as the texts are in lower case.

        With more sentences and names, loose groups join different events of one kind.
        """
        nameless = float(np.mean([" ".join(text[:2]).islower() for text in texts])) if texts else 0.0
        short = bool(texts) and np.median([len(text) for text in texts]) <= _SHORT
        full = self.stories
        return replace(
            full,
            persistence_bonus=(1.0 if short else nameless) * full.persistence_bonus,
            far_distance=full.far_distance_named + nameless * (full.far_distance - full.far_distance_named),
            clear_bonus=(nameless if short else 0.0) * full.clear_bonus,
        )
