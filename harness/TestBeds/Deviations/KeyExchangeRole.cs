using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// A role that begins IKEv2 with a node before its first message to it, and does without security associations as long as the node does
/// not answer: RFC 7296, Section 1.2. It is only the first message.
/// </summary>
internal sealed class KeyExchangeRole(IRole role) : IRole
{
    private const ushort Port = 500;
    private const byte SecurityAssociation = 33,
        KeyExchange = 34,
        Nonce = 40,
        Curve25519 = 31;
    private const int LengthOffset = 24;

    private readonly HashSet<IPAddress> _begun = [];
    private readonly Queue<RoleAction> _next = [];

    public Instant? NextTimeout => role.NextTimeout;

    public void Handle(RoleInput input, Now now) => role.Handle(input, now);

    public void HandleTimeout(Now now) => role.HandleTimeout(now);

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action)
    {
        if (_next.Count == 0 && role.TryTakeAction(out var wanted))
        {
            if (wanted is RoleAction.SendSignal { Path: var path } && _begun.Add(path.Destination))
            {
                _next.Enqueue(new RoleAction.SendUdp(new UdpPath(path.Source, Port, path.Destination, Port), Link: null, Begin()));
            }
            _next.Enqueue(wanted);
        }

        return _next.TryDequeue(out action);
    }

    /// <summary>IKE_SA_INIT with one proposal: AES-CBC of 128 bits, HMAC-SHA-256 and Curve25519.</summary>
    private static byte[] Begin()
    {
        byte[] transforms =
        [
            .. Transform(more: true, type: 1, 12, [0x80, 14, 0, 128]),
            .. Transform(more: true, type: 2, 5),
            .. Transform(more: true, type: 3, 12),
            .. Transform(more: false, type: 4, Curve25519),
        ];
        byte[] proposal = [0, 0, 0, (byte)(8 + transforms.Length), 1, 1, 0, 4, .. transforms];
        byte[] message =
        [
            .. "initiate"u8,
            .. new byte[8],
            SecurityAssociation,
            0x20, // version 2.0
            34, // IKE_SA_INIT
            0x08, // from the initiator
            .. new byte[4],
            .. new byte[4],
            .. Payload(KeyExchange, proposal),
            .. Payload(Nonce, [0, Curve25519, 0, 0, .. Enumerable.Repeat((byte)9, 32)]),
            .. Payload(0, [.. Enumerable.Range(1, 32).Select(octet => (byte)octet)]),
        ];
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(LengthOffset), (uint)message.Length);
        return message;
    }

    private static byte[] Transform(bool more, byte type, byte id, params byte[] attribute) =>
        [more ? (byte)3 : (byte)0, 0, 0, (byte)(8 + attribute.Length), type, 0, 0, id, .. attribute];

    private static byte[] Payload(byte next, byte[] content) => [next, 0, 0, (byte)(4 + content.Length), .. content];
}
