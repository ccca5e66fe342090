using Pmip.Linux.Native;

namespace Pmip.Linux.Netlink;

/// <summary>Routing rules: RTM_NEWRULE, RTM_DELRULE, RTM_GETRULE.</summary>
public sealed class Rules
{
    /// <summary>linux/rtnetlink.h.</summary>
    private const ushort NewMessage = 32,
        DeleteMessage = 33,
        GetMessage = 34;

    private readonly NetlinkSocket _socket;

    internal Rules(NetlinkSocket socket) => _socket = socket;

    /// <summary>Lists the rules of both families.</summary>
    public IReadOnlyList<KernelRule> List() =>
        _socket.Dump(
            new NetlinkRequest(GetMessage, "RTM_GETRULE").AddHeader(new KernelRule.Header()),
            static (_, payload) => KernelRule.Read(payload)
        );

    public void Add(KernelRule rule) =>
        _socket.Execute(Request(NewMessage, "RTM_NEWRULE", rule, NetlinkRequest.Create | NetlinkRequest.Exclusive), Describe(rule));

    public void Remove(KernelRule rule) => _socket.Execute(Request(DeleteMessage, "RTM_DELRULE", rule, 0), Describe(rule));

    private static string Describe(KernelRule rule) =>
        $"{rule.Priority} of {(rule.IsIpv4 ? "IPv4" : "IPv6")}{(rule.UpperLayer is { } upper ? $" protocol {upper}" : "")}"
        + $" from {rule.From?.ToString() ?? "all"} to {rule.To?.ToString() ?? "all"}, "
        + $"incoming interface {rule.InputInterface ?? "all"}: table {rule.Table}";

    private static NetlinkRequest Request(ushort type, string name, KernelRule rule, int flags)
    {
        var header = new KernelRule.Header
        {
            Family = (byte)(rule.IsIpv4 ? Libc.FamilyInet : Libc.FamilyInet6),
            ToLength = (byte)(rule.To?.PrefixLength ?? 0),
            FromLength = (byte)(rule.From?.PrefixLength ?? 0),
            Action = KernelRule.ToTableAction,
        };
        var request = new NetlinkRequest(type, name, (ushort)flags)
            .AddHeader(header)
            .Add(KernelRule.TableAttribute, rule.Table)
            .Add(KernelRule.PriorityAttribute, rule.Priority);
        if (rule.Protocol != 0)
        {
            request.Add(KernelRule.ProtocolAttribute, rule.Protocol);
        }
        if (rule.To is { } to)
        {
            request.Add(KernelRule.ToAttribute, to.BaseAddress.GetAddressBytes());
        }
        if (rule.From is { } from)
        {
            request.Add(KernelRule.FromAttribute, from.BaseAddress.GetAddressBytes());
        }
        if (rule.UpperLayer is { } upper)
        {
            request.Add(KernelRule.UpperLayerAttribute, upper);
        }
        if (rule.DestinationPort is { } port)
        {
            request.Add(KernelRule.DestinationPortsAttribute, new KernelRule.PortRange { First = port, Last = port });
        }
        if (rule.InputInterface is { } input)
        {
            request.Add(KernelRule.InAttribute, input);
        }
        return request;
    }
}
