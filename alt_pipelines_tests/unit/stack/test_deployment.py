"""compose.yaml and deploy/ are valid by their schemas and say the same thing as each other."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from alt_pipelines.database import embedded
from alt_pipelines.runtime import broker
from alt_pipelines.runtime.queues import QUEUES
from alt_pipelines.settings import PROJECT_ROOT, Settings
from alt_pipelines.stack.parts import ADAPTER_STOP_SECONDS
from api.__main__ import GRACEFUL_SECONDS
from api.jobs import STOP_SECONDS

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
    known = {tuple(word for word in service["command"] if word != "--without-platform") for service in OURS.values()}
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


def test_the_host_gets_only_what_asks_for_a_token() -> None:
    published = {name for name, service in COMPOSE["services"].items() if "ports" in service}
    assert published == {"gateway"}
    assert {"RUNS_TOKEN_FILE", "ADMIN_TOKEN_FILE", "SERVICE_SECRET_FILE"} <= set(OURS["gateway"]["environment"])
    extra = yaml.safe_load((DEPLOY / "compose.ui.yaml").read_text())
    assert all(port.startswith("127.0.0.1:") for one in extra["services"].values() for port in one["ports"])


def test_the_adapter_is_given_the_time_that_its_stop_may_take() -> None:
    longest = 0.5 + GRACEFUL_SECONDS + STOP_SECONDS  # uvicorn's supervisor looks for a signal every half second
    spare = 3  # for the ends of child processes and connections
    pod = next(item for item in kubernetes_objects() if item["metadata"]["name"] == "alt-pipelines-adapter")
    pod = pod["spec"]["template"]["spec"]
    seconds_of_sleep = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][-1])
    assert pod["terminationGracePeriodSeconds"] - seconds_of_sleep >= longest + spare
    assert int(COMPOSE["services"]["adapter"]["stop_grace_period"].removesuffix("s")) >= longest + spare
    assert longest + spare <= ADAPTER_STOP_SECONDS


def test_clients_find_the_adapter_under_both_old_names_and_ports() -> None:
    assert COMPOSE["services"]["adapter"]["networks"]["default"]["aliases"] == ["tag-generator", "recap-subworker"]
    environment = OURS["adapter"]["environment"]
    assert (environment["PORT"], environment["RECAP_SUBWORKER_PORT"]) == ("9400", "8002")
    services = {item["metadata"]["name"]: item for item in kubernetes_objects() if item["kind"] == "Service"}
    assert {name: item["spec"]["ports"][0]["port"] for name, item in services.items()} == {
        "tag-generator": 9400,
        "recap-subworker": 8002,
    }


def test_containers_have_no_more_rights_than_they_need() -> None:
    for container in containers():
        context = container["securityContext"]
        assert context["readOnlyRootFilesystem"] is True, container["name"]
        assert context["capabilities"] == {"drop": ["ALL"]}, container["name"]
        assert {"name": "tmp", "mountPath": "/tmp"} in container["volumeMounts"], container["name"]
    for name, service in OURS.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name


def test_every_deployment_has_probes_a_budget_and_a_network_policy() -> None:
    objects = kubernetes_objects()
    budgets = {
        item["spec"]["selector"]["matchLabels"]["part"] for item in objects if item["kind"] == "PodDisruptionBudget"
    }
    policies = [item["spec"]["podSelector"]["matchLabels"] for item in objects if item["kind"] == "NetworkPolicy"]
    assert {"app": "alt-pipelines"} in policies
    for item in objects:
        if item["kind"] == "Deployment":
            assert item["metadata"]["labels"]["part"] in budgets
            for container in item["spec"]["template"]["spec"]["containers"]:
                assert {"startupProbe", "livenessProbe"} <= set(container), container["name"]


def test_making_secrets_never_widens_rights(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    script = tmp_path / "make_secrets.sh"
    script.write_text((DEPLOY / "make_secrets.sh").read_text())
    no_chown = tmp_path / "bin"
    no_chown.mkdir()
    (no_chown / "chown").write_text("#!/bin/sh\nexit 1\n")
    (no_chown / "chown").chmod(0o755)
    (tmp_path / "secrets" / "service_secret").write_text("open to all")
    (tmp_path / "secrets" / "service_secret").chmod(0o644)
    done = subprocess.run(
        ["sh", str(script)], env={"PATH": f"{no_chown}:/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "sudo chown 10001" in done.stderr
    files = list((tmp_path / "secrets").iterdir())
    assert {path.name for path in files} == set(COMPOSE["secrets"])
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


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


def test_every_service_that_runs_on_has_a_health_check() -> None:
    for name in set(COMPOSE["services"]) - {"migrate"}:
        assert "test" in COMPOSE["services"][name]["healthcheck"], name


def test_workers_have_the_same_probe_in_compose_and_kubernetes() -> None:
    probes = {
        tuple(container["command"]): container["livenessProbe"]["exec"]["command"]
        for container in containers()
        if "worker" in container["command"]
    }
    for name in ("tagging-worker", "recap-worker"):
        service = COMPOSE["services"][name]
        assert service["healthcheck"]["test"] == ["CMD", *probes[tuple(service["command"])]], name


def test_images_of_others_are_named_by_their_full_version() -> None:
    """A floating tag changes a server under its data; another C library also sorts its indexes in another order."""
    images = [service["image"] for service in COMPOSE["services"].values() if "build" not in service]
    images += re.findall(r"^FROM (\S+:\S+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert len(images) == 3
    for image in images:
        assert re.search(r":\d+\.\d+(\.\d+)?(-|$)", image), image


def test_the_servers_of_compose_are_no_older_than_those_that_the_tests_run_on() -> None:
    for name, program in (("postgres", embedded.psql()), ("valkey", broker.embedded_command(Path())[0])):
        said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=True).stdout
        tested, image = (
            [int(part) for part in re.search(pattern, text)[1].split(".")]  # type: ignore[index]
            for pattern, text in ((r"(\d+(?:\.\d+)+)", said), (r":([\d.]+)", COMPOSE["services"][name]["image"]))
        )
        assert image[0] == tested[0], name
        assert image >= tested, name


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
