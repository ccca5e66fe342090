using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Security;
using Pmip.Wire;

namespace Pmip.Node.Management;

/// <summary>The state of a node as members of a JSON object: the role's state and the host's state.</summary>
/// <param name="now">The current time, to compute remaining times.</param>
internal sealed class NodeState(
    NodeConfiguration configuration,
    IRole role,
    IReadOnlyList<NodeLink> links,
    KernelForwarding forwarding,
    Counters counters,
    SecurityAssociationDatabase security,
    string dataPath,
    Func<Instant> now
)
{
    /// <summary>RFC 5213, Section 6.1: two octets of zero.</summary>
    private static readonly OctetString _unknownLinkLayerIdentifier = new(new byte[2]);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("name", configuration.Name);
        json.WriteString("role", configuration.Role);
        json.WriteString("dataPath", dataPath);
        switch (role)
        {
            case LocalMobilityAnchor anchor:
                Objects(json, "bindings", anchor.Snapshot().Bindings, WriteBinding);
                break;
            case MobileAccessGateway gateway:
                Objects(json, "attachments", gateway.Snapshot().Attachments, WriteAttachment);
                break;
        }

        Objects(json, "links", links, WriteLink);
        Objects(json, "tunnels", forwarding.Tunnels, WriteTunnel);
        Objects(json, "routes", forwarding.Routes, WriteRoute);
        WriteCounters(json);
    }

    private void WriteBinding(Utf8JsonWriter json, BindingCacheEntry entry)
    {
        var binding = entry.Binding;
        json.WriteString("mobileNode", binding.MobileNode.Nai);
        json.WriteString("state", entry.GetType().Name);
        Texts(json, "homeNetworkPrefixes", binding.HomeNetworkPrefixes);
        if (binding.Ipv4HomeAddresses.Count > 0)
        {
            Texts(json, "ipv4HomeAddresses", binding.Ipv4HomeAddresses.Select(TextOf));
            Text(json, "ipv4DefaultRouter", binding.Ipv4DefaultRouter);
        }

        Text(json, "proxyCareOfAddress", binding.ProxyCareOfAddress);
        Text(json, "linkLocalAddress", binding.LinkLocalAddress);
        Text(json, "linkLayerIdentifier", binding.LinkLayerIdentifier);
        json.WriteString("accessTechnology", binding.AccessTechnology.ToString());
        Milliseconds(json, "endsIn", entry.EndsAt);
    }

    /// <summary>RFC 5213, Section 6.1: an entry of the Binding Update List.</summary>
    private void WriteAttachment(Utf8JsonWriter json, AttachmentSnapshot at)
    {
        var attachment = at.Attachment;
        Text(json, "link", attachment.Link);
        json.WriteString("mobileNode", attachment.MobileNode.Identifier.Nai);
        json.WriteString("state", attachment.GetType().Name);
        Text(json, "linkLayerIdentifier", attachment.MobileNode.LinkLayerIdentifier ?? _unknownLinkLayerIdentifier);
        Text(json, "gatewayLinkLocalAddress", at.LinkLocalAddress);
        Text(json, "anchor", attachment.MobileNode.AnchorAddress);
        Text(json, "interface", links.FirstOrDefault(link => link.Id == attachment.Link)?.Interface);
        if (attachment.Binding is not { } registration)
        {
            return;
        }

        Texts(json, "homeNetworkPrefixes", registration.HomeNetworkPrefixes);
        if (registration.Ipv4 is { } ipv4)
        {
            Texts(json, "ipv4HomeAddresses", ipv4.HomeAddresses.Select(TextOf));
            Text(json, "ipv4DefaultRouter", ipv4.DefaultRouter);
        }

        Text(json, "tunnelInterface", forwarding.Tunnels.FirstOrDefault(end => end.Tunnel == at.Tunnel).Interface);
        Milliseconds(json, "refreshIn", registration.RefreshAt);
        Milliseconds(json, "endsIn", registration.ExpiresAt);
    }

    private static string TextOf(Ipv4HomeAddress home) => $"{home.Address}/{home.PrefixLength}";

    private static void WriteLink(Utf8JsonWriter json, NodeLink link)
    {
        Text(json, "link", link.Id);
        json.WriteString("interface", link.Interface);
        json.WriteBoolean("isAccessLink", link.Settings.IsAccessLink);
        json.WriteBoolean("isUp", link.IsUp);
    }

    private static void WriteTunnel(Utf8JsonWriter json, (Tunnel Tunnel, string Interface) end)
    {
        Text(json, "local", end.Tunnel.Local);
        Text(json, "remote", end.Tunnel.Remote);
        json.WriteString("interface", end.Interface);
    }

    private static void WriteRoute(Utf8JsonWriter json, Route route)
    {
        Text(json, "to", route.To);
        Text(json, "from", route.From);
        switch (route.Target)
        {
            case RouteTarget.OnLink target:
                Text(json, "link", target.Link);
                break;
            case RouteTarget.Gateway target:
                Text(json, "link", target.Link);
                Text(json, "gateway", target.Address);
                break;
            case RouteTarget.IntoTunnel target:
                Text(json, "tunnel", target.Tunnel.Remote);
                break;
            case RouteTarget.Transit:
                json.WriteBoolean("transit", true);
                break;
            case RouteTarget.Blackhole:
                json.WriteBoolean("blackhole", true);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void WriteCounters(Utf8JsonWriter json)
    {
        json.WriteStartObject("counters");
        Numbers(json, counters);
        json.WriteNumber("espDiscarded", security.Discarded);
        json.WriteEndObject();
    }

    internal static void Numbers(Utf8JsonWriter json, Counters counters)
    {
        json.WriteNumber("signalsReceived", counters.SignalsReceived);
        json.WriteNumber("signalsSent", counters.SignalsSent);
        json.WriteNumber("icmpReceived", counters.IcmpReceived);
        json.WriteNumber("icmpSent", counters.IcmpSent);
        json.WriteNumber("actionsFailed", counters.ActionsFailed);
    }

    /// <summary>Writes nothing if there is no value.</summary>
    internal static void Text(Utf8JsonWriter json, string key, object? value)
    {
        if (value is not null)
        {
            json.WriteString(key, string.Create(CultureInfo.InvariantCulture, $"{value}"));
        }
    }

    internal static void Texts<T>(Utf8JsonWriter json, string key, IEnumerable<T> values)
    {
        json.WriteStartArray(key);
        foreach (var value in values)
        {
            json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value}"));
        }
        json.WriteEndArray();
    }

    private void Milliseconds(Utf8JsonWriter json, string key, Instant at) => json.WriteNumber(key, (long)(at - now()).TotalMilliseconds);

    internal static void Objects<T>(Utf8JsonWriter json, string key, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(key);
        foreach (var value in values)
        {
            json.WriteStartObject();
            write(json, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
