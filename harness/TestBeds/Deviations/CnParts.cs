using System.Net;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Parts of which deviating and unusual correspondent nodes are made.</summary>
internal static class CnParts
{
    private const string Section = "deviation";

    /// <summary>A correspondent node with any change.</summary>
    public static Deviation Any(string name, string description, string statement, Func<Implementation, Implementation> change) =>
        Deviation.Of(name, description, statement, change) with
        {
            Roles = ["CN"],
        };

    /// <summary>A correspondent node with other rules.</summary>
    public static Deviation Rules(
        string name,
        string description,
        string statement,
        Func<CorrespondentNodeRules, CorrespondentNodeRules> change
    ) => Any(name, description, statement, cn => cn with { Changes = Changes.To(change) });

    /// <summary>A correspondent node that tests Binding Updates by other rules.</summary>
    public static Deviation Tests(
        string name,
        string description,
        string statement,
        Func<RuleList<CorrespondentRegistration>, RuleList<CorrespondentRegistration>> change
    ) => Rules(name, description, statement, rules => rules with { Update = change(rules.Update) });

    /// <summary>A correspondent node whose acknowledgements are edited once they are complete.</summary>
    public static Deviation Answering(string name, string description, string statement, Action<CorrespondentAcknowledgement> edit) =>
        Rules(name, description, statement, rules => rules with { Acknowledgement = rules.Acknowledgement.Last(edit) });

    /// <summary>A correspondent node that writes other octets of an acknowledgement.</summary>
    /// <param name="before">A change that the authenticator covers.</param>
    /// <param name="after">A change after the authenticator and the checksum are there.</param>
    public static Deviation Writing(
        string name,
        string description,
        string statement,
        Func<byte[], byte[]>? before = null,
        Func<byte[], byte[]>? after = null
    ) =>
        Rules(
            name,
            description,
            statement,
            rules => rules with { Acknowledgement = rules.Acknowledgement.Last(draft => Write(draft, before, after)) }
        );

    /// <summary>A correspondent node that asks its host for other actions.</summary>
    public static Deviation Acting(string name, string description, string statement, Func<RoleAction, IEnumerable<RoleAction>> change) =>
        Any(name, description, statement, cn => cn with { Around = (_, create) => new ActingRole(create(), change) });

    /// <summary>A correspondent node whose packets are changed on their way out.</summary>
    public static Deviation Sending(string name, string description, string statement, Func<IOutputFilter> output) =>
        Any(name, description, statement, cn => cn with { Output = output });

    /// <summary>The list with one more rule at its beginning.</summary>
    public static RuleList<T> First<T>(this RuleList<T> rules, Func<T, RuleOutcome> apply) =>
        new([new NamedRule<T>(Section, "First", apply), .. rules]);

    /// <summary>The list with one more rule at its end.</summary>
    public static RuleList<T> Last<T>(this RuleList<T> rules, Func<T, RuleOutcome> apply) =>
        new([.. rules, new NamedRule<T>(Section, "Last", apply)]);

    /// <summary>The list with one more rule at its end, after which the next list follows.</summary>
    public static RuleList<T> Last<T>(this RuleList<T> rules, Action<T> apply) =>
        rules.Last(context =>
        {
            apply(context);
            return RuleOutcome.Continue;
        });

    /// <summary>The list with one more rule before another.</summary>
    public static RuleList<T> Ahead<T>(this RuleList<T> rules, string name, Action<T> apply) =>
        rules.AheadOf(
            name,
            context =>
            {
                apply(context);
                return RuleOutcome.Continue;
            }
        );

    /// <summary>
    /// The list with one more rule before another, which may end the list; unchanged if an edition does not have the other.
    /// </summary>
    public static RuleList<T> AheadOf<T>(this RuleList<T> rules, string name, Func<T, RuleOutcome> apply) =>
        rules.Has(name) ? rules.InsertingBefore(name, new(Section, $"Ahead{name}", apply)) : rules;

    /// <summary>The list without a rule that only some editions have.</summary>
    public static RuleList<T> Lacking<T>(this RuleList<T> rules, string name) => rules.Has(name) ? rules.Without(name) : rules;

    /// <summary>The list with another rule in place of one that only some editions have.</summary>
    public static RuleList<T> With<T>(this RuleList<T> rules, string name, Func<T, RuleOutcome> apply) =>
        rules.Has(name) ? rules.Replacing(name, apply) : rules;

    /// <summary>Removes bindings.</summary>
    public static void RemoveAll(this CorrespondentState node, IEnumerable<MobileBinding> bindings)
    {
        foreach (var binding in bindings.ToList())
        {
            node.Remove(binding.Key);
        }
    }

    /// <summary>The bindings of the home address of an update that it does not name.</summary>
    public static IEnumerable<MobileBinding> Others(this CorrespondentRegistration request) =>
        request.Bindings.Of(request.Home).Where(binding => request.Items.All(item => item.Key != binding.Key));

    /// <summary>
    /// Whether an update comes from another mobile node than the first that has a binding: the fault spares the one that a scenario begins
    /// with.
    /// </summary>
    public static bool IsOfSecond(this CorrespondentRegistration request) => OthersWithBindings(request).Any();

    /// <summary>True if at least two other mobile nodes have bindings.</summary>
    public static bool IsOfThird(this CorrespondentRegistration request) => OthersWithBindings(request).Count() > 1;

    private static IEnumerable<IPAddress> OthersWithBindings(CorrespondentRegistration request) =>
        request.Bindings.All.Select(binding => binding.Key.Home).Where(home => !home.Equals(request.Home)).Distinct();

    /// <summary>A fault of the rules by which a binding is cached.</summary>
    public static Deviation Caches(
        string name,
        string description,
        string statement,
        Func<RuleList<CorrespondentRegistration>, RuleList<CorrespondentRegistration>> change
    ) => Rules(name, description, statement, rules => rules with { Caching = change(rules.Caching) });

    /// <summary>A fault of the rules by which a binding is deleted.</summary>
    public static Deviation Deletes(
        string name,
        string description,
        string statement,
        Func<RuleList<CorrespondentRegistration>, RuleList<CorrespondentRegistration>> change
    ) => Rules(name, description, statement, rules => rules with { Deletion = change(rules.Deletion) });

    /// <summary>The address with another octet at the end, or at a place that the pattern of care-of addresses counts by.</summary>
    public static IPAddress WithOctet(this IPAddress address, int index, Func<byte, byte> change)
    {
        var octets = address.GetAddressBytes();
        octets[index] = change(octets[index]);
        return new IPAddress(octets);
    }

    /// <summary>The mobility message that an action sends; null if it sends none.</summary>
    public static MobilityMessage? Sent(RoleAction action) =>
        action is RoleAction.SendSignal signal && MobilityMessage.TryParse(signal.MobilityHeader.Span, out var message, out _)
            ? message
            : null;

    /// <summary>Changes the octets of messages of a type that go without a routing header.</summary>
    public static Func<IOutputFilter> Octets(MobilityHeaderType type, Action<byte[]> edit) => () => new MessageFilter(type, edit);

    private static RuleOutcome Write(CorrespondentAcknowledgement draft, Func<byte[], byte[]>? before, Func<byte[], byte[]>? after)
    {
        var message = draft.ToMessage();
        var octets = new byte[message.Length];
        message.Write(octets);
        octets = before?.Invoke(octets) ?? octets;
        if (draft.Key is { } key && BindingAuthorization.CheckPlace(octets) is null)
        {
            BindingAuthorization.Fill(key, draft.AuthorizedAddress, draft.Request.Node.Settings.Address, octets);
        }
        if (draft.Path is Ipv6Signaling path)
        {
            MobilityHeader.FillChecksum(path.HomeAddress ?? path.Source, path.RoutedTo ?? path.Destination, octets);
        }
        draft.Request.Node.Actions.Add(new RoleAction.SendSignal(draft.Path, after?.Invoke(octets) ?? octets));
        return RuleOutcome.Stop;
    }

    private sealed class MessageFilter(MobilityHeaderType type, Action<byte[]> edit) : IOutputFilter
    {
        public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
            [
                (
                    TimeSpan.Zero,
                    FrameEditor.EditOctets(
                        frame,
                        octets =>
                        {
                            if (octets[MobilityHeader.TypeOffset] == (byte)type)
                            {
                                edit(octets);
                            }
                            return octets;
                        }
                    )
                ),
            ];
    }
}
