using System.Text.RegularExpressions;
using Conformance.Reports;

namespace Conformance.Lab;

/// <summary>The name of a lab, part of the names of its namespaces and sockets. Only one lab can use a name at a time.</summary>
internal sealed partial record LabName
{
    public const string Default = "lab";

    /// <exception cref="CannotRunException">The text is not a valid name.</exception>
    public LabName(string name)
    {
        if (!Allowed().IsMatch(name))
        {
            throw new CannotRunException($"'{name}' is not a valid lab name: use at most 16 lower-case letters and digits.");
        }

        Name = name;
    }

    public string Name { get; }

    /// <summary>The prefix of the namespace names, which is followed by the id of the creating process.</summary>
    public string Prefix => $"pmip-{Name}";

    /// <summary>The directory of the sockets.</summary>
    public string Directory => $"/run/{Prefix}";

    /// <summary>The socket on which a running lab accepts requests.</summary>
    public string Socket => SocketOf("lab");

    /// <summary>The management socket of a node.</summary>
    public string SocketOf(string node) => $"{Directory}/{node}";

    [GeneratedRegex("^[a-z0-9]{1,16}$")]
    private static partial Regex Allowed();
}
