"""The command `advisor`: reads the call, loads the pack, hands over to a surface or a tool of the workbench.

Exit codes: 0 fine, 1 the pack or a scripted conversation is wrong, 2 the call is wrong, 130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

from advisor.errors import AdvisorError, CallError
from advisor.knowledge.facts import Citation

OK, WRONG_PACK, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one call and returns its exit code. Errors are told in words, never as a traceback."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a letter shows a question mark
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except CallError as error:
        print(f"advisor: {error}", file=sys.stderr)
        return WRONG_CALL
    except AdvisorError as error:
        print(error, file=sys.stderr)
        return WRONG_PACK
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has all it wanted. Nothing may be written any more, not even when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return code


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--pack", metavar="DIR", default=argparse.SUPPRESS,
                        help="the folder with data/ and rules/ to use (or the variable ADVISOR_PACK; else the shipped one)")
    parser = argparse.ArgumentParser(
        "advisor", parents=[common], description="Helps to choose a degree and a program, from facts with sources and by rules.",
        epilog="Without a command: the chat. Screen readers and pipes: advisor chat --plain.")
    parser.add_argument("--version", action=_Version)
    parser.set_defaults(run=_chat, plain=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    chat = commands.add_parser("chat", parents=[common], help="open the chat", description="Opens the chat.")
    chat.add_argument("--plain", action="store_true", help="a line in, lines out: for screen readers and pipes")
    chat.set_defaults(run=_chat)

    ask = commands.add_parser("ask", parents=[common], help="answer once", description="Answers one message, or a stream of them.")
    ask.add_argument("text", nargs="*", help="the message; without one it is read from standard input")
    how = ask.add_mutually_exclusive_group()
    how.add_argument("--jsonl", action="store_true", help='a line {"session": ..., "say": ...} in, a line of JSON out, until the end')
    how.add_argument("--markdown", action="store_true", help="print Markdown")
    ask.add_argument("--trace", action="store_true", help="tell how the reply came about")
    ask.set_defaults(run=_ask)

    check = commands.add_parser("check", parents=[common], help="look for mistakes in the pack",
                                description="Loads the pack and prints every mistake with its place.")
    check.set_defaults(run=_check)

    test = commands.add_parser("test", parents=[common], help="replay scripted conversations",
                               description="Replays scripted conversations and prints where replies are not as expected.")
    test.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (tests/conversations beside the pack)")
    test.add_argument("--show", action="store_true", help="print every conversation, not only those that fail")
    test.set_defaults(run=_test)

    schema = commands.add_parser("schema", parents=[common], help="JSON Schemas of the pack's files, for editors",
                                 description="Prints the JSON Schemas of the pack's files, or writes them into a folder.")
    schema.add_argument("folder", nargs="?", metavar="DIR", help="where to write them; without one they are printed")
    schema.set_defaults(run=_schema)
    return parser


class _Version(argparse.Action):
    """Prints the version. It is looked up when it is asked for: that costs as much as all other imports of this module."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version and end")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"advisor {version('advisor')}")
        except PackageNotFoundError:
            print("advisor (not installed)")
        parser.exit()


def _root(arguments: argparse.Namespace) -> Path | None:
    """The pack that the call names; None for the shipped one."""
    named = getattr(arguments, "pack", None) or os.environ.get("ADVISOR_PACK")
    if named and not Path(named).is_dir():
        raise CallError(f"there is no folder {named!r} (--pack or ADVISOR_PACK)")
    return Path(named) if named else None


def _engine() -> Any:
    """The public functions of the package. Imported here, so that --help and --version need not wait for them."""
    return import_module("advisor")


def _load(root: Path | None) -> Any:
    """The engine's knowledge. What is loaded stays for good, so the collector of garbage need not look at it, now or later."""
    gc.disable()
    try:
        return _engine().load(root)
    finally:
        gc.freeze()
        gc.enable()


def _label(knowledge: Any, citation: Citation) -> str:
    source = knowledge.pack.sources.get(citation.source)
    return source.label(citation) if source else f"{citation.source}/{citation.section}".rstrip("/")


def _chat(arguments: argparse.Namespace) -> int:
    from advisor.surfaces.plain import PlainChat, needs_plain

    engine, root = _engine(), _root(arguments)
    knowledge = _load(root)
    if not arguments.plain and not needs_plain(sys.stdin, sys.stdout):
        from advisor.surfaces.tui import run_chat  # this alone brings textual in

        run_chat(knowledge)
        return OK
    lines = sys.stdin or StringIO()  # a closed standard input is an empty one
    PlainChat(
        lines, sys.stdout, engine.Conversation, partial(engine.respond, knowledge),
        partial(engine.welcome, knowledge), partial(engine.panel, knowledge), partial(_label, knowledge),
        lines.isatty() and sys.stdout.isatty(),
    ).run()
    return OK


def _ask(arguments: argparse.Namespace) -> int:
    if arguments.jsonl and (arguments.text or arguments.trace):
        raise CallError("ask --jsonl reads its messages from standard input and takes neither a text nor --trace")
    engine, root = _engine(), _root(arguments)
    if arguments.jsonl:
        from advisor.surfaces.jsonl import serve

        serve(sys.stdin.buffer, sys.stdout.buffer, engine.Conversation, partial(engine.respond, _load(root)))
        return OK
    from advisor.surfaces.one_shot import on_paper

    text = " ".join(arguments.text)
    if not arguments.text:
        if sys.stdin is None or sys.stdin.isatty():
            raise CallError('what should I answer? advisor ask "whats the cheapest one?"')
        text = sys.stdin.read()
    knowledge = _load(root)
    _, reply = engine.respond(knowledge, engine.Conversation(), text)
    words = knowledge.matcher.explain(text, reply.intent) if arguments.trace and reply.intent in knowledge.pack.intents else ()
    sys.stdout.write(on_paper(reply, partial(_label, knowledge), markdown=arguments.markdown, trace=arguments.trace, words=words))
    return OK


def _check(arguments: argparse.Namespace) -> int:
    from advisor.workbench.check import check

    report = check(_engine().load, _root(arguments))
    print(report.text)
    return OK if report.fine else WRONG_PACK


def _test(arguments: argparse.Namespace) -> int:
    from advisor.workbench.replay import replay_paths

    engine, root = _engine(), _root(arguments)
    knowledge = _load(root)
    report = replay_paths([Path(path) for path in arguments.paths], knowledge, engine.respond, root, show=arguments.show)
    print(report.text)
    return OK if report.fine else WRONG_PACK


def _schema(arguments: argparse.Namespace) -> int:
    from advisor.workbench.schema import schemas, write

    found = schemas(_load(_root(arguments)).pack)
    if arguments.folder:
        print(write(found, Path(arguments.folder)))
    else:
        import json

        print(json.dumps(found, indent=2))
    return OK


if __name__ == "__main__":
    sys.exit(main())
