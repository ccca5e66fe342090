using System.Text.RegularExpressions;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Scenarios;

namespace Conformance.TestBeds;

/// <summary>
/// Tells from the phrases of a scenario what it needs that a device, by its IXIT, may not have. What is missing is no fault of the
/// device: the scenario is not tested, and the reason names the key of the profile that would say otherwise.
/// </summary>
public static partial class Abilities
{
    private const string WaitingTime = "MaxDelayBeforeNewBCEAssign";
    private const string NoWait = "!waits-for-deregistration";

    /// <summary>Its scenarios leave a mobile node that has to be restarted before it registers again.</summary>
    private const string RestoredByRestart = "mn-restored-by-restart";

    /// <summary>The bindings of a figure, of links 1, 2 and 4; in some of them the mobile node is at home.</summary>
    private const string Figure = "the bindings of Figure ";

    /// <summary>The places of a mobile node under test that need its interface on the home link: there or elsewhere.</summary>
    private static readonly string[] _linksAtHome = ["4", "5"];

    /// <summary>What a phrase needs of the management of the device.</summary>
    private static readonly IReadOnlyList<(Regex Phrase, string Key, string Missing)> _managed =
    [
        (new(@"^the operator sets "), "set", "the tester cannot set variables of the device"),
        (new(@"^the (?:device|MN) restarts"), "restart", "the tester cannot restart the device"),
        (new(@"^the operator authorizes "), "authorize", "the tester cannot authorize MAGs at the device"),
        (new(@"^the operator no longer authorizes "), "deauthorize", "the tester cannot end the authorization of MAGs at the device"),
        (new(@"^the operator withdraws "), "renumber", "the tester cannot tell the device that a prefix is withdrawn"),
        (new(@"^the operator terminates "), "terminate", "the tester cannot end the sessions of a mobile node at the device"),
        (new(@"^the operator reenables "), "reenable", "the tester cannot tell the device to register a refused mobile node again"),
        (new(@"^MN\d+ attaches .* with hint "), "hint", "the tester cannot tell the device how a mobile node arrives"),
        (new(@"^MN\d+ attaches .* with timestamp "), "timestamp", "the tester cannot tell the device the timestamp of a mobile node"),
    ];

    public static string? Missing(Ixit ixit, Scenario scenario) =>
        MissingOfInterfaces(ixit, scenario)
        ?? MissingOfNat(ixit)
        ?? MissingOfRestart(ixit, scenario)
        ?? scenario
            .Steps.Select(step => Missing(ixit, step.Text, isWaiting: !scenario.IcsConditions.Contains(NoWait)))
            .FirstOrDefault(missing => missing is not null);

    /// <summary>Of a node with two interfaces, one may have prefixes in its profile.</summary>
    private static string? MissingOfInterfaces(Ixit ixit, Scenario scenario) =>
        ixit.Multihomed is { StaticPrefix: null }
        && scenario.Steps.Any(step => IsAboutInterfaces(step.Text))
        && scenario.Steps.Any(step => KindOf().Match(step.Text).Groups[1].Value == Ixit.StaticKind)
            ? "identities.multihomed.staticPrefix: the device has no prefix in the profile of one interface"
            : null;

    private static string? MissingOfNat(Ixit ixit) =>
        ixit.Domain.Of(NodeRole.Nat).Any(nat => nat.IsReal)
        && HostProgram.Nat.FirstOrDefault(program => !ixit.Programs.Contains(program)) is { } missing
            ? $"programs.{missing}: no host can be a NAT; {HostProgram.PackageOf(missing)}"
            : null;

    private static string? MissingOfRestart(Ixit ixit, Scenario scenario) =>
        scenario.IcsConditions.Contains(RestoredByRestart) && !ixit.Management.Contains("restart")
            ? "management.restart: the tester cannot restart the device"
            : null;

    private static bool IsAboutInterfaces(string step) => step.EndsWith("are interfaces of one mobile node", StringComparison.Ordinal);

    /// <summary>
    /// The link of a MAG or a mobile node under test that a step names and the device has no interface for; null if there is none.
    /// </summary>
    private static string? MissingLink(Ixit ixit, string step)
    {
        var isOfMobileNode = ixit.MobileNode is not null;
        return isOfMobileNode || ixit.Domain.Tested is { Role: NodeRole.Mag }
            ? PlaceOf()
                .Matches(step)
                .Select(NameOf)
                .OfType<string>()
                .Concat(isOfMobileNode && step.Contains(Figure, StringComparison.Ordinal) ? ["link2", Ports.Home.Name] : [])
                .FirstOrDefault(port => ixit.Domain.Find(new PortId(port)) is null)
            : null;

        string? NameOf(Match place) =>
            place.Groups[1] is { Success: true } link && (!isOfMobileNode || !_linksAtHome.Contains(link.Value)) ? $"link{link.Value}"
            : isOfMobileNode ? Ports.Home.Name
            : null;
    }

    /// <param name="isWaiting">False if the scenario is about an LMA that does not wait for de-registrations.</param>
    private static string? Missing(Ixit ixit, string step, bool isWaiting)
    {
        if (KindOf().Match(step) is { Success: true } kind && !ixit.Kinds.Contains(kind.Groups[1].Value))
        {
            return $"identities.kinds: the device has no mobile nodes of the kind {kind.Groups[1].Value}";
        }

        if (MissingLink(ixit, step) is { } absent)
        {
            return $"ports.{absent}: the device has no interface on the link";
        }

        if (NoticedByLinkAlone().Match(step) is { Success: true } link)
        {
            var port = $"link{link.Groups[1].Value}";
            return ixit.Domain.Find(new PortId(port)) is { BoundIdentity: null }
                ? $"identities.ports.{port}: the device does not know which mobile node is on the link when it comes up"
                : null;
        }

        if (ProgramOf(step) is { } program && !ixit.Programs.Contains(program))
        {
            return $"programs.{program}: no host can run it; {HostProgram.PackageOf(program)}";
        }

        if (IsAboutInterfaces(step) && ixit is { Multihomed: null, Domain.HasAccessLinks: true })
        {
            return "identities.multihomed: the device has no mobile node with several interfaces";
        }

        if (_managed.FirstOrDefault(managed => managed.Phrase.IsMatch(step)) is { Key: { } key } needs && !ixit.Management.Contains(key))
        {
            return $"management.{key}: {needs.Missing}";
        }

        if (isWaiting && step.EndsWith(" at once", StringComparison.Ordinal) && ixit.Timer(WaitingTime) <= 2 * ixit.AnswerWithin)
        {
            return $"timers.{WaitingTime}: what a de-registration brings about cannot be told from what the end of so short a wait does";
        }

        if (step.Contains("the visited prefix", StringComparison.Ordinal) && ixit.Domain.Links.All(link => link.VisitedPrefix is null))
        {
            return "visitedPrefixes: the device has no prefix for nodes without mobility service on any link";
        }

        if (step.Contains("DHCPv6", StringComparison.Ordinal) && !ixit.Domain.Of(NodeRole.Dhcp).Any())
        {
            return "addresses.DHCP1: the tester plays no DHCPv6 server on the core link";
        }

        if (step.Contains("LMA2", StringComparison.Ordinal) && ixit.Domain.Find("LMA2") is null)
        {
            return "addresses.LMA2: the tester does not play a second LMA";
        }

        if (ixit.Ipv4 is { Unassigned: null } && AsksForUnassigned().IsMatch(step))
        {
            return "ipv4.unassigned: the device assigns no IPv4 home address that is asked for";
        }

        return step.StartsWith("a core router", StringComparison.Ordinal) && !ixit.Domain.Of(NodeRole.Router).Any()
            ? "addresses.core router: the tester does not know the address of a router on the core link"
            : null;
    }

    /// <summary>The program that a step needs; null if it needs none.</summary>
    private static string? ProgramOf(string step) =>
        RunsProgram().Match(step) is { Success: true } runs ? runs.Groups[1].Value
        : TransfersOverIpv4().IsMatch(step) ? HostProgram.Transfer
        : null;

    [GeneratedRegex(@"^(?:MN|DHCP)\d+ runs (\S+)$")]
    private static partial Regex RunsProgram();

    [GeneratedRegex(@"^MN\d+ begins a transfer with CN\d+ over IPv4$")]
    private static partial Regex TransfersOverIpv4();

    [GeneratedRegex(@"\bIPv4 home address = ([^=]*, )?unassigned\b")]
    private static partial Regex AsksForUnassigned();

    [GeneratedRegex(@"\bis an? (\S+) mobile node\b")]
    private static partial Regex KindOf();

    [GeneratedRegex(@"\blink (\d)\b|\bthe home link\b")]
    private static partial Regex PlaceOf();

    [GeneratedRegex(@"\bat link (\d+) by link up\b")]
    private static partial Regex NoticedByLinkAlone();
}
