"""Where a study is played, as a user names it: here, on a Dask cluster started for it, or on a running one, by TLS or not."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sim.files.errors import BadInput, Fault, bad_option

if TYPE_CHECKING:
    from distributed import Security

CA, CERT, KEY = "--dask-tls-ca", "--dask-tls-cert", "--dask-tls-key"
FIELDS = {CA: "tls_ca_file", CERT: "tls_client_cert", KEY: "tls_client_key"}
"""Option: what Dask calls it."""

CONFIGURED = {CA: "distributed.comm.tls.ca-file", CERT: "distributed.comm.tls.client.cert"}
"""Option that there must be: what says the same in Dask's own configuration."""


class _Locked(Exception):
    """A private key under a password."""


@dataclass(frozen=True)
class Workplace:
    """Where a study is played."""

    kind: str = "local"  # or `dask`; `here`: by threads of this process
    address: str = ""  # of a running scheduler
    security: "Security | None" = None  # of a connection by TLS


def workplace(
    name: str, ca: str | Path | None = None, cert: str | Path | None = None, key: str | Path | None = None
) -> Workplace:
    """The workplace of a name: `local`, `dask` or `dask:ADDRESS`.

    For an address that begins with tls:// there may be files: the certificate of the cluster's authority, and this
    program's certificate and key. Those that are not given are taken from Dask's configuration.

    Raises:
        BadInput: there is none of that name, Dask is not installed, or the files will not do.
    """
    kind, sign, address = name.partition(":")
    if name != "local" and (kind != "dask" or bool(sign) != bool(address)):
        raise bad_option("--executor", f"must be local, dask or dask:ADDRESS (got {name})")
    needed = {"local": (), "dask": ("distributed",) if address else ("distributed", "cryptography")}
    absent = [library for library in needed[kind] if find_spec(library) is None]
    if absent:
        raise bad_option("--executor", f"{name} needs what is not installed: pip install {' '.join(absent)}")
    given = {option: str(file) for option, file in ((CA, ca), (CERT, cert), (KEY, key)) if file is not None}
    if address.startswith("tls://"):
        return Workplace(kind, address, _security(given))
    if given:
        said = "goes with --executor dask:tls://HOST:PORT"
        raise BadInput(Fault(None, option, said) for option in given)
    return Workplace(kind, address)


def _security(given: dict[str, str]) -> "Security":
    from distributed import Security

    security = Security(require_encryption=True, **{FIELDS[option]: file for option, file in given.items()})
    files = {option: getattr(security, field) for option, field in FIELDS.items()}
    faults = [
        Fault(None, option, f"a tls:// address needs it, or {name} in Dask's configuration")
        for option, name in CONFIGURED.items()
        if not files[option]
    ] or list(_faults_of(files))
    if faults:
        raise BadInput(faults)
    return security


def _faults_of(files: dict[str, str | None]) -> Iterator[Fault]:
    """What is wrong with files in PEM; one in memory, as Dask's configuration may have it, is Dask's to read."""
    there = {option: file for option, file in files.items() if file and "\n" not in file}
    absent = [
        Fault(None, option, f"{file}: no such file") for option, file in there.items() if not Path(file).is_file()
    ]
    if absent or len(there) < len([file for file in files.values() if file]):
        yield from absent
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for option in (CA, CERT):
        try:
            context.load_verify_locations(there[option])
        except OSError as error:
            yield Fault(None, option, f"{there[option]}: {_said(error, 'no certificate in PEM')}")
            return
    try:
        context.load_cert_chain(there[CERT], there.get(KEY), password=_refuse)
    except _Locked:
        yield Fault(None, KEY, f"{there.get(KEY) or there[CERT]}: is under a password, and Dask asks for none")
    except OSError as error:
        alike = getattr(error, "reason", None) == "KEY_VALUES_MISMATCH"
        said = f"not the key of {there[CERT]}" if alike else "no private key in PEM"
        yield Fault(None, KEY, f"{there.get(KEY) or there[CERT]}: {_said(error, said)}")


def _refuse() -> str:
    raise _Locked


def _said(error: OSError, of_ssl: str) -> str:
    return of_ssl if isinstance(error, ssl.SSLError) else (error.strerror or str(error)).lower()
