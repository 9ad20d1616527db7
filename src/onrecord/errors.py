"""Every error that onrecord raises, each with a code, a sentence, a hint and an exit code.

The tree::

    OnRecordError
    ├── UsageError          OR-0xx   exit 2   the command or call makes no sense
    ├── InputError          OR-1xx   exit 3   something to be read cannot be read
    ├── TextError           OR-2xx   exit 3   offsets do not fit their text
    ├── ModelError          OR-3xx   exit 5   the model is missing, damaged or of another kind
    ├── StoreError          OR-4xx   exit 4   the ledger cannot be used
    └── ArchiveError        OR-5xx   exit 4   the output folder of `onrecord process` cannot be used

``onrecord explain OR-101`` prints a code's entry of :data:`CODES`.
"""

from __future__ import annotations

from dataclasses import dataclass

EXIT_OK = 0
EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_INPUT = 3
EXIT_STORE = 4
EXIT_MODEL = 5
EXIT_STOPPED = 130


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the code table: what the error means and what to do about it."""

    meaning: str
    hint: str


CODES: dict[str, Code] = {
    "OR-001": Code(
        "The command or call was given arguments that do not fit together.",
        "Run the command with --help.",
    ),
    "OR-002": Code("No error has this code.", "Run `onrecord explain` without a code to list them all."),
    "OR-003": Code(
        "An optional library that this command needs is not installed.",
        "Install it with the pip line that the message gives.",
    ),
    "OR-004": Code(
        "Several actors of the ledger fit the name.",
        "Give more of the name, one of the ids, or --all for all of them; `onrecord merge` makes two of them one.",
    ),
    "OR-101": Code("The file or folder does not exist or may not be read.", "Check the path and its permissions."),
    "OR-102": Code("The input is empty.", "Give a file, a folder or a pipe that holds text."),
    "OR-103": Code(
        "The input is not text: it holds binary data.",
        "onrecord reads plain text, HTML, JSON Lines and RSS/Atom. Convert other formats first.",
    ),
    "OR-104": Code(
        "The bytes are not in the encoding that was named or found.",
        "Name the encoding with --encoding, for instance --encoding cp1251.",
    ),
    "OR-105": Code(
        "A line of the JSON Lines file is not a JSON object.", "Correct the line; the other lines were kept."
    ),
    "OR-106": Code(
        "A record lacks a field, or a field has the wrong type.",
        "Each record needs a string `text`. `onrecord extract --help` lists the other fields.",
    ),
    "OR-107": Code(
        "The HTML page holds no article text.",
        "Save the page after it has loaded, or paste the text and pipe it in with `onrecord read -`.",
    ),
    "OR-108": Code(
        "The address could not be fetched.", "Check the address and the network, or save the page and read the file."
    ),
    "OR-109": Code("The feed could not be read as RSS or Atom.", "Check that the file is a feed and not a web page."),
    "OR-110": Code("The output could not be written.", "Check the path, its permissions and the free space."),
    "OR-111": Code(
        "The document is larger than onrecord reads in one piece.",
        "Cut it into several documents, or put one document per line in a JSON Lines file.",
    ),
    "OR-112": Code(
        "The compressed file is damaged or cut off.", "Get it again; what could be read before the damage was kept."
    ),
    "OR-113": Code(
        "The list of actors lacks a column.",
        "Its first line must name the columns `id` and `name`; see docs/actors.md.",
    ),
    "OR-114": Code(
        "Two rows of the list of actors have the same id.",
        "Give each actor an id of its own; to say that two rows are one actor, use the column `same_as`.",
    ),
    "OR-115": Code(
        "Rows of the list of actors are the same as each other in a circle.",
        "Leave `same_as` empty in the row whose name is to be shown.",
    ),
    "OR-116": Code(
        "A role in the list of actors has dates that cannot be read, or ends before it begins.",
        "Write dates as 2024, 2024-05 or 2024-05-31.",
    ),
    "OR-117": Code(
        "A row of the list of actors cannot be used.",
        "The message gives the line and the reason; the other rows were kept.",
    ),
    "OR-118": Code(
        "A record of the WARC file is damaged, or its lengths are wrong.",
        "Get the file again; the other records were kept.",
    ),
    "OR-119": Code(
        "The Parquet file cannot be read, or lacks a column.",
        "It needs a column `text` of strings; the other columns have the names of the fields of JSON Lines.",
    ),
    "OR-201": Code(
        "A span lies outside its text, is empty, or does not read back as the text recorded with it.",
        "The text was changed after the spans were made. Read the original text again.",
    ),
    "OR-202": Code("A value is not one of the codebook's words.", "The message lists the words that are allowed."),
    "OR-203": Code("Some text lies in no window.", "This is a fault of onrecord: please report it with the document."),
    "OR-301": Code("The model file is missing.", "Reinstall onrecord: the model is part of the package."),
    "OR-302": Code(
        "The model file is damaged: its sha256 is not the one in the manifest.",
        "Reinstall onrecord, or copy the model file again.",
    ),
    "OR-303": Code("The model could not be loaded or run.", "Run `onrecord doctor` and report what it prints."),
    "OR-401": Code(
        "The file is not an onrecord ledger.", "Choose another path: onrecord will not write into a foreign file."
    ),
    "OR-402": Code(
        "The ledger is locked by another program.", "Wait until the other program has finished, or close it."
    ),
    "OR-403": Code("The ledger may not be written.", "Check the permissions of the file and of its folder."),
    "OR-404": Code("The ledger is damaged.", "Restore a copy, or run `sqlite3 LEDGER .recover` on it."),
    "OR-405": Code("The ledger was made by a newer version of onrecord.", "Upgrade onrecord."),
    "OR-406": Code(
        "There is no space left to write the ledger.", "Free some space; everything committed before is kept."
    ),
    "OR-407": Code("The ledger has no such entry.", "Take an id from `onrecord search`; a unique beginning is enough."),
    "OR-408": Code("The ledger does not exist.", "Make it with `onrecord add LEDGER PATHS…`."),
    "OR-409": Code(
        "Two different entries have the same id.",
        "The ids of the input were not made by onrecord. Let onrecord read the documents again.",
    ),
    "OR-410": Code(
        "An actor or an issue cannot be merged into itself, directly or by way of others.",
        "They are one already. To show them under the other name, undo the earlier merge first.",
    ),
    "OR-501": Code(
        "The output folder holds a run with another configuration, and the two must not be mixed.",
        "Choose another folder, or repeat the command with the configuration that the message names.",
    ),
    "OR-502": Code(
        "The folder is not empty, and `onrecord process` did not make what is in it.",
        "Choose an empty or a new folder.",
    ),
    "OR-503": Code("Another process works on this folder.", "Wait until it has finished, or end it."),
    "OR-504": Code(
        "Reading the document took longer than the limit.", "Give more time with --time-limit, or leave it out."
    ),
    "OR-505": Code(
        "Reading the document took more memory than the limit.", "Give more with --memory-limit, or leave it out."
    ),
    "OR-506": Code(
        "The process that read the document died, and did so again when it read that document alone.",
        "This is a fault of onrecord or of a library: please report it with the document.",
    ),
    "OR-507": Code(
        "A fault of onrecord stopped the reading of the document.",
        "Please report it with the document; the others were kept.",
    ),
    "OR-508": Code(
        "A shard could not be finished: its worker died several times, and no single document is to blame.",
        "Look for what ends processes on this machine (memory, a limit), and repeat the command: it goes on there.",
    ),
    "OR-509": Code(
        "The folder holds no output of `onrecord process`.", "Make it with `onrecord process INPUT… -o OUT`."
    ),
    "OR-510": Code("The query could not be run.", "`onrecord query OUT` without a query lists the views and columns."),
}


class OnRecordError(Exception):
    """The root of the tree: whatever onrecord raises on purpose.

    Attributes:
        code: The code, a key of :data:`CODES`.
        hint: What to do about it, one sentence or two.
        exit_code: What the command line ends with.
    """

    exit_code = EXIT_SOME_FAILED

    def __init__(self, code: str, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint if hint is not None else CODES[code].hint

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword-only arguments do not cross process boundaries by default.
        return _rebuild, (type(self), self.code, self.message, self.hint)


def _rebuild(kind: type[OnRecordError], code: str, message: str, hint: str) -> OnRecordError:
    return kind(code, message, hint=hint)


class UsageError(OnRecordError):
    """The command or call makes no sense as given."""

    exit_code = EXIT_USAGE


class InputError(OnRecordError):
    """Something that should be read cannot be read, or what is written cannot be written."""

    exit_code = EXIT_INPUT


class TextError(OnRecordError):
    """Offsets or values do not fit the text they belong to."""

    exit_code = EXIT_INPUT


class ModelError(OnRecordError):
    """The model is missing, damaged or does not run."""

    exit_code = EXIT_MODEL


class StoreError(OnRecordError):
    """The ledger cannot be opened, read or written."""

    exit_code = EXIT_STORE


class ArchiveError(OnRecordError):
    """The output folder of ``onrecord process`` cannot be used, or a part of the work could not be finished."""

    exit_code = EXIT_STORE
