using System.Net;
using Conformance.Testing.Checks;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mobility;

/// <summary>Notes the bindings of a mobile node as the answers to its updates say, whatever a scenario has expected.</summary>
internal sealed class BindingLedger(WireEdition edition)
{
    private const int SecondsPerUnit = 4;

    /// <summary>The status by which the draft answers an update that it has carried out (Section 6.3), though its number is open.</summary>
    private byte? Conflict => edition.BindingIdentifier == BindingIdentifierLayout.Draft04 ? edition.DraftStatuses.McoaBidConflict : null;

    /// <param name="exchange">An update with its answer.</param>
    public void Note(Exchange exchange)
    {
        var (node, answer) = (exchange.Node!, exchange.Answer!.Mobility!);
        if (answer.Status == Answer.SequenceNumberOutOfWindow)
        {
            // RFC 6275, Section 11.7.3.
            node.CareOfBindings.Accepted(answer.SequenceNumber);
        }

        if (!IsDone(answer.Status))
        {
            return;
        }

        node.CareOfBindings.Accepted(exchange.Message.SequenceNumber);
        var asked = BindingIdentity.In(exchange.Message, edition);
        if (asked.Count == 0 || BindingIdentity.In(answer, edition).Count == 0)
        {
            NotePlain(exchange, node);
        }
        else
        {
            NoteEach(exchange, node, asked);
        }

        node.Binding.AcceptedRequest = exchange.IsDeregistration ? node.Binding.AcceptedRequest : exchange;
        node.LeftoverUntil = node.CareOfBindings.All.Select(binding => binding.Until).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
    }

    /// <summary>RFC 6275, Sections 10.3.1 and 10.3.2; of several bindings, one is left, or none.</summary>
    private void NotePlain(Exchange exchange, MobileNode node)
    {
        node.CareOfBindings.Clear();
        if (!exchange.IsDeregistration)
        {
            Register(exchange, node, bid: null, option: null);
        }
    }

    private void NoteEach(Exchange exchange, MobileNode node, IReadOnlyList<BindingIdentity> asked)
    {
        var done = asked
            .Where(option => IsDone(BidOptions.StatusOf(exchange.Answer!.Mobility!, option.Bid, edition) ?? byte.MaxValue))
            .ToList();
        if (exchange.IsDeregistration)
        {
            done.ForEach(option => End(node, option));
            return;
        }

        var known = node.CareOfBindings.All.ToList();
        if (
            asked.Any(option => option.Overwrites)
            || (edition.OverwriteFlag == OverwritePlace.BindingUpdate && exchange.Message.OverwriteFlag)
        )
        {
            node.CareOfBindings.Clear();
        }

        node.CareOfBindings.Removed(bid: null);
        foreach (var option in done)
        {
            Register(exchange, node, (ushort)option.Bid, option, known.Find(binding => binding.Bid == option.Bid)?.CareOf);
        }
    }

    /// <summary>In the draft (Section 6.3), an update of lifetime 0 with the H flag leaves a home binding.</summary>
    private void End(MobileNode node, BindingIdentity option)
    {
        var ended = node.CareOfBindings.Of((ushort)option.Bid);
        node.CareOfBindings.Removed((ushort)option.Bid);
        if (ended is not null && option.IsHome && edition.BindingIdentifier == BindingIdentifierLayout.Draft04)
        {
            node.CareOfBindings.Registered(ended with { CareOf = CareOf.Home });
        }
    }

    private void Register(Exchange exchange, MobileNode node, ushort? bid, BindingIdentity? option, CareOf? known = null)
    {
        var isInUdp = exchange.Request.IsMessageInUdp;
        var source = isInUdp ? exchange.Request.Outer!.Source : exchange.Request.Ip!.Source;

        // RFC 5648, Section 8.1: the IPv4 source counts if the option has another address.
        var ofOption = isInUdp && option?.Ipv4CareOf is not null ? source : option?.CareOf ?? option?.Ipv4CareOf;
        var alternate = exchange.Message.First(AlternateCareOfAddressKind.Type)?.Address;
        var isKept = option is not null && known is not null && edition.BindingIdentifier != BindingIdentifierLayout.Draft04;
        var place = option is { IsHome: true }
            ? CareOf.Home
            : PlaceOf(node, ofOption) ?? (isKept ? known : null) ?? PlaceOf(node, alternate) ?? PlaceOf(node, source);
        if (place is not null)
        {
            var until = exchange.Answer!.Frame.At + TimeSpan.FromSeconds(exchange.Answer.Mobility!.LifetimeUnits * SecondsPerUnit);
            node.CareOfBindings.Registered(new CareOfBinding(place, bid, until));
        }
    }

    private bool IsDone(byte status) => status < MobilityOctets.FirstRejection || status == Conflict;

    private static CareOf? PlaceOf(MobileNode node, IPAddress? address) => address is null ? null : node.Identity.PlaceOf(address);
}
