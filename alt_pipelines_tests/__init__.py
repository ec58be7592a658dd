"""Tests: unit (pure), integration (real Postgres), contract (HTTP), stack (real processes), chaos (killed ones)."""
