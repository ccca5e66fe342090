using System.CommandLine;
using System.CommandLine.Parsing;
using Conformance.Reports;

namespace Conformance.Cli;

/// <summary>
/// Mistakes in a command line that the parser does not report, or reports unclearly. Each would otherwise end as an exception, or as
/// a run of something else than was asked for.
/// </summary>
internal static class CommandMistakes
{
    /// <summary>The arguments of <c>lab exec</c>, which belong to another program and may be empty.</summary>
    private const string OfAnotherProgram = "PROGRAM";

    /// <summary>The first mistake in one line; null if there is none.</summary>
    public static string? First(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        if (command.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var unknown, ..])
        {
            var known = string.Join(", ", command.Command.Subcommands.Select(known => known.Name));
            return $"there is no command '{unknown}'; commands: {known}.";
        }

        return parsed.Errors is [var mistake, ..]
            ? mistake.Message
            : All(command).Select(MistakeOf).FirstOrDefault(text => text is not null);
    }

    /// <summary>Refuses an option that has no effect in the chosen mode.</summary>
    /// <param name="mode">The mode, in words that end the sentence "has no effect ...".</param>
    /// <exception cref="CannotRunException">The option was given.</exception>
    public static void RefuseIdle(ParseResult parsed, Option option, string mode)
    {
        if (IsGiven(parsed, option))
        {
            throw new CannotRunException($"{option.Name} has no effect {mode}.");
        }
    }

    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static IEnumerable<SymbolResult> All(SymbolResult result) =>
        result is CommandResult { Parent: CommandResult parent } ? ((CommandResult)result).Children.Concat(All(parent))
        : result is CommandResult root ? root.Children
        : [];

    private static string? MistakeOf(SymbolResult result) =>
        result switch
        {
            OptionResult { Implicit: false } option when option.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)) =>
                $"the value of {option.Option.Name} is empty.",
            ArgumentResult argument
                when argument.Argument.Name != OfAnotherProgram && argument.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)) =>
                $"{argument.Argument.Name} is empty.",
            _ => null,
        };
}
