"""The one exception that means: the input is wrong, and here is what is allowed."""


class InvalidInput(ValueError):
    """An argument outside its domain.

    The message is one line that says what is wrong and what is allowed; the command line prints it
    as it is and exits with code 2.
    """
