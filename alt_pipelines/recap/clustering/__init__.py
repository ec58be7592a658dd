"""Group articles into stories: two strategies behind one protocol, pure and without a database."""
