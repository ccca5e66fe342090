using Pmip.Linux.Netlink;

namespace Pmip.Linux;

/// <summary>
/// An interface that is left to a tester: on it the kernel has no IPv6, resolves and answers nothing, and frames are on the
/// wire as they are seen. What was switched off comes back with <see cref="Dispose"/>, except the addresses the kernel had there.
/// </summary>
public sealed class QuietInterface : IDisposable
{
    private readonly NetworkNamespace _namespace;
    private readonly string _name;
    private readonly Offloads _offloads;
    private readonly string _ipv6Disabled;
    private readonly bool _arp;
    private bool _restored;

    private QuietInterface(string name)
    {
        _name = name;
        _offloads = InterfaceOffloads.Read(name);
        _ipv6Disabled = Sysctl.Read(Ipv6Switch(name));
        using var netlink = RouteNetlink.Open();
        _arp = !netlink.Links.Get(name).Flags.HasFlag(LinkFlags.NoArp);
        _namespace = NetworkNamespace.OpenCurrent();
    }

    /// <summary>What was on, and is off as far as the device lets it be.</summary>
    public Offloads SwitchedOff => _offloads;

    /// <summary>Takes an interface of the calling thread's namespace from the kernel. Whether it is up stays as it is.</summary>
    public static QuietInterface Take(string name)
    {
        var taken = new QuietInterface(name);
        try
        {
            Apply(name, arp: false, ipv6Disabled: "1");
            InterfaceOffloads.Set(name, taken._offloads, on: false);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Gives it back to the kernel, in the namespace it was taken in. Nothing is left to do if it is gone.</summary>
    public void Dispose()
    {
        if (_restored)
        {
            return;
        }
        _restored = true;
        using (_namespace)
        {
            _namespace.Run(Restore);
        }
    }

    private static string Ipv6Switch(string name) => $"net/ipv6/conf/{name}/disable_ipv6";

    private static void Apply(string name, bool arp, string ipv6Disabled)
    {
        Sysctl.Write(Ipv6Switch(name), ipv6Disabled);
        using var netlink = RouteNetlink.Open();
        netlink.Links.SetArp(netlink.Links.Get(name).Index, arp);
    }

    private void Restore()
    {
        try
        {
            Apply(_name, _arp, _ipv6Disabled);
            InterfaceOffloads.Set(_name, _offloads, on: true);
        }
        catch (LinuxException gone) when (gone.ErrorNumber is Errno.NoDevice or Errno.NoEntry)
        {
            // It was deleted or moved away in the meantime.
        }
    }
}
