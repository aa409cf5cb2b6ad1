"""Starts `tests.bench.run`: only here, since a reading child imports this module again."""

if __name__ == "__main__":
    from tests.bench.run import main

    raise SystemExit(main())
