using System.ComponentModel;
using System.Diagnostics;
using Conformance.Reports;

namespace Conformance.Cli;

/// <summary>Runs the suite on the devices of <c>harness/Foreign</c>, by the program there that knows their faults.</summary>
internal static class ForeignProof
{
    private const string Program = "prove.py";

    /// <summary>Every row of the table of faults.</summary>
    private const string EveryFault = "every";

    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(200);

    /// <summary>The roles of which there is a foreign device.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["LMA", "MAG", "HA", "CN", "MN"];

    /// <param name="roles">The roles that are tried; empty for all.</param>
    /// <returns><see cref="ExitCode.Failure"/> if something else was found than the table of faults says.</returns>
    /// <exception cref="CannotRunException">A role is unknown, the devices are not here, or Python does not start.</exception>
    public static int Run(Terminal terminal, IReadOnlyList<string> roles, CancellationToken cancellation)
    {
        if (roles.FirstOrDefault(role => !Roles.Contains(role, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new CannotRunException($"there is no foreign device of the role '{unknown}'; roles: {string.Join(", ", Roles)}.");
        }

        var repository = Repository();
        var found = Directory.CreateTempSubdirectory("selftest-");
        var failed = new List<string>();
        foreach (var role in Roles.Where(role => roles.Count == 0 || roles.Contains(role, StringComparer.OrdinalIgnoreCase)))
        {
            foreach (var faults in new string[][] { [], [EveryFault] })
            {
                var name = faults.Length == 0 ? $"{role} without a fault" : $"{role} with each of its faults";
                terminal.Heading(name);
                var directory = Path.Combine(found.FullName, $"{role.ToLowerInvariant()}{string.Concat(faults)}");
                if (Execute(terminal, repository, [role.ToLowerInvariant(), directory, .. faults], cancellation) != 0)
                {
                    failed.Add(name);
                }
            }
        }

        terminal.Line();
        terminal.Line(
            failed.Count == 0 ? "The suite is right about every foreign device." : $"The suite is wrong about: {string.Join("; ", failed)}."
        );
        terminal.Line($"The runs are in {found.FullName}.");
        return failed.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>The root of the source tree around the working directory or the program: the devices are no part of a release.</summary>
    private static string Repository()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
            {
                if (File.Exists(Path.Combine(directory.FullName, "harness", "Foreign", Program)))
                {
                    return directory.FullName;
                }
            }
        }

        throw new CannotRunException($"there is no harness/Foreign/{Program} above the working directory or the program.");
    }

    /// <summary>How to start this program, for a shell: by its own file, or by <c>dotnet</c>.</summary>
    private static string ThisProgram()
    {
        var file = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(file) == "dotnet"
            ? $"\"{file}\" \"{Path.Combine(AppContext.BaseDirectory, $"{Terminal.Product}.dll")}\""
            : $"\"{file}\"";
    }

    private static int Execute(Terminal terminal, string repository, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(repository, "harness", "Foreign", Program), .. arguments])
        {
            WorkingDirectory = repository,
            RedirectStandardOutput = true,
        };
        start.Environment["CLI"] = ThisProgram();
        try
        {
            using var process = Process.Start(start)!;
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data is { } text)
                {
                    terminal.Line(text);
                }
            };
            process.BeginOutputReadLine();
            while (!process.WaitForExit(_poll))
            {
                if (cancellation.IsCancellationRequested)
                {
                    process.Kill(entireProcessTree: true);
                    throw new CannotRunException("the self-test was ended early.");
                }
            }

            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            throw new CannotRunException($"python3 does not start: {e.Message}");
        }
    }
}
