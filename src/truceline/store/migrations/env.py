"""What Alembic runs to migrate: always on the connection that `truceline.store.opening` hands over."""

from alembic import context

from truceline.store.opening import VERSION_TABLE
from truceline.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
context.run_migrations()
