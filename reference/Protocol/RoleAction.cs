using System.Net;

namespace Pmip.Protocol;

/// <summary>Everything a role can ask of its host. The list is closed: a host's switch over it ends in an UnreachableException.</summary>
public abstract record RoleAction
{
    private RoleAction() { }

    /// <summary>Send a Mobility Header, complete and with its checksum, from and to these addresses.</summary>
    public sealed record SendSignal(IPAddress Source, IPAddress Destination, ReadOnlyMemory<byte> MobilityHeader) : RoleAction;

    /// <summary>
    /// Send an ICMPv6 message, complete and with its checksum. With a <paramref name="Link"/> it leaves by that link, with hop
    /// limit 255 (a Neighbor Discovery message); without one it is routed.
    /// </summary>
    public sealed record SendIcmp(IPAddress Source, IPAddress Destination, LinkId? Link, ReadOnlyMemory<byte> Message) : RoleAction;

    /// <summary>Create a tunnel end. A tunnel stands before the first route into it and after the last.</summary>
    public sealed record AddTunnel(Tunnel Tunnel) : RoleAction;

    public sealed record RemoveTunnel(Tunnel Tunnel) : RoleAction;

    public sealed record AddRoute(Route Route) : RoleAction;

    public sealed record RemoveRoute(Route Route) : RoleAction;

    /// <summary>Configure an address on a link of this node, tested for uniqueness there first if <paramref name="PerformDad"/>.</summary>
    public sealed record AddAddress(LinkId Link, IPAddress Address, bool PerformDad) : RoleAction;

    public sealed record RemoveAddress(LinkId Link, IPAddress Address) : RoleAction;

    /// <summary>Something worth a line in a log. <paramref name="Rule"/> is a short PascalCase name, <paramref name="Text"/> says it to a person.</summary>
    public sealed record Log(string Rule, string Text) : RoleAction;
}
