using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>The names of DHCP messages (RFC 2131, Section 3; RFC 3203).</summary>
public static class DhcpMessageNames
{
    private const string Start = "DHCP";

    /// <exception cref="ScenarioFaultException">There is no such message.</exception>
    public static DhcpMessageType Read(string name) =>
        name.StartsWith(Start, StringComparison.Ordinal)
        && Enum.TryParse<DhcpMessageType>(name[Start.Length..], ignoreCase: true, out var type)
            ? type
            : throw new ScenarioFaultException(
                $"'{name}' is not a DHCP message: say {string.Join(", ", Enum.GetValues<DhcpMessageType>().Select(Text))}."
            );

    /// <summary><c>DHCPDISCOVER</c>.</summary>
    public static string Text(DhcpMessageType type) => Start + type.ToString().ToUpperInvariant();
}
