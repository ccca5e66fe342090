using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Session;

namespace Conformance.Testing.Peers;

/// <summary>IPv4 addresses in the words of scenarios about a mobile node.</summary>
internal static class Ipv4Words
{
    /// <exception cref="ScenarioFaultException">The words name no address.</exception>
    /// <exception cref="StepFailedException">No address has been assigned to the mobile node.</exception>
    public static IPAddress Read(string words, MobileNode node, TestSession session) =>
        words switch
        {
            "its IPv4 home address" => Assigned(node, session).Address,
            "the default router" => RouterOf(node, session),
            "another address" => session.Ipv4.Unassigned ?? throw new ScenarioFaultException("The IXIT has no unassigned IPv4 address."),
            "a foreign address" => session.Ipv4.Foreign,
            ['M', 'N', .., '\'', 's'] => Assigned(session.Nodes.Named(words[..^2]), session).Address,
            _ => (session.Ixit.Domain.Find(words)?.Addresses ?? (IPAddress.TryParse(words, out var given) ? [given] : [])).FirstOrDefault(
                address => address.AddressFamily == AddressFamily.InterNetwork
            )
                ?? throw new ScenarioFaultException(
                    $"'{words}' is not an IPv4 address: say its IPv4 home address, the default router, another address, a foreign address, "
                        + "MN2's, an address or a node of the IXIT."
                ),
        };

    /// <summary>The first IPv4 home address of the node, or the one that its session has given up.</summary>
    /// <exception cref="StepFailedException">No LMA has assigned one.</exception>
    public static Ipv4HomeAddress Assigned(MobileNode node, TestSession session) =>
        node.Session switch
        {
            { OfferedIpv4: [var offered, ..] } => new(offered.Address, offered.PrefixLength),
            { AllIpv4: [var given, ..] } => new(given, session.Ipv4.Prefix.Length),
            _ => throw new StepFailedException($"no IPv4 home address was assigned to {node.Name}"),
        };

    /// <summary>The default router that the last acknowledgement has named, or else that of the home network.</summary>
    public static IPAddress RouterOf(MobileNode node, TestSession session) =>
        node.Session.OfferedIpv4 is [{ Router: { } named }, ..] ? named : session.Ipv4.DefaultRouter;
}
