using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Roles.Mobility;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What a peer answers to an update.</summary>
/// <param name="Status">That of the acknowledgement.</param>
/// <param name="OfBids">The statuses in the BID options that are not 0.</param>
/// <param name="SequenceNumber">That of the update, or the last accepted one (RFC 6275, Section 9.5.1).</param>
public sealed record PeerDecision(byte Status, IReadOnlyDictionary<int, byte> OfBids, ushort SequenceNumber);

/// <summary>
/// The binding cache of a peer that the tester plays, for the one home address of the mobile node under test: RFC 6275, Sections 9.5.1 and
/// 10.3; RFC 5648, Section 6.2; draft-ietf-monami6-multiplecoa-04, Section 6.3.
/// </summary>
/// <param name="isHomeAgent">False for a correspondent node, which takes one BID at a time.</param>
/// <param name="takesIpv4">True for a peer that can reach an IPv4 care-of address.</param>
public sealed class PeerCache(WireEdition edition, bool isHomeAgent, bool takesIpv4)
{
    private const int SecondsPerUnit = 4;

    /// <summary>How long the home binding of the draft lasts, which comes with a lifetime of 0 (Section 5.5).</summary>
    private const ushort HomeUnits = 10;

    private ushort? _last;

    public PeerBindings Bindings { get; } = new();

    private bool IsOfDraft => edition.BindingIdentifier == BindingIdentifierLayout.Draft04;

    /// <summary>What the peer answers, unless a scenario says something else. Nothing changes.</summary>
    public PeerDecision Decide(RequestedUpdate update)
    {
        var now = update.At;
        var number = update.Message.SequenceNumber;
        if (LastNumber(update) is { } last && (short)(number - last) <= 0)
        {
            return Plain((byte)BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, last);
        }

        if (!update.HasIdentifiers)
        {
            return Plain(update.IsDeregistration && isHomeAgent && Bindings.At(now).Count == 0 ? NoBinding : (byte)0, number);
        }

        if (!isHomeAgent && update.Entries.Count > 1)
        {
            return Plain(Bulk, number);
        }

        if (!takesIpv4 && update.Entries.Any(entry => entry.CareOf is { AddressFamily: AddressFamily.InterNetwork }))
        {
            return Plain((byte)BindingStatus.MCOA_MALFORMED, number);
        }

        if (!update.IsDeregistration && !update.Overwrites && Bindings.Find(bid: null, now) is not null)
        {
            return Plain(IsOfDraft ? edition.DraftStatuses.McoaBidConflict : (byte)BindingStatus.MCOA_NON_MCOA_BINDING_EXISTS, number);
        }

        return Combined(
            update,
            update
                .Entries.Select(entry => (Bid: entry.Bid!.Value, Status: StatusOf(update, entry, now)))
                .Where(each => each.Status != 0)
                .DistinctBy(each => each.Bid)
                .ToDictionary(each => each.Bid, each => each.Status)
        );
    }

    /// <summary>An answer with statuses of some BIDs, in the places where the edition has them.</summary>
    public PeerDecision Combined(RequestedUpdate update, IReadOnlyDictionary<int, byte> ofBids)
    {
        var number = update.Message.SequenceNumber;
        return ofBids.Count == 0 ? Plain(0, number)
            : !isHomeAgent || update.Entries.Count == 1 ? Plain(ofBids.Values.First(), number)
            : WithOptions(update, ofBids);
    }

    /// <summary>An answer with statuses of some BIDs in their options.</summary>
    public PeerDecision WithOptions(RequestedUpdate update, IReadOnlyDictionary<int, byte> ofBids)
    {
        var isIncomplete = !IsOfDraft && ofBids.Values.Any(status => status >= MobilityOctets.FirstRejection);
        return new(isIncomplete ? (byte)BindingStatus.MCOA_NOTCOMPLETE : (byte)0, ofBids, update.Message.SequenceNumber);
    }

    /// <summary>Notes an acknowledgement that was sent, whatever the peer had decided.</summary>
    /// <param name="answer">The acknowledgement as its receiver reads it.</param>
    public void Note(RequestedUpdate update, MobilityOctets answer)
    {
        var conflict = IsOfDraft ? edition.DraftStatuses.McoaBidConflict : (byte?)null;
        if (answer.Status >= MobilityOctets.FirstRejection && answer.Status != conflict)
        {
            return;
        }

        _last = update.Message.SequenceNumber;
        if (!update.HasIdentifiers || BindingIdentity.In(answer, edition).Count == 0)
        {
            Bindings.Clear();
            if (!update.IsDeregistration)
            {
                Put(update, update.Entries[0] with { Bid = null }, answer);
            }

            return;
        }

        var known = Bindings.At(update.At);
        if (!update.IsDeregistration && update.Overwrites)
        {
            Bindings.Clear();
        }

        foreach (var entry in update.Entries)
        {
            var status = BidOptions.StatusOf(answer, entry.Bid!.Value, edition);
            if (status is null || (status >= MobilityOctets.FirstRejection && status != conflict))
            {
                continue;
            }

            Bindings.Remove(bid: null);
            Bindings.Remove(entry.Bid);
            if (!update.IsDeregistration || (entry.IsHome && IsOfDraft))
            {
                var before = known.FirstOrDefault(binding => binding.Bid == entry.Bid);
                Put(update, entry with { CareOf = entry.CareOf ?? (IsOfDraft ? null : before?.CareOf) }, answer);
            }
        }
    }

    /// <summary>The status of an update with a BID where that is not allowed.</summary>
    public byte Prohibited => IsOfDraft ? edition.DraftStatuses.McoaProhibited : (byte)BindingStatus.MCOA_PROHIBITED;

    private const byte NoBinding = (byte)BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE;

    /// <summary>The status of an update for several BIDs where that is not allowed.</summary>
    public byte Bulk =>
        IsOfDraft ? edition.DraftStatuses.McoaBulkRegistrationNotSupported : (byte)BindingStatus.MCOA_BULK_REGISTRATION_PROHIBITED;

    private static PeerDecision Plain(byte status, ushort number) => new(status, new Dictionary<int, byte>(), number);

    private byte StatusOf(RequestedUpdate update, RequestedEntry entry, DateTimeOffset now)
    {
        var isKnown = Bindings.Find(entry.Bid, now) is not null;
        return isKnown || (IsOfDraft && !update.IsDeregistration) ? (byte)0
            : update.IsDeregistration ? (entry.IsHome && IsOfDraft ? (byte)0 : NoBinding)
            : entry.CareOf is null ? (byte)BindingStatus.MCOA_UNKNOWN_COA
            : (byte)0;
    }

    /// <summary>The draft counts the updates of each BID apart (Section 5.4), the RFC those of the mobile node.</summary>
    private ushort? LastNumber(RequestedUpdate update)
    {
        var bindings = Bindings.At(update.At);
        if (bindings.Count == 0)
        {
            return null;
        }

        var ofBids = bindings.Where(binding => update.Entries.Any(entry => entry.Bid == binding.Bid)).ToList();
        return !IsOfDraft || !update.HasIdentifiers ? _last
            : ofBids.Count == 0 ? null
            : ofBids.Select(binding => binding.SequenceNumber).Aggregate((one, other) => (short)(other - one) > 0 ? other : one);
    }

    private void Put(RequestedUpdate update, RequestedEntry entry, MobilityOctets answer)
    {
        var isHome = entry.IsHome;
        IPAddress careOf = isHome ? update.Home : entry.CareOf ?? update.PlainCareOf;
        var units = Math.Max(answer.LifetimeUnits, (ushort)(isHome && IsOfDraft ? HomeUnits : 0));
        Bindings.Put(
            new PeerBinding(
                entry.Bid,
                careOf,
                update.Message.SequenceNumber,
                update.At,
                update.At + TimeSpan.FromSeconds(units * SecondsPerUnit)
            )
            {
                IsHome = isHome,
            }
        );
    }
}
