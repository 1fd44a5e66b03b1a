"""The setting `state` of storysite.yml → the short name of one of the United States."""

from storysite.errors import BadValue, did_you_mean
from storysite.front_matter.fields import plain_text

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
_BY_NAME = {name.lower(): short for short, name in STATES.items()}


def read_state(value: object) -> str:
    """Return the short name of a state that is written in short or in full. Raises BadValue."""
    text = plain_text(value)
    if (short := text.upper()) in STATES:
        return short
    if short := _BY_NAME.get(text.lower(), ""):
        return short
    near = did_you_mean(text[:60], _BY_NAME)
    hint = f"did you mean {STATES[_BY_NAME[near]]}?" if near else "write it as in addresses, for example OH or Ohio"
    raise BadValue(f'"{text[:60]}" is not one of the United States', hint)
