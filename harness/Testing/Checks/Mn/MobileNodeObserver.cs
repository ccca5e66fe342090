using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks.Mn;

/// <summary>
/// Lets the checks judge every message of a mobile node under test, and keeps the ledger of its bindings. It needs the frames alone: those
/// of the mobile node, and those that the tester sends in the place of its peers.
/// </summary>
public sealed class MobileNodeObserver : IFrameObserver
{
    private readonly TestSession _session;
    private readonly CheckList _checks;
    private readonly MobileNodeAddresses _addresses;
    private DateTimeOffset _restartedAt;

    /// <exception cref="ScenarioFaultException">The IXIT has no addresses of a mobile node.</exception>
    public MobileNodeObserver(TestSession session, CheckList checks)
    {
        (_session, _checks, _restartedAt) = (session, checks, session.Device.RestartedAt);
        _addresses = session.Ixit.MobileNode ?? throw new ScenarioFaultException("The IXIT has no addresses of a mobile node under test.");
        Reset();
    }

    /// <summary>What the mobile node has registered since it was last started.</summary>
    public NodeLedger Ledger { get; private set; }

    public void Observe(Packet packet)
    {
        if (_restartedAt != _session.Device.RestartedAt)
        {
            _restartedAt = _session.Device.RestartedAt;
            Reset();
        }

        if (Carried(packet) is not ({ Ip: not null } inner, var tunnel))
        {
            return;
        }

        if (packet.Frame.Direction == Direction.Sent)
        {
            Ledger.Traffic.Sent(packet);
            NoteSent(inner);
        }
        else if (packet.Frame.At > _restartedAt)
        {
            Judge(inner, tunnel);
        }
    }

    [MemberNotNull(nameof(Ledger))]
    private void Reset() => Ledger = new NodeLedger(_session, _addresses, Ledger?.Traffic);

    /// <summary>The packet with a mobility message, and the header around it; any other packet as it is.</summary>
    private static (Packet Packet, IpLayer? Tunnel) Carried(Packet packet) =>
        packet.IsInTunnelMode || packet.IsMessageInUdp ? (packet, packet.Outer)
        : packet.Inner is { Mobility: not null } inner ? (inner, packet.Ip)
        : (packet, null);

    private void NoteSent(Packet packet)
    {
        if (packet.Mobility is not { IsCutOff: false } message)
        {
            return;
        }

        switch (message.Type)
        {
            case MobilityOctets.BindingAcknowledgementType:
                Ledger.Answer(packet, message);
                break;
            case MobilityOctets.HomeTestType or MobilityOctets.CareOfTestType:
                Ledger.Tokens.Test(packet);
                break;
            default:
                break;
        }
    }

    private void Judge(Packet packet, IpLayer? tunnel)
    {
        if (packet.Mobility is null)
        {
            JudgePacket(packet);
            return;
        }

        var message = new NodeMessage(_session, packet, tunnel, Ledger);
        _checks.Judge(message);
        foreach (var option in message.Message.Options.Where(option => !(option.Offset >= message.Message.DoubtfulFrom)))
        {
            _checks.Judge(new OptionInMessage(_session, packet, option));
        }

        Ledger.Traffic.Received(message);
        if (message.IsUpdate)
        {
            Ledger.Add(new SentUpdate(message));
        }
        else if (message.IsHomeTestInit || message.IsCareOfTestInit)
        {
            Ledger.Tokens.Request(packet);
        }
    }

    private void JudgePacket(Packet packet)
    {
        if (packet.Neighbor is { TestsForDuplicates: true } test && test.Target.Equals(_addresses.HomeAddress))
        {
            Ledger.Traffic.TestsHome(packet);
        }

        if (packet.Frame.Port == Ports.Home && packet.Ip!.Source.Equals(_addresses.HomeAddress))
        {
            Ledger.Traffic.SentFromHome(packet);
        }

        foreach (var (name, result) in LinkConduct.Judge(new NodePacket(_session, packet, Ledger)))
        {
            foreach (var statement in _checks.StatementsOf(name))
            {
                _session.Find(statement, result.Ok, result.Expected, result.Ok ? "as expected" : result.Actual, packet.Frame);
            }
        }
    }
}
