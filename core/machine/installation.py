"""One installation as its environment variables describe it: data folder, address, services, settings of its processes."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.machine import data_folder, embedded, stand_in
from core.machine.leftovers import is_running
from core.machine.setup_marker import SetupMarker
from core.machine.web_address import Address

NOT_STARTED = {"DATABASE_URL": "postgresql:///start-redress-first?host=/nonexistent", "REDIS_URL": "unix:///nonexistent/start-redress-first"}


@dataclass(frozen=True)
class Installation:
    """What one start works on; `given` are the environment variables that the person set."""

    root: Path
    folder: Path
    address: Address
    given: Mapping[str, str]

    @classmethod
    def read(cls, root: Path, variables: Mapping[str, str]) -> Installation:
        """From DATA_DIR, HOST, PORT and the rest; an empty variable counts as not set. Raises Refused."""
        given = {name: value for name, value in variables.items() if value}
        folder = Path(given.get("DATA_DIR", root / "var")).expanduser().resolve()
        return cls(root, folder, Address.read(given.get("HOST", ""), given.get("PORT", "")), given)

    @property
    def brings_database(self) -> bool:
        """True when no database server is named, so that one is started here."""
        return "DATABASE_URL" not in self.given

    @contextlib.contextmanager
    def services(self) -> Iterator[dict[str, str]]:
        """Run what is not named elsewhere, Valkey ending before PostgreSQL; yields the processes' environment.

        Raises RuntimeError when a server does not start.
        """
        with contextlib.ExitStack() as running:
            database = self.given.get("DATABASE_URL") or running.enter_context(embedded.postgres(self._database_folder))
            queue = self.given.get("REDIS_URL") or running.enter_context(embedded.valkey(self.folder / "valkey"))
            data_folder.write_private(self._services_file, {"DATABASE_URL": database, "REDIS_URL": queue} | self._stand_in())
            yield self.environment()

    def _stand_in(self) -> dict[str, str]:
        if not stand_in.is_wanted(self.given, self.address):
            return {}
        return stand_in.environment(self.address, data_folder.read_secrets(self.folder)["SIMULATOR_TOKEN"])

    def ended_service(self) -> str:
        """The name of a service that was started here and ended by itself, or nothing."""
        own = {"PostgreSQL": self.brings_database and (self._database_folder / "cluster" / "postmaster.pid", "postgres"),
               "Valkey": "REDIS_URL" not in self.given and (self.folder / "valkey" / "valkey.pid", "-server")}
        return next((name for name, where in own.items() if where and not is_running(*where)), "")

    def environment(self) -> dict[str, str]:
        """For a process beside the running services. Raises Refused when they were never started."""
        return self._environment(data_folder.read_private(self._services_file))

    def _environment(self, services: Mapping[str, str]) -> dict[str, str]:
        defaults = {"PUBLIC_BASE_URL": self.address.url, "STORAGE_URL": f"file://{self.folder}/files"}
        fixed = {"DATA_DIR": str(self.folder), "PYTHONUNBUFFERED": "1"}
        # What the person names goes before what was generated.
        generated = data_folder.read_secrets(self.folder) | services
        return generated | defaults | self.given | fixed

    def described(self) -> dict[str, str]:
        """The environment of a process that perhaps needs no service: where they were never started, nothing answers there."""
        data_folder.prepare(self.folder)
        return self._environment(data_folder.read_private(self._services_file) if self._services_file.exists() else NOT_STARTED)

    def setup_marker(self) -> SetupMarker:
        """What the database was set up with; kept inside its folder when that is ours."""
        if self.brings_database:
            return SetupMarker(self._database_folder / "set-up", self.root, certain=True)
        name = hashlib.sha256(self.given["DATABASE_URL"].encode()).hexdigest()[:12]
        return SetupMarker(self.folder / "run" / f"set-up-{name}", self.root, certain=False)

    @property
    def _database_folder(self) -> Path:
        return self.folder / "postgres"

    @property
    def _services_file(self) -> Path:
        return self.folder / "run" / "services.json"
