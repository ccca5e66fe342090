using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>The actions that a role has requested and its host has not yet taken, oldest first.</summary>
public sealed class ActionQueue
{
    private readonly Queue<RoleAction> _actions = [];

    public void Add(RoleAction action) => _actions.Enqueue(action);

    public bool TryTake([NotNullWhen(true)] out RoleAction? action) => _actions.TryDequeue(out action);

    /// <param name="protectedFor">As <see cref="RoleAction.SendSignal.ProtectedFor"/>.</param>
    public void Send(SignalingTransport path, MobilityMessage message, IPAddress? protectedFor = null) =>
        Add(new RoleAction.SendSignal(path, path.Complete(message)) { ProtectedFor = protectedFor });

    public void Send(IPAddress source, IPAddress destination, LinkId? link, Icmpv6Message message) =>
        Add(new RoleAction.SendIcmp(source, destination, link, message.ToBytes(source, destination)));

    public void Log(string rule, string text) => Add(new RoleAction.Log(rule, text));
}
