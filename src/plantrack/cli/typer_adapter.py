"""Where Typer ends and plantrack begins: lazy commands, our help, and its parse failures in our words.

Nothing else in the program knows Typer's inside: its copy of Click (`typer._click`) and the classes of `typer.core`,
whose parameters differ between minor versions. `cli/app.py` allows only the versions that the tests have passed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer._click import exceptions as click_errors
from typer._click.core import Command as AnyCommand
from typer._click.core import Context
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from plantrack import __version__
from plantrack.cli.commands import (
    COMMANDS,
    EVERYWHERE,
    Argument,
    CommandEntry,
    CommandParams,
    Option,
    in_both_languages,
    members,
    names_under,
    shared_options,
)
from plantrack.cli.session import Session
from plantrack.cli.standard_input import read_texts
from plantrack.cli.tokens import (
    Token,
    name_as_typed,
    read_tokens,
    refuse_repeated,
    refuse_swallowed,
    torn_texts,
    without_tones,
)
from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.text import nearest
from plantrack.model.typed.vietnamese_names import name_meant

#: Failures of a word that is nothing, and the parameter that repeats it: perhaps it was a part of several words.
_WRONG: Mapping[str, str] = {
    "unknown-task": "task", "unknown-organisation": "organisation", "organisation-ambiguous": "organisation",
    "organisation-in-part": "organisation", "person-in-part": "person", "person-ambiguous": "person",
    "unknown-status": "text", "unknown-priority": "text", "bad-date": "text",
}  # fmt: skip


@cache
def _everywhere(*, is_hidden: bool) -> list[TyperOption]:
    """Return the options of every command, made once: only the program shows them in its help."""
    return [_typer_option(option._replace(is_hidden=is_hidden)) for option in EVERYWHERE]


def _typer_option(shared: Option) -> TyperOption:
    """Make an option, without Typer's reading of signatures, which would cost every command three milliseconds."""
    is_version = shared.name == "version"
    return TyperOption(
        param_decls=shared.names, metavar=shared.metavar or None, help=shared.help, expose_value=False,
        is_flag=shared.is_flag or None, default=False if shared.is_flag else None, hidden=shared.is_hidden,
        callback=_version if is_version else _keep, is_eager=is_version,
    )  # fmt: skip


def _keep(ctx: Context, param: TyperOption, value: str | bool | None) -> str | bool | None:
    """Put a given value into the session; the one typed last counts. An empty one is a script's mistake."""
    if value == "":
        raise Failure("option-needs-value", option=_long(param))
    if value not in (None, False):
        ctx.obj.options[param.name] = value
    return value


def _long(param: TyperOption) -> str:
    return _our_option(param).long


def _version(ctx: Context, _param: TyperOption, value: bool) -> None:
    if value:
        ctx.obj.put(f"plantrack {__version__}\n")
        raise typer.Exit


def _show_help(ctx: Context, _param: object, asked: bool) -> None:
    """Print the help of a command like any other data: where that cannot be done, it is said."""
    if asked and not ctx.resilient_parsing:
        ctx.obj.put(ctx.get_help() + "\n")
        ctx.exit()


class _Helped(AnyCommand):
    """What has `-h` and `--help`."""

    def get_help_option_names(self, ctx: Context) -> list[str]:
        """Return the names of the option that prints the help."""
        return in_both_languages(["-h", "--help"])

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the option that prints the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _show_help
        return option


class Verb(_Helped, TyperCommand):
    """A command; it knows the options that all share, and refuses a value that is an option itself."""

    #: What was typed.
    typed: Sequence[Token] = ()
    #: What to say of a word behind the value of an option, should it turn out to be no task.
    torn: Mapping[str, Failure] = {}

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse; what is wrong leaves as one of our failures."""
        ctx.allow_extra_args = True
        own = params_of(self.get_params(ctx))
        self.typed = list(read_tokens(own.options, args))
        refuse_repeated(self.typed)
        refuse_swallowed(own.options, self.typed)
        try:
            rest = _translated(super().parse_args, ctx, args)
            self._begin(ctx, own, rest)
        except Failure as failure:
            name_as_typed(failure, self.typed)
            raise
        return rest

    def _begin(self, ctx: Context, own: CommandParams, rest: Sequence[str]) -> None:
        """Check what was parsed, and tell the session which command it is."""
        if rest and not ctx.resilient_parsing:
            raise Failure("unexpected-argument", argument=rest[0])
        if any(argument.is_list for argument in own.arguments):
            self.torn = torn_texts(self.typed)
        ctx.obj.command = path_of(ctx)
        entry = COMMANDS[ctx.obj.command]
        ctx.obj.writes = entry.kind == "write"
        ctx.obj.check(entry.all_formats, two_languages=entry.two_languages)
        read_texts(ctx.obj, ctx.params, own)

    def invoke(self, ctx: Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Failure as failure:
            wrong = failure.params.get(_WRONG.get(failure.code, ""))
            typed = (wrong, *wrong.split()) if isinstance(wrong, str) else ()
            better = next((self.torn[word] for word in typed if word in self.torn), None)
            if better is None:
                name_as_typed(failure, self.typed)
                raise
            raise better from failure

    def get_help(self, ctx: Context) -> str:
        """Return the help in the reader's language."""
        return help_of(ctx.obj.words, path_of(ctx), self)


class LazyGroup(_Helped, TyperGroup):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names, in the order of the help."""
        return members(path_of(ctx))

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:
        """Import a command, or make a group."""
        path = f"{path_of(ctx)} {cmd_name}".strip()
        if path in COMMANDS:
            return load(path)
        return _group(cmd_name, _everywhere(is_hidden=True)) if members(path) else None

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the options before the command's name."""
        own = params_of(self.get_params(ctx)).options
        typed = list(read_tokens(own, args))
        refuse_swallowed(own, typed)
        try:
            return _translated(super().parse_args, ctx, args)
        except Failure as failure:
            name_as_typed(failure, typed)
            raise

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Find the command by its English or its Vietnamese name, or offer the nearest; it goes by the English one."""
        name = name_meant(args[0], names_under(path_of(ctx)))
        if name is None:
            from plantrack.cli.synonyms import commands_meant

            typed, near = commands_meant(args, path_of(ctx))
            raise Failure("unknown-verb", verb=typed, near=near)
        return name, self.get_command(ctx, name), args[1:]

    def invoke(self, ctx: Context) -> Any:
        """Run the command; a group alone shows what it has, and says that a command is missing."""
        if ctx._protected_args:
            return super().invoke(ctx)
        if ctx.parent is None:
            ctx.obj.put(self.get_help(ctx) + "\n")
            return None
        raise Failure("missing-verb", group=path_of(ctx), near=tuple(self.list_commands(ctx)))

    def get_help(self, ctx: Context) -> str:
        """Return the help in the reader's language."""
        from plantrack.cli.help_text import group_help

        return group_help(ctx.obj.words, path_of(ctx))


def path_of(ctx: Context) -> str:
    """Return the words that lead to a command, without the program's name."""
    return f"{path_of(ctx.parent)} {ctx.info_name}".strip() if ctx.parent else ""


def program() -> LazyGroup:
    """Make the program."""
    return _group("plantrack", _everywhere(is_hidden=False))


def parse(args: Sequence[str], session: Session) -> dict[str, Any]:
    """Parse a command line as a run would, without running it; return the values of the command's own options."""
    group = program()
    with group.make_context("plantrack", list(args), obj=session) as ctx:
        name, command, rest = group.resolve_command(ctx, [*ctx._protected_args, *ctx.args])
        assert command is not None
        with command.make_context(name, rest, parent=ctx) as own:
            return dict(own.params)


def _group(name: str, params: list[TyperOption]) -> LazyGroup:
    settings = {"token_normalize_func": without_tones}
    return LazyGroup(
        name=name,
        params=params,
        rich_markup_mode=None,
        subcommand_metavar="COMMAND",
        context_settings=settings,
    )


def load(path: str) -> Verb:
    """Import a command and give it the options that it shares with others."""
    entry: CommandEntry = COMMANDS[path]
    function = getattr(import_module(f"plantrack.cli.verbs.{entry.module}"), entry.function)
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(path.split()[-1], cls=Verb)(function)
    command = typer.main.get_command(app)
    assert isinstance(command, Verb)
    own = [param for param in command.params if param.name not in entry.without]
    for option in own:
        option.opts = in_both_languages(option.opts)
    shared = [_typer_option(option) for option in shared_options(entry)]
    command.params = [*own, *shared, *_everywhere(is_hidden=True)]
    return command


def help_of(words: Words, path: str, command: Verb | None = None) -> str:
    """Return the help of a command."""
    from plantrack.cli.help_text import command_help

    return command_help(words, path, params_of((command or load(path)).params))


def params_of(params: Iterable[object]) -> CommandParams:
    """Return what a command takes, of Typer's parameters."""
    arguments = [p for p in params if isinstance(p, TyperArgument)]
    return CommandParams(
        [Argument(p.name or "", p.metavar or "", p.help or "", p.nargs == -1) for p in arguments],
        [_our_option(p) for p in params if isinstance(p, TyperOption)],
    )


def _our_option(p: TyperOption) -> Option:
    return Option(
        p.name or "", p.opts, p.metavar or "", p.help or "", is_flag=bool(p.is_flag or p.count),
        is_required=p.required, is_hidden=p.hidden, is_shared=not p.expose_value, is_list=p.multiple,
    )  # fmt: skip


def _translated(parse: Callable[[Context, list[str]], list[str]], ctx: Context, args: list[str]) -> list[str]:
    try:
        return parse(ctx, args)
    except click_errors.UsageError as error:
        raise _failure(error) from error


def _near_options(error: click_errors.NoSuchOption) -> tuple[str, ...]:
    """Return the options of the command that are near to what was typed, also with one dash."""
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    names = [name for p in params if isinstance(p, TyperOption) for name in p.opts if name.startswith("--")]
    return nearest(error.option_name, names)


def _failure(error: click_errors.UsageError) -> Failure:
    """Say what Typer could not parse, in our codes."""
    if isinstance(error, click_errors.NoSuchOption):
        return Failure("unknown-option", option=error.option_name, near=_near_options(error))
    if isinstance(error, click_errors.BadOptionUsage):
        takes_none = "does not take" in error.message
        return Failure(
            "option-takes-no-value" if takes_none else "option-needs-value", option=error.option_name
        )
    if isinstance(error, click_errors.MissingParameter) and error.param is not None:
        if isinstance(error.param, TyperOption):
            return Failure("missing-option", option=_long(error.param))
        return Failure("missing-argument", argument=error.param.human_readable_name)
    return Failure("bad-usage", reason=error.format_message())
