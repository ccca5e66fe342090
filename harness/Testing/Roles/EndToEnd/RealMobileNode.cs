using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Roles.EndToEnd;

/// <summary>A real mobile node of Mobile IPv6, which has an interface on each of its links. The bed plugs their cables.</summary>
public sealed class RealMobileNode(TestSession session)
{
    /// <summary>RFC 6275, Section 6.1.8.</summary>
    private static readonly TimeSpan _unit = TimeSpan.FromSeconds(4);

    /// <summary>True if the domain has such a node of this name.</summary>
    public bool Is(MobileNode node) => Find(node) is not null;

    /// <summary>The node gets these links, all at once.</summary>
    /// <exception cref="ScenarioFaultException">It has no interface on one of them.</exception>
    public void Come(MobileNode node, IReadOnlyList<PortId> links) => Plug(node, links, up: true);

    /// <summary>The node loses these links.</summary>
    /// <inheritdoc cref="Come"/>
    public void Leave(MobileNode node, IReadOnlyList<PortId> links) => Plug(node, links, up: false);

    /// <summary>
    /// The node loses all of its links, and with them every way to end its bindings: they have ended when the longest lifetime that it was
    /// granted has passed. It has just one home address, so that the next scenario must find none of them.
    /// </summary>
    public void End(MobileNode node)
    {
        Leave(node, [.. Find(node)!.Interfaces.Select(known => known.Link!.Value)]);
        session.Tester.WaitUntil(session.Bed.Frames.Select(EndOfBinding).Append(session.Bed.Now).Max() + session.Clock.Guard);
    }

    /// <summary>
    /// The links over which the node has sent echo requests from its home address since a frame; plain, in a tunnel, or with a Home Address
    /// option.
    /// </summary>
    public IReadOnlyList<PortId> RequestedOver(MobileNode node, Frame? after)
    {
        var known = Find(node)!;
        return
        [
            .. session
                .Bed.Frames.Skip(after?.Number ?? 0)
                .Where(frame => known.On(frame.Port) is not null && IsRequest(Packet.Of(frame), known.HomeAddress!))
                .Select(frame => frame.Port)
                .Distinct(),
        ];
    }

    /// <summary>When the binding ends that a message grants; a time in the past for every other message.</summary>
    private static DateTimeOffset EndOfBinding(Frame frame) =>
        Packet.Of(frame).IsMobility(MobilityOctets.BindingAcknowledgementType, out var message)
            ? frame.At + (message.LifetimeUnits * _unit)
            : DateTimeOffset.MinValue;

    private static bool IsRequest(Packet packet, IPAddress source) =>
        (packet.Inner ?? packet) is { AnyIcmp: { IsEcho: true, Type: Icmpv6Layer.EchoRequest }, Ip: { } ip }
        && source.Equals(ip.UpperSource);

    private void Plug(MobileNode node, IReadOnlyList<PortId> links, bool up)
    {
        foreach (var link in links)
        {
            if (Find(node)?.On(link) is null)
            {
                throw new ScenarioFaultException($"{node.Name} has no interface on {link}.");
            }

            session.SetCarrier(link, up);
        }
    }

    private DomainNode? Find(MobileNode node) => session.Ixit.Domain.Find(node.Name) is { HomeAddress: not null } known ? known : null;
}
