"""The compose file keeps its promises, and what is started without an engine is what it says."""

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.keys import Addresses, make
from hub.mapping.load import HERE
from supervisor.compose import Service, services
from supervisor.composed import FILE, IMAGE, ComposedAirflow, surroundings
from supervisor.processes import Supervisor
from supervisor.redis import NoRedis, private_redis

ROOT = FILE.parent
DOCUMENT: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
SERVICES: dict[str, Any] = DOCUMENT["services"]
OURS = {name: one for name, one in services(FILE, {}).items() if one.image.startswith(IMAGE)}
PARTS = {"api-server", "scheduler", "dag-processor", "triggerer", "worker"}
JOBS = {"airflow-migrate", "hub-migrate"}
WRITTEN = {"AIRFLOW_HOME", "AIRFLOW__LOGGING__BASE_LOG_FOLDER", "KLANTBEELD_REPORTS", "TMPDIR"}
"""The variables that name a folder which is written to; only the worker writes reports."""
PLACES = {"AIRFLOW__API__HOST", "AIRFLOW__API__PORT", "AIRFLOW__API__BASE_URL"}
"""The variables whose value depends on the machine: where the api-server listens."""


@pytest.fixture
def here(tmp_path: Path) -> ComposedAirflow:
    """The services as they are without an engine, on port 5."""
    make(tmp_path / "keys", Addresses())
    return ComposedAirflow(Supervisor(tmp_path), tmp_path / "home", tmp_path / "keys", 5)


def test_the_services_are_these() -> None:
    assert SERVICES.keys() == {"postgres", "redis", "sandbox"} | PARTS | JOBS
    assert OURS.keys() == PARTS | JOBS
    assert {name for name, one in OURS.items() if one.ends} == JOBS
    assert SERVICES["sandbox"]["profiles"] == ["sandbox"]


@pytest.mark.parametrize("name", SERVICES)
def test_what_goes_on_says_whether_it_is_healthy(name: str) -> None:
    assert name in JOBS or SERVICES[name]["healthcheck"]["test"]


def test_a_port_is_open_to_this_machine_only() -> None:
    published = [port for one in SERVICES.values() for port in one.get("ports", [])]
    assert published and all(port.startswith("127.0.0.1:") for port in published)
    assert not any(one.get("network_mode") == "host" for one in SERVICES.values())


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_and_take_no_more_than_it_needs(name: str) -> None:
    one = SERVICES[name]
    assert (one["cap_drop"], one.get("cap_add", [])) == (["ALL"], [])
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert one["read_only"] is True and "/tmp" in one["tmpfs"]  # noqa: S108 - where programs look for room
    assert re.fullmatch(r"\d+[mg]", one["mem_limit"])
    assert one.get("user") or one["image"].startswith(IMAGE)  # ours say so in the image
    assert not one.get("privileged") and "/var/run/docker.sock" not in str(one.get("volumes"))


def test_what_a_service_writes_has_room(here: ComposedAirflow) -> None:
    """Every folder that its environment or command names for writing is a volume or a tmpfs."""
    for name, one in OURS.items():
        asked = WRITTEN - ({"KLANTBEELD_REPORTS"} if name != "worker" else set())
        folders = {one.environment[it] for it in asked & one.environment.keys()}
        assert {it for it in folders if not it.startswith(one.rooms)} == set(), name
    assert all(Path(room).is_dir() for one in here.services for room in one.rooms)
    assert {Path(one.environment["TMPDIR"]) for one in here.services if "TMPDIR" in one.environment} == {
        here.home / "scratch"
    }


def test_images_are_pinned_to_a_patch_release() -> None:
    others = [one["image"] for one in SERVICES.values() if not one["image"].startswith(IMAGE)]
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert len(others) == 2 and len(bases) == 2
    assert [one for one in (*others, *bases) if not re.search(r":\d+(\.\d+)+(-\w+)*$", one)] == []
    assert DOCUMENT["services"]["postgres"]["image"].startswith("postgres:16.")


def test_the_installer_is_pinned_like_all_it_installs() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert any(one.startswith("uv==") for one in pins)
    for file in ("Makefile", "Dockerfile"):
        lines = (ROOT / file).read_text("utf-8").replace("\\\n", " ").splitlines()
        installs = [one for one in lines if "pip install" in one and re.search(r"\suv$", one)]
        assert len(installs) == 1 and "-c constraints.txt" in installs[0], file


def test_every_secret_is_declared_made_and_used(tmp_path: Path) -> None:
    made = make(tmp_path / "keys", Addresses())
    granted = {name for one in SERVICES.values() for name in one.get("secrets", [])}
    assert granted == DOCUMENT["secrets"].keys() == made.keys()
    files = {name: one["file"] for name, one in DOCUMENT["secrets"].items()}
    assert files == {name: f"${{KLANTBEELD_SECRETS:-./secrets}}/{name}" for name in made}


@pytest.mark.parametrize("service", OURS.values(), ids=list(OURS))
def test_a_service_reads_only_secrets_it_is_granted(service: Service) -> None:
    said = " ".join((*service.command, *service.check))
    assert set(re.findall(r"/run/secrets/([\w.]+)", said)) <= set(service.secrets)


def test_no_secret_stands_in_the_environment() -> None:
    secret = re.compile(r"PASSWORD|SECRET_KEY|JWT|FERNET|SQL_ALCHEMY|BROKER_URL|STORE|CONNECTIONS|TOKEN")
    for one in OURS.values():
        for name, value in one.environment.items():
            assert not secret.search(name) or "/run/secrets/" in value or name.endswith("PASSWORDS_FILE"), (
                name
            )


def test_the_store_and_the_systems_are_known_to_the_worker_alone() -> None:
    assert {name for name, one in OURS.items() if "hub_store" in one.secrets} == {
        "worker",
        "triggerer",
        "hub-migrate",
    }
    assert {name for name, one in OURS.items() if "connections.json" in one.secrets} == {"worker"}


def test_every_setting_is_one_that_airflow_has() -> None:
    spec = find_spec("airflow")
    assert spec is not None and spec.submodule_search_locations
    known = yaml.safe_load(
        (Path(spec.submodule_search_locations[0]) / "config_templates" / "config.yml").read_text("utf-8")
    )
    asked = {
        tuple(name.removesuffix("_CMD").lower().split("__")[1:])
        for one in OURS.values()
        for name in one.environment
        if name.startswith("AIRFLOW__") and "CELERY" not in name
    }
    assert len(asked) > 15
    assert [one for one in sorted(asked) if one[1] not in known[one[0]]["options"]] == []


# without an engine


def test_every_service_is_started_with_the_environment_of_the_file(here: ComposedAirflow) -> None:
    """Nothing is added, left out or changed but the api-server's address, and where things are."""
    assert {one.name for one in here.services} == OURS.keys()
    for one in here.services:
        said = OURS[one.name]
        assert one.environment.keys() - PLACES == said.environment.keys() - PLACES
        for name in said.environment.keys() - PLACES:
            assert _as_in_a_container(one.environment[name], here, one) == said.environment[name]
        for mine, theirs in ((one.command, said.command), (one.check, said.check)):
            assert [_as_in_a_container(word, here, one) for word in mine] == list(theirs)


def _as_in_a_container(text: str, here: ComposedAirflow, service: Service) -> str:
    words = {
        str(here.home / "secrets" / service.name): "/run/secrets",
        **{f"{here.home}/{it}": f"/var/lib/klantbeeld/{it}" for it in ("reports", "scratch")},
        str(here.home): "/var/lib/airflow",
        str(ROOT): "/opt/klantbeeld",
        "http://127.0.0.1:5": "http://api-server:8080",
    }
    for mine, theirs in words.items():
        text = text.replace(mine, theirs)
    return text


def test_nothing_of_a_container_is_left(here: ComposedAirflow) -> None:
    foreign = re.compile(
        r"/run/secrets|/opt/klantbeeld|/var/lib/|0\.0\.0\.0|api-server:|postgres:5432|redis:6379"
    )
    for one in here.services:
        told = (*one.command, *one.check, *one.environment.values())
        assert [word for word in told if foreign.search(word)] == []


def test_a_service_sees_the_secrets_it_is_granted_and_no_others(here: ComposedAirflow) -> None:
    for one in here.services:
        folder = here.home / "secrets" / one.name
        assert {file.name for file in folder.iterdir()} == set(OURS[one.name].secrets)
        assert all(file.read_text("utf-8") for file in folder.iterdir())


def test_settings_of_another_airflow_or_hub_do_not_reach_a_service(
    here: ComposedAirflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "SequentialExecutor")
    monkeypatch.setenv("AIRFLOW_CONN_HUBSPOT", "{}")
    monkeypatch.setenv("KLANTBEELD_STORE", "sqlite:///elsewhere.db")
    (worker,) = (one for one in here.services if one.name == "worker")
    found = surroundings(worker)
    assert found["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor"
    assert not {"AIRFLOW_CONN_HUBSPOT", "KLANTBEELD_STORE"} & found.keys()


def test_compose_words_are_read_as_compose_reads_them(tmp_path: Path) -> None:
    file = tmp_path / "compose.yml"
    file.write_text(
        "services: {a: {image: 'x:${TAG:-1}', command: [sh, -c, 'echo $$HOME ${WHO:-} ${GIVEN:-no}'],"
        " healthcheck: {test: [CMD-SHELL, 'true $$(id)']}, restart: 'no'}, b: {image: y, profiles: [p]}}"
    )
    (one,) = services(file, {"GIVEN": "yes"}).values()
    assert (one.image, one.command, one.ends) == ("x:1", ("sh", "-c", "echo $HOME  yes"), True)
    assert one.check == ("sh", "-c", "true $(id)")


def test_without_redis_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoRedis, match="apt-get install redis-server"), private_redis(Supervisor(tmp_path)):
        pass


# secrets, pools, owners


def test_secrets_are_made_once_and_stay(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    made = make(folder, Addresses())
    assert folder.stat().st_mode & 0o777 == 0o700
    (folder / "airflow_session_key").unlink()
    again = make(folder, Addresses("elsewhere:1", "elsewhere:2"))
    assert {name for name in made if made[name] != again[name]} == {"airflow_session_key"}
    assert made["airflow_database_password"] in made["airflow_database"]
    assert made["hub_store"].endswith("@postgres:5432/hub")
    assert len(made["airflow_jwt_secret"]) >= 64


def test_the_stand_ins_are_connected_with_the_token_they_are_given(tmp_path: Path) -> None:
    made = make(tmp_path / "secrets", Addresses(), sandbox=True)
    systems = json.loads(made["connections.json"])
    assert {one["password"] for one in systems.values()} == {made["sandbox_token"]}
    assert systems["hubspot"]["host"] == "http://127.0.0.1:8099/hubspot"
    assert json.loads(make(tmp_path / "real", Addresses())["connections.json"]) == {}


def _mapped() -> dict[str, str]:
    """System → department."""
    files = [one for one in HERE.glob("*.yml") if one.stem not in ("customer", "views")]
    return {one.stem: yaml.safe_load(one.read_text("utf-8"))["department"] for one in files}


def test_every_system_has_its_pool_of_one_slot() -> None:
    pools = json.loads((ROOT / "deploy" / "pools.json").read_text("utf-8"))
    assert {name: pool["slots"] for name, pool in pools.items()} == {
        f"system_{name}": 1 for name in _mapped()
    }


def test_every_department_owns_its_mapping_file() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text("utf-8").splitlines()
    owners = dict(line.split() for line in lines if line and not line.startswith("#"))
    for system, department in _mapped().items():
        assert owners[f"/mappings/{system}.yml"] == f"@your-organisation/{department}"
    for file in ("customer.yml", "customer.schema.json"):
        assert owners[f"/mappings/{file}"] == "@your-organisation/data-office"


def test_the_workflow_says_the_words_of_the_ci_script() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
    assert [step["run"] for step in workflow["jobs"]["run"]["steps"] if "run" in step] == ["bash .ci/run"]
