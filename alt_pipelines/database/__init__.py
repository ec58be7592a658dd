"""Connect to, create and migrate the databases: engines, the embedded server, tables, migrations, rights.

Scope: the databases themselves and SQL that no pipeline owns. Out of scope: the SQL of a pipeline (its `store`).
"""
