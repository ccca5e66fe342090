using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Parts of which deviating and unusual home agents are made.</summary>
internal static class HaParts
{
    private const string Section = "deviation";

    /// <summary>A home agent with other rules.</summary>
    public static Deviation Rules(string name, string description, string statement, Func<HomeAgentRules, HomeAgentRules> change) =>
        Any(name, description, statement, ha => ha with { Changes = Changes.To(change) });

    /// <summary>A home agent with any change.</summary>
    public static Deviation Any(string name, string description, string statement, Func<Implementation, Implementation> change) =>
        Deviation.Of(name, description, statement, change) with
        {
            Roles = ["HA"],
        };

    /// <summary>A home agent that asks its host for other actions.</summary>
    public static Deviation Acting(string name, string description, string statement, Func<RoleAction, IEnumerable<RoleAction>> change) =>
        Any(name, description, statement, ha => ha with { Around = (_, create) => new ActingRole(create(), change) });

    /// <summary>A home agent whose Binding Acknowledgements are edited once they are complete.</summary>
    public static Deviation Answering(string name, string description, string statement, Action<HomeAcknowledgement> edit) =>
        Rules(name, description, statement, rules => rules.WhenAnswered(edit));

    /// <summary>The rules with one more, which edits an acknowledgement that is complete.</summary>
    public static HomeAgentRules WhenAnswered(this HomeAgentRules rules, Action<HomeAcknowledgement> edit) =>
        rules with
        {
            Acknowledgement = rules.Acknowledgement.InsertingBefore(
                "SecurityAssociation",
                new(
                    Section,
                    "Edited",
                    answer =>
                    {
                        edit(answer);
                        return RuleOutcome.Continue;
                    }
                )
            ),
        };

    /// <summary>The rules with one more, which decides about an update before all others.</summary>
    public static HomeAgentRules WhenReceived(this HomeAgentRules rules, Func<HomeRegistration, RuleOutcome> apply) =>
        rules with
        {
            BindingUpdate = rules.BindingUpdate.InsertingBefore("UnicastSource", new(Section, "DecidedFirst", apply)),
        };

    /// <summary>The rules with one more, which sees an update once its bindings are stored, before anything is done for them.</summary>
    public static HomeAgentRules WhenStored(this HomeAgentRules rules, Action<HomeRegistration> apply) =>
        rules with
        {
            Registration = rules.Registration.InsertingBefore(
                "Forwarding",
                new(
                    Section,
                    "Stored",
                    request =>
                    {
                        apply(request);
                        return RuleOutcome.Continue;
                    }
                )
            ),
        };

    /// <summary>The rules with one more, which sees an update before its bindings are stored.</summary>
    public static HomeAgentRules WhenStoring(this HomeAgentRules rules, Action<HomeRegistration> apply) =>
        rules with
        {
            Registration = rules.Registration.InsertingBefore(
                "HomeAddressRemembered",
                new(
                    Section,
                    "Storing",
                    request =>
                    {
                        apply(request);
                        return RuleOutcome.Continue;
                    }
                )
            ),
        };

    /// <summary>The list without a rule, which only some editions have.</summary>
    public static RuleList<T> WithoutAny<T>(this RuleList<T> rules, string name) =>
        rules.Any(rule => rule.Name == name) ? rules.Without(name) : rules;

    /// <summary>The list with another rule in the place of one that only some editions have.</summary>
    public static RuleList<T> ReplacingAny<T>(this RuleList<T> rules, string name, Func<T, RuleOutcome> apply) =>
        rules.Any(rule => rule.Name == name) ? rules.Replacing(name, apply) : rules;

    /// <summary>The list with one more rule before one that only some editions have.</summary>
    public static RuleList<T> Preceding<T>(this RuleList<T> rules, string name, Func<T, RuleOutcome> apply) =>
        rules.Any(rule => rule.Name == name) ? rules.InsertingBefore(name, new(Section, $"Before{name}", apply)) : rules;

    /// <summary>The bindings that the home address of an update has, but the one of <paramref name="key"/>.</summary>
    public static IReadOnlyList<MobileBinding> Others(this HomeRegistration request, BindingKey key) =>
        [.. request.Bindings.Of(request.Home).Where(binding => binding.Key != key)];

    /// <summary>Removes bindings of a home address.</summary>
    public static void Remove(this HomeAgentState agent, IEnumerable<MobileBinding> bindings)
    {
        foreach (var binding in bindings.ToList())
        {
            agent.Remove(binding.Key);
        }
    }

    /// <summary>A rule by which O stands for all bindings in a removal, too.</summary>
    public static RuleOutcome AllRemovedForOverwrite(HomeRegistration request)
    {
        if (request.Overwrites)
        {
            request.Agent.Remove(request.Bindings.Of(request.Home));
        }
        return RuleOutcome.Continue;
    }

    public static bool HasFlag(this HomeRegistration request, BindingUpdateFlags flag) => request.Update.Flags.HasFlag(flag);

    /// <summary>The route of a home address into a tunnel.</summary>
    public static Route RouteInto(HomeAddressChange change, IPAddress careOf) =>
        new(IpPrefix.Of(change.Home), new RouteTarget.IntoTunnel(TunnelTo(change, careOf)));

    public static Tunnel TunnelTo(HomeAddressChange change, IPAddress careOf) =>
        change.Agent.Settings.TunnelTo(
            change.Home,
            careOf,
            change.Bindings.FirstOrDefault(binding => binding.CareOf.Equals(careOf))?.Ports
        );

    /// <summary>Makes this the only route of a home address.</summary>
    public static RuleOutcome RouteOnly(HomeAddressChange change, Route? route)
    {
        IReadOnlyList<Route> routes = route is null ? [] : [route];
        change.Agent.Forwarding.RemoveRoutes(change.Home, keep: routes);
        change.Agent.Forwarding.AddRoutes(change.Home, routes);
        return RuleOutcome.Continue;
    }

    /// <summary>The first care-of addresses of the mobile node that has this one (the pattern of the named configurations).</summary>
    public static IEnumerable<IPAddress> CareOfAddressesLike(IPAddress careOf)
    {
        const int at = 13;
        for (byte number = 1; number <= 3; number++)
        {
            var bytes = careOf.GetAddressBytes();
            bytes[at] = (byte)((bytes[at] & 0xf0) | number);
            yield return new IPAddress(bytes);
        }
    }

    /// <summary>Accepts the Home Address option from all care-of addresses of a mobile node, registered or not.</summary>
    public static IEnumerable<RoleAction> AnyHomeAddressOption(RoleAction action) =>
        action is RoleAction.AcceptHomeAddress accepted
            ? CareOfAddressesLike(accepted.CareOf).Select(careOf => accepted with { CareOf = careOf })
            : [action];

    /// <summary>
    /// All packets go to the care-of address that was registered first, while packets from all others are forwarded.
    /// </summary>
    public static Changes FirstCareOfAddressUsed { get; } =
        Changes
            .To<HomeAgentRules>(rules => rules with { Forwarding = rules.Forwarding.Replacing("PacketsTunnelled", IntoFirst) })
            .AndTo<ForwardingRules>(rules => rules with { TunnelExit = rules.TunnelExit.Without("ReversePath") });

    private static RuleOutcome IntoFirst(HomeAddressChange change) =>
        RouteOnly(change, change.CareOfAddresses is [var first, ..] ? RouteInto(change, first) : null);

    /// <summary>The mobility message that an action sends; null if it sends none.</summary>
    public static MobilityMessage? MessageIn(RoleAction action) =>
        action is RoleAction.SendSignal signal && MobilityMessage.TryParse(signal.MobilityHeader.Span, out var message, out _)
            ? message
            : null;

    /// <summary>The same action with another message.</summary>
    public static RoleAction With(this RoleAction action, MobilityMessage message) =>
        action is RoleAction.SendSignal signal ? signal with { MobilityHeader = signal.Path.Complete(message) } : action;

    /// <summary>Changes the Binding Errors of a home agent.</summary>
    public static Func<RoleAction, IEnumerable<RoleAction>> BindingErrors(Func<BindingError, BindingError?> change) =>
        action =>
            MessageIn(action) is not BindingError error ? [action]
            : change(error) is { } changed ? [action.With(changed)]
            : [];
}
