using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks;

/// <summary>
/// The full check of every Proxy Binding Update that a MAG under test sends: RFC 5213, Sections 6.9.1.1, 6.9.1.3, 6.9.1.4 and
/// 6.9.1.5.
/// </summary>
public sealed class UpdateCheck(TestSession session, string mag, string lma) : IFrameObserver
{
    private const byte HandoffStateUnknown = 4;
    private const byte HandoffStateNotChanged = 5;

    private static readonly int[] _comparedOptions =
    [
        OptionType.MobileNodeIdentifier,
        OptionType.HomeNetworkPrefix,
        OptionType.HandoffIndicator,
        OptionType.AccessTechnologyType,
        OptionType.MobileNodeLinkLayerIdentifier,
        OptionType.LinkLocalAddress,
        OptionType.Timestamp,
    ];

    private readonly Dictionary<string, MobilityOctets> _initial = new(StringComparer.Ordinal);
    private ushort? _lastSequenceNumber;

    public void Observe(Packet packet)
    {
        if (
            packet.Frame.Direction != Direction.Received
            || packet.Ip is null
            || !packet.IsMobility(MobilityOctets.BindingUpdateType, out var message)
        )
        {
            return;
        }

        var identifier = message.First(OptionType.MobileNodeIdentifier)?.Identifier;
        var node = session.MobileNodes.FirstOrDefault(node => node.IsBound && node.Identity.Identifier == identifier);
        var update = new Update(session, packet, message, node);
        Envelope(update);
        Options(update);
        Ordering(update);
        if (node is not null)
        {
            Purpose(update, node);
        }

        _lastSequenceNumber = message.SequenceNumber;
    }

    private void Envelope(Update update)
    {
        var ip = update.Packet.Ip!;
        var message = update.Message;
        update.Judge("rfc5213-6.9.1.5-k2a", message.ProxyFlag, "the P flag set to 1", "the P flag is 0", 8);
        update.Judge("rfc5213-6.9.1.5-k2b", message.AcknowledgeFlag, "the A flag set to 1", "the A flag is 0", 8);
        update.Judge("rfc5213-8.1-k1", message.ProxyFlag, "the P flag set to 1", "the P flag is 0", 8);
        update.Judge(
            "rfc5213-6.9.1.5-k3",
            ip.Source.Equals(Address(mag)),
            $"source address {Address(mag)}, the MAG's address on its egress interface",
            $"{ip.Source}"
        );
        update.Judge(
            "rfc5213-6.9.1.5-k4",
            ip.Destination.Equals(Address(lma)),
            $"destination address {Address(lma)}, the LMA's address",
            $"{ip.Destination}"
        );
        var homeAddress = update.Packet.Headers.Any(header =>
            header.Type == IpProtocols.DestinationOptions && header.Part.Span.IndexOf((byte)0xc9) >= 2
        );
        update.Judge("rfc5213-6.9.1.5-k13", !homeAddress, "no Home Address destination option", "a Home Address destination option");
    }

    private void Options(Update update)
    {
        var message = update.Message;
        Present(update, OptionType.MobileNodeIdentifier, "rfc5213-6.9.1.1-k3", "rfc5213-6.9.1.5-k5");
        Present(update, OptionType.HomeNetworkPrefix, "rfc5213-6.9.1.1-k4", "rfc5213-6.9.1.5-k6");
        Present(update, OptionType.HandoffIndicator, "rfc5213-6.9.1.1-k8", "rfc5213-6.9.1.5-k7");
        Present(update, OptionType.AccessTechnologyType, "rfc5213-6.9.1.1-k20", "rfc5213-6.9.1.5-k8");
        var prefixes = message.All(OptionType.HomeNetworkPrefix).ToList();
        if (prefixes.Exists(option => option.IsAllZeroPrefix))
        {
            update.Judge(
                "rfc5213-6.9.1.1-k7",
                prefixes.Count == 1,
                "one Home Network Prefix option, as it is ALL_ZERO",
                $"{prefixes.Count} of them",
                prefixes[^1].Offset
            );
        }

        if (message.First(OptionType.HandoffIndicator) is { } handoff)
        {
            var most = IsExtension(update) ? HandoffStateNotChanged : HandoffStateUnknown;
            update.Judge(
                "rfc5213-6.9.1.1-k9",
                handoff.Value >= 1 && handoff.Value <= most,
                $"a Handoff Indicator from 1 to {most}",
                $"{handoff.Value}",
                handoff.Offset
            );
            update.Judge(
                "rfc5213-6.9.1.1-k15",
                handoff.Value is not (2 or 3),
                "a Handoff Indicator other than 2 and 3, as nothing indicated a handoff to the MAG",
                $"{handoff.Value}",
                handoff.Offset
            );
        }

        if (message.First(OptionType.AccessTechnologyType) is { } technology)
        {
            update.Judge(
                "rfc5213-6.9.1.1-k21",
                technology.Value == session.Ixit.AccessTechnologyType,
                $"Access Technology Type {session.Ixit.AccessTechnologyType}, that of the access link",
                $"{technology.Value}",
                technology.Offset
            );
        }

        LinkLayerIdentifier(update);
        var linkLocal = message.First(OptionType.LinkLocalAddress);
        if (session.Claims("fixed-mag-link-local-address"))
        {
            update.Judge(
                "rfc5213-6.9.1.1-k23",
                linkLocal is null,
                "no Link-local Address option, as the address is fixed in this domain",
                "a Link-local Address option",
                linkLocal?.Offset
            );
        }
        else
        {
            update.Judge(
                "rfc5213-6.9.1.1-k22",
                linkLocal is not null,
                "a Link-local Address option, as no address is fixed in this domain",
                "none"
            );
        }
    }

    private static void LinkLayerIdentifier(Update update)
    {
        var given = update.Message.First(OptionType.MobileNodeLinkLayerIdentifier);
        if (given is not null)
        {
            var zero = !given.LinkLayerIdentifier.Span.ContainsAnyExcept((byte)0);
            update.Judge(
                "rfc5213-6.9.1.1-k19",
                !zero,
                "no Mobile Node Link-layer Identifier option that is ALL_ZERO",
                "an ALL_ZERO identifier",
                given.Offset
            );
        }

        // If the identity is bound to the port, the MAG does not know the node's link-layer address.
        if (update.Node is { Identity.Number: > 0 } node)
        {
            var own = given?.LinkLayerIdentifier.Span.SequenceEqual(node.Identity.LinkLayer.ToArray()) ?? false;
            update.Judge(
                "rfc5213-6.9.1.1-k18",
                own,
                $"a Mobile Node Link-layer Identifier option with {node.Identity.LinkLayer}",
                given is null ? "none" : Convert.ToHexStringLower(given.LinkLayerIdentifier.Span),
                given?.Offset
            );
        }
    }

    private void Ordering(Update update)
    {
        var timestamp = update.Message.First(OptionType.Timestamp);
        update.Judge("rfc5213-6.9.1.1-k16", timestamp is not null, "a Timestamp option, as the timestamp-based approach is in use", "none");
        update.Judge("rfc5213-9.3-k4", timestamp is not null, "a Timestamp option, as TimestampBasedApproachInUse is 1", "none");
        if (timestamp is not null)
        {
            var stated = TimestampOctets.ToTime(timestamp.Timestamp);
            update.Judge(
                "rfc5213-5.5-k11",
                (stated - update.Packet.Frame.At).Duration() < TimeSpan.FromDays(1),
                "seconds since 1970-01-01 UTC in 48.16 fixed point",
                $"{stated:yyyy-MM-dd HH:mm:ss.fff}",
                timestamp.Offset
            );
        }

        if (_lastSequenceNumber is { } last)
        {
            update.Judge(
                "rfc5213-6.9.1.1-k17",
                (short)(update.Message.SequenceNumber - last) > 0,
                $"a sequence number after {last}",
                $"{update.Message.SequenceNumber}",
                update.Message.SequenceNumberOffset
            );
        }
    }

    private void Purpose(Update update, MobileNode node)
    {
        var message = update.Message;
        var handoff = message.First(OptionType.HandoffIndicator);
        if (message.LifetimeUnits == 0)
        {
            Same(update, node, "rfc5213-6.9.1.4-k2");
            Prefixes(update, node, "rfc5213-6.9.1.4-k3");
            update.Judge(
                "rfc5213-6.9.1.4-k4",
                handoff?.Value == HandoffStateUnknown,
                "Handoff Indicator 4 in a de-registration",
                $"{handoff?.Value}",
                handoff?.Offset
            );
        }
        else if (IsExtension(update))
        {
            Same(update, node, "rfc5213-6.9.1.3-k1");
            Prefixes(update, node, "rfc5213-6.9.1.3-k2");
            update.Judge(
                "rfc5213-6.9.1.3-k3",
                handoff?.Value == HandoffStateNotChanged,
                "Handoff Indicator 5 in a re-registration",
                $"{handoff?.Value}",
                handoff?.Offset
            );
        }
        else
        {
            _initial[node.Identity.Identifier] = message;
            if (message.First(OptionType.LinkLocalAddress) is { } linkLocal)
            {
                update.Judge(
                    "rfc5213-6.9.1.1-k25",
                    linkLocal.Address.Equals(IPAddress.IPv6None),
                    "the Link-local Address option set to ALL_ZERO, to ask for an address",
                    $"{linkLocal.Address}",
                    linkLocal.Offset
                );
            }
        }
    }

    private static bool IsExtension(Update update) =>
        update.Node is { IsRegistered: true } node && update.Packet.Frame.At < node.RegisteredUntil;

    private void Same(Update update, MobileNode node, string statement)
    {
        if (!_initial.TryGetValue(node.Identity.Identifier, out var first))
        {
            return;
        }

        var missing = _comparedOptions
            .Where(type => first.First(type) is not null && update.Message.First(type) is null)
            .Select(Edits.FieldName.NameOf)
            .ToList();
        var added = _comparedOptions
            .Where(type => first.First(type) is null && update.Message.First(type) is not null)
            .Select(Edits.FieldName.NameOf)
            .ToList();
        update.Judge(
            statement,
            missing.Count + added.Count == 0,
            "the same set of options as in the initial registration",
            string.Join(
                "; ",
                new[]
                {
                    missing.Count > 0 ? $"without {string.Join(", ", missing)}" : null,
                    added.Count > 0 ? $"with {string.Join(", ", added)}" : null,
                }.Where(part => part is not null)
            )
        );
    }

    private static void Prefixes(Update update, MobileNode node, string statement)
    {
        if (node.Prefixes.Count == 0)
        {
            return;
        }

        var given = update
            .Message.All(OptionType.HomeNetworkPrefix)
            .Select(option => option.PrefixText)
            .Order(StringComparer.Ordinal)
            .ToList();
        var assigned = node.Prefixes.Select(prefix => prefix.ToString()).Order(StringComparer.Ordinal).ToList();
        update.Judge(
            statement,
            given.SequenceEqual(assigned),
            $"a Home Network Prefix option for each assigned prefix: {string.Join(", ", assigned)}",
            given.Count == 0 ? "none" : string.Join(", ", given),
            update.Message.First(OptionType.HomeNetworkPrefix)?.Offset
        );
    }

    private static void Present(Update update, int type, params ReadOnlySpan<string> statements)
    {
        var found = update.Message.First(type) is not null;
        foreach (var statement in statements)
        {
            update.Judge(statement, found, $"a {Edits.FieldName.NameOf(type)} option", "none");
        }
    }

    private IPAddress Address(string name) => session.AddressOf(name);

    private sealed class Update(TestSession session, Packet packet, MobilityOctets message, MobileNode? node)
    {
        public Packet Packet { get; } = packet;

        public MobilityOctets Message { get; } = message;

        public MobileNode? Node { get; } = node;

        public void Judge(string statement, bool ok, string expected, string actual, int? offset = null) =>
            session.Find(
                statement,
                ok,
                expected,
                ok ? "as expected" : actual,
                Packet.Frame,
                ok || offset is null ? null : Message.Offset + offset
            );
    }
}
