using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;

namespace Pmip.Node.Configuration;

/// <summary>
/// What a node is: its role, its interfaces and the variables of its role. In JSON the keys are the variables' names as the
/// RFCs have them, times are in milliseconds, and a key that does not exist is refused.
/// </summary>
public sealed record NodeConfiguration
{
    public const string AnchorRole = "lma",
        GatewayRole = "mag";

    /// <summary>For people: logs.</summary>
    public required string Name { get; init; }

    /// <summary>"lma" or "mag": which of the two settings there must be.</summary>
    public required string Role { get; init; }

    public required IReadOnlyList<InterfaceConfiguration> Interfaces { get; init; }

    public IReadOnlyList<NodeRoute> Routes { get; init; } = [];

    public LocalMobilityAnchorSettings? LocalMobilityAnchor { get; init; }

    public MobileAccessGatewaySettings? MobileAccessGateway { get; init; }

    /// <summary>
    /// What tunnels are made of: "kernel", "tun", or "auto" for the first of them that there is; "seg6" is the kernel's segment routing,
    /// which is fast and departs from the specifications in what the log then says.
    /// </summary>
    public string DataPath { get; init; } = "auto";

    /// <summary>The path of a socket that tells the state and takes commands, for a laboratory; null for none.</summary>
    public string? ManagementSocket { get; init; }

    /// <summary>How far this node's time of day is ahead of the kernel's: a device in a time of its own.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Of what the role leaves to chance; null for other choices at every start.</summary>
    public int? Seed { get; init; }

    /// <param name="file">Where the text is from, for exceptions.</param>
    /// <exception cref="NodeConfigurationException">The text is no configuration of a node.</exception>
    public static NodeConfiguration Parse(string json, string file) => ConfigurationReader.Read(json, file);

    public string ToJson() => ConfigurationWriter.Write(this);
}
