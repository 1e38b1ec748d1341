"""Names of people as a list has room for them (имена)."""

NAMES = 3


def first_and_last(name: str) -> str:
    """Return a person's three names without the middle one, as a list has room for; any other name as it is."""
    names = name.split(" ")
    if len(names) != NAMES or not all(one[:1].isupper() and one.replace("-", "").isalpha() for one in names):
        return name
    first, _, last = names
    return f"{first} {last}"
