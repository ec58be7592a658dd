"""compose.yaml and deploy/ are valid by their schemas and say the same thing as each other."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from alt_pipelines.runtime.queues import QUEUES
from alt_pipelines.settings import PROJECT_ROOT, Settings

DEPLOY = PROJECT_ROOT / "deploy"
COMPOSE = yaml.safe_load((PROJECT_ROOT / "compose.yaml").read_text())
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}


def kubernetes_objects() -> list[dict[str, Any]]:
    return [document for path in MANIFESTS for document in yaml.safe_load_all(path.read_text()) if document]


def containers() -> list[dict[str, Any]]:
    found = []
    for item in kubernetes_objects():
        template = item.get("spec", {}).get("template")
        found += template["spec"]["containers"] if template else []
    return found


def test_compose_is_valid_by_the_compose_specification() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    checked = subprocess.run([*command, str(PROJECT_ROOT / "compose.yaml")], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_manifests_are_valid_by_the_kubernetes_schemas(path: Path) -> None:
    import kubernetes_validate

    for document in yaml.safe_load_all(path.read_text()):
        if not document["apiVersion"].startswith("keda.sh/"):  # no schema of it is to be had offline
            kubernetes_validate.validate(document, "1.33", strict=True)


def test_autoscalers_watch_the_queues_that_their_workers_serve() -> None:
    scalers = [item for item in kubernetes_objects() if item["kind"] == "ScaledObject"]
    deployments = {item["metadata"]["name"] for item in kubernetes_objects() if item["kind"] == "Deployment"}
    assert {scaler["spec"]["triggers"][0]["metadata"]["listName"] for scaler in scalers} == set(QUEUES)
    for scaler in scalers:
        target = scaler["spec"]["scaleTargetRef"]["name"]
        assert target in deployments
        assert scaler["spec"]["triggers"][0]["metadata"]["listName"] in target


def test_kubernetes_runs_the_commands_of_compose() -> None:
    known = {tuple(service["command"]) for service in OURS.values()}
    for container in containers():
        assert tuple(container["command"]) in known, container["name"]


def test_kubernetes_and_compose_use_the_same_variables() -> None:
    given = {item["metadata"]["name"]: item["data"] for item in kubernetes_objects() if item["kind"] == "ConfigMap"}
    in_compose = {name for service in OURS.values() for name in service["environment"]}
    in_kubernetes = set(given["alt-pipelines"])
    for container in containers():
        in_kubernetes |= {variable["name"] for variable in container["env"]}
    assert in_kubernetes == in_compose


def test_every_variable_is_one_that_the_settings_know() -> None:
    known = {"DAGSTER_HOME", *Settings.variables()}
    for service in OURS.values():
        for name in service["environment"]:
            assert name.removesuffix("_FILE") in known, f"{name} does nothing"


def test_there_is_exactly_one_daemon() -> None:
    daemons = [service for service in OURS.values() if "daemon" in service["command"]]
    assert len(daemons) == 1
    assert daemons[0]["deploy"]["replicas"] == 1


def test_every_service_restarts_is_limited_and_gets_secrets_as_files() -> None:
    for name, service in COMPOSE["services"].items():
        assert service["restart"] in ("unless-stopped", "on-failure"), name
        assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}, name
    for name, service in OURS.items():
        assert "./models:/models:ro" in service["volumes"], name
        for variable, value in service["environment"].items():
            if any(word in variable for word in ("PASSWORD", "SECRET", "_DB_URL", "POSTGRES_URL")):
                assert variable.endswith("_FILE"), f"{name}: {variable} is readable by docker inspect"
                assert str(value).startswith("/run/secrets/")


def test_services_that_answer_have_a_health_check() -> None:
    for name in ("postgres", "valkey", "code-server", "webserver", "daemon", "adapter"):
        assert "test" in COMPOSE["services"][name]["healthcheck"], name


def test_the_helm_values_say_what_the_instance_configuration_says() -> None:
    values = yaml.safe_load((DEPLOY / "helm" / "dagster-values.yaml").read_text())
    instance = yaml.safe_load((DEPLOY / "dagster.yaml").read_text())
    daemon = values["dagsterDaemon"]
    launcher = values["runLauncher"]["config"]["customRunLauncher"]
    coordinator = daemon["runCoordinator"]["config"]["customRunCoordinator"]
    assert launcher == instance["run_launcher"]
    assert coordinator == instance["run_coordinator"]
    assert values["computeLogManager"]["type"] == instance["compute_logs"]["class"]
    monitoring = instance["run_monitoring"]
    assert daemon["runMonitoring"]["pollIntervalSeconds"] == monitoring["poll_interval_seconds"]
    assert daemon["runMonitoring"]["startTimeoutSeconds"] == monitoring["start_timeout_seconds"]
    assert daemon["runMonitoring"]["cancelTimeoutSeconds"] == monitoring["cancel_timeout_seconds"]
    assert daemon["runRetries"]["maxRetries"] == instance["run_retries"]["max_retries"]
    assert daemon["runRetries"]["retryOnAssetOrOpFailure"] is instance["run_retries"]["retry_on_asset_or_op_failure"]
    assert values["retention"]["sensor"]["purgeAfterDays"] == instance["retention"]["sensor"]["purge_after_days"]
    assert {"connect_timeout", "keepalives", "keepalives_idle"} <= set(values["postgresql"]["postgresqlParams"])


def test_both_instance_configurations_load_without_a_database(tmp_path: Path) -> None:
    from dagster._core.instance import InstanceRef

    for source in (PROJECT_ROOT / "dagster.yaml", DEPLOY / "dagster.yaml"):
        (tmp_path / "dagster.yaml").write_text(source.read_text())
        reference = InstanceRef.from_dir(str(tmp_path))
        assert reference.storage_data is not None
        assert reference.storage_data.class_name == "PlatformPostgresStorage"
        assert reference.settings["run_monitoring"]["enabled"] is True
