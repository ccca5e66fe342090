using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.EndToEnd;

/// <summary>
/// IPv4 on real mobile nodes (RFC 5844): their addresses, which a DHCP client configures, and what the tester hears of its messages.
/// </summary>
public sealed class Ipv4Hosts(TestSession session, RealNodes nodes)
{
    /// <summary>No packet shows that a client has configured an address, so the tester polls for the address.</summary>
    private static readonly TimeSpan _betweenReadings = TimeSpan.FromMilliseconds(200);

    /// <summary>A client begins at random, repeats itself slowly (RFC 2131, Section 4.1), and may test the address (RFC 5227).</summary>
    private static readonly TimeSpan _configuredWithin = TimeSpan.FromSeconds(30);

    /// <summary>More than the time after which a client renews the longest of the leases.</summary>
    private static readonly TimeSpan _renewedWithin = TimeSpan.FromSeconds(45);

    private readonly HashSet<string> _hosts = [];
    private IPAddress? _kept;

    /// <summary>Starts a program on a host.</summary>
    /// <exception cref="StepFailedException">It does not start.</exception>
    public void Run(string host, string program)
    {
        _hosts.Add(host);
        nodes.Do(new UpperTesterAction.Run(host, program));
    }

    /// <summary>
    /// Waits until the node has one IPv4 address. It must be the one that the last acknowledgement assigns, and the node's earlier one if
    /// <paramref name="same"/> is true.
    /// </summary>
    public void ExpectAddress(MobileNode node, bool same)
    {
        var limit = session.Bed.Now + _configuredWithin;
        var addresses = Read(node);
        while (addresses.Count == 0 && session.Bed.Now < limit)
        {
            session.Tester.WaitUntil(session.Bed.Now + _betweenReadings);
            addresses = Read(node);
        }

        var (by, assigned) = Assigned();
        var isRight = addresses is [var only] && only.Equals(assigned) && (!same || only.Equals(_kept));
        var expected = same ? $"the earlier address, {_kept}, which the LMA assigns" : $"the address that the LMA assigns, {assigned}";
        session.Require(
            Observation.Prefixes,
            isRight,
            expected,
            addresses.Count == 0 ? $"no address; {session.NothingCame(_configuredWithin)}" : string.Join(", ", addresses),
            Last(DhcpMessageType.Ack) ?? by ?? session.Bed.LastFrame
        );
        _kept = addresses[0];
    }

    /// <summary>Waits for a renewal from now on: the client asks whether it may go on to use its address, and is told so.</summary>
    public void ExpectRenewal(MobileNode node)
    {
        var address = _kept ?? throw new ScenarioFaultException($"{node.Name} has no IPv4 home address that it could renew.");
        var limit = session.Bed.Now + _renewedWithin;
        var asks = session.Tester.TryExpect(
            packet => IsOn(packet, node, DhcpMessageType.Request) && packet.Dhcp!.ClientAddress.Equals(address) ? packet : null,
            limit,
            session.Bed.LastFrame,
            out var asked
        );
        if (!asks)
        {
            throw new StepFailedException($"the client of {node.Name} did not renew {address}; {session.NothingCame(_renewedWithin)}");
        }

        var answers = session.Tester.TryExpect(
            packet =>
                IsOn(packet, node, DhcpMessageType.Ack, DhcpMessageType.Nak) && packet.Dhcp!.TransactionId == asked!.Dhcp!.TransactionId
                    ? packet
                    : null,
            session.Bed.Now + RealNodes.Patience,
            asked!.Frame,
            out var answer
        );
        session.Require(
            Observation.Status,
            answers && answer!.Dhcp is { MessageType: (int)DhcpMessageType.Ack, YourAddress: var given } && given.Equals(address),
            $"a DHCPACK for {address}",
            answers ? $"a {answer!.Dhcp!.Message} for {answer.Dhcp.YourAddress}" : session.NothingCame(RealNodes.Patience),
            answer?.Frame ?? asked.Frame
        );
    }

    /// <summary>Ends what the scenario has started on hosts.</summary>
    public void CleanUp()
    {
        foreach (var host in _hosts)
        {
            nodes.Do(new UpperTesterAction.EndPrograms(host));
        }
    }

    private List<IPAddress> Read(MobileNode node) =>
        nodes.Do(new UpperTesterAction.ReadAddresses(node.Name)) is Outcome.Addresses all
            ? [.. all.All.Where(address => address.AddressFamily == AddressFamily.InterNetwork)]
            : [];

    /// <summary>The address of the last accepted registration, and the frame that says so.</summary>
    private (Frame? By, IPAddress? Address) Assigned()
    {
        var edition = session.Scenario.Edition.Wire;
        foreach (var frame in session.Bed.Frames.Reverse())
        {
            if (
                Packet.Of(frame).IsMobility(MobilityOctets.BindingAcknowledgementType, out var message)
                && message is { Status: 0, LifetimeUnits: > 0 }
                && Ipv4OptionReader.Answers(message, edition) is [{ IsAccepted: true } first, ..]
            )
            {
                return (frame, first.Address.Address);
            }
        }

        return (null, null);
    }

    private Frame? Last(DhcpMessageType type) => session.Bed.Frames.LastOrDefault(frame => Packet.Of(frame).Dhcp?.MessageType == (int)type);

    private static bool IsOn(Packet packet, MobileNode node, params DhcpMessageType[] types) =>
        packet.Frame.Port == node.Link && packet.Dhcp?.MessageType is { } type && types.Contains((DhcpMessageType)type);
}
