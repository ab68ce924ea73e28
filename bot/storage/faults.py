"""What a database's faults mean to an operator, and what to do."""

MEANINGS = {
    "InvalidPasswordError": ("the password is refused", "copy DATABASE_URL again from where the database is hosted"),
    "InvalidAuthorizationSpecificationError": ("the user is refused", "copy DATABASE_URL again"),
    "InvalidCatalogNameError": ("there is no database of that name", "create it, or mend the end of DATABASE_URL"),
    "ValueError": ("its address cannot be read", "copy DATABASE_URL again from where the database is hosted"),
    "ClientConfigurationError": ("its address cannot be read", "copy DATABASE_URL again from where it is hosted"),
    "gaierror": ("its host is not known", "mend the host in DATABASE_URL"),
    "ConnectionRefusedError": ("nobody listens there", "start the database, or mend host and port in DATABASE_URL"),
    "FileNotFoundError": ("nobody listens there", "start the database, or mend host and port in DATABASE_URL"),
    "TimeoutError": ("it does not answer in time", "look at its load, or at the firewall between"),
    "InsufficientPrivilegeError": ("its user may not create tables", "grant CREATE on the schema to that user"),
    "ReadOnlySQLTransactionError": ("it is read-only", "point DATABASE_URL at the primary, not at a replica"),
    "OperationalError": ("the file cannot be opened or written", "make its folder, and let this user write there"),
    "TooManyConnectionsError": ("it takes no more connections", "stop old processes, or take a larger plan"),
}


def meaning(fault: str) -> tuple[str, str]:
    """A kind of fault in plain words, and the remedy."""
    return MEANINGS.get(fault, (fault or "it does not answer", "look at the database's own log"))
