"""French, Italian, Portuguese and Spanish: names of bodies, places, people and works, and verbs."""
