using System.Globalization;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node.Configuration;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>The previous value of a kernel setting that a node changes. Its text form is a line of <see cref="SetupJournal"/>.</summary>
internal abstract record KernelSetting
{
    private const string SwitchWord = "sysctl",
        AddressWord = "address",
        OffWord = "off",
        ArpWord = "arp",
        LinkLocalWord = "link-local";

    private KernelSetting() { }

    /// <summary>Restores the setting, unless it already has this value.</summary>
    public abstract void Restore(RouteNetlink netlink);

    /// <summary>Null if the line is unknown.</summary>
    public static KernelSetting? Parse(string line) =>
        line.Split(' ') switch
        {
            [SwitchWord, var name, var value] => new Switch(name, value),
            [AddressWord, var on, var address] => new HardwareAddress(on, Wire.MacAddress.Parse(address)),
            [OffWord, var on] => new Off(on),
            [ArpWord, var on] => new Arp(on),
            [LinkLocalWord, var on, .. var addresses] => new LinkLocalAddresses(on, [.. addresses.Select(ConfiguredAddress.Parse)]),
            _ => null,
        };

    /// <summary>A sysctl.</summary>
    public sealed record Switch(string Name, string Value) : KernelSetting
    {
        public static Switch Read(string name) => new(name, Sysctl.Read(name));

        public override void Restore(RouteNetlink netlink)
        {
            if (Sysctl.Read(Name) != Value)
            {
                Sysctl.Write(Name, Value);
            }
        }

        public override string ToString() => $"{SwitchWord} {Name} {Value}";
    }

    /// <summary>An interface on which the kernel resolves and answers IPv4 addresses.</summary>
    public sealed record Arp(string Interface) : KernelSetting
    {
        public override void Restore(RouteNetlink netlink) => netlink.Links.SetArp(netlink.Links.Get(Interface).Index, enabled: true);

        public override string ToString() => $"{ArpWord} {Interface}";
    }

    /// <summary>The link-layer address of an interface.</summary>
    public sealed record HardwareAddress(string Interface, MacAddress Address) : KernelSetting
    {
        public override void Restore(RouteNetlink netlink)
        {
            var link = netlink.Links.Get(Interface);
            if (link.Address == Address)
            {
                return;
            }
            try
            {
                netlink.Links.SetAddress(link.Index, Address);
            }
            catch (LinuxException) when (link.IsUp)
            {
                // Many devices accept a new address only while they are off.
                netlink.Links.SetDown(link.Index);
                netlink.Links.SetAddress(link.Index, Address);
                netlink.Links.SetUp(link.Index);
            }
        }

        public override string ToString() => $"{AddressWord} {Interface} {Address}";
    }

    /// <summary>An interface was switched off.</summary>
    public sealed record Off(string Interface) : KernelSetting
    {
        public override void Restore(RouteNetlink netlink) => netlink.Links.SetDown(netlink.Links.Get(Interface).Index);

        public override string ToString() => $"{OffWord} {Interface}";
    }

    /// <summary>The link-local addresses of an interface, which the kernel generates on every change.</summary>
    public sealed record LinkLocalAddresses(string Interface, IReadOnlyList<ConfiguredAddress> Addresses) : KernelSetting
    {
        public static LinkLocalAddresses Read(RouteNetlink netlink, string on) => new(on, [.. List(netlink, netlink.Links.Get(on).Index)]);

        public override void Restore(RouteNetlink netlink)
        {
            var index = netlink.Links.Get(Interface).Index;
            var now = List(netlink, index).ToList();
            foreach (var made in now.Except(Addresses))
            {
                KernelMarks.IgnoreGone(() => netlink.Addresses.Remove(index, made.Address, made.PrefixLength));
            }
            foreach (var lost in Addresses.Except(now))
            {
                netlink.Addresses.Add(index, lost.Address, lost.PrefixLength, KernelAddressFlags.NoDuplicateDetection);
            }
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{LinkLocalWord} {Interface} {string.Join(' ', Addresses)}").TrimEnd();

        private static IEnumerable<ConfiguredAddress> List(RouteNetlink netlink, int index) =>
            from address in netlink.Addresses.List()
            where address.LinkIndex == index && address.Address.IsIPv6LinkLocal
            select new ConfiguredAddress(address.Address, address.PrefixLength);
    }
}
