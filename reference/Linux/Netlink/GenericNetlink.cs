using System.Runtime.InteropServices;

namespace Pmip.Linux.Netlink;

/// <summary>Generic netlink, linux/genetlink.h: families whose numbers the kernel assigns when it starts.</summary>
internal sealed class GenericNetlink : IDisposable
{
    /// <summary>GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME.</summary>
    private const ushort Controller = 0x10,
        FamilyId = 1,
        FamilyName = 2;
    private const byte GetFamily = 3;

    private readonly NetlinkSocket _socket = new(blocking: true, NetlinkSocket.GenericProtocol);
    private readonly string _name;
    private readonly ushort _family;

    /// <summary>Opens a family in the calling thread's namespace.</summary>
    /// <exception cref="LinuxException">The kernel does not have the family (ENOENT).</exception>
    internal GenericNetlink(string family)
    {
        _name = family;
        try
        {
            var request = new NetlinkRequest(Controller, "CTRL_CMD_GETFAMILY")
                .AddHeader(new Header { Command = GetFamily, Version = 1 })
                .Add(FamilyName, family);
            _family = _socket.Get<FamilyNumber>(request, family, static (_, payload) => ReadFamily(payload)).Value;
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>A request of a family without attributes.</summary>
    internal static NetlinkRequest Request(ushort family, byte command, string name) =>
        new NetlinkRequest(family, name).AddHeader(new Header { Command = command, Version = 1 });

    /// <param name="name">The command's name in the header file, for exceptions.</param>
    internal void Execute(byte command, string name, Action<NetlinkRequest> addAttributes)
    {
        var request = Request(_family, command, name);
        addAttributes(request);
        _socket.Execute(request, _name);
    }

    public void Dispose() => _socket.Dispose();

    private static FamilyNumber? ReadFamily(ReadOnlySpan<byte> payload)
    {
        var attributes = AttributeReader.After<Header>(payload, out _);
        while (attributes.TryNext(out var attribute))
        {
            if (attribute.Type == FamilyId)
            {
                return new FamilyNumber(MemoryMarshal.Read<ushort>(attribute.Data));
            }
        }

        return null;
    }

    private sealed record FamilyNumber(ushort Value);

    /// <summary>struct genlmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        internal byte Command;
        internal byte Version;
        internal ushort Reserved;
    }
}
