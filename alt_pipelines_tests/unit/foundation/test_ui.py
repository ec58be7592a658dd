"""Dagster's UI has no blank: every asset, check, job, sensor and schedule says what it is."""

import dagster as dg
import pytest

from alt_pipelines.definitions import defs
from alt_pipelines.runtime.metadata import CONSUMER, PRODUCT, SOURCE

GRAPH = defs.resolve_asset_graph()
SPECS = {spec.key: spec for spec in defs.resolve_all_asset_specs()}


@pytest.mark.parametrize("key", sorted(SPECS), ids=lambda key: key.to_user_string())
def test_an_asset_has_a_description_an_owner_a_kind_a_group_and_a_role(key: dg.AssetKey) -> None:
    spec = SPECS[key]
    assert len(spec.description or "") > 40
    assert spec.owners
    assert spec.kinds
    assert spec.group_name
    assert {"alt/role": spec.tags.get("alt/role")} in (SOURCE, PRODUCT, CONSUMER)


def test_a_check_has_a_description() -> None:
    keys = list(GRAPH.asset_check_keys)
    assert keys
    assert [key.to_user_string() for key in keys if not GRAPH.get(key).description] == []


def test_a_job_a_sensor_and_a_schedule_have_a_description() -> None:
    repository = defs.get_repository_def()
    jobs = [job for job in repository.get_all_jobs() if not job.name.startswith("__")]
    named = [*jobs, *repository.sensor_defs, *repository.schedule_defs]
    assert len(named) > 10
    assert [one.name for one in named if not one.description] == []
