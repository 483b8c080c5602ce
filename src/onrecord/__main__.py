"""Run the command line: `python -m onrecord`."""

from onrecord.show.cli.main import main

if __name__ == "__main__":
    main()
