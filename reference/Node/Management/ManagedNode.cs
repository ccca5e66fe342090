using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;

namespace Pmip.Node.Management;

/// <summary>What management can do at a node.</summary>
/// <param name="Tell">Reports an input to the role, as if the event had occurred.</param>
/// <param name="Announce">Changes what the access network says when a link comes up the next time.</param>
/// <param name="Failures">The number of actions of the role that have failed.</param>
/// <param name="Restart">Restarts the node after the answer to the command.</param>
internal sealed record ManagedNode(
    IRole Role,
    Action<RoleInput> Tell,
    Action<LinkId, Func<RoleInput.LinkUp, RoleInput.LinkUp>> Announce,
    Func<long> Failures,
    Action Restart
)
{
    /// <summary>Whether the role has a variable that can have a value.</summary>
    public bool CanSet(string name, string value) =>
        Role switch
        {
            LocalMobilityAnchor anchor => AnchorVariables.TrySet(anchor.Settings, name, value, out _),
            MobileAccessGateway gateway => GatewayVariables.TrySet(gateway.Settings, name, value, out _),
            _ => false,
        };
}
