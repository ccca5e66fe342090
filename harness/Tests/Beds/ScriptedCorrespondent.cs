using System.Net;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Beds;

/// <summary>
/// A correspondent node under test on a scripted bed: one binding for each home address, proved by return routability. It does what it is
/// told, whether a correspondent node may do so or not.
/// </summary>
internal sealed class ScriptedCorrespondent
{
    private const ushort HomeIndex = 7;
    private const ushort CareOfIndex = 9;

    private static readonly IPAddress _own = IPAddress.Parse("2001:db8:100::c1");
    private static readonly TimeSpan _atOnce = TimeSpan.FromTicks(1);

    public ScriptedCorrespondent()
    {
        var ixit = Sessions.Ixit() with
        {
            Domain = McoaDomains.Correspondent.WithoutLinkLayerAddresses(),
            Mobility = new MobilityAddresses("2001:db8:200::5e00:{n}", "2001:db8:100::5e{k}:{n}", "2001:db8:4000:{n}::/64"),
            Timers = new Dictionary<string, TimeSpan> { ["MAX_DELETE_BCE_TIMEOUT"] = TimeSpan.FromSeconds(10) },
        };
        Bed = new ScriptedBed(new BedFacts("scripted", 1, default, ixit, [])) { OnSend = React };
        for (var number = 1; number <= 9; number++)
        {
            Bed.Identities.Enqueue((number, ScriptedBed.Start));
        }
    }

    public ScriptedBed Bed { get; }

    /// <summary>The Binding Updates received, with what was before them and whether they are authentic.</summary>
    public List<(BindingUpdate Update, IPAddress Source, IPAddress? Home, bool IsAuthentic)> Updates { get; } = [];

    /// <summary>The packets of a Test Init that came, and where from.</summary>
    public List<(MobilityMessage Init, IPAddress Source)> Inits { get; } = [];

    /// <summary>The bindings: home address, care-of address.</summary>
    public Dictionary<IPAddress, IPAddress> Bindings { get; } = [];

    public bool AnswersTests { get; set; } = true;

    public bool AnswersUpdates { get; set; } = true;

    public bool AnswersEcho { get; set; } = true;

    public bool SendsBindingErrors { get; set; } = true;

    /// <summary>The number of Binding Errors that it leaves out before it sends the first.</summary>
    public int LeavesOutErrors { get; set; }

    /// <summary>True if it accepts packets with a Home Address option whatever its bindings are.</summary>
    public bool AcceptsEveryPacket { get; set; }

    /// <summary>Where a packet for a home address goes; null to the home address itself.</summary>
    public Func<IPAddress, IPAddress?>? Routes { get; set; }

    /// <summary>The status of an authentic update; null for no answer.</summary>
    public Func<BindingUpdate, BindingStatus?> Status { get; set; } = _ => BindingStatus.ACCEPTED;

    private void React(ScriptedBed bed, PortId port, ReadOnlyMemory<byte> octets)
    {
        var packet = Packet.Of(new Frame(port, Direction.Sent, 1, bed.Now, octets));
        if (packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborSolicitation } solicitation)
        {
            if (solicitation.Target.Equals(_own))
            {
                var options = new NdOptionList(new TargetLinkLayerAddressOption(Messages.Device));
                var advertisement = new NeighborAdvertisement(_own, Router: false, Solicited: true, Override: true, options);
                bed.Deliver(bed.Now + _atOnce, port, Messages.Icmp(_own, packet.Ip!.Source, advertisement));
            }
        }
        else if (packet.Mobility is { } mobility)
        {
            Process(packet.Ip!, mobility);
        }
        else if (packet.Icmp is { Type: Icmpv6Layer.EchoRequest, Echo: { } echo })
        {
            Process(packet.Ip!, echo);
        }
    }

    private void Process(IpLayer ip, MobilityOctets mobility)
    {
        switch (MobilityMessage.TryParse(mobility.Span, out var message, out _) ? message : null)
        {
            case HomeTestInit init:
                Inits.Add((init, ip.Source));
                Test(ip, new HomeTest(HomeIndex, init.Cookie, TokenOf(ip.Source), new MobilityOptionList()));
                break;
            case CareOfTestInit init:
                Inits.Add((init, ip.Source));
                Test(ip, new CareOfTest(CareOfIndex, init.Cookie, TokenOf(ip.Source), new MobilityOptionList()));
                break;
            case BindingUpdate update:
                Process(ip, mobility, update);
                break;
            default:
                break;
        }
    }

    private void Test(IpLayer ip, MobilityMessage test)
    {
        if (AnswersTests)
        {
            Send(new Ipv6Packet(_own, ip.Source, IpProtocol.MobilityHeader, test.ToBytes(_own, ip.Source)));
        }
    }

    private void Process(IpLayer ip, MobilityOctets octets, BindingUpdate update)
    {
        var (home, ends) = (ip.UpperSource, update.LifetimeUnits == 0);
        var careOf = update.Options.First<AlternateCareOfAddressOption>()?.Address ?? ip.Source;
        var key = ends
            ? BindingManagementKey.ForDeletion(TokenOf(home))
            : BindingManagementKey.ForRegistration(TokenOf(home), TokenOf(careOf));
        var covered = ends ? home : careOf;
        var isAuthentic =
            BindingAuthorization.TryVerify(key, covered, _own, octets.Span, out _)
            && update.Options.First<NonceIndicesOption>() is { HomeNonceIndex: HomeIndex } indices
            && (ends || indices.CareOfNonceIndex == CareOfIndex);
        Updates.Add((update, ip.Source, ip.HomeAddress, isAuthentic));
        if (!isAuthentic || !AnswersUpdates || Status(update) is not { } status)
        {
            return;
        }

        if (status == BindingStatus.ACCEPTED && ends)
        {
            Bindings.Remove(home);
        }
        else if (status == BindingStatus.ACCEPTED)
        {
            Bindings[home] = careOf;
        }

        var empty = new BindingAuthorizationDataOption(new OctetString(new byte[12]));
        var answer = new BindingAcknowledgement(status, 0, update.SequenceNumber, update.LifetimeUnits, new MobilityOptionList([empty]));
        var message = answer.ToBytes(_own, home);
        BindingAuthorization.Fill(key, covered, _own, message);
        MobilityHeader.FillChecksum(_own, home, message);
        Send(home, ip.HomeAddress is null ? null : ip.Source, IpProtocol.MobilityHeader, message);
    }

    private void Process(IpLayer ip, IcmpEcho echo)
    {
        if (ip.HomeAddress is { } home && !AcceptsEveryPacket && !ip.Source.Equals(Bindings.GetValueOrDefault(home)))
        {
            if (SendsBindingErrors && LeavesOutErrors-- <= 0)
            {
                var error = new BindingError(1, home, new MobilityOptionList());
                Send(new Ipv6Packet(_own, ip.Source, IpProtocol.MobilityHeader, error.ToBytes(_own, ip.Source)));
            }

            return;
        }

        if (AnswersEcho)
        {
            var to = ip.UpperSource;
            var reply = new EchoReply((ushort)echo.Identifier, (ushort)echo.SequenceNumber, new OctetString(echo.Data.Span));
            var path = Routes is null ? Bindings.GetValueOrDefault(to) : Routes(to);
            Send(to, path, IpProtocol.Icmpv6, reply.ToBytes(_own, to));
        }
    }

    /// <summary>Sends a packet to a home address, by a type 2 routing header if it has a path.</summary>
    private void Send(IPAddress home, IPAddress? path, byte next, byte[] payload) =>
        Send(
            path is null
                ? new Ipv6Packet(_own, home, next, payload)
                : new Ipv6Packet(_own, path, IpProtocol.Routing, new Type2RoutingHeader(next, home).Before(payload))
        );

    private void Send(Ipv6Packet packet) => Bed.Deliver(Bed.Now + _atOnce, Ports.Core, Messages.Frame(packet));

    /// <summary>A token that differs from address to address.</summary>
    private static ulong TokenOf(IPAddress address) =>
        address.GetAddressBytes().Aggregate(0x9e37_79b9_7f4a_7c15, (token, octet) => unchecked((token ^ octet) * 0x0000_0100_0000_01b3));
}
