using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>
/// The messages of a home agent under test beside acknowledgements: Home Test Inits that it forwards (RFC 6275, Section 10.4.6), Mobile
/// Prefix Advertisements (Section 10.6), Binding Refresh Requests.
/// </summary>
internal sealed class HomeAgentMessages(TestSession session, EmulatedNetwork network, MobileNodePeer nodes)
{
    private const string NumberedOption = "Option ";

    private static readonly CareOf _firstAddress = new(1);

    private (MobileNode Node, ulong Cookie, Frame Frame)? _testInit;
    private (MobileNode Node, CareOf From, int Identifier, Frame Frame)? _solicitation;

    /// <summary>True if the last message was a Mobile Prefix Solicitation that no step has looked for an answer to.</summary>
    public bool IsAwaiting => _solicitation is { Frame: var frame } && frame == session.LastStimulus;

    /// <inheritdoc cref="IMobilityUnderTest.SendTestInit"/>
    public void SendTestInit(MobileNode node, TestInitKind kind, CareOf? from, EditList edits)
    {
        if (kind != TestInitKind.Home)
        {
            throw new ScenarioFaultException("A home agent under test forwards Home Test Inits alone; say Home Test Init.");
        }

        session.Nodes.Bind(node);
        var place = from ?? node.CareOfBindings.Last ?? _firstAddress;
        var cookie = (ulong)session.Random.NextInt64();
        var draft = new MessageDraft
        {
            IsAcknowledgement = false,
            IsOfMobileNode = true,
            Edition = session.Scenario.Edition.Wire,
            Form = options => new HomeTestInit(cookie, options),
        };
        new DraftEditor(session, node, lastSequenceNumber: 0).Apply(draft, edits);
        var inner = draft.ToPacket(node.AddressAt(CareOf.Home), Correspondent.Address);
        var frame = nodes.Send(node, place, ReverseTunnel.Forms(network.Esp, nodes, node, place, inner)[0]);
        session.LastStimulus = frame;
        _testInit = (node, cookie, frame);
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectTestInitAt"/>
    public void ExpectTestInitAt(string? correspondent)
    {
        var (node, cookie, frame) = _testInit ?? throw new ScenarioFaultException("No mobile node has sent a Home Test Init yet.");
        Packet? found;
        if (correspondent is null)
        {
            session.Tester.TryFindForbidden(Select, frame.At + session.Clock.Guard, frame, out found);
        }
        else
        {
            session.Tester.TryExpect(Select, frame.At + session.Clock.AnswerWithin, frame, out found);
        }

        session.Require(
            Observation.Forwarding,
            found is not null == correspondent is not null,
            correspondent is null ? "the Home Test Init is dropped" : $"the Home Test Init of {node.Name} at {correspondent}, in no tunnel",
            found is null ? session.NothingCame(session.Clock.AnswerWithin) : $"it came on {found.Frame.Port}",
            found?.Frame ?? frame
        );

        Packet? Select(Packet packet) =>
            packet.IsMobility(MobilityOctets.HomeTestInitType, out var message)
            && message.Cookie == cookie
            && packet.Ip!.Source.Equals(node.AddressAt(CareOf.Home))
                ? packet
                : null;
    }

    /// <inheritdoc cref="IMobilityUnderTest.SolicitPrefixes"/>
    public void SolicitPrefixes(MobileNode node, CareOf from, EditList edits)
    {
        session.Nodes.Bind(node);
        var home = node.AddressAt(CareOf.Home);
        var identifier = (ushort)session.Random.Next(ushort.MaxValue);
        var (named, options) = ((IPAddress?)(from.IsHome ? null : home), new List<NdOption>());
        foreach (var edit in edits.Edits)
        {
            switch (edit)
            {
                case Edit.Absent(_, MessageDraft.HomeAddressField):
                    named = null;
                    break;
                case Edit.Set(_, var field, var value) when field.StartsWith(NumberedOption, StringComparison.Ordinal):
                    options.Add(
                        new UnknownNdOption(
                            (byte)OptionWords.Number(field[NumberedOption.Length..], byte.MaxValue),
                            OptionWords.OctetString(value)
                        )
                    );
                    break;
                default:
                    throw edit.Fault("a Mobile Prefix Solicitation is changed by 'no Home Address' or 'Option 200 = ' and octets");
            }
        }

        var source = node.AddressAt(from);
        var octets = new MobilePrefixSolicitation(identifier, new NdOptionList([.. options])).ToBytes(named ?? source, nodes.Tested);
        var packet = named is null
            ? new Ipv6Packet(source, nodes.Tested, IpProtocol.Icmpv6, octets)
            : HomeAddressHeader.Before(source, nodes.Tested, named, IpProtocol.Icmpv6, octets);
        var frame = nodes.Send(node, from, packet);
        session.LastStimulus = frame;
        _solicitation = (node, from, identifier, frame);
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectPrefixAdvertisement"/>
    public void ExpectPrefixAdvertisement()
    {
        var (node, from, identifier, frame) = Solicitation;
        session.Tester.TryExpect(Select, frame.At + session.Clock.AnswerWithin, frame, out var found);
        var actual = found is null ? session.NothingCame(session.Clock.AnswerWithin) : "it came";
        session.Judge(Observation.Timing, found is not null, "a Mobile Prefix Advertisement at once", actual, found?.Frame ?? frame);
        session.Require(Observation.Status, found is not null, "a Mobile Prefix Advertisement", actual, found?.Frame ?? frame);
        RequireForm(node, from, found!);

        Packet? Select(Packet packet) => IsAdvertisement(packet, identifier) ? packet : null;
    }

    /// <summary>RFC 6275, Section 10.6.3: from the home agent address to the source of the solicitation, with a routing header.</summary>
    private void RequireForm(MobileNode node, CareOf from, Packet found)
    {
        var (ip, home) = (found.Ip!, node.AddressAt(CareOf.Home));
        var isRouted = ip.RoutedTo?.Equals(home) == true;
        session.Judge(
            Observation.Options,
            from.IsHome || isRouted,
            $"a type 2 routing header to {home}, and the identifier of the solicitation",
            isRouted ? "as expected" : $"routing header to {ip.RoutedTo?.ToString() ?? "no address"}",
            found.Frame
        );
        session.Require(
            Observation.Source,
            ip.Source.Equals(nodes.Tested) && ip.Destination.Equals(node.AddressAt(from)),
            $"an advertisement from {nodes.Tested} to {node.AddressAt(from)}",
            $"from {ip.Source} to {ip.Destination}",
            found.Frame
        );
    }

    /// <summary>Requires that the last solicitation is not answered.</summary>
    public void ExpectNoPrefixAdvertisement()
    {
        var (_, _, identifier, frame) = Solicitation;
        var came = session.Tester.TryFindForbidden(
            packet => IsAdvertisement(packet, identifier) ? packet : null,
            frame.At + session.Clock.Guard,
            frame,
            out var found
        );
        session.Require(
            Observation.Silence,
            !came,
            "no Mobile Prefix Advertisement",
            came ? "one came" : "none came",
            found?.Frame ?? frame
        );
    }

    /// <summary>
    /// Requires requests that name these BIDs, in one message or in several. That none comes says nothing: a home agent may send none.
    /// </summary>
    /// <exception cref="StepFailedException">No request comes.</exception>
    public void ExpectRefreshRequest(MobileNode node, Bids? bids, TimeSpan? within)
    {
        var since = session.LastAnswer ?? session.LastStimulus;
        var until = within is { } length ? session.Bed.Now + length : EndOf(node) + session.Clock.Margin;
        var open = (bids?.All ?? []).ToHashSet();
        Packet? found = null;
        while (session.Tester.TryExpect(packet => RequestIn(packet, node), until, since, out var packet))
        {
            found = packet;
            var named = BindingIdentity.In(packet.Mobility!, session.Scenario.Edition.Wire).Select(option => (ushort)option.Bid).ToList();
            session.Judge(
                Observation.Options,
                bids is null ? named.Count == 0 : named.Count > 0,
                bids is null ? "a Binding Refresh Request without BID option" : $"a Binding Refresh Request with an option for {bids}",
                named.Count == 0 ? "no BID option" : $"BID {string.Join(", ", named)}",
                packet.Frame
            );
            open.ExceptWith(named);
            if (open.Count == 0 || named.Count == 0)
            {
                break;
            }
        }

        if (found is null)
        {
            throw new StepFailedException($"no Binding Refresh Request to {node.Name} came");
        }

        session.Require(
            Observation.Status,
            open.Count == 0,
            bids is null ? "a Binding Refresh Request" : $"a Binding Refresh Request for {bids}",
            open.Count == 0 ? "it came" : $"none for BID {string.Join(", ", open)}",
            found.Frame
        );
    }

    private (MobileNode Node, CareOf From, int Identifier, Frame Frame) Solicitation =>
        _solicitation ?? throw new ScenarioFaultException("No mobile node has sent a Mobile Prefix Solicitation yet.");

    private EmulatedNode Correspondent =>
        network.Named(
            session.Ixit.Domain.Of(NodeRole.Cn).First(node => !node.IsReal && node.AddressOn(Ports.Core) is not null).Name,
            Ports.Core
        );

    private DateTimeOffset EndOf(MobileNode node) =>
        node.CareOfBindings.All.Select(binding => binding.Until).DefaultIfEmpty(session.Bed.Now).Max();

    private static bool IsAdvertisement(Packet packet, int identifier) =>
        packet.Upper is MobilePrefixLayer { Type: MobilePrefixLayer.Advertisement } advertisement && advertisement.Identifier == identifier;

    /// <summary>A request goes to the home address, and so through the tunnel: RFC 6275, Section 6.1, allows no routing header.</summary>
    private static Packet? RequestIn(Packet packet, MobileNode node)
    {
        var inner = packet.Inner ?? packet;
        return
            inner.IsMobility(MobilityOctets.BindingRefreshRequestType, out _)
            && (
                inner.Ip!.UpperDestination.Equals(node.AddressAt(CareOf.Home))
                || CareOf.All.Any(place => node.AddressAt(place).Equals(packet.Ip!.Destination))
            )
            ? inner
            : null;
    }
}
