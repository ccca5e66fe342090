using System.Globalization;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles.Mag;
using Conformance.Testing.Session;
using Pmip.Wire;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The version of IP that a step is about.</summary>
public sealed record IpVersion(AddressFamily Family);

/// <summary>The role under test, as a step names it.</summary>
public sealed record TestedRole(string Tag);

/// <summary>How many times a step does something.</summary>
public sealed record Count(int Number);

/// <summary>An error that may be sent where none must be; null if there is no exception.</summary>
public sealed record ErrorException(IcmpError? Allowed);

/// <summary>A data packet of a step, or several.</summary>
public sealed record Packets(AddressFamily Family);

/// <summary>What a mobile node was given by an LMA: its prefixes, its IPv4 home addresses, or both.</summary>
public sealed record Assigned(bool Prefixes, bool Ipv4);

/// <summary>A number, or the least of several.</summary>
public sealed record Number(int Count, bool IsLeast);

/// <summary>Prefixes; null for the home network prefixes that the LMA has assigned.</summary>
public sealed record PrefixList(IReadOnlyList<Ipv6Prefix>? Prefixes);

/// <summary>A time in which something has to come; null for that of an answer.</summary>
public sealed record TimeLimit(TimeSpan? Length);

/// <summary>The MAG by which packets of a mobile node go; null for the MAG of the mobile node.</summary>
public sealed record Through(string? Mag);

/// <summary>Whether a MAG is authorized from now on.</summary>
public sealed record Authorization(bool IsGiven);

/// <summary>Whether an operator ends the sessions of a mobile node, or lets it be registered again.</summary>
public sealed record Termination(bool IsEnd);

/// <summary>How long an LMA keeps a request waiting: to the end of the wait, or until now.</summary>
public sealed record Wait(bool IsToTheEnd);

/// <summary>Whether a tunnel may have the least MTU of all instead of the one that a router has reported.</summary>
public sealed record LeastMtu(bool IsAllowed);

/// <summary>How packets go to an LMA: through the tunnel, or on the core link in any form.</summary>
public sealed record Way(bool IsTunnel);

/// <summary>Converts the words in steps to the objects that they name.</summary>
[Binding]
public sealed class Arguments(TestSession session)
{
    [StepArgumentTransformation(@"(MN\d+)", Name = "MN")]
    public MobileNode MobileNode(string name) => session.Nodes.Named(name);

    [StepArgumentTransformation(@"(MAG\d+)", Name = "MAG")]
    public Mag Mag(string name) => new(Known(name));

    [StepArgumentTransformation(@"(LMA\d+)", Name = "LMA")]
    public Lma Lma(string name) => new(Known(name));

    [StepArgumentTransformation(@"(NAT\d+)", Name = "NAT")]
    public Nat Nat(string name) => new(Known(name));

    [StepArgumentTransformation(@"(MN\d+|DHCP\d+)", Name = "Host")]
    public Host Host(string name) => new(Known(name));

    /// <summary>IPv6 unless it says IPv4.</summary>
    [StepArgumentTransformation("( over IPv4|)", Name = "OverIpv4")]
    public static IpVersion OverIpv4(string text) => new(text.Length > 0 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6);

    /// <summary>The MAG by which a packet goes, if it is not that of the mobile node.</summary>
    [StepArgumentTransformation(@"( through MAG\d+|)", Name = "Through")]
    public Through ByWay(string text) => new(text.Length == 0 ? null : Known(text[" through ".Length..]));

    [StepArgumentTransformation("(authorizes|no longer authorizes)", Name = "Authorizes")]
    public static Authorization Authorizes(string words) => new(words == "authorizes");

    [StepArgumentTransformation("(terminates|reenables)", Name = "Terminates")]
    public static Termination Terminates(string word) => new(word == "terminates");

    /// <summary>Until the end of the wait for a de-registration; without it, until now.</summary>
    [StepArgumentTransformation("( for MaxDelayBeforeNewBCEAssign|)", Name = "ToTheEnd")]
    public static Wait ToTheEnd(string text) => new(text.Length > 0);

    /// <summary>How a MAG that the tester plays reaches the LMA under test.</summary>
    [StepArgumentTransformation($"({GatewayPath.Words})", Name = "Path")]
    public static GatewayPath Path(string words) => GatewayPath.Named(words);

    /// <summary>The role under test.</summary>
    [StepArgumentTransformation("(LMA|MAG)", Name = "Role")]
    public static TestedRole Role(string tag) => new(tag);

    /// <summary>A correspondent node; an LMA is one, too, for packets to itself.</summary>
    [StepArgumentTransformation(@"(CN\d+|LMA\d+)", Name = "CN")]
    public Cn Correspondent(string name) => new(Known(name));

    [StepArgumentTransformation(@"(a|[1-9]\d?)", Name = "Count")]
    public static Count Count(string text) => new(text == "a" ? 1 : int.Parse(text, CultureInfo.InvariantCulture));

    [StepArgumentTransformation(@"link (\d)", Name = "Link")]
    public static PortId Link(int number) => Ports.Access(number);

    /// <summary>The changes to a message, or nothing.</summary>
    [StepArgumentTransformation(@"( with .+|)", Name = "WithEdits")]
    public static EditList Edits(string text) => text.Length == 0 ? EditList.None : EditList.Parse(text[" with ".Length..]);

    [StepArgumentTransformation(@"([A-Za-z0-9_. ]+)", Name = "Duration")]
    public Duration Duration(string text) => Durations.Read(text, session);

    /// <summary>Addresses of a mobile node: one in its first prefix, unless the words say others.</summary>
    [StepArgumentTransformation(
        @"(MN\d+|every prefix of MN\d+|every address of MN\d+|another address of MN\d+|the first prefix of MN\d+|the second prefix of MN\d+"
            + @"|the first session of MN\d+|the second session of MN\d+|the link-local address of MN\d+)",
        Name = "Home"
    )]
    public NodeAddresses Home(string text) => NodeAddresses.Read(text, session.Nodes);

    [StepArgumentTransformation(
        @"(ICMPv6 error Destination Unreachable|ICMPv6 error Packet Too Big of the tunnel MTU|ICMPv6 error Packet Too Big"
            + @"|ICMPv6 error Time Exceeded|ICMPv6 error Parameter Problem at octet \d+|ICMPv4 error Time Exceeded"
            + "|ICMPv4 error Host Unreachable|ICMPv4 error Fragmentation Needed of the tunnel MTU|ICMPv4 error Fragmentation Needed)",
        Name = "IcmpError"
    )]
    public static IcmpError Error(string words) => IcmpError.Named(words);

    /// <summary>A problem that a router in a tunnel reports to its entrance.</summary>
    [StepArgumentTransformation("(Time Exceeded|Destination Unreachable)", Name = "TunnelError")]
    public static TunnelError TunnelError(string name) =>
        name == "Time Exceeded" ? Testing.Peers.TunnelError.HopLimitExceeded : Testing.Peers.TunnelError.Unreachable;

    /// <summary>The packet of a phrase, whose family is IPv6 unless it says IPv4.</summary>
    [StepArgumentTransformation("(a packet|an IPv4 packet)", Name = "Packet")]
    public static Packets Packet(string words) => OfFamily(words);

    /// <inheritdoc cref="Packet"/>
    [StepArgumentTransformation("(packets|IPv4 packets)", Name = "Packets")]
    public static Packets Packets(string words) => OfFamily(words);

    /// <summary>A route to addresses of a family, for the packets of that family.</summary>
    /// <inheritdoc cref="Packet"/>
    [StepArgumentTransformation("(a route|an IPv4 route)", Name = "Route")]
    public static Packets Route(string words) => OfFamily(words);

    [StepArgumentTransformation("(at least [1-9]|[1-9])", Name = "Number")]
    public static Number Number(string words) => new(words[^1] - '0', words.Length > 1);

    /// <summary>What a mobile node keeps of what it was given.</summary>
    [StepArgumentTransformation(
        "(home network prefixes and IPv4 home address|home network prefixes|IPv4 home addresses|IPv4 home address)",
        Name = "Assigned"
    )]
    public static Assigned Assigned(string words) => AssignedBy(words);

    /// <inheritdoc cref="Assigned"/>
    [StepArgumentTransformation("(other home network prefixes|another IPv4 home address)", Name = "Other")]
    public static Assigned Other(string words) => AssignedBy(words);

    /// <inheritdoc cref="Assigned"/>
    [StepArgumentTransformation("(a home network prefix|an IPv4 home address)", Name = "Shared")]
    public static Assigned Shared(string words) => AssignedBy(words);

    private static Assigned AssignedBy(string words) =>
        new(words.Contains("prefix", StringComparison.Ordinal), words.Contains("IPv4", StringComparison.Ordinal));

    private static Packets OfFamily(string words) =>
        new(words.Contains("IPv4", StringComparison.Ordinal) ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6);

    [StepArgumentTransformation("( but Destination Unreachable to the source of the packet that it quotes|)", Name = "Exception")]
    public static ErrorException Exception(string text) =>
        new(text.Length == 0 ? null : IcmpError.Named("ICMPv6 error Destination Unreachable"));

    [StepArgumentTransformation(
        @"( by link up| by Router Solicitation| by duplicate address detection| with hint [1-4]| with timestamp \d+ s ago|)",
        Name = "Arrival"
    )]
    public static Arrival HowItArrives(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["by", "link", "up"] => Arrival.Plain with { Trigger = AttachmentTrigger.LinkUp },
            ["by", "Router", "Solicitation"] => Arrival.Plain with { Trigger = AttachmentTrigger.RouterSolicitation },
            ["by", ..] => Arrival.Plain with { Trigger = AttachmentTrigger.DuplicateAddressDetection },
            ["with", "hint", var indicator] => Arrival.Plain with { Hint = int.Parse(indicator, CultureInfo.InvariantCulture) },
            ["with", "timestamp", var seconds, ..] => Arrival.Plain with
            {
                Ago = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)),
            },
            _ => Arrival.Plain,
        };

    [StepArgumentTransformation("([0-9a-f:/, ]+|the home network prefixes)", Name = "Prefixes")]
    public static PrefixList Prefixes(string text) => new(text[0] == 't' ? null : [.. text.Split(", ").Select(Ipv6Prefix.Parse)]);

    [StepArgumentTransformation(
        "(Proxy Binding Update|registration|de-registration|IPv4 registration|IPv6 registration|registration of the refused IPv4 address)",
        Name = "Update"
    )]
    public static UpdateKind Update(string text) =>
        text switch
        {
            "registration" => UpdateKind.Registration,
            "de-registration" => UpdateKind.Deregistration,
            "IPv4 registration" => UpdateKind.Ipv4Registration,
            "IPv6 registration" => UpdateKind.Ipv6Registration,
            "registration of the refused IPv4 address" => UpdateKind.RefusedIpv4,
            _ => UpdateKind.Any,
        };

    /// <summary>The time in which something has to come; without it, the time for an answer.</summary>
    [StepArgumentTransformation("( within [A-Za-z0-9_. ]+|)", Name = "Within")]
    public TimeLimit Within(string text) => new(text.Length == 0 ? null : Durations.Read(text[" within ".Length..], session).Length);

    /// <summary>RFC 1981, Section 3: after a report, a node may send no packets above the least MTU.</summary>
    [StepArgumentTransformation("(, unless the tunnel has the least MTU|)", Name = "UnlessLeast")]
    public static LeastMtu UnlessLeast(string text) => new(text.Length > 0);

    [StepArgumentTransformation("(through the tunnel to|towards)", Name = "Way")]
    public static Way Way(string words) => new(words != "towards");

    private string Known(string name) =>
        session.Ixit.Domain.Find(name) is not null
            ? name
            : throw new ScenarioFaultException(
                $"There is no node {name}; known: "
                    + $"{string.Join(", ", session.Ixit.Domain.Nodes.Select(node => node.Name).Order(StringComparer.Ordinal))}."
            );
}
