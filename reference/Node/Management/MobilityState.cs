using System.Net;
using System.Text.Json;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using static Pmip.Node.Management.NodeState;

namespace Pmip.Node.Management;

/// <summary>The state of a node with a role of Mobile IPv6, as members of a JSON object.</summary>
/// <param name="addresses">The usable addresses of the node on a link.</param>
internal sealed class MobilityState(
    NodeConfiguration configuration,
    IRole role,
    Func<LinkId, IReadOnlyList<IPAddress>> addresses,
    RouteNetlink netlink,
    Counters counters
)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("name", configuration.Name);
        json.WriteString("role", configuration.Role);
        json.WriteString("dataPath", "own stack");
        Objects(json, "bindings", Bindings, WriteBinding);
        Objects(json, "links", configuration.Interfaces, WriteLink);
        json.WriteStartObject("counters");
        Numbers(json, counters);
        json.WriteEndObject();
    }

    /// <summary>The bindings of mobile nodes, or those of a mobile node with the peer that has each.</summary>
    private IReadOnlyList<(IPAddress? Peer, MobileBinding Binding)> Bindings =>
        role switch
        {
            HomeAgent agent => [.. agent.Bindings.Select(binding => (default(IPAddress), binding))],
            CorrespondentNode correspondent => [.. correspondent.Bindings.Select(binding => (default(IPAddress), binding))],
            MobileNode mobileNode => [.. mobileNode.Bindings.Select(known => ((IPAddress?)known.Peer, known.Binding))],
            _ => [],
        };

    /// <summary>RFC 6275, Sections 9.1 and 11.1, and RFC 5648, Section 4.1.</summary>
    private static void WriteBinding(Utf8JsonWriter json, (IPAddress? Peer, MobileBinding Binding) known)
    {
        var (peer, binding) = known;
        if (peer is not null)
        {
            Text(json, "peer", peer);
        }
        Text(json, "homeAddress", binding.Key.Home);
        if (binding.Key.BindingId is { } bid)
        {
            json.WriteNumber("bid", bid);
        }
        Text(json, "careOfAddress", binding.CareOf);
        json.WriteBoolean("isHome", binding.IsHome);
        json.WriteNumber("sequenceNumber", binding.SequenceNumber);
        if (binding.EndsAt is { } end)
        {
            var now = KernelTime.Now.Nanoseconds / TimeSpan.NanosecondsPerTick;
            json.WriteNumber("endsIn", (end.Ticks - now) / TimeSpan.TicksPerMillisecond);
        }
    }

    private void WriteLink(Utf8JsonWriter json, InterfaceConfiguration on)
    {
        json.WriteString("link", on.Link);
        json.WriteString("interface", on.Interface);
        json.WriteBoolean("isAccessLink", false);
        json.WriteBoolean("isUp", netlink.Links.Get(on.Interface).IsRunning);
        Texts(json, "addresses", addresses(on.Id));
    }
}
