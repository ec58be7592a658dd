"""Databases: engines, the embedded server, tables, migrations. All SQL that no room owns is here."""
