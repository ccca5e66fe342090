using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Binding Update while a correspondent node decides about it, RFC 6275, Sections 9.5.1 to 9.5.3.</summary>
public sealed class CorrespondentRegistration : BindingRequest
{
    internal CorrespondentRegistration(CorrespondentState node, RoleInput.Signal signal, BindingUpdate update, Now now)
        : base(signal, update, now, node.Rules.Mcoa, node.Bindings, node.Actions)
    {
        Node = node;
        NonceIndices = update.Options.First<NonceIndicesOption>();
        GrantedLifetimeUnits = update.LifetimeUnits;
    }

    public CorrespondentState Node { get; }

    public override bool AllowsMultipleCareOfAddresses => Node.Settings.AllowsMultipleCareOfAddresses;

    public NonceIndicesOption? NonceIndices { get; }

    /// <summary>The care-of address that the message asks to register; its token is part of the key.</summary>
    public IPAddress RequestedCareOf => Node.Rules.CareOfAddress(this);

    /// <summary>RFC 6275, Section 6.2.7: the address that the authenticators cover. That is the home address in a removal.</summary>
    public IPAddress AuthorizedAddress => IsRemoval ? Home : RequestedCareOf;

    /// <summary>Kbm, once the nonces are recognized.</summary>
    public BindingManagementKey? Key { get; set; }

    /// <summary>The lifetime that the answer grants.</summary>
    public ushort GrantedLifetimeUnits { get; set; }

    /// <summary>The nonces that a registration uses; null without their indices.</summary>
    public NonceUse? NonceUse =>
        NonceIndices is { } indices ? new NonceUse(Home, RequestedCareOf, indices.HomeNonceIndex, indices.CareOfNonceIndex) : null;
}
