"""`python -m grader` is `grade`."""

from grader.start import main

if __name__ == "__main__":
    main()
