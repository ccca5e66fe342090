using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Roles.Mag;

/// <summary>
/// The LMAs that the tester plays around a MAG under test. What is sent to none of their addresses is answered by the first.
/// </summary>
/// <param name="answered">Called with every acknowledgement that an LMA sends.</param>
public sealed class MagAnchors(TestSession session, EmulatedNetwork network, Action<Frame> answered) : IResponder
{
    private readonly IReadOnlyList<EmulatedAnchor> _all =
    [
        .. session
            .Ixit.Domain.Of(NodeRole.Lma)
            .Select(lma => new EmulatedAnchor(session, network, AtEachAddress(network, lma.Name), answered)),
    ];

    /// <exception cref="ScenarioFaultException">The tester does not play that LMA.</exception>
    public EmulatedAnchor Named(string name) =>
        _all.FirstOrDefault(anchor => anchor.Name == name)
        ?? throw new ScenarioFaultException($"The tester plays {string.Join(", ", _all.Select(anchor => anchor.Name))} here, not {name}.");

    /// <summary>From now on, every LMA answers by this policy.</summary>
    public void Follow(AnswerPolicy policy)
    {
        foreach (var anchor in _all)
        {
            anchor.Policy = policy;
        }
    }

    public bool TryRespond(Packet packet, LowerTester tester) =>
        packet.Outer is { Destination: var to } && At(to).TryRespond(packet, tester);

    private EmulatedAnchor At(IPAddress address) => _all.FirstOrDefault(anchor => anchor.IsAt(address)) ?? _all[0];

    /// <summary>The LMA, which answers ARP Requests for its IPv4 address on the core link, too.</summary>
    private static EmulatedNode AtEachAddress(EmulatedNetwork network, string name)
    {
        network.AddAt(name, Ports.Core);
        return network.Named(name, Ports.Core);
    }
}
