using System.CommandLine;
using Conformance.Reports;
using Conformance.Testing.Domains;
using Conformance.Testing.Protection;

namespace Conformance.Cli;

/// <summary>The options about keys: an input beside a run, and a file outside of its directory.</summary>
internal sealed class KeyOptions
{
    private readonly Option<string[]> _keys = new("--keys")
    {
        Description =
            "A file with the keys of security associations, each on a line in hexadecimal digits, of mode 0600. Without the keys, "
            + "scenarios with protected messages are only compared with the hashes in the journal. May be repeated.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _sideFile = new("--esp-sa")
    {
        Description =
            "Writes the security associations and their keys to a file outside of the run's directory, in the form of the table esp_sa of "
            + "tshark and Wireshark.",
        HelpName = "FILE",
    };

    /// <param name="takesKeys">True for a command that has the keys from nowhere else.</param>
    public void AddTo(Command command, bool takesKeys)
    {
        if (takesKeys)
        {
            command.Add(_keys);
        }

        command.Add(_sideFile);
    }

    /// <summary>The keys in the files that are given.</summary>
    /// <exception cref="CannotRunException">A file has no keys, or others may read it.</exception>
    public Keyring Read(ParseResult parsed)
    {
        try
        {
            return (parsed.GetValue(_keys) ?? []).Aggregate(Keyring.None, (all, file) => all.With(Keyring.Read(file)));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException(e.Message);
        }
    }

    /// <summary>Writes the file for tshark, if it is asked for.</summary>
    /// <param name="directory">The directory of the run.</param>
    /// <param name="domains">The networks of the scenarios.</param>
    /// <exception cref="CannotRunException">
    /// The file is inside of the directory of the run, or cannot be written, or there is nothing to write.
    /// </exception>
    public void WriteSideFile(ParseResult parsed, string directory, IEnumerable<Domain> domains, Keyring keys)
    {
        if (parsed.GetValue(_sideFile) is not { } file)
        {
            return;
        }

        if (IsInside(file, directory))
        {
            throw new CannotRunException($"{file} is inside of {directory}: keys are no part of a run. Choose a file elsewhere.");
        }

        var associations = domains.Select(domain => EspAssociations.Of(domain, keys)).OfType<EspAssociations>().ToList();
        if (associations.Count == 0)
        {
            throw new CannotRunException($"{_sideFile.Name} has no effect: no scenario has security associations whose keys are known.");
        }

        try
        {
            EspSideFile.Write(file, associations);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the keys cannot be written to {file}: {e.Message}");
        }
    }

    private static bool IsInside(string file, string directory)
    {
        var root = Path.TrimEndingDirectorySeparator(Target(Path.GetFullPath(directory))) + Path.DirectorySeparatorChar;
        var place = Target(Path.GetDirectoryName(Path.GetFullPath(file))!) + Path.DirectorySeparatorChar;
        return place.StartsWith(root, StringComparison.Ordinal);
    }

    private static string Target(string directory) =>
        Directory.Exists(directory) ? Directory.ResolveLinkTarget(directory, returnFinalTarget: true)?.FullName ?? directory : directory;
}
