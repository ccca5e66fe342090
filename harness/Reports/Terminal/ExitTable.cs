namespace Conformance.Reports;

/// <summary>What the exit codes of one command mean.</summary>
/// <param name="Zero">When it is 0; empty if the row says nothing about it.</param>
/// <param name="One">When it is 1; empty if it never is.</param>
/// <param name="Two">When it is 2, apart from a mistake in the command line.</param>
public sealed record ExitRow(string Command, string Zero, string One, string Two);

/// <summary>The exit codes of all commands: the one table that the help shows, the README repeats, and tests hold.</summary>
public static class ExitTable
{
    public static IReadOnlyList<ExitRow> Rows { get; } =
    [
        new("every command", "", "", "a mistake in the command line, or the command could not be carried out"),
        new(
            "run",
            "nothing to object to",
            "a selected scenario did not pass, or a requirement (MUST, MUST NOT, declarative) is violated in any scenario, "
                + "also one with another purpose; with --strict, a recommendation likewise",
            "no scenario could run, nothing was tested, or the run was cut short"
        ),
        new(
            "run --purpose-only",
            "every selected scenario passed",
            "a selected scenario did not pass",
            "no scenario could run, nothing was tested, or the run was cut short"
        ),
        new(
            "run --require, merge --require",
            "every scenario of the list passed, or is a known failure that has not expired",
            "a scenario of the list did not pass, or did not run, or the known failure that excuses it has expired, "
                + "or the list concerns no scenario of the run",
            "what is 2 without --require, or the list has a mistake"
        ),
        new(
            "merge",
            "nothing to object to in the whole run",
            "what is 1 for run, with the options that the shards were run with",
            "the directories are not all shards of one run, a capture is missing or changed, or a shard was cut short"
        ),
        new(
            "rejudge",
            "no verdict and no finding differs",
            "a verdict or a finding differs",
            "the directory holds no run, or a run without captures, or a capture is damaged"
        ),
        new(
            "certify",
            "the device conforms to every class that it claims",
            "it does not conform to one of them, or claims none, or does not claim a mandatory capability",
            "no scenario could run, the run was cut short, or its bundle cannot be written"
        ),
        new(
            "verify",
            "the bundle is as it was signed, and every capture that was judged shows what it says; with --conformant, the device also "
                + "conforms",
            "a file is missing or changed, a signature is not the one expected, or what the bundle says differs from what follows from its "
                + "captures; with --conformant, also if the device does not conform",
            "there is no bundle that can be read, or it was made with another suite and this one comes to another result"
        ),
        new("proforma", "the papers are written", "", "there is no such role, or the papers cannot be written"),
        new("report", "the reports are written", "", "the directory holds no run, or a capture is damaged"),
        new(
            "diff",
            "every scenario selected in both runs has the same verdict and the same violated statements",
            "such a scenario differs, or has no result in one of the runs",
            "the runs have no scenario in common, or are the same directory"
        ),
        new("diff --evidence", "the runs are the same", "the runs differ", "neither run has a result, or they are the same directory"),
        new("matrix", "the page is written", "", "a directory holds no run, or the page cannot be written"),
        new("list", "the list was written, even if the suite has mistakes", "", "the features cannot be read, or no scenario matches"),
        new("audit", "no problem was found", "a problem was found", "a file cannot be read, or there are no scenarios"),
        new("profile new", "the profile is written", "", "nobody is at a terminal, the file is there already, or the input has ended"),
        new(
            "selftest",
            "the suite is right about every device",
            "a fault is not found, a correct device is blamed, or a useless one passes",
            "the suite has mistakes, a device is unknown, or the self-test was ended early"
        ),
        new(
            "profile check",
            "the device is ready",
            "the profile has a mistake, or the device is not ready",
            "the check could not be made, or was ended early"
        ),
        new(
            "lab attach, lab move",
            "the mobile node is registered and can use its address, and no node sends to where it was before",
            "this is not so within 30 s, or another move began",
            "no lab is running"
        ),
        new("node", "the path was written", "", "pmip-node cannot be compiled to native code"),
        new("lab exec", "the exit code of the program; 127 if it cannot be run", "", "no lab is running"),
    ];

    /// <summary>The exit codes of a command in one sentence, for its help.</summary>
    public static string Of(string command)
    {
        var row = Rows.Single(row => row.Command == command);
        return $"Exit codes: 0 {row.Zero}; {(row.One.Length > 0 ? $"1 {row.One}; " : "")}2 {row.Two}.";
    }

    /// <summary>The whole table, for the help of the program.</summary>
    public static string Text =>
        string.Join(
            '\n',
            Rows.Select(row =>
                $"  {row.Command}\n"
                + string.Concat(
                    new[] { (0, row.Zero), (1, row.One), (2, row.Two) }
                        .Where(code => code.Item2.Length > 0)
                        .Select(code => $"    {code.Item1}  {code.Item2}\n")
                )
            )
        );
}
