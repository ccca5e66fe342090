using System.Text.Json;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>A Binding Cache entry of the LMA.</summary>
/// <param name="Prefixes">Its home network prefixes, and its IPv4 home addresses after them.</param>
internal sealed record BindingState(string MobileNode, string State, string Prefixes, string ProxyCareOfAddress, KernelTime EndsAt);

/// <summary>
/// The attachment of a mobile node to an access link of a MAG: an entry of the Binding Update List (RFC 5213, Section 6.1).
/// </summary>
/// <param name="RefreshAt">Null, like <paramref name="EndsAt"/>, while the mobile node is not registered.</param>
internal sealed record AttachmentState(
    string Link,
    string MobileNode,
    string State,
    string Prefixes,
    KernelTime? RefreshAt,
    KernelTime? EndsAt
)
{
    /// <summary>In hexadecimal digits; 0000 if it is not known.</summary>
    public string LinkLayerIdentifier { get; init; } = string.Empty;

    /// <summary>The address of the MAG on the link; empty if it has none.</summary>
    public string LinkLocalAddress { get; init; } = string.Empty;

    /// <summary>The address of the LMA.</summary>
    public string Anchor { get; init; } = string.Empty;

    /// <summary>The interface of the MAG on the link.</summary>
    public string Interface { get; init; } = string.Empty;

    /// <summary>The interface of the tunnel to the LMA; empty while the mobile node is not registered.</summary>
    public string TunnelInterface { get; init; } = string.Empty;
}

/// <summary>A binding of Mobile IPv6: at a home agent or a correspondent node, or at the mobile node itself.</summary>
/// <param name="Peer">Who has the binding, at the mobile node; empty at another node.</param>
/// <param name="Bid">The Binding Identifier; null for a binding without one.</param>
/// <param name="EndsAt">Null for a binding that does not end.</param>
internal sealed record MobileBindingState(string Peer, string HomeAddress, int? Bid, string CareOfAddress, bool IsHome, KernelTime? EndsAt);

/// <summary>A tunnel of a node.</summary>
internal sealed record TunnelState(string Remote, string Interface);

/// <summary>The state reported by a <c>pmip-node</c>.</summary>
internal sealed record LabNodeState(
    string DataPath,
    IReadOnlyList<BindingState> Bindings,
    IReadOnlyList<AttachmentState> Attachments,
    IReadOnlyList<TunnelState> Tunnels
)
{
    /// <summary>The usable addresses of a node of Mobile IPv6, each with its link.</summary>
    public IReadOnlySet<(string Link, string Address)> Addresses { get; init; } = new HashSet<(string, string)>();

    /// <summary>The bindings of a node of Mobile IPv6.</summary>
    public IReadOnlyList<MobileBindingState> MobileBindings { get; init; } = [];

    public static LabNodeState None { get; } = new(string.Empty, [], [], []);

    /// <param name="json">The answer of the management socket to the command <c>state</c>.</param>
    /// <param name="at">The time of the answer.</param>
    public static LabNodeState Read(string json, KernelTime at)
    {
        using var document = JsonDocument.Parse(json);
        var node = document.RootElement;
        return new LabNodeState(
            Text(node, "dataPath"),
            [
                .. Objects(node, "bindings")
                    .Where(binding => !IsMobile(binding))
                    .Select(binding => new BindingState(
                        Text(binding, "mobileNode"),
                        Text(binding, "state"),
                        Texts(binding, "homeNetworkPrefixes", "ipv4HomeAddresses"),
                        Text(binding, "proxyCareOfAddress"),
                        Time(binding, "endsIn", at) ?? at
                    )),
            ],
            [
                .. Objects(node, "attachments")
                    .Select(attachment => new AttachmentState(
                        Text(attachment, "link"),
                        Text(attachment, "mobileNode"),
                        Text(attachment, "state"),
                        Texts(attachment, "homeNetworkPrefixes", "ipv4HomeAddresses"),
                        Time(attachment, "refreshIn", at),
                        Time(attachment, "endsIn", at)
                    )
                    {
                        LinkLayerIdentifier = Text(attachment, "linkLayerIdentifier"),
                        LinkLocalAddress = Text(attachment, "gatewayLinkLocalAddress"),
                        Anchor = Text(attachment, "anchor"),
                        Interface = Text(attachment, "interface"),
                        TunnelInterface = Text(attachment, "tunnelInterface"),
                    }),
            ],
            [.. Objects(node, "tunnels").Select(tunnel => new TunnelState(Text(tunnel, "remote"), Text(tunnel, "interface")))]
        )
        {
            Addresses = Objects(node, "links")
                .SelectMany(link => Objects(link, "addresses").Select(address => (Text(link, "link"), address.GetString()!)))
                .ToHashSet(),
            MobileBindings =
            [
                .. Objects(node, "bindings")
                    .Where(IsMobile)
                    .Select(binding => new MobileBindingState(
                        Text(binding, "peer"),
                        Text(binding, "homeAddress"),
                        binding.TryGetProperty("bid", out var bid) ? bid.GetInt32() : null,
                        Text(binding, "careOfAddress"),
                        binding.GetProperty("isHome").GetBoolean(),
                        Time(binding, "endsIn", at)
                    )),
            ],
        };
    }

    private static bool IsMobile(JsonElement binding) => binding.TryGetProperty("homeAddress", out _);

    private static JsonElement.ArrayEnumerator Objects(JsonElement from, string key) =>
        from.TryGetProperty(key, out var list) ? list.EnumerateArray() : default;

    private static string Text(JsonElement from, string key) =>
        from.TryGetProperty(key, out var text) ? text.GetString() ?? string.Empty : string.Empty;

    /// <summary>The texts of several lists, in order.</summary>
    private static string Texts(JsonElement from, params string[] keys) =>
        string.Join(", ", keys.SelectMany(key => Objects(from, key)).Select(text => text.GetString()));

    private static KernelTime? Time(JsonElement from, string key, KernelTime at) =>
        from.TryGetProperty(key, out var milliseconds) ? at + TimeSpan.FromMilliseconds(milliseconds.GetInt64()) : null;
}
