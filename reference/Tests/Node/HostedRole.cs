using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Node;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Stack;

namespace Pmip.Reference.Tests.Node;

/// <summary>A role that acts as the test says, on a kernel: in the right namespace of two, with the left one as its neighbour.</summary>
internal sealed class HostedRole
{
    internal static readonly LinkId Core = new("core");
    internal static readonly IPAddress OwnIpv4 = IPAddress.Parse("198.51.100.2");
    internal static readonly IPAddress PeerIpv4 = IPAddress.Parse("198.51.100.1");

    internal ScriptedRole Role { get; } = new();

    internal List<string> Log { get; } = [];

    /// <summary>Runs a test with a node.</summary>
    /// <param name="keep">The namespaces stay, and the caller disposes of them.</param>
    /// <param name="security">The security associations of the node.</param>
    internal TwoNodes Run(Action<RoleHost, TwoNodes> test, bool keep = false, string dataPath = "tun", NodeSecurity? security = null)
    {
        var nodes = TwoNodes.CreateConnected();
        try
        {
            nodes.Left.Netlink.Addresses.Add(nodes.Left.LinkIndex, PeerIpv4, 24);
            nodes.Right.Netlink.Addresses.Add(nodes.Right.LinkIndex, OwnIpv4, 24);
            var configuration = NodeBench.AnchorConfiguration with
            {
                Interfaces =
                [
                    new InterfaceConfiguration
                    {
                        Link = Core.Name,
                        Interface = nodes.Right.InterfaceName,
                        Addresses = [ConfiguredAddress.Parse($"{nodes.Right.Address}/64")],
                    },
                ],
                Routes = [],
                DataPath = dataPath,
                Security = security,
            };
            nodes.Right.Namespace.Run(() =>
            {
                using var restart = new WakeUp();
                using var host = new RoleHost(configuration, Role, new NodeLog("LMA1", TimeProvider.System, Log.Add), restart);
                test(host, nodes);
            });
            return nodes;
        }
        finally
        {
            if (!keep)
            {
                nodes.Dispose();
            }
        }
    }

    /// <summary>Runs the node until its role gets an input of a kind, which is returned.</summary>
    internal TInput RunUntil<TInput>(RoleHost host)
        where TInput : RoleInput
    {
        using var told = new WakeUp();
        TInput? input = null;
        Role.Told = happened =>
        {
            if (happened is TInput wanted)
            {
                input = wanted;
                told.Set();
            }
        };
        using var limit = new Timer(_ => told.Set(), null, TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
        host.Run(told);
        return input.Should().BeOfType<TInput>().Subject;
    }

    internal void CarryOut(RoleHost host, params RoleAction[] actions)
    {
        using var done = new WakeUp();
        done.Set();
        Role.Ask(actions);
        host.Run(done);
    }
}
