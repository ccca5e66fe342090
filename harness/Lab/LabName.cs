using System.Text.RegularExpressions;
using Conformance.Reports;

namespace Conformance.Lab;

/// <summary>The name of a lab, which what belongs to it is called by: namespaces, sockets. Of one name there is one at a time.</summary>
internal sealed partial record LabName
{
    public const string Default = "lab";

    /// <exception cref="CannotRunException">The text is no such name.</exception>
    public LabName(string name)
    {
        if (!Allowed().IsMatch(name))
        {
            throw new CannotRunException($"'{name}' is no name for a lab: at most 16 small letters and digits.");
        }

        Name = name;
    }

    public string Name { get; }

    /// <summary>Of the namespaces, before the number of the process that made them.</summary>
    public string Prefix => $"pmip-{Name}";

    /// <summary>Where its sockets are.</summary>
    public string Directory => $"/run/{Prefix}";

    /// <summary>Where a running lab takes commands.</summary>
    public string Socket => SocketOf("lab");

    /// <summary>Where a node of it does.</summary>
    public string SocketOf(string node) => $"{Directory}/{node}";

    [GeneratedRegex("^[a-z0-9]{1,16}$")]
    private static partial Regex Allowed();
}
