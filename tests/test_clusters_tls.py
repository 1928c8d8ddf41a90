"""Dask by TLS: who has no certificate of the cluster's authority plays nothing and runs nothing."""

import asyncio
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import sim
from games import write_small

from sim import load
from sim.files.errors import BadInput
from sim.study.workers.workplaces import workplace

pytestmark = [
    pytest.mark.usefixtures("undrawn"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="makes certificates by openssl"),
]

NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=True)


def authority(folder: Path, name: str) -> None:
    openssl(folder, "req", "-x509", *NEW_KEY, "-days", "2", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out",
            f"{name}.pem")  # fmt: skip


def certificate(folder: Path, name: str, by: str) -> None:
    openssl(folder, "req", *NEW_KEY, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-CAcreateserial",
            "-days", "2", "-out", f"{name}.pem")  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("ca", "other"):
        authority(folder, name)
    certificate(folder, "node", by="ca")
    certificate(folder, "me", by="ca")
    certificate(folder, "stranger", by="other")
    openssl(folder, "ec", "-in", "me.key", "-aes128", "-passout", "pass:word", "-out", "locked.key")
    (folder / "junk").write_text("hello\n")
    return folder


@pytest.fixture(scope="module")
def address(files: Path) -> Iterator[str]:
    """A scheduler and a worker that talk by TLS only, in a thread of this process."""
    from distributed import Scheduler, Security, Worker

    node = {"cert": str(files / "node.pem"), "key": str(files / "node.key")}
    named = {f"tls_{role}_{part}": file for role in ("scheduler", "worker") for part, file in node.items()}
    security = Security(require_encryption=True, tls_ca_file=str(files / "ca.pem"), **named)
    loop, ended, there = asyncio.new_event_loop(), asyncio.Event(), threading.Event()
    found: list[str] = []

    async def serve() -> None:
        place = {"host": "127.0.0.1", "protocol": "tls", "security": security, "dashboard_address": "127.0.0.1:0"}
        async with Scheduler(**place) as scheduler, Worker(scheduler.address, security=security, nthreads=1):
            found.append(scheduler.address)
            there.set()
            await ended.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert there.wait(30)
    yield found[0]
    loop.call_soon_threadsafe(ended.set)
    thread.join(30)


def options(files: Path, ca: str | None = None, cert: str | None = None, key: str | None = None) -> list[str]:
    named = {"--dask-tls-ca": ca, "--dask-tls-cert": cert, "--dask-tls-key": key}
    return [word for option, name in named.items() if name is not None for word in (option, str(files / name))]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_small(Path())


VARY = ("--vary", "phases.talks.rounds=8,9", "--runs", "4", "--out", "out")


@pytest.mark.slow
class TestAScheduler:
    def test_by_tls_plays_for_the_holder_of_a_certificate(self, small: Path, files: Path, address: str) -> None:
        code, _, said = sim(
            "sweep", small, *VARY, "--executor", f"dask:{address}", *options(files, "ca.pem", "me.pem", "me.key")
        )
        assert code == 0, said
        assert len(list(Path("out/chunks").iterdir())) == 1

    def test_by_tls_is_had_from_a_notebook_and_by_dasks_own_configuration(
        self, small: Path, files: Path, address: str
    ) -> None:
        import dask

        mine = {"dask_tls_cert": files / "me.pem", "dask_tls_key": files / "me.key"}
        with dask.config.set({"distributed.comm.tls.ca-file": str(files / "ca.pem")}):
            found = load(small).sweep(
                {"phases.talks.rounds": [8, 9]}, runs=4, executor=f"dask:{address}", out="out", **mine
            )
        assert len(found.frame("runs")) == 8

    @pytest.mark.parametrize(("ca", "name"), [("other.pem", "me"), ("ca.pem", "stranger")])
    def test_and_a_program_of_another_authority_have_nothing_to_do_with_each_other(
        self, small: Path, files: Path, address: str, ca: str, name: str
    ) -> None:
        given = options(files, ca, f"{name}.pem", f"{name}.key")
        code, _, said = sim("sweep", small, *VARY, "--executor", f"dask:{address}", *given)
        assert code == 2
        assert said.startswith(f"--executor: no Dask cluster with workers at {address} (TLS: ")
        assert said.count("\n") == 1

    def test_of_our_own_cluster_answers_nobody_else(self, small: Path) -> None:
        from distributed import Client

        from sim.study.workers.dask import Cluster
        from sim.study.workers.tasks import Study

        with Cluster(Study(b"", (), None, None), workplace("dask"), 1) as cluster:
            assert cluster.own.scheduler_address.startswith("tls://127.0.0.1:")
            with pytest.raises(OSError):
                Client(cluster.own.scheduler_address.replace("tls", "tcp"), timeout=5)


class TestFiles:
    @pytest.mark.parametrize(
        ("ca", "cert", "key", "option", "said"),
        [
            ("absent", "me.pem", "me.key", "ca", "{}/absent: no such file"),
            ("me.key", "me.pem", "me.key", "ca", "{}/me.key: no certificate in PEM"),
            ("ca.pem", "junk", "me.key", "cert", "{}/junk: no certificate in PEM"),
            ("ca.pem", "me.pem", "stranger.key", "key", "{}/stranger.key: not the key of {}/me.pem"),
            ("ca.pem", "me.pem", "junk", "key", "{}/junk: no private key in PEM"),
            ("ca.pem", "me.pem", None, "key", "{}/me.pem: no private key in PEM"),
            ("ca.pem", "me.pem", "locked.key", "key", "{}/locked.key: is under a password, and Dask asks for none"),
            ("ca.pem", None, None, "cert",
             "a tls:// address needs it, or distributed.comm.tls.client.cert in Dask's configuration"),
        ],
    )  # fmt: skip
    def test_that_will_not_do_get_one_message(
        self, small: Path, files: Path, ca: str, cert: str | None, key: str | None, option: str, said: str
    ) -> None:
        given = options(files, ca, cert, key)
        code, _, told = sim("sweep", small, *VARY, "--executor", "dask:tls://127.0.0.1:9", *given)
        assert (code, told) == (2, f"--dask-tls-{option}: {said.replace('{}', str(files))}\n")

    def test_go_with_an_address_by_tls_only(self) -> None:
        for name in ("local", "dask", "dask:tcp://127.0.0.1:9"):
            with pytest.raises(BadInput, match="--dask-tls-ca: goes with --executor dask:tls://HOST:PORT"):
                workplace(name, ca="ca.pem")
