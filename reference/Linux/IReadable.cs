namespace Pmip.Linux;

/// <summary>Something that <see cref="Readiness"/> can wait for: sockets, TUN devices, subscriptions, wake-ups.</summary>
public interface IReadable
{
    FileDescriptor Descriptor { get; }
}
