using Pmip.Linux.Netlink;

namespace Pmip.Linux;

/// <summary>
/// An interface reserved for a tester: on it, the kernel has no IPv6 and resolves and answers no addresses, and offloads are off, so
/// that captured frames are as on the wire. <see cref="Dispose"/> restores the settings, except the kernel's addresses.
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

    /// <summary>The offloads that were on; they are now off, as far as the device permits.</summary>
    public Offloads SwitchedOff => _offloads;

    /// <summary>Takes an interface of the calling thread's namespace from the kernel. The interface stays up or down as it was.</summary>
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

    /// <summary>
    /// Returns the interface to the kernel, in the namespace in which it was taken. Does nothing if the interface no longer exists.
    /// </summary>
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
            // The interface was deleted or moved to another namespace in the meantime.
        }
    }
}
